//! Her own page, on screen and for her program.

use access::Role;
use access::sessions::Owner;
use makers::{CreateProduct, ProductFacts, ProductId};
use organizations::OrganizationId;
use testing::both;

use super::everyone::House;

both! {
    async fn her_drafts_lead_nowhere_and_her_program_learns_what_her_page_tells(bench: Bench) {
        let house = House::open(&bench).await;
        let stage = &house.stage;
        let officer = stage.add("officer", stage.home, &[Role::ProductOfficer]).await;
        let contact = contacts::ContactId::new(bench.db.new_id());
        let new = contacts::NewContact {
            id: contact,
            subject: None,
            first_name: "مریم".into(),
            shown_name: "مریم آزمونی".into(),
            language: persian::Lang::Fa,
            phone: None,
            channel: contacts::Channel::None,
            companion: None,
            region: String::new(),
            neighbourhood: String::new(),
        };
        stage.write(&officer, contacts::CreateContact(new)).await.unwrap();
        let product = CreateProduct {
            id: ProductId::new(bench.db.new_id()),
            contact_id: contact,
            organization_id: Some(OrganizationId::new(stage.home)),
            facts: ProductFacts { name_fa: "ترشی لیته".into(), ..ProductFacts::default() },
        };
        stage.write(&officer, product).await.unwrap();
        let her = house.sign_in(Owner::Person { contact: contact.get(), helper: None }).await;
        let page = house.body(&her, "/me").await;
        assert!(page.contains("ترشی لیته") && !page.contains("href=\"/products/"), "{page}");
        let told: serde_json::Value = serde_json::from_str(&house.body(&her, "/api/v1/me").await).unwrap();
        assert_eq!(told["goods"][0]["on_hand"], 0);
        assert!(told["goods"][0]["page"].is_null());
        for part in ["sold", "on_its_way", "paid", "statements", "to_be_paid"] {
            assert!(!told["money"][part].is_null(), "{part}");
        }
        assert!(told["messages"].is_array());
    }
}
