use access::Role;
use access::cast::{Actor, Stage};
use contacts::{Channel, ContactId, CreateContact, NewContact};
use makers::photos::{AddPhoto, PhotoId};
use makers::stories::{AllowStory, EndStory};
use makers::{
    ApproveProduct, CreateProduct, ProductFacts, ProductId, RetireProduct, SubmitProduct,
};
use money::Rial;
use organizations::OrganizationId;
use persian::Lang;
use testing::{Bench, both};
use uuid::Uuid;

async fn stage(bench: &Bench) -> (Stage, Actor) {
    let rooms = vec![
        access::room(),
        organizations::room(),
        contacts::room(),
        makers::room(),
        crate::room(),
    ];
    let stage = Stage::open(bench, rooms, &[Role::ShopManager]).await;
    let officer = stage
        .add("officer", stage.home, &[Role::ProductOfficer])
        .await;
    stage
        .write(&officer, makers::reference::LoadReference {})
        .await
        .unwrap();
    (stage, officer)
}

/// A rug of a new maker, on sale.
async fn rug(stage: &Stage, officer: &Actor, name: &str) -> ProductId {
    rug_of(stage, officer, name).await.0
}

async fn rug_of(stage: &Stage, officer: &Actor, name: &str) -> (ProductId, ContactId) {
    let maker = ContactId::new(Uuid::now_v7());
    let contact = NewContact {
        id: maker,
        subject: None,
        first_name: "گلنار".into(),
        shown_name: "گلنار پروین‌نما".into(),
        language: Lang::Fa,
        phone: None,
        channel: Channel::None,
        companion: None,
        region: "12".into(),
        neighbourhood: "پامنار".into(),
    };
    stage.write(officer, CreateContact(contact)).await.unwrap();
    let id = ProductId::new(Uuid::now_v7());
    let facts = ProductFacts {
        name_fa: name.into(),
        category_code: Some("carpet".into()),
        price: Some(Rial::new(1_120_000)),
        ..ProductFacts::default()
    };
    let organization_id = Some(OrganizationId::new(stage.home));
    let new = CreateProduct {
        id,
        contact_id: maker,
        organization_id,
        facts,
    };
    stage.write(&stage.alice, new).await.unwrap();
    let photo = AddPhoto {
        id: PhotoId::new(Uuid::now_v7()),
        product_id: id,
        picture: vec![0xff, 0xd8],
        size: (1, 1),
        small_picture: vec![0xff, 0xd8],
        small_size: (1, 1),
    };
    stage.write(&stage.alice, photo).await.unwrap();
    stage
        .write(&stage.alice, SubmitProduct { id })
        .await
        .unwrap();
    stage.write(officer, ApproveProduct { id }).await.unwrap();
    (id, maker)
}

both! {
    async fn goods_are_found_in_any_spelling_and_lead_to_their_page(bench: Bench) {
        let (stage, officer) = stage(&bench).await;
        rug(&stage, &officer, "گلیم کوچکِ آبی").await;
        for (q, is_found) in [("", true), ("گليم", true), ("كوچك آبي", true), ("ترشی", false), ("%", false), ("_", false), ("' OR 1=1", false)] {
            let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
            for lang in ["fa", "en"] {
                let page = stage.get(None, &format!("/shop?q={q}&lang={lang}")).await;
                assert_eq!((page.status.as_u16(), page.body.contains("/products/")), (200, is_found), "{q}");
                assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{q}");
            }
        }
        let by_kind = |code: &'static str| stage.get(None, code);
        assert!(by_kind("/shop?category=carpet").await.body.contains("/products/"));
        assert!(!by_kind("/shop?category=pickles").await.body.contains("/products/"));
        assert_eq!(by_kind("/shop?category=nonsense&shop=nonsense").await.status, 200);
        // The rug costs 112,000 toman.
        for (most, is_found) in [("112000", true), ("%DB%B1%DB%B1%DB%B2%D9%AC%DB%B0%DB%B0%DB%B0", true), ("111999", false), ("-5", true), ("x", true), ("9999999999999999999999", true)] {
            let page = stage.get(None, &format!("/shop?most={most}")).await;
            assert_eq!((page.status.as_u16(), page.body.contains("/products/")), (200, is_found), "{most}");
        }
    }

    async fn a_maker_is_named_only_while_she_agrees_and_never_in_full(bench: Bench) {
        let (stage, officer) = stage(&bench).await;
        let (_, maker) = rug_of(&stage, &officer, "گلیم").await;
        let paths = ["/shop", "/api/v1/shop/products"];
        for path in paths {
            let body = stage.get(None, path).await.body;
            assert!(body.contains("گلیم") && !body.contains("گلنار") && !body.contains("پامنار"), "{path}");
        }
        let valid_until = bench.db.clock().today().iter_days().nth(30).unwrap();
        let allow = AllowStory { id: Uuid::now_v7(), contact_id: maker, valid_until, evidence: "signature".into() };
        stage.write(&officer, allow).await.unwrap();
        for path in paths {
            let body = stage.get(None, path).await.body;
            assert!(body.contains("گلنار") && body.contains("پامنار") && body.contains("/makers/"), "{path}");
            assert!(!body.contains("پروین"), "{path}");
        }
        stage.write(&officer, EndStory { contact_id: maker }).await.unwrap();
        assert!(!stage.get(None, "/shop").await.body.contains("گلنار"));
    }

    async fn odd_questions_are_answered_like_plain_ones(bench: Bench) {
        let (stage, officer) = stage(&bench).await;
        rug(&stage, &officer, "گلیم").await;
        let long = "ا".repeat(3_000);
        let long: String = url::form_urlencoded::byte_serialize(long.as_bytes()).collect();
        for asked in ["q=%E2%80%AEgelim", "q=%3Cb%3E", "q=%00", "category=%27&shop=%27", &format!("q={long}"),
            &format!("shop={}", Uuid::now_v7()), &format!("cursor={}", Uuid::nil())] {
            for path in ["/shop", "/api/v1/shop/products"] {
                assert_eq!(stage.get(None, &format!("{path}?{asked}")).await.status, 200, "{path} {asked}");
            }
        }
        assert_eq!(stage.get(None, "/shop?cursor=x").await.status, 400);
    }

    async fn what_is_no_longer_sold_leaves_the_window(bench: Bench) {
        let (stage, officer) = stage(&bench).await;
        let id = rug(&stage, &officer, "گلیم").await;
        assert!(stage.get(None, "/shop").await.body.contains("/products/"));
        stage.write(&officer, RetireProduct { id, reason: "تمام شد".into() }).await.unwrap();
        assert!(!stage.get(None, "/shop").await.body.contains("/products/"));
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
