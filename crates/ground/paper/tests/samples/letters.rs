use documents::Paper;
use documents::papers::{
    Attendee, Certificate, ConsentLine, ConsentSheet, EarlierResolution, Fact, IntroductionLetter,
    Letter, Minutes, NewResolution, Printed as _, SignInSlip,
};
use persian::Lang;

use super::{letterhead, n, qr, signatory, w};

pub fn introduction(lang: Lang) -> Paper {
    IntroductionLetter {
        letterhead: letterhead(lang),
        number: n(lang, "1405/2/318"),
        date: n(lang, "1405/09/02"),
        to: w(lang, "شبکهٔ بهداشت جنوب تهران، واحد صدور پروانه", "South Tehran Health Network, licensing"),
        from: w(lang, "مرکز توانمندسازی شوش، پیگیری ارجاع", "Shush Empowerment Centre, referrals"),
        subject: w(lang, "معرفی برای پروانهٔ بهداشتی کسب‌وکار خانگی", "Introduction for a home food licence"),
        facts: vec![
            Fact::new(w(lang, "نام", "Name"), w(lang, "گل‌نار نمونه‌پور", "Golnar Nemunepur")),
            Fact::new(w(lang, "کد پرونده", "Case code"), "C-04117"),
            Fact::new(w(lang, "رشتهٔ کار", "Field of work"), w(lang, "ترشی و شور خانگی", "Home pickles")),
            Fact::new(w(lang, "مهلت پاسخ", "Answer by"), n(lang, "1405/09/16")),
        ],
        body: vec![
            w(
                lang,
                "با سلام؛ خانم گل‌نار نمونه‌پور برای گرفتن پروانهٔ بهداشتی معرفی می‌شود. او کارگاه خانگی ترشی دارد و دورهٔ ایمنی غذا را گذرانده است.",
                "Mrs Golnar Nemunepur is introduced for a hygiene licence. She runs a home pickle workshop and has passed the food safety course.",
            ),
            w(
                lang,
                "خواهشمند است نتیجه را تا مهلت بالا اعلام کنید. با پویش رمزینهٔ زیر، بدون نام کاربری می‌توانید پاسخ دهید.",
                "Please give the result by the date above. Scan the code below to answer without an account.",
            ),
        ],
        signatory: signatory(lang, "پروین راه‌نما", "Parvin Rahnama", "تسهیلگر پرونده", "Case facilitator"),
        qr: qr("r/7H2K9QWX4M"),
        qr_note: w(lang, "برای دیدن و پاسخ‌دادن، رمزینه را پویش کنید.", "Scan to see and answer this letter."),
    }
    .paper(lang, "introduction-1405-2-318")
}

pub fn consent_sheet(lang: Lang) -> Paper {
    ConsentSheet {
        letterhead: letterhead(lang),
        number: "P-7H2K9QWX4M".into(),
        date: n(lang, "1405/09/02"),
        facts: vec![
            Fact::new(
                w(lang, "نام", "Name"),
                w(lang, "گل‌نار نمونه‌پور", "Golnar Nemunepur"),
            ),
            Fact::new(
                w(lang, "سرپرست یا همراه", "Guardian or companion"),
                w(lang, "بهرام نمونه‌پور", "Bahram Nemunepur"),
            ),
        ],
        body: vec![w(
            lang,
            "برای من خوانده شد که چه نوشته می‌شود، برای چه، و چه کسی آن را می‌بیند.",
            "It was read to me what is recorded, why, and who sees it.",
        )],
        lines: vec![ConsentLine {
            purpose: w(lang, "نگه‌داشتن پرونده", "Keeping the record"),
            bodies: w(lang, "مرکز توانمندسازی شوش", "Shush Empowerment Centre"),
            given_on: n(lang, "1405/09/02"),
            valid_until: n(lang, "1407/09/02"),
            evidence: w(lang, "قیم امضا کرد", "The guardian signed"),
        }],
        signatories: vec![signatory(
            lang,
            "بهرام نمونه‌پور",
            "Bahram Nemunepur",
            "سرپرست",
            "Guardian",
        )],
        qr: qr("people/7H2K9QWX4M"),
        qr_note: w(
            lang,
            "رمزینه پرونده را باز می‌کند.",
            "The code opens the record.",
        ),
    }
    .paper(lang, "consent-7H2K9QWX4M")
}

