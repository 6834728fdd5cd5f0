//! What people of the invented city make, and what their goods are called.

use makers::SaleUnit;

/// A field of work with its goods.
pub struct Trade {
    /// The field's code.
    pub field: &'static str,
    /// As the public reads it, in Persian.
    pub craft_fa: &'static str,
    /// In English.
    pub craft_en: &'static str,
    /// Food needs the health agency and a hygiene number.
    pub is_food: bool,
    /// How many of a hundred makers do this.
    pub share: u32,
    /// Its goods.
    pub goods: &'static [Good],
}

/// One kind of goods.
pub struct Good {
    /// Name in Persian.
    pub name_fa: &'static str,
    /// Name in English.
    pub name_en: &'static str,
    /// Category's code.
    pub category: &'static str,
    /// Usual price in toman.
    pub toman: i64,
    /// What one is called.
    pub unit: SaleUnit,
    /// What it is made of.
    pub made_of: &'static str,
    /// When it sells best.
    pub season: Season,
}

/// When goods sell best.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// All year.
    Always,
    /// Before the new year.
    Nowruz,
    /// Around the longest night.
    Yalda,
    /// When schools open.
    School,
    /// In summer.
    Summer,
}

const fn good(
    name_fa: &'static str,
    name_en: &'static str,
    category: &'static str,
    toman: i64,
    unit: SaleUnit,
    made_of: &'static str,
    season: Season,
) -> Good {
    Good {
        name_fa,
        name_en,
        category,
        toman,
        unit,
        made_of,
        season,
    }
}

use SaleUnit::{Jar, Pack, Pair, Piece, Set};
use Season::{Always, Nowruz, School, Summer, Yalda};

