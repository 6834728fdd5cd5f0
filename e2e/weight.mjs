// How much a page may weigh on the wire, compressed, by the kind of page.
import assert from "node:assert/strict";

const kB = 1000;

// `first` is everything on a first visit, `requests` their number.
const limits = {
  form: { html: 12 * kB, css: 12 * kB, script: 6 * kB, font: 22 * kB, images: 4 * kB, first: 60 * kB, requests: 6 },
  shop: { html: 14 * kB, css: 12 * kB, script: 6 * kB, font: 22 * kB, images: 90 * kB, first: 150 * kB, requests: 12 },
  list: { html: 14 * kB, css: 12 * kB, script: 6 * kB, font: 22 * kB, images: 190 * kB, first: 250 * kB, requests: 30 },
  desk: { html: 40 * kB, css: 18 * kB, script: 30 * kB, font: 22 * kB, images: 10 * kB, first: 120 * kB, requests: 10 },
  till: { html: 10 * kB, css: 12 * kB, script: 45 * kB, font: 22 * kB, images: 0, first: 100 * kB, requests: 8 },
};

// The first pattern that fits decides; what fits none is a page of the desk.
const kinds = [
  [/^\/till(\/|$)/, "till"],
  [/^\/(shop|my\/products|my\/goods)\/?$/, "list"],
  [/^\/(shop|products|makers)\/./, "shop"],
  [/^\/($|sign-in|demo|me|links?|certificates|verify)(\/|$)/, "form"],
];

export function kindOf(path) {
  return kinds.find(([pattern]) => pattern.test(path))?.[1] ?? "desk";
}

const column = { Document: "html", Stylesheet: "css", Script: "script", Font: "font", Image: "images" };
// A response's head travels too; the limits speak of bodies. Ours stay under this size.
const headBytes = 1 * kB;

/** Adds up what `watch` saw into {html, css, script, font, images, other, first, requests}. */
export function weigh(requests) {
  const sum = { html: 0, css: 0, script: 0, font: 0, images: 0, other: 0, first: 0, requests: 0 };
  for (const { kind, bytes, cached } of requests) {
    if (cached) continue;
    sum[column[kind] ?? "other"] += bytes;
    sum.first += bytes;
    sum.requests += 1;
  }
  return sum;
}

/** Asserts that a first visit to `path` stays within the limits of its kind. */
export function assertWeight(requests, path) {
  const kind = kindOf(path);
  const sum = weigh(requests);
  const over = Object.entries(limits[kind])
    .map(([what, limit]) => {
      const heads = what === "requests" ? 0 : headBytes * (what === "first" ? sum.requests : sum[what] > 0);
      return sum[what] > limit + heads ? `${what}: ${sum[what]}, allowed ${limit}` : null;
    })
    .filter(Boolean);
  assert.deepEqual(over, [], `${path}: too heavy for a ${kind} page`);
}
