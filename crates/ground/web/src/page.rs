//! Page: everything a view needs that is not its data.

use maud::{Markup, html};
use money::Rial;
use persian::{Date, Jalali, Lang, Timestamp};
use uuid::Uuid;

use crate::WORDS;
use crate::words::{Arg, Words};

/// Who is looking, where, when and in which language. Made once per request.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of every word on the page.
    pub lang: Lang,
    /// Path and query of this page, for the language and theme switches.
    pub path: String,
    /// The request's time; views never read a clock.
    pub now: Timestamp,
    /// The city's name as shown in the header.
    pub city: String,
    /// The signed-in person's shown name; `None` for a visitor.
    pub viewer: Option<String>,
    /// The main navigation, already narrowed to what the viewer may open.
    pub nav: Vec<NavItem>,
    /// Whether the demo banner is shown.
    pub demo: bool,
    /// Light, dark, or as the device wishes.
    pub theme: Theme,
    /// The one-time key that every form of this page carries.
    pub form_key: Uuid,
    /// One sentence about what just happened, shown once.
    pub flash: Option<String>,
}

/// One entry of the main navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// The word shown, already in the page's language.
    pub label: String,
    /// Where it leads, an absolute path.
    pub href: String,
    /// Whether the viewer is inside it now.
    pub current: bool,
}

/// The viewer's choice of colours, kept in a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follow the device.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word used in the cookie, the address and the class: `auto`, `light` or `dark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads [`Theme::as_str`]; anything else follows the device.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The value of a `lang` attribute or cookie: `fa` or `en`.
pub fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fa => "fa",
        Lang::En => "en",
    }
}

/// The direction a language is written in: `rtl` or `ltr`.
pub fn direction(lang: Lang) -> &'static str {
    match lang {
        Lang::Fa => "rtl",
        Lang::En => "ltr",
    }
}

impl Page {
    /// A message without values.
    pub fn t(&self, words: &Words, key: &str) -> String {
        words.text(self.lang, key, &[])
    }

    /// A message with values: `p.tr(&WORDS, "sold", &[("count", 3.into())])`.
    pub fn tr(&self, words: &Words, key: &str, args: &[(&str, Arg)]) -> String {
        words.text(self.lang, key, args)
    }

    /// A whole number, grouped, in the language's digits.
    pub fn number(&self, number: i64) -> String {
        persian::grouped(number, self.lang)
    }

    /// An amount in toman with the word, figures aligned.
    pub fn money(&self, amount: Rial) -> Markup {
        html! { bdi.money { (amount.toman_text(self.lang)) } }
    }

    /// A day in the Jalali calendar, long form: «۲ آذر ۱۴۰۵».
    pub fn date(&self, date: Date) -> Markup {
        html! { time datetime=(date) { bdi { (self.date_text(date)) } } }
    }

    /// [`Page::date`] as text, for messages and titles.
    pub fn date_text(&self, date: Date) -> String {
        Jalali::from(date).long(self.lang)
    }

    /// An instant as people say it («۳ روز پیش»), with day and hour as its title.
    pub fn moment(&self, at: Timestamp) -> Markup {
        let absolute = self.moment_text(at);
        html! {
            time datetime=(at) title=(absolute) { bdi { (self.ago(at)) } }
        }
    }

    /// Day and hour in Tehran: «۲ آذر ۱۴۰۵، ساعت ۱۲:۱۵».
    pub fn moment_text(&self, at: Timestamp) -> String {
        let (day, hour, minute) = at.local();
        let clock = format!("{hour:02}:{minute:02}");
        let clock = match self.lang {
            Lang::Fa => persian::persian_digits(&clock),
            Lang::En => clock,
        };
        let day = self.date_text(day);
        self.tr(
            &WORDS,
            "moment",
            &[("day", day.into()), ("clock", clock.into())],
        )
    }

    /// How many days lie between a past day and today, in words: «امروز»، «دیروز»، «۳ روز پیش».
    pub fn days_ago(&self, day: Date) -> String {
        let days = (self.now.date() - day).num_days();
        if days < 0 {
            self.tr(&WORDS, "days-ahead", &[("count", (-days).into())])
        } else {
            self.tr(&WORDS, "days-ago", &[("count", days.into())])
        }
    }

    fn ago(&self, at: Timestamp) -> String {
        let seconds = self.now.seconds_since(at);
        match seconds {
            0..60 => self.t(&WORDS, "just-now"),
            60..3_600 => self.tr(&WORDS, "minutes-ago", &[("count", (seconds / 60).into())]),
            3_600..21_600 => self.tr(&WORDS, "hours-ago", &[("count", (seconds / 3_600).into())]),
            _ => self.days_ago(at.date()),
        }
    }
}
