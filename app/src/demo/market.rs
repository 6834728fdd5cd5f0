//! Five shops through two years: goods come, are sold, brought back and run out.

use std::collections::BTreeMap;

use consignment::{
    Condition, LotId, MoveOut, MovementKind, NewLot, Payer, PrintLabels, ReceiptId, ReceiveGoods,
};
use db::Result;
use money::Rial;
use organizations::PlaceId;
use persian::{Date, Jalali, Timestamp};
use rand::RngExt as _;
use till::{CreateRegister, OpenShift, RegisterId, ShiftId};
use uuid::Uuid;

use super::agenda::{Deeds, deed};
use super::goods::Stall;
use super::town::Town;
use super::trades::Season;

/// Pieces of one lot on a shop's shelf.
pub struct Shelved {
    /// The lot.
    pub lot: LotId,
    /// Its label's code.
    pub code: String,
    /// Whose stall, and which of its wares.
    pub ware: (usize, usize),
    /// Price of one.
    pub price: Rial,
    /// Pieces left.
    pub left: i64,
    /// The last day of sale.
    pub expires_on: Option<Date>,
}

/// A shop with its register and shelf.
pub struct Shop {
    /// The place.
    pub place: PlaceId,
    /// Its register.
    pub register: RegisterId,
    /// Who sells there.
    pub clerk: Uuid,
    /// What lies on the shelf.
    pub shelf: Vec<Shelved>,
    /// Its open shift.
    pub shift: Option<ShiftId>,
    /// Cash taken in this shift.
    pub cash: i64,
}

/// The shops and those who bring goods.
pub struct Market {
    /// The shops.
    pub shops: Vec<Shop>,
    /// Everyone who brings goods, by the day she may.
    pub stalls: Vec<Stall>,
    /// Makers who brought their first goods.
    selling: BTreeMap<usize, Timestamp>,
}

/// What lies in a drawer in the morning.
pub const FLOAT: Rial = Rial::new(20_000_000);

impl Market {
    /// Sets the registers up.
    pub async fn open(town: &mut Town, stalls: Vec<Stall>) -> Result<Self> {
        let first = Timestamp::at(town.since.date(), 9, 15);
        let mut shops = Vec::new();
        let mut deeds: Deeds = Vec::new();
        for (index, code) in ["S1", "S2", "S3", "S4", "S5"].into_iter().enumerate() {
            let register = RegisterId::new(town.id(first));
            let place = town.bodies.place(code)?;
            deeds.push(deed(CreateRegister {
                id: register,
                place,
                code: "1".into(),
            }));
            shops.push(Shop {
                place,
                register,
                clerk: town.user(if index < 3 { "clerk" } else { "clerk2" }),
                shelf: Vec::new(),
                shift: None,
                cash: 0,
            });
        }
        let manager = town.user("manager");
        town.city.db.clock().hold(first);
        let city = town.city.clone();
        town.agenda.perform(&city, manager, deeds).await?;
        Ok(Self {
            shops,
            stalls,
            selling: BTreeMap::new(),
        })
    }

    /// Opens every shop's shift.
    pub async fn morning(&mut self, town: &mut Town, day: Date) -> Result<()> {
        let at = Timestamp::at(day, 9, 25);
        let mut by_clerk: BTreeMap<Uuid, Deeds> = BTreeMap::new();
        for shop in &mut self.shops {
            let id = ShiftId::new(town.id(at));
            shop.shift = Some(id);
            shop.cash = 0;
            let open = OpenShift {
                id,
                register: shop.register,
                float_amount: FLOAT,
            };
            by_clerk.entry(shop.clerk).or_default().push(deed(open));
        }
        town.city.db.clock().hold(at);
        let city = town.city.clone();
        for (clerk, deeds) in by_clerk {
            town.agenda.perform(&city, clerk, deeds).await?;
        }
        Ok(())
    }

    /// Takes in what makers bring today, and takes from the shelf what is past its day.
    pub async fn receive(&mut self, town: &mut Town, day: Date) -> Result<()> {
        let at = Timestamp::at(day, 10, 45);
        let mut deeds: Deeds = Vec::new();
        let mut receipts = Vec::new();
        for index in 0..self.stalls.len() {
            let stall = &self.stalls[index];
            let is_new = !self.selling.contains_key(&index);
            let days = (at.unix() - stall.ready.unix()) / 86_400;
            // She comes with her first goods after some days, then every second week.
            let comes = days >= 2 && (is_new || (days + index as i64) % 14 == 0);
            if at < stall.ready || !comes {
                continue;
            }
            let homes = [index % self.shops.len(), (index * 3 + 1) % self.shops.len()];
            for (turn, home) in homes.into_iter().enumerate() {
                if turn == 1 && home == homes[0] {
                    continue;
                }
                if let Some(receive) = self.brings(town, index, home, at) {
                    receipts.push((receive.id, home, index));
                    let labels = PrintLabels {
                        receipt_id: receive.id,
                        lot_id: None,
                        part: 1,
                        reason: String::new(),
                    };
                    deeds.push(deed(receive));
                    deeds.push(deed(labels));
                }
            }
            if is_new {
                self.selling.insert(index, at);
            }
        }
        for shop in &mut self.shops {
            let expired = shop
                .shelf
                .extract_if(.., |lot| lot.expires_on.is_some_and(|last| last < day));
            for lot in expired.filter(|lot| lot.left > 0) {
                town.city.db.clock().hold(at);
                deeds.push(deed(MoveOut {
                    id: town.city.db.new_id(),
                    lot_id: lot.lot,
                    place_id: shop.place,
                    quantity: lot.left,
                    kind: MovementKind::Expiry,
                    payer: Some(Payer::Shop),
                    reason: "تاریخ فروش گذشت".into(),
                }));
            }
            shop.shelf.retain(|lot| lot.left > 0);
        }
        town.city.db.clock().hold(at);
        let (city, manager) = (town.city.clone(), town.user("manager"));
        town.agenda.perform(&city, manager, deeds).await?;
        self.shelve(town, &receipts).await
    }

