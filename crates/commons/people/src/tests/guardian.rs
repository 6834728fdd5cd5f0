//! A guardian or companion is told in the place of whoever has no phone.

use contacts::{Channel, reach};
use serde_json::json;
use testing::both;
use uuid::Uuid;

use super::scene::{register, stage, with};
use crate::persons::code_of;
use crate::{PersonId, contact_of};

fn id_of(page: &str) -> PersonId {
    PersonId::new(page.rsplit('/').next().unwrap().parse().unwrap())
}

async fn told(stage: &access::cast::Stage, page: &str) -> Option<(String, Channel)> {
    let mut conn = stage.city.db.read().await.unwrap();
    let contact = contact_of(&mut conn, id_of(page)).await.unwrap();
    reach(&mut conn, &stage.city.keys, contact).await.unwrap()
}

/// A girl without a phone or papers.
const WEAVER: &[(&str, &str)] = &[
    ("first_name", "نرگس"),
    ("last_name", "کرمی"),
    ("national_code", ""),
    ("no_code_reason", "no_document"),
    ("birth.year", "1390"),
    ("birth.month", ""),
    ("birth.day", ""),
    ("phone", ""),
];

both! {
    async fn a_guardian_who_is_a_person_here_is_told_in_her_place(bench: Bench) {
        let stage = stage(&bench).await;
        let mother = register(&stage, &stage.alice, &with(&[])).await;
        let code = code_of(id_of(&mother));
        let mut fields = WEAVER.to_vec();
        fields.push(("guardian", &code));
        let page = register(&stage, &stage.alice, &with(&fields)).await;
        assert_eq!(told(&stage, &page).await, Some(("+989001234567".into(), Channel::Sms)));
    }

    async fn a_correction_keeps_guardian_and_neighbourhood_as_the_form_shows_them(bench: Bench) {
        let stage = stage(&bench).await;
        let alice = Some(&stage.alice);
        let page = register(&stage, &stage.alice, &with(WEAVER)).await;
        assert_eq!(told(&stage, &page).await, None);
        let uncle = json!({ "id": Uuid::now_v7(), "first_name": "حسن", "last_name": "کرمی", "phone": "02144000000" });
        let made = stage.send_json(alice, "POST", "/api/v1/contacts", &uncle).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let handle = made.json()["handle"].as_str().unwrap().to_owned();
        let mut fields = WEAVER.to_vec();
        fields.extend([("version", "1"), ("guardian", handle.as_str()), ("neighbourhood", "پونک")]);
        let edit = format!("{page}/edit");
        let done = stage.post(alice, &edit, &with(&fields)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(told(&stage, &page).await, Some(("+982144000000".into(), Channel::Voice)));
        let shown = stage.get(alice, &page).await;
        assert!(shown.body.contains("پونک") && shown.body.contains(&handle));
        let form = stage.get(alice, &edit).await;
        assert!(form.body.contains("value=\"پونک\"") && form.body.contains(&handle));
        // Taken out of the form, he is told nothing more.
        let mut fields = WEAVER.to_vec();
        fields.push(("version", "2"));
        assert_eq!(stage.post(alice, &edit, &with(&fields)).await.status, 303);
        assert_eq!(told(&stage, &page).await, None);
        // Nobody becomes a companion by a handle of another centre that was guessed.
        let theirs = json!({ "id": Uuid::now_v7(), "first_name": "علی", "last_name": "کرمی", "phone": "02144000001" });
        let theirs = stage.send_json(Some(&stage.charlie), "POST", "/api/v1/contacts", &theirs).await.json();
        let handle = theirs["handle"].as_str().unwrap();
        let mut fields = WEAVER.to_vec();
        fields.extend([("version", "3"), ("guardian", handle)]);
        let refused = stage.post(alice, &edit, &with(&fields)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#guardian\""));
    }

    async fn a_guardian_agrees_in_her_place_and_the_consent_names_him(bench: Bench) {
        let stage = stage(&bench).await;
        let alice = Some(&stage.alice);
        let mut fields = WEAVER.to_vec();
        fields.push(("evidence", "guardian"));
        // Nobody stands in her record who could have signed.
        let refused = stage.post(alice, "/people", &with(&fields)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#evidence\""), "{}", refused.body);
        let brother = json!({ "id": Uuid::now_v7(), "first_name": "بهرام", "last_name": "کرمی", "phone": "09001112233" });
        let made = stage.send_json(alice, "POST", "/api/v1/contacts", &brother).await.json();
        fields.push(("guardian", made["handle"].as_str().unwrap()));
        let page = register(&stage, &stage.alice, &with(&fields)).await;
        let subject = id_of(&page).get();
        let mut conn = stage.city.db.read().await.unwrap();
        let consents = access::consents::list(&mut conn, subject).await.unwrap();
        drop(conn);
        assert_eq!(consents[0].given_by.map(|by| by.to_string()).as_deref(), brother["id"].as_str());
        let shown = stage.get(alice, &page).await.body;
        assert!(shown.contains("قیم امضا کرد"), "{shown}");
        // The paper has his name under it; nobody elsewhere gets it.
        let paper = format!("{page}/consent/paper");
        assert!(shown.contains(&paper));
        let sheet = stage.get(alice, &paper).await.json();
        assert_eq!((sheet["signatories"][0]["name"].as_str(), sheet["lines"].as_array().map(Vec::len)), (Some("بهرام کرمی"), Some(1)));
        assert_eq!(sheet["number"], code_of(id_of(&page)));
        assert_eq!(stage.get(Some(&stage.charlie), &paper).await.status, 404);
        // A guardian is named when he agreed, and only then: the database itself holds to it.
        let nameless = "UPDATE consent SET given_by = NULL WHERE evidence = 'guardian'";
        assert!(stage.tamper(nameless).await.is_err());
    }
}
