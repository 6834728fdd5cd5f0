-- What this city is and how it wishes to work; names are listed in docs/settings.md.
CREATE TABLE setting (
    name text NOT NULL PRIMARY KEY,
    content json NOT NULL,
    changed_at timestamptz NOT NULL
);
