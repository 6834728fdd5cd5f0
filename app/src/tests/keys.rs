//! Keys are changed while the city goes on.

use contacts::find_by_phone;
use db::{Part, Tx, Write};
use people::persons::{NationalCodeFact, PersonFacts, contact_id_of};
use people::{NATIONAL_CODE_TAKEN, NewPerson, PersonId};
use persian::{Mobile, NationalCode, Phone};
use serde::Serialize;
use testing::{Bench, both};

use super::everyone::House;
use crate::commands::keys;
use crate::rooms;

/// More than are sealed anew in one step.
const PEOPLE: u32 = 230;

#[derive(Serialize)]
struct Register(Vec<NewPerson>);

impl Write for Register {
    const NAME: &'static str = "register";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        for new in &self.0 {
            people::create(tx, new).await?;
        }
        Ok(())
    }
}

/// An invented code with a right check digit.
fn code(number: u32) -> NationalCode {
    let first = format!("99{number:07}");
    let mut all = (0..10).map(|check| NationalCode::parse(&format!("{first}{check}")));
    all.find_map(Result::ok).unwrap()
}

fn mobile(number: u32) -> Mobile {
    Mobile::parse(&format!("0900{number:07}")).unwrap()
}

struct City {
    house: House,
    people: Vec<PersonId>,
}

impl City {
    async fn open(bench: &Bench) -> Self {
        let house = House::open(bench).await;
        let mut city = Self {
            house,
            people: Vec::new(),
        };
        let all: Vec<_> = (0..PEOPLE)
            .map(|number| city.person(bench, number))
            .collect();
        city.people = all.iter().map(|new| new.id).collect();
        city.register(all).await.unwrap();
        city
    }

    fn person(&self, bench: &Bench, number: u32) -> NewPerson {
        let home = organizations::OrganizationId::new(self.house.stage.home);
        let mut facts = PersonFacts::new(home, "مریم", "آزمونی");
        facts.national_code = NationalCodeFact::Unverified(code(number));
        facts.phone = Some(Phone::Mobile(mobile(number)));
        facts.notes = format!("یادداشت {number}");
        facts.seal(
            &self.house.stage.city.keys,
            PersonId::new(bench.db.new_id()),
        )
    }

    async fn register(&self, all: Vec<NewPerson>) -> db::Result<()> {
        let stage = &self.house.stage;
        stage.write(&stage.alice, Register(all)).await
    }

    /// Values under the first key and under the second.
    async fn counts(&self) -> (i64, i64) {
        let mut conn = self.house.stage.city.db.read().await.unwrap();
        let counts = db::count_sealed(&mut conn, &rooms::sealed()).await.unwrap();
        let under = |key| counts.get(&key).copied().unwrap_or_default();
        (under(1), under(2))
    }

    async fn everybody_is_found_and_read(&self) {
        let city = &self.house.stage.city;
        let mut conn = city.db.read().await.unwrap();
        for (number, id) in (0..).zip(&self.people) {
            let (code, mobile) = (code(number), mobile(number));
            let found = people::find_by_national_code(&mut conn, &city.keys, &code)
                .await
                .unwrap();
            assert_eq!(found.map(|person| person.id), Some(*id), "{number}");
            let kept = people::national_code(&mut conn, &city.keys, *id)
                .await
                .unwrap();
            assert_eq!(kept.as_deref(), Some(code.as_str()));
            let contact = contact_id_of(&city.keys, *id);
            let found = find_by_phone(&mut conn, &city.keys, &mobile).await.unwrap();
            assert_eq!(
                found.iter().map(|contact| contact.id).collect::<Vec<_>>(),
                [contact]
            );
            let phone = contacts::phone(&mut conn, &city.keys, contact)
                .await
                .unwrap();
            assert_eq!(phone.as_deref(), Some(mobile.as_str()));
        }
    }

