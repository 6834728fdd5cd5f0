//! A day's sales, what is brought back, and the count in the evening.

use std::collections::BTreeMap;

use db::Result;
use ledger::TenderKind;
use money::Rial;
use persian::{Date, Timestamp};
use rand::RngExt as _;
use till::{
    BroughtBack, CloseShift, GoodsState, RecordReturn, RecordSale, ReturnId, SaleId, SoldLine,
    Tendered,
};
use uuid::Uuid;

use super::agenda::{Deeds, deed};
use super::market::{FLOAT, Market, busy};
use super::town::Town;

/// The dearest piece whose price is given back at the till.
const DEAR: Rial = Rial::new(8_000_000);

/// A sale that may be brought back the day after.
struct Last {
    sale: SaleId,
    kind: TenderKind,
    price: Rial,
    shop: usize,
    code: String,
}

/// The running numbers of selling.
pub struct Selling {
    /// Lines to be sold on an ordinary day of a full city.
    pub usual: i64,
    /// Lines sold so far.
    pub lines: i64,
    card: u64,
    last: Option<Last>,
}

impl Selling {
    /// So many lines on an ordinary day.
    pub fn new(usual: i64) -> Self {
        Self {
            usual,
            lines: 0,
            card: 0,
            last: None,
        }
    }

    /// Sells a day's goods and closes the shifts.
    pub async fn day(&mut self, town: &mut Town, market: &mut Market, day: Date) -> Result<()> {
        let evening = Timestamp::at(day, 21, 0);
        let mut by_clerk: BTreeMap<Uuid, Deeds> = BTreeMap::new();
        self.bring_back(town, market, &mut by_clerk, evening)
            .await?;
        let on_shelf: usize = market.shops.iter().map(|shop| shop.shelf.len()).sum();
        // Few goods draw few buyers.
        let most = i64::try_from(on_shelf / 6).unwrap_or(i64::MAX);
        let mut left = (self.usual * busy(day) / 100).min(most);
        while left > 0 {
            let shop = town.rng.random_range(0..market.shops.len());
            let Some((sale, lines)) = self.sale(town, market, shop, day) else {
                left -= 1;
                continue;
            };
            left -= lines;
            self.lines += lines;
            let clerk = market.shops[shop].clerk;
            by_clerk.entry(clerk).or_default().push(deed(sale));
        }
        for shop in &market.shops {
            let Some(shift) = shop.shift else { continue };
            let is_short = town.chance(3);
            let close = CloseShift {
                shift,
                counted: Rial::new(FLOAT.get() + shop.cash - if is_short { 50_000 } else { 0 }),
                reason: if is_short {
                    "پول خرد کم آمد".into()
                } else {
                    String::new()
                },
            };
            by_clerk.entry(shop.clerk).or_default().push(deed(close));
        }
        town.city.db.clock().hold(evening);
        let city = town.city.clone();
        for (clerk, deeds) in by_clerk {
            town.agenda.perform(&city, clerk, deeds).await?;
        }
        Ok(())
    }

    fn sale(
        &mut self,
        town: &mut Town,
        market: &mut Market,
        index: usize,
        day: Date,
    ) -> Option<(RecordSale, i64)> {
        let wanted = match town.rng.random_range(0..10) {
            0..=4 => 1,
            5..=7 => 2,
            8 => 3,
            _ => 4,
        };
        let mut lines: Vec<SoldLine> = Vec::new();
        let mut total = 0;
        for _ in 0..wanted {
            let Some(place) = choose(town, market, index, day) else {
                continue;
            };
            let lot = &mut market.shops[index].shelf[place];
            if lines.iter().any(|line| line.code == lot.code) {
                continue;
            }
            let quantity = if lot.left > 3 && town.rng.random_range(0..5) == 0 {
                2
            } else {
                1
            };
            lot.left -= quantity;
            total += lot.price.get() * quantity;
            lines.push(SoldLine {
                code: lot.code.clone(),
                quantity,
                unit_price: Some(lot.price),
            });
        }
        let first = lines.first()?.clone();
        let sold_at = Timestamp::at(
            day,
            town.rng.random_range(10..21),
            town.rng.random_range(0..60),
        );
        let shop = &mut market.shops[index];
        shop.shelf.retain(|lot| lot.left > 0);
        let is_card = town.rng.random_range(0..100) < 62;
        let tender = if is_card {
            self.card += 1;
            Tendered {
                kind: TenderKind::Card,
                amount: Rial::new(total),
                reference: Some(format!("{:012}", 100_000_000_000 + self.card * 7)),
            }
        } else {
            shop.cash += total;
            Tendered {
                kind: TenderKind::Cash,
                // Handed over in notes of fifty thousand toman.
                amount: Rial::new((total + 499_999) / 500_000 * 500_000),
                reference: None,
            }
        };
        let sale = RecordSale {
            id: SaleId::new(town.id(sold_at)),
            place: shop.place,
            register: Some(shop.register),
            sold_at,
            tenders: vec![tender.clone()],
            is_synced: false,
            lines,
        };
        self.last = Some(Last {
            sale: sale.id,
            kind: tender.kind,
            price: first.unit_price.unwrap_or_default(),
            shop: index,
            code: first.code,
        });
        let count = i64::try_from(sale.lines.len()).unwrap_or(1);
        Some((sale, count))
    }

    /// Now and then somebody brings back one piece of yesterday's last sale.
    async fn bring_back(
        &mut self,
        town: &mut Town,
        market: &mut Market,
        by_clerk: &mut BTreeMap<Uuid, Deeds>,
        at: Timestamp,
    ) -> Result<()> {
        let Some(last) = self.last.take().filter(|_| town.chance(9)) else {
            return Ok(());
        };
        // A dear piece goes back by appointment, not out of a drawer.
        if last.price > DEAR {
            return Ok(());
        }
        let shop = &mut market.shops[last.shop];
        let cash = match last.kind {
            TenderKind::Cash => last.price.get(),
            TenderKind::Card => 0,
        };
        let lines = {
            let mut conn = town.city.db.read().await?;
            till::sales::lines_of(&mut conn, &[last.sale]).await?
        };
        let Some(line) = lines.into_iter().find(|line| line.code == last.code) else {
            return Ok(());
        };
        shop.cash -= cash;
        let back = RecordReturn {
            id: ReturnId::new(town.id(at)),
            sale: last.sale,
            register: shop.register,
            refund: last.kind,
            reason: "اندازه نبود".into(),
            lines: vec![BroughtBack {
                line: line.id,
                quantity: 1,
                goods: GoodsState::Damaged,
            }],
        };
        by_clerk.entry(shop.clerk).or_default().push(deed(back));
        Ok(())
    }
}

/// A lot of a shop that somebody wants on this day.
fn choose(town: &mut Town, market: &Market, shop: usize, day: Date) -> Option<usize> {
    let shelf = &market.shops[shop].shelf;
    for _ in 0..8 {
        if shelf.is_empty() {
            return None;
        }
        let place = town.rng.random_range(0..shelf.len());
        let lot = &shelf[place];
        let wanted = market.wanted(lot, day);
        let is_good = lot.left > 0 && lot.expires_on.is_none_or(|last| last >= day);
        if is_good && town.rng.random_range(0..6) < wanted {
            return Some(place);
        }
    }
    None
}
