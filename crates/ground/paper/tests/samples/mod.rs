//! One paper of each kind with invented people, in both languages.

mod dossiers;
mod figures;
mod goods;
mod letters;
mod money;

use documents::codes::{BarCode, LabelCode, QrCode};
use documents::papers::{Letterhead, Signatory};
use documents::{Paper, Template};
use persian::Lang;

/// The sample of `template` in `lang`.
pub fn sample(template: Template, lang: Lang) -> Paper {
    match template {
        Template::IntroductionLetter => letters::introduction(lang),
        Template::ConsentSheet => letters::consent_sheet(lang),
        Template::Letter => letters::letter(lang),
        Template::Certificate => letters::certificate(lang),
        Template::Minutes => letters::minutes(lang),
        Template::Dossier => dossiers::dossier(lang),
        Template::SignInSlip => letters::slip(lang),
        Template::LabelSheet => goods::food_labels(lang),
        Template::GoodsReceipt => goods::goods_receipt(lang),
        Template::Receipt => money::receipt(lang),
        Template::Statement => money::statement(lang),
        Template::PayoutSheet => money::payout_sheet(lang),
        Template::PressSheet => figures::press_sheet(lang),
    }
}

pub use goods::craft_labels;

/// The words of one of the languages.
pub fn w(lang: Lang, fa: &str, en: &str) -> String {
    match lang {
        Lang::Fa => fa.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// Digits as `lang` writes them.
pub fn n(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Fa => persian::persian_digits(text).replace(',', "٬"),
        Lang::En => text.to_owned(),
    }
}

pub fn qr(path: &str) -> QrCode {
    QrCode::new(format!("https://dast-afarin.example/{path}")).unwrap()
}

pub fn label_code(item: u32) -> (LabelCode, BarCode) {
    let code = LabelCode::new(item, 731, 0).unwrap();
    (code, BarCode::new(code.to_string()).unwrap())
}

pub fn letterhead(lang: Lang) -> Letterhead {
    Letterhead {
        organization: w(lang, "مرکز توانمندسازی شوش", "Shush Empowerment Centre"),
        programme: w(
            lang,
            "برنامهٔ زنجیرهٔ توانمندسازی زنان",
            "Women's empowerment chain",
        ),
        contact: w(
            lang,
            "تهران، خیابان نمونه، پلاک ۱۲ · تلفن ۰۲۱۱۲۳۴۵۶۷",
            "12 Sample Street, Tehran · phone 021-1234567",
        ),
    }
}

pub fn signatory(lang: Lang, fa: &str, en: &str, fa_role: &str, en_role: &str) -> Signatory {
    Signatory {
        name: w(lang, fa, en),
        role: w(lang, fa_role, en_role),
    }
}
