//! Figures that need more than one day: who is paid month after month, what a centre told last.

use access::Role;
use access::cast::Stage;
use demand::{MonthId, TellMonth};
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use people::persons::{Gender, contact_id_of};
use persian::Jalali;
use testing::{Bench, both};

use super::{Load, SellAndPay, register};
use crate::figures;

async fn open(bench: &Bench) -> (Stage, PlaceId) {
    let rooms = vec![access::room(), crate::room()];
    let stage = Stage::open(bench, rooms, &[Role::CaseWorker]).await;
    stage.write(&stage.alice, Load {}).await.unwrap();
    let centre = CreatePlace {
        id: PlaceId::new(bench.db.new_id()),
        organization_id: OrganizationId::new(stage.home),
        kind: PlaceKind::Centre,
        code: "K1".into(),
        name_fa: "کوثر نرگس".into(),
        name_en: "Kowsar Narges".into(),
        region: 5,
        address: String::new(),
        trade: "خیاطی".into(),
        capacity: 24,
        valid_from: bench.db.clock().today(),
    };
    let place = stage.write(&stage.alice, centre).await.unwrap();
    (stage, place)
}

async fn number(bench: &Bench, code: &str) -> Option<i64> {
    let today = bench.db.clock().today();
    let mut conn = bench.db.read().await.unwrap();
    figures::number(&mut conn, code, today).await.unwrap()
}

fn to_next_month(bench: &Bench) {
    let today = bench.db.clock().today();
    let next = Jalali::from(today).first_of_month().plus_months(1);
    bench.pass_days((next.to_date() - today).num_days());
}

both! {
    async fn who_is_paid_every_month_is_stable_and_a_missed_month_ends_it(bench: Bench) {
        let (stage, place) = open(&bench).await;
        let home = OrganizationId::new(stage.home);
        let steady = register(&stage, home, 5, Gender::Female).await;
        let other = register(&stage, home, 5, Gender::Female).await;
        for month in 0..12 {
            assert_eq!(number(&bench, "makers_stable").await, Some(0), "after {month} months");
            for (person, missed) in [(steady, 99), (other, 5)] {
                let contact = contact_id_of(&stage.city.keys, person);
                if month != missed {
                    stage.write(&stage.alice, SellAndPay { contact, place }).await.unwrap();
                }
            }
            to_next_month(&bench);
        }
        assert_eq!(number(&bench, "makers_stable").await, Some(1));
        // Nothing was spent on packages, and there is one stable job: a cost of nothing is a number.
        assert_eq!(number(&bench, "cost_per_stable_job").await, Some(0));
        // Twelve and eleven pieces for 100,000 each, less a tenth for the shop.
        assert_eq!(number(&bench, "women_value_added").await, Some(23 * 90_000));
        to_next_month(&bench);
        assert_eq!(number(&bench, "makers_stable").await, Some(0));
        assert_eq!(number(&bench, "cost_per_stable_job").await, None);
    }

    async fn a_centre_is_counted_as_it_told_last(bench: Bench) {
        let (stage, place) = open(&bench).await;
        for employed in [18, 19] {
            let tell = TellMonth {
                id: MonthId::new(bench.db.new_id()),
                place,
                month_on: bench.db.clock().today(),
                capacity: 24,
                attended: 20,
                employed,
                waged: 15,
                insured: 11,
                evidence: "فهرست مزد ۱۲".into(),
            };
            stage.write(&stage.alice, tell).await.unwrap();
        }
        let counted = [("places_built", 1), ("places_active", 1), ("places_capacity", 24), ("places_employed", 19), ("places_insured", 11)];
        for (code, count) in counted {
            assert_eq!(number(&bench, code).await, Some(count), "{code}");
        }
        // Older than two months, what was told is not today's any more.
        bench.pass_days(70);
        assert_eq!(number(&bench, "places_employed").await, Some(0));
        assert_eq!(number(&bench, "places_active").await, Some(1));
    }
}