    /// The code of the `number`-th person is not given to another.
    async fn is_taken(&self, bench: &Bench, number: u32) {
        let refused = self.register(vec![self.person(bench, number)]).await;
        let db::Error::Refused(refusal) = refused.unwrap_err() else {
            panic!("{number}");
        };
        assert_eq!(refusal.reason, &NATIONAL_CODE_TAKEN);
    }
}

both! {
    async fn everybody_is_found_while_keys_are_changed_and_a_cut_is_made_good(bench: Bench) {
        let city = City::open(&bench).await;
        let served = city.house.stage.city.clone();
        let origin = db::Origin::program("test");
        let (all, none) = city.counts().await;
        // A phone and its hash, a code and its hash, notes.
        assert!(all >= i64::from(PEOPLE) * 5 && none == 0, "{all} {none}");
        assert_eq!(served.keys.make().unwrap(), 2);
        served.keys.take_into_use(2).unwrap();
        // The first step of each column is done, then the power is cut.
        for sealed in rooms::sealed() {
            let table = keys::table_of(&sealed).unwrap();
            db::reseal(&served.db, &served.keys, &origin, &table, &sealed, Part::begin()).await.unwrap();
        }
        let (old, new) = city.counts().await;
        assert!(old > 0 && new > 0 && old + new == all, "{old} {new}");
        city.everybody_is_found_and_read().await;
        for number in [0, PEOPLE - 1] {
            city.is_taken(&bench, number).await;
        }
        keys::rotate(&served, &origin, None, true).await.unwrap();
        assert_eq!(served.keys.newest(), 2, "what was begun is finished first");
        assert_eq!(city.counts().await, (0, all));
        city.everybody_is_found_and_read().await;
        keys::rotate(&served, &origin, Some(2), true).await.unwrap();
        assert_eq!(served.keys.all(), [1, 2], "no third key is made");
        keys::retire(&served, &origin, 1).await.unwrap();
        assert_eq!(served.keys.all(), [2]);
        city.everybody_is_found_and_read().await;
        city.is_taken(&bench, 7).await;
        let mut conn = served.db.read().await.unwrap();
        let told: Vec<String> = db::sql("SELECT action AS value FROM audit_event WHERE record_kind = 'key' ORDER BY id")
            .scalars(&mut conn).await.unwrap();
        assert_eq!(told, ["keys_rotated", "key_retired"]);
    }

    async fn a_key_under_which_something_lies_stays(bench: Bench) {
        let city = City::open(&bench).await;
        let served = city.house.stage.city.clone();
        let origin = db::Origin::program("test");
        served.keys.make().unwrap();
        served.keys.take_into_use(2).unwrap();
        let refused = keys::retire(&served, &origin, 1).await.unwrap_err();
        assert!(refused.text.contains("values lie under key 1"), "{}", refused.text);
        assert_eq!(served.keys.all(), [1, 2]);
        let refused = keys::retire(&served, &origin, 2).await.unwrap_err();
        assert!(refused.text.contains("is not an old key"), "{}", refused.text);
    }

    async fn history_lets_a_seal_be_made_anew_and_nothing_else(bench: Bench) {
        // What may be written again in tables that only grow is what is sealed there.
        let texts = migrations::all().into_iter().map(|step| step.text).collect::<Vec<_>>().join("\n");
        let mut open = Vec::new();
        for line in texts.lines().filter_map(|line| line.strip_prefix("append_only ")) {
            if let Some((table, columns)) = line.trim_end_matches(';').split_once(" except ") {
                open.extend(columns.split(',').map(|column| (table.to_owned(), column.trim().to_owned())));
            }
        }
        let grows = |table: &str| {
            let is = |line: &str| line == format!("append_only {table};") || line.starts_with(&format!("append_only {table} "));
            texts.lines().any(is)
        };
        let sealed = rooms::sealed().into_iter().filter(|sealed| grows(sealed.table));
        let mut sealed: Vec<_> = sealed.map(|sealed| (sealed.table.to_owned(), sealed.column.to_owned())).collect();
        open.sort();
        sealed.sort();
        assert_eq!(open, sealed);
        assert!(open.len() >= 5);
    }
}