pub fn letter(lang: Lang) -> Paper {
    Letter {
        letterhead: letterhead(lang),
        number: n(lang, "1405/2/322"),
        date: n(lang, "1405/09/02"),
        to: w(lang, "ادارهٔ کار شهر تهران", "Tehran Labour Office"),
        from: w(lang, "مرکز توانمندسازی شوش", "Shush Empowerment Centre"),
        subject: w(lang, "پرونده‌های هفتهٔ نخست آذر", "Files of the first week of Azar"),
        body: vec![w(
            lang,
            "با سلام؛ فهرست ۱۷ پروندهٔ این هفته پیوست است. خواهشمند است ستون «نتیجه» را پر کنید و همان فایل را برگردانید.",
            "The list of this week's 17 files is enclosed. Please fill in the column “result” and return the same file.",
        )],
        enclosures: vec!["referrals-1405-09-1.xlsx".into(), w(lang, "راهنمای پرکردن فایل", "How to fill in the file")],
        signatory: signatory(lang, "پروین راه‌نما", "Parvin Rahnama", "مسئول ارجاع", "Head of referrals"),
        qr: Some(qr("b/0C4T")),
        qr_note: w(lang, "جای بارگذاری فایل نتیجه.", "Where to upload the result file."),
    }
    .paper(lang, "letter-1405-2-322")
}

pub fn certificate(lang: Lang) -> Paper {
    Certificate {
        letterhead: letterhead(lang),
        number: n(lang, "G-1405-0091"),
        date: n(lang, "1405/08/28"),
        person_name: w(lang, "گل‌نار نمونه‌پور", "Golnar Nemunepur"),
        course: w(
            lang,
            "ایمنی غذا و بسته‌بندی خانگی",
            "Food safety and home packaging",
        ),
        body: vec![w(
            lang,
            "او در همهٔ نشست‌های دوره حاضر بود و آزمون پایانی را با موفقیت گذراند.",
            "She attended every session and passed the final test.",
        )],
        facts: vec![
            Fact::new(w(lang, "مدت", "Length"), w(lang, "۲۴ ساعت", "24 hours")),
            Fact::new(w(lang, "از", "From"), n(lang, "1405/07/05")),
            Fact::new(w(lang, "تا", "Until"), n(lang, "1405/08/20")),
        ],
        signatories: vec![
            signatory(
                lang,
                "ژاله آموزگار نمونه",
                "Zhaleh Amuzgar",
                "مدرس دوره",
                "Trainer",
            ),
            signatory(
                lang,
                "بهروز مدیر نمونه",
                "Behruz Modir",
                "مدیر مرکز",
                "Head of centre",
            ),
        ],
        qr: qr("v/G1405-0091-K7"),
        qr_note: w(
            lang,
            "درستی این گواهی را با پویش رمزینه ببینید.",
            "Scan to verify this certificate.",
        ),
    }
    .paper(lang, "certificate-0091")
}

