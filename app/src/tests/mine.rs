//! Her own page, on screen and for her program.

use access::Role;
use access::sessions::Owner;
use contacts::payees::{ApprovePayee, NameCheck, PayeeId, PayeeKind, ProposePayee, SealedSheba};
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
        // Where her money goes is hers to know, the more when the account is another's.
        assert!(page.contains("هنوز جایی تأیید نشده است"), "{page}");
        assert!(told["payee"].is_null());
        let payee = PayeeId::new(bench.db.new_id());
        let sheba = persian::Sheba::parse("IR820540102680020817909002").unwrap();
        let propose = ProposePayee {
            id: payee,
            contact,
            organization: stage.home,
            kind: PayeeKind::Proxy,
            holder_name: "بهرام آزمونی".into(),
            sheba: Some(SealedSheba::new(&stage.city.keys, payee, &sheba)),
            reason: ProposePayee::seal(&stage.city.keys, payee, "قیم اوست"),
        };
        stage.write(&stage.alice, propose).await.unwrap();
        let approve = ApprovePayee { id: payee, name_check: NameCheck::Matches, reason: None };
        stage.write(&stage.bob, approve).await.unwrap();
        let page = house.body(&her, "/me").await;
        assert!(page.contains("بهرام آزمونی") && page.contains("…۹۰۰۲"), "{page}");
        let told: serde_json::Value = serde_json::from_str(&house.body(&her, "/api/v1/me").await).unwrap();
        assert_eq!(told["payee"], serde_json::json!({ "kind": "proxy", "holder": "بهرام آزمونی", "sheba_last4": "9002" }));
    }
}
