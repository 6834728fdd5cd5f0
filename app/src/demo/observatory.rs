//! The national view in the demo: this city stands in it as Tehran, a neighbour with numbers made
//! from its own as Isfahan, and the others are not connected. All of it says that it is invented.

use db::Result;
use observatory::document::{Document, SignedFigure, canonical, digest, small_cell};
use observatory::registry::List;
use observatory::signing::{self, Signer};
use observatory::{KeepList, SetKey, SetLink, SignStatistics, Signed, TakeDocument, Way, own};
use persian::{Jalali, Timestamp};
use uuid::Uuid;

use super::agenda::deed;
use super::town::Town;

/// This city and its neighbour in the list.
const OWN: &str = "tehran";
const NEIGHBOUR: &str = "isfahan";

/// Months before the end in which the neighbour sends, and the one whose document is lost.
const CONNECTED: i32 = 10;
const LOST: i32 = 4;

/// The figure the neighbour counts by a definition of its own.
const REWORDED: &str = "sell_through";

/// The neighbour, with its chain.
pub struct Neighbour {
    signer: Signer,
    number: i64,
    previous: Option<String>,
}

impl Neighbour {
    /// Lays out the list of cities, and the keys of the two that send.
    pub async fn open(town: &mut Town) -> Result<Self> {
        let keys = &town.city.keys;
        let signer = Signer::of_seed(1, &keys.sign("demo_neighbour", NEIGHBOUR.as_bytes()))?;
        let trust = |code: &str, public_key: String| SetKey {
            code: code.into(),
            public_key,
            reason: "شهر کلید خود را با نامه گفت.".into(),
        };
        let link = SetLink {
            code: OWN.into(),
            address: String::new(),
        };
        let begin = vec![
            deed(KeepList {
                list: List::sample()?,
            }),
            deed(trust(OWN, signing::signer(keys)?.public_key())),
            deed(trust(NEIGHBOUR, signer.public_key())),
            deed(link),
        ];
        let (city, admin) = (town.city.clone(), town.user("admin"));
        town.agenda.perform(&city, admin, begin).await?;
        Ok(Self {
            signer,
            number: 0,
            previous: None,
        })
    }

    /// What was just published is signed and taken in; so is the neighbour's.
    pub async fn month_ends(&mut self, town: &mut Town, month: Jalali) -> Result<()> {
        let city = town.city.clone();
        let secretary = town.user("secretary");
        let sign = vec![deed(SignStatistics::of(&city))];
        town.agenda.perform(&city, secretary, sign).await?;
        let signed = own::newest(&mut city.db.read().await?).await?;
        let Some(signed) = signed else { return Ok(()) };
        let mut came = vec![signed.clone()];
        let left = months_between(month, Jalali::from(town.until.date()));
        if left < CONNECTED {
            let own = self.sign(&signed.document, city.db.clock().now())?;
            came.extend((left != LOST).then_some(own));
        }
        let take = came.into_iter().map(|signed| {
            deed(TakeDocument {
                signed,
                way: Way::Posted,
                is_demo: true,
            })
        });
        town.agenda
            .perform(&city, Uuid::nil(), take.collect())
            .await
    }

    /// The neighbour's document of the month: three eighths of the city's numbers.
    fn sign(&mut self, of: &Document, at: Timestamp) -> Result<Signed> {
        let mut document = of.clone();
        document.city.code = NEIGHBOUR.into();
        document.city.name_fa = "شهر همسایه (ساختگی)".into();
        document.city.name_en = "Neighbour city (invented)".into();
        self.number += 1;
        document.number = self.number;
        document.previous = self.previous.clone();
        document.signed_at = at;
        document.figures.iter_mut().for_each(own_number);
        while let Some(few) = small_cell(&document, |figure| Some(figure.smallest_cell)) {
            let few = few.to_owned();
            for figure in document
                .figures
                .iter_mut()
                .filter(|figure| figure.code == few)
            {
                (figure.amount, figure.is_hidden) = (None, true);
            }
        }
        let body = canonical(&document)?;
        self.previous = Some(digest(&body));
        Ok(Signed {
            key: self.signer.public_key(),
            signature: self.signer.sign(&body),
            successions: Vec::new(),
            document,
        })
    }
}

fn own_number(figure: &mut SignedFigure) {
    figure.regions.clear();
    figure.is_corrected = false;
    figure.amount = figure.amount.map(|amount| match figure.unit.as_str() {
        "days" => amount + 2,
        "basis_points" => amount * 9 / 10,
        _ => amount * 3 / 8,
    });
    if figure.code == REWORDED {
        figure.version += 1;
        figure.wording = digest("what was sold of what was received in ninety days");
    }
}

fn months_between(from: Jalali, to: Jalali) -> i32 {
    (to.year - from.year) * 12 + i32::from(to.month) - i32::from(from.month)
}
