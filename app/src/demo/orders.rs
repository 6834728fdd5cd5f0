//! What centres are asked to make: school clothes, dried fruit, bags; some of it comes late.

use db::Result;
use demand::{DeliverOrder, MonthId, OrderId, TakeOrder, TellMonth};
use persian::{Jalali, Timestamp};
use rand::RngExt as _;
use uuid::Uuid;

use super::town::{Town, workday};

/// Who orders, what, and how many.
type Asked = (&'static str, &'static str, i64);

/// A centre, and what it is asked for.
const ASKED: &[(&str, &[Asked])] = &[
    (
        "K1",
        &[
            ("ادارهٔ آموزش ناحیهٔ دو", "روپوش مدرسه", 240),
            ("درمانگاه مهر", "روپوش سفید", 90),
            ("فروشگاه‌های دست‌آفرین", "کیسهٔ پارچه‌ای", 600),
        ],
    ),
    (
        "K2",
        &[
            ("فروشگاه‌های دست‌آفرین", "بستهٔ خشکبار یلدا", 400),
            ("شرکت راه‌آهن شهری", "بستهٔ پذیرایی", 150),
            ("هتل باغ", "بستهٔ نوروزی", 220),
        ],
    ),
    (
        "K3",
        &[
            ("دانشگاه شهر", "جلد چرمی", 130),
            ("شهرداری منطقهٔ ۱۵", "کیف اسناد", 60),
        ],
    ),
    (
        "K4",
        &[
            ("خانهٔ سالمندان آفتاب", "نان محلی", 900),
            ("مدرسهٔ شبانه‌روزی", "کلوچه", 700),
        ],
    ),
    (
        "K5",
        &[
            ("موزهٔ کودک", "عروسک بومی", 180),
            ("فروشگاه‌های دست‌آفرین", "عروسک یلدا", 120),
        ],
    ),
    ("T1", &[("نشر شهر", "تا کردن و بسته‌بندی بروشور", 5_000)]),
    (
        "T2",
        &[
            ("شرکت پست", "پاکت پارچه‌ای", 800),
            ("دبیرخانهٔ برنامه", "یادبود کارگاه", 90),
        ],
    ),
    ("T3", &[("بازار روز جنوب", "برچسب دست‌نویس", 1_500)]),
    (
        "E1",
        &[
            ("کارخانهٔ لوازم خانگی", "مونتاژ دستهٔ قابلمه", 3_000),
            ("شرکت اسباب‌بازی", "بسته‌بندی بازی فکری", 1_200),
        ],
    ),
    ("E2", &[("کارگاه روشنایی", "سیم‌کشی چراغ رومیزی", 450)]),
    ("E3", &[("شهرداری منطقهٔ ۱۸", "گلدان چوبی", 160)]),
];

/// Plans them through the last months; the last ones are still open, and some of those are late.
pub fn plan(town: &mut Town) -> Result<()> {
    let keeper = town.user("supervisor");
    for (turn, (code, orders)) in (0_i64..).zip(ASKED) {
        let place = town.bodies.place(code)?;
        for (step, (customer, item, quantity)) in (0_i64..).zip(orders.iter()) {
            // Of the last orders a third is late and a third still has time.
            let (is_late, is_fresh) = (step == 0 && turn % 3 == 0, step == 0 && turn % 3 == 1);
            let ago = if is_fresh {
                9 + turn
            } else {
                26 + turn * 7 + step * 70
            };
            let ordered = Timestamp::at(workday(town.until.plus_days(-ago).date()), 10, 20);
            // Every third was promised for a day that has passed by now.
            let days = if (turn + step) % 3 == 0 { 21 } else { 45 };
            let order = OrderId::new(town.id(ordered));
            let due_on = workday(ordered.plus_days(days).date());
            let take = TakeOrder {
                id: order,
                place,
                customer: (*customer).into(),
                item: (*item).into(),
                quantity: *quantity,
                due_on,
            };
            town.agenda.add(ordered, keeper, take);
            let first = quantity * town.rng.random_range(3..=6) / 10;
            let mut at = ordered;
            let parts = [first, quantity - first];
            for part in parts.into_iter().take(if is_late { 1 } else { 2 }) {
                at = town.after(at, (10, 22), (14, 40));
                if at >= town.until {
                    break;
                }
                let deliver = DeliverOrder {
                    id: town.id(at),
                    order,
                    quantity: part,
                    delivered_on: at.date(),
                };
                town.agenda.add(at, keeper, deliver);
            }
        }
    }
    months(town, keeper)
}

/// Each centre tells its last twelve months, on the third of the next one.
fn months(town: &mut Town, keeper: Uuid) -> Result<()> {
    let this = Jalali::from(town.until.date()).first_of_month();
    for (turn, (code, _)) in (0_i64..).zip(ASKED) {
        let place = town.bodies.place(code)?;
        let capacity = 12 + turn * 5 % 29;
        for back in (1..=12).rev() {
            let told = Timestamp::at(this.plus_months(1 - back).to_date(), 11, 0).plus_days(2);
            if told >= town.until {
                continue;
            }
            let employed = capacity * town.rng.random_range(55..=95) / 100;
            let tell = TellMonth {
                id: MonthId::new(town.id(told)),
                place,
                month_on: this.plus_months(-back).to_date(),
                capacity,
                attended: (employed + town.rng.random_range(0..=4)).min(capacity),
                employed,
                waged: employed,
                insured: employed * town.rng.random_range(40..=80) / 100,
                evidence: format!("فهرست مزد {}", this.plus_months(-back).dashed()),
            };
            town.agenda.add(told, keeper, tell);
        }
    }
    Ok(())
}
