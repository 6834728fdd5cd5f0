// The three people of the walk, and what their situation changes on the way.

/** A mobile number of nobody, another one at each call. */
let numbers = Date.now();
const mobile = () => `0900${String(numbers++ % 10_000_000).padStart(7, "0")}`;

/** A well-formed Sheba of a bank and an invented account. */
function sheba(bank, account) {
  const number = `${bank}${String(account).padStart(19, "0")}`;
  const check = 98n - (BigInt(`${number}182700`) % 97n);
  return `IR${String(check).padStart(2, "0")}${number}`;
}

/** New in the city, each with a name of her own in this language's walk. */
export function people(language) {
  const family = `آزمونی${language === "en" ? "تبار" : "فر"}`;
  return {
    /** She heads a household of three and makes pickles; her account is her own. */
    her: {
      name: "مینا", family, group: "woman_head_of_household", gender: "female", phone: mobile(), evidence: "signature",
      treatment: "no", package: /سرپرست|head a household/,
      business: { craft_fa: "ترشی خانگی", field_code: "pickles" },
      payee: { kind: "own_account", sheba: sheba("017", 1) },
    },
    /** She weaves kilims; her brother is her guardian, signs for her, and has the account. */
    weaver: {
      name: "پروانه", family, group: "person_with_disability", gender: "female", evidence: "guardian",
      guardian: { first_name: "بهمن", last_name: `${family}‌نژاد`, phone: mobile() },
      treatment: "no", package: /توان‌یاب|disability/,
      business: { craft_fa: "گلیم‌بافی", field_code: "carpet" },
      product: { name_fa: "گلیم دست‌باف", name_en: "Woven kilim", category_code: "carpet", price: "۲٬۵۰۰٬۰۰۰", description: "گلیم پشمی، دست‌باف", materials: "پشم" },
      payee: { kind: "proxy", sheba: sheba("017", 2), reason: "قیم اوست و حساب به نام او باز است." },
    },
    /** In treatment, without papers, phone or account: a witness, a slip, and cash at a counter. */
    patient: {
      name: "جواد", family, group: "recovered_person", gender: "male", evidence: "witness", treatment: "yes",
      package: /بهبود|recovery/,
      business: { craft_fa: "سفالگری", field_code: "ceramics" },
      product: { name_fa: "کاسهٔ سفالی", name_en: "Clay bowl", category_code: "ceramics", price: "۲۵۰٬۰۰۰", description: "کاسهٔ لعابی", materials: "خاک رس" },
      payee: { kind: "counter" },
    },
  };
}