    /// What a maker brings to a shop where little of hers is left.
    fn brings(
        &self,
        town: &mut Town,
        index: usize,
        home: usize,
        at: Timestamp,
    ) -> Option<ReceiveGoods> {
        let stall = &self.stalls[index];
        let mut lines = Vec::new();
        for (place, ware) in stall.wares.iter().enumerate() {
            let left: i64 = self.shops[home]
                .shelf
                .iter()
                .filter(|lot| lot.ware == (index, place))
                .map(|lot| lot.left)
                .sum();
            if left > 2 {
                continue;
            }
            let is_food = stall.maker.trade.is_food;
            let produced = at.plus_days(-2);
            let days = match (stall.maker.is_told, ware.good.category) {
                // Hers were tried with another closing, and keep longer since.
                (true, "pickles") if at < town.until.plus_days(-190) => 21,
                (true, "pickles") => 120,
                (_, category) => keeps(category),
            };
            let quantity = match ware.price.get() {
                0..3_000_000 => town.rng.random_range(8..=18),
                3_000_000..9_000_000 => town.rng.random_range(4..=9),
                _ => town.rng.random_range(1..=3),
            };
            lines.push(NewLot {
                id: LotId::new(town.id(at)),
                product_id: ware.id,
                quantity,
                unit_price: Some(ware.price),
                batch: if is_food {
                    Jalali::from(produced.date()).dashed()
                } else {
                    String::new()
                },
                produced_on: is_food.then(|| produced.date()),
                expires_on: is_food.then(|| produced.plus_days(days).date()),
                condition: Condition::Good,
                defect_note: String::new(),
            });
        }
        (!lines.is_empty()).then(|| ReceiveGoods {
            id: ReceiptId::new(town.id(at)),
            place_id: self.shops[home].place,
            contact_id: stall.maker.contact,
            note: String::new(),
            lines,
        })
    }

    async fn shelve(&mut self, town: &Town, receipts: &[(ReceiptId, usize, usize)]) -> Result<()> {
        let mut conn = town.city.db.read().await?;
        for (receipt, home, index) in receipts.iter().copied() {
            for lot in consignment::receipts::lots(&mut conn, receipt).await? {
                let wares = &self.stalls[index].wares;
                let Some(place) = wares.iter().position(|ware| ware.id == lot.product_id) else {
                    continue;
                };
                self.shops[home].shelf.push(Shelved {
                    lot: lot.id,
                    code: lot.code,
                    ware: (index, place),
                    price: lot.unit_price,
                    left: lot.quantity,
                    expires_on: lot.expires_on,
                });
            }
        }
        Ok(())
    }

    /// How much a lot is wanted on a day, from 1 to 6.
    pub fn wanted(&self, lot: &Shelved, day: Date) -> u32 {
        season(self.stalls[lot.ware.0].wares[lot.ware.1].good.season, day)
    }
}

/// Days that food keeps.
fn keeps(category: &str) -> i64 {
    match category {
        "bread" => 30,
        "sweets" => 45,
        _ => 180,
    }
}

/// How much goods of a season are wanted on a day.
fn season(season: Season, day: Date) -> u32 {
    let Jalali { month, day, .. } = Jalali::from(day);
    match (season, month) {
        (Season::Always, _) => 2,
        (Season::Nowruz, 12) => 6,
        (Season::Yalda, 9) if day > 10 => 6,
        (Season::Yalda, 8 | 9) => 3,
        (Season::School, 6) => 6,
        (Season::School, 7) if day < 15 => 4,
        (Season::Summer, 3..=5) => 5,
        _ => 1,
    }
}

/// How busy the shops are: the weeks before the new year and the longest night, and before school.
pub fn busy(day: Date) -> i64 {
    let Jalali { month, day, .. } = Jalali::from(day);
    match (month, day) {
        (12, 8..) => 240,
        (9, 18..=30) => 190,
        (6, 10..) => 140,
        (1, 1..=13) => 45,
        _ => 100,
    }
}