/// All trades. The first is the pickle maker's, the second the weaver's, the third the potter's.
pub const TRADES: &[Trade] = &[
    Trade {
        field: "pickles_and_jam",
        craft_fa: "ترشی و مربای خانگی",
        craft_en: "Home-made pickles and jam",
        is_food: true,
        share: 16,
        goods: &[
            good(
                "ترشی لیته",
                "Mixed vegetable pickle",
                "pickles",
                185_000,
                Jar,
                "بادنجان، کرفس، سرکه، سیر",
                Always,
            ),
            good(
                "خیارشور",
                "Pickled cucumber",
                "pickles",
                160_000,
                Jar,
                "خیار، آب، نمک، سیر",
                Always,
            ),
            good(
                "مربای به",
                "Quince jam",
                "jam",
                210_000,
                Jar,
                "به، شکر، هل",
                Yalda,
            ),
            good(
                "مربای بهارنارنج",
                "Orange blossom jam",
                "jam",
                260_000,
                Jar,
                "بهارنارنج، شکر",
                Nowruz,
            ),
            good(
                "شربت سکنجبین",
                "Sekanjabin syrup",
                "jam",
                150_000,
                Jar,
                "شکر، سرکه، نعنا",
                Summer,
            ),
            good(
                "رب انار",
                "Pomegranate paste",
                "paste",
                320_000,
                Jar,
                "انار",
                Yalda,
            ),
        ],
    },
    Trade {
        field: "kilim_weaving",
        craft_fa: "گلیم‌بافی",
        craft_en: "Kilim weaving",
        is_food: false,
        share: 9,
        goods: &[
            good(
                "گلیم کوچک",
                "Small kilim",
                "carpet",
                2_400_000,
                Piece,
                "پشم، پنبه",
                Nowruz,
            ),
            good(
                "رومیزی گلیمی",
                "Kilim table runner",
                "carpet",
                890_000,
                Piece,
                "پشم، پنبه",
                Always,
            ),
            good(
                "کیف گلیمی",
                "Kilim bag",
                "bags",
                740_000,
                Piece,
                "گلیم، چرم",
                School,
            ),
            good(
                "کوسن گلیمی",
                "Kilim cushion",
                "weaving",
                520_000,
                Piece,
                "پشم، پنبه",
                Always,
            ),
        ],
    },
    Trade {
        field: "pottery",
        craft_fa: "سفال‌گری",
        craft_en: "Pottery",
        is_food: false,
        share: 9,
        goods: &[
            good(
                "کاسهٔ سفالی",
                "Clay bowl",
                "ceramics",
                195_000,
                Piece,
                "خاک رس، لعاب",
                Always,
            ),
            good(
                "لیوان سفالی",
                "Clay cup",
                "ceramics",
                130_000,
                Piece,
                "خاک رس، لعاب",
                Always,
            ),
            good(
                "گلدان سفالی",
                "Clay vase",
                "ceramics",
                340_000,
                Piece,
                "خاک رس",
                Nowruz,
            ),
            good(
                "شمعدان سفالی",
                "Clay candle holder",
                "ceramics",
                280_000,
                Pair,
                "خاک رس، لعاب",
                Yalda,
            ),
        ],
    },
    Trade {
        field: "dried_fruit_packing",
        craft_fa: "خشکبار و آجیل",
        craft_en: "Dried fruit and nuts",
        is_food: true,
        share: 12,
        goods: &[
            good(
                "آجیل شب یلدا",
                "Yalda nuts",
                "dried-fruit",
                690_000,
                Pack,
                "پسته، بادام، فندق، کشمش",
                Yalda,
            ),
            good(
                "برگهٔ زردآلو",
                "Dried apricot",
                "dried-fruit",
                280_000,
                Pack,
                "زردآلو",
                Nowruz,
            ),
            good(
                "انجیر خشک",
                "Dried fig",
                "dried-fruit",
                350_000,
                Pack,
                "انجیر",
                Always,
            ),
            good(
                "لواشک آلو",
                "Plum leather",
                "dried-fruit",
                95_000,
                Pack,
                "آلو، نمک",
                Summer,
            ),
        ],
    },
    Trade {
        field: "local_bread",
        craft_fa: "نان محلی",
        craft_en: "Local bread",
        is_food: true,
        share: 8,
        goods: &[
            good(
                "نان خانگی خشک",
                "Crisp home bread",
                "bread",
                85_000,
                Pack,
                "آرد گندم، آب، نمک",
                Always,
            ),
            good(
                "نان قندی",
                "Sweet bread",
                "bread",
                110_000,
                Pack,
                "آرد گندم، شکر، شیر",
                Always,
            ),
        ],
    },
    Trade {
        field: "sweets",
        craft_fa: "شیرینی خانگی",
        craft_en: "Home-made sweets",
        is_food: true,
        share: 8,
        goods: &[
            good(
                "نان نخودچی",
                "Chickpea sweets",
                "sweets",
                240_000,
                Pack,
                "آرد نخودچی، شکر، هل",
                Nowruz,
            ),
            good(
                "کلوچهٔ گردویی",
                "Walnut cookie",
                "sweets",
                190_000,
                Pack,
                "آرد گندم، گردو، شکر",
                Nowruz,
            ),
            good(
                "سوهان عسلی",
                "Honey brittle",
                "sweets",
                230_000,
                Pack,
                "عسل، بادام، شکر",
                Yalda,
            ),
        ],
    },
    Trade {
        field: "herbs_and_distillates",
        craft_fa: "سبزی خشک و عرقیات",
        craft_en: "Dried herbs and distillates",
        is_food: true,
        share: 7,
        goods: &[
            good(
                "سبزی خشک آش",
                "Dried soup herbs",
                "herbs",
                90_000,
                Pack,
                "تره، جعفری، گشنیز",
                Always,
            ),
            good(
                "گلاب",
                "Rose water",
                "distillates",
                220_000,
                Jar,
                "گل محمدی",
                Summer,
            ),
            good(
                "عرق نعنا",
                "Mint water",
                "distillates",
                140_000,
                Jar,
                "نعنا",
                Always,
            ),
        ],
    },
    Trade {
        field: "sewing",
        craft_fa: "خیاطی",
        craft_en: "Sewing",
        is_food: false,
        share: 12,
        goods: &[
            good(
                "کیف مدرسه",
                "School bag",
                "bags",
                620_000,
                Piece,
                "پارچهٔ برزنت",
                School,
            ),
            good(
                "روپوش مدرسه",
                "School uniform",
                "dress",
                980_000,
                Piece,
                "پارچهٔ تترون",
                School,
            ),
            good(
                "ملحفهٔ نخی",
                "Cotton sheet",
                "bedding",
                860_000,
                Set,
                "پنبه",
                Nowruz,
            ),
            good(
                "دستگیرهٔ آشپزخانه",
                "Pot holder",
                "kitchen-textiles",
                75_000,
                Pair,
                "پنبه",
                Always,
            ),
        ],
    },
    Trade {
        field: "knitting",
        craft_fa: "بافتنی",
        craft_en: "Knitting",
        is_food: false,
        share: 8,
        goods: &[
            good(
                "شال پشمی",
                "Woollen shawl",
                "weaving",
                480_000,
                Piece,
                "پشم",
                Yalda,
            ),
            good(
                "کلاه بافتنی",
                "Knitted hat",
                "weaving",
                220_000,
                Piece,
                "کاموا",
                School,
            ),
            good(
                "جوراب پشمی",
                "Woollen socks",
                "weaving",
                150_000,
                Pair,
                "پشم",
                Yalda,
            ),
        ],
    },
    Trade {
        field: "dolls",
        craft_fa: "عروسک‌سازی",
        craft_en: "Doll making",
        is_food: false,
        share: 6,
        goods: &[
            good(
                "عروسک پارچه‌ای",
                "Cloth doll",
                "dolls",
                310_000,
                Piece,
                "پارچه، الیاف",
                Nowruz,
            ),
            good(
                "عروسک نمایشی",
                "Hand puppet",
                "dolls",
                180_000,
                Piece,
                "پارچه",
                School,
            ),
        ],
    },
    Trade {
        field: "soap_and_candles",
        craft_fa: "صابون و شمع",
        craft_en: "Soap and candles",
        is_food: false,
        share: 5,
        goods: &[
            good(
                "صابون زیتون",
                "Olive soap",
                "soap",
                85_000,
                Piece,
                "روغن زیتون",
                Always,
            ),
            good(
                "شمع دست‌ساز",
                "Hand-made candle",
                "soap",
                140_000,
                Piece,
                "موم",
                Yalda,
            ),
        ],
    },
];

/// The place of the recovery house's trade in [`TRADES`].
pub const POTTERY: usize = 2;