pub fn minutes(lang: Lang) -> Paper {
    let attendee =
        |role: (&str, &str), body: (&str, &str), name: (&str, &str), here: bool| Attendee {
            role: w(lang, role.0, role.1),
            organization: w(lang, body.0, body.1),
            name: w(lang, name.0, name.1),
            presence: if here {
                w(lang, "حاضر", "Present")
            } else {
                w(lang, "غایب", "Absent")
            },
        };
    Minutes {
        letterhead: letterhead(lang),
        title: w(
            lang,
            "نشست دوم کمیتهٔ راهبری مادهٔ ۳",
            "Second meeting of the article 3 committee",
        ),
        number: n(lang, "1405/K/2"),
        date: n(lang, "1405/09/02"),
        time: w(lang, "۹ تا ۱۱", "9–11 am"),
        place: w(lang, "سالن نشست شهرداری", "City hall meeting room"),
        attendees: vec![
            attendee(
                ("رئیس", "Chair"),
                ("شهرداری", "Municipality"),
                ("سیما نمونه", "Sima Nemune"),
                true,
            ),
            attendee(
                ("دبیر", "Secretary"),
                ("دبیرخانه", "Secretariat"),
                ("رضا نمونه", "Reza Nemune"),
                true,
            ),
            attendee(
                ("ناظر", "Observer"),
                ("شورای شهر", "City council"),
                ("مینا نمونه", "Mina Nemune"),
                true,
            ),
            attendee(
                ("عضو", "Member"),
                ("ادارهٔ کار", "Labour office"),
                ("داود نمونه", "Davud Nemune"),
                false,
            ),
        ],
        agenda: vec![
            w(
                lang,
                "پیگیری مصوبات نشست نخست",
                "Follow-up of the first meeting",
            ),
            w(
                lang,
                "ارجاع‌های دیرکردهٔ ادارهٔ کار",
                "Overdue referrals of the labour office",
            ),
        ],
        earlier: vec![
            EarlierResolution {
                number: n(lang, "1-1"),
                text: w(
                    lang,
                    "راه‌اندازی پنج فروشگاه دست‌آفرین",
                    "Open five Dast-Afarin shops",
                ),
                organization: w(lang, "شرکت ساماندهی", "City trade company"),
                elapsed: n(lang, "204"),
                answer: w(
                    lang,
                    "سه فروشگاه باز است؛ دو فروشگاه تا دی",
                    "Three open; two more by Dey",
                ),
            },
            EarlierResolution {
                number: n(lang, "1-2"),
                text: w(
                    lang,
                    "معرفی نمایندهٔ ثابت برای پروانه‌ها",
                    "Name a fixed contact for licences",
                ),
                organization: w(lang, "ادارهٔ کار", "Labour office"),
                elapsed: n(lang, "204"),
                answer: w(lang, "بی‌پاسخ", "No answer"),
            },
        ],
        notes: vec![],
        resolutions: vec![NewResolution {
            number: n(lang, "2-1"),
            text: w(
                lang,
                "ارجاع‌های دیرکرده تا پایان آذر پاسخ داده شود و نمایندهٔ ثابت معرفی شود.",
                "Answer all overdue referrals by the end of Azar and name a fixed contact.",
            ),
            organization: w(lang, "ادارهٔ کار", "Labour office"),
            due: n(lang, "1405/09/30"),
            evidence: w(
                lang,
                "نامهٔ معرفی و صفر ارجاع دیرکرده",
                "Letter of naming, and no overdue referral",
            ),
        }],
        signatories: vec![
            signatory(lang, "سیما نمونه", "Sima Nemune", "رئیس کمیته", "Chair"),
            signatory(lang, "رضا نمونه", "Reza Nemune", "دبیر کمیته", "Secretary"),
        ],
        qr: Some(qr("m/2")),
        qr_note: w(lang, "پروندهٔ این نشست.", "The record of this meeting."),
    }
    .paper(lang, "minutes-2")
}

pub fn slip(lang: Lang) -> Paper {
    SignInSlip {
        letterhead: letterhead(lang),
        person_name: w(lang, "خانم گل‌نار", "Mrs Golnar"),
        code: "4827 1930".into(),
        valid_until: w(lang, "۹ آذر ۱۴۰۵، ساعت ۱۶", "9 Azar 1405, 4 pm"),
        address: "dast-afarin.example/slip".into(),
        steps: vec![
            w(
                lang,
                "رمزینه را با گوشی یا رایانهٔ مرکز باز کنید.",
                "Open the code with a phone or at the centre.",
            ),
            w(lang, "رمز بالا را بنویسید.", "Type the code above."),
            w(
                lang,
                "اگر کمک خواستید، از همراه مرکز بپرسید.",
                "Ask the centre's helper if you need help.",
            ),
        ],
        qr: qr("slip"),
        warning: w(
            lang,
            "این رمز را به کسی جز همراه خود نشان ندهید.",
            "Show this code to no one but your helper.",
        ),
    }
    .paper(lang, "sign-in-slip")
}
