//! The till under test, on real lots of real products.

mod desk;
mod goods_back;
mod recording;

use std::collections::BTreeMap;

use access::Role;
use access::cast::{Actor, Reply, Stage};
use consignment::{
    Acceptance, AgreementId, Condition, LotId, NewLot, Payer, ReceiptId, ReceiveGoods,
    SignAgreement,
};
use contacts::{Channel, ContactId, CreateContact, NewContact};
use makers::photos::{AddPhoto, PhotoId};
use makers::{ApproveProduct, CreateProduct, ProductFacts, ProductId, SubmitProduct, WorkMode};
use money::Rial;
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use persian::Lang;
use serde_json::{Value as Json, json};
use testing::Bench;
use uuid::Uuid;

use crate::*;

/// Alice sells in one shop, Charlie in another; three makers have goods on Alice's shelf.
struct Scene {
    stage: Stage,
    finance: Actor,
    shop: PlaceId,
    other_shop: PlaceId,
    till: RegisterId,
    /// Label codes, one lot of twelve each, by three makers.
    codes: Vec<String>,
    lots: Vec<LotId>,
}

const PRICE: i64 = 1_120_000;

async fn scene(bench: &Bench) -> Scene {
    let rooms = vec![
        access::room(),
        organizations::room(),
        contacts::room(),
        notices::room(),
        makers::room(),
        ledger::room(),
        crate::room(),
    ];
    let stage = Stage::open(bench, rooms, &[Role::ShopManager, Role::ShopClerk]).await;
    let finance = stage
        .add("finance", stage.home, &[Role::FinanceOfficer])
        .await;
    let officer = stage
        .add("officer", stage.home, &[Role::ProductOfficer])
        .await;
    stage
        .write(&officer, makers::reference::LoadReference {})
        .await
        .unwrap();
    let shop = place(&stage, "S1", stage.home).await;
    let other_shop = place(&stage, "S2", stage.elsewhere).await;
    let till = RegisterId::new(Uuid::now_v7());
    let register = CreateRegister {
        id: till,
        place: shop,
        code: "1".into(),
    };
    stage.write(&stage.alice, register).await.unwrap();
    let mut scene = Scene {
        stage,
        finance,
        shop,
        other_shop,
        till,
        codes: Vec::new(),
        lots: Vec::new(),
    };
    for name in ["مینا", "سارا", "لاله"] {
        let lot = scene.goods_of(name, &officer).await;
        let mut conn = bench.db.read().await.unwrap();
        scene.codes.push(
            consignment::receipts::lot(&mut conn, lot)
                .await
                .unwrap()
                .code,
        );
        scene.lots.push(lot);
    }
    scene
}

async fn place(stage: &Stage, code: &str, body: Uuid) -> PlaceId {
    let id = PlaceId::new(Uuid::now_v7());
    let new = CreatePlace {
        id,
        organization_id: OrganizationId::new(body),
        kind: PlaceKind::Shop,
        code: code.into(),
        name_fa: "فروشگاه بازار".into(),
        name_en: "Bazaar shop".into(),
        region: 12,
        address: String::new(),
        trade: String::new(),
        capacity: 0,
        valid_from: stage.city.db.clock().today(),
    };
    stage.write(&stage.alice, new).await.unwrap();
    id
}

impl Scene {
    /// Twelve rugs of a new maker, received in Alice's shop at 15.5%.
    async fn goods_of(&self, name: &str, officer: &Actor) -> LotId {
        let alice = &self.stage.alice;
        let today = self.stage.city.db.clock().today();
        let maker = ContactId::new(Uuid::now_v7());
        let contact = NewContact {
            id: maker,
            subject: None,
            first_name: name.into(),
            shown_name: format!("{name} نمونه"),
            language: Lang::Fa,
            phone: None,
            channel: Channel::None,
            companion: None,
            region: "12".into(),
            neighbourhood: "پامنار".into(),
        };
        self.stage
            .write(alice, CreateContact(contact))
            .await
            .unwrap();
        let product = ProductId::new(Uuid::now_v7());
        let facts = ProductFacts {
            name_fa: format!("گلیم {name}"),
            category_code: Some("carpet".into()),
            price: Some(Rial::new(PRICE)),
            ..ProductFacts::default()
        };
        let organization_id = Some(OrganizationId::new(self.stage.home));
        let new = CreateProduct {
            id: product,
            contact_id: maker,
            organization_id,
            facts,
        };
        self.stage.write(alice, new).await.unwrap();
        let photo = AddPhoto {
            id: PhotoId::new(Uuid::now_v7()),
            product_id: product,
            picture: vec![0xff, 0xd8],
            size: (1, 1),
            small_picture: vec![0xff, 0xd8],
            small_size: (1, 1),
        };
        self.stage.write(alice, photo).await.unwrap();
        self.stage
            .write(alice, SubmitProduct { id: product })
            .await
            .unwrap();
        self.stage
            .write(officer, ApproveProduct { id: product })
            .await
            .unwrap();
        let agreement = SignAgreement {
            id: AgreementId::new(Uuid::now_v7()),
            contact_id: maker,
            organization_id: OrganizationId::new(self.stage.home),
            work_mode: WorkMode::Independent,
            commission_bp: 1_550,
            loss_payer: Payer::Shop,
            starts_on: today,
            ends_on: today.iter_days().nth(365).unwrap(),
            accepted_by: Acceptance::Signature,
            accepted_on: today,
        };
        self.stage.write(alice, agreement).await.unwrap();
        let lot = LotId::new(Uuid::now_v7());
        let line = NewLot {
            id: lot,
            product_id: product,
            quantity: 12,
            unit_price: None,
            batch: String::new(),
            produced_on: None,
            expires_on: None,
            condition: Condition::Good,
            defect_note: String::new(),
        };
        let goods = ReceiveGoods {
            id: ReceiptId::new(Uuid::now_v7()),
            place_id: self.shop,
            contact_id: maker,
            note: String::new(),
            lines: vec![line],
        };
        self.stage.write(alice, goods).await.unwrap();
        lot
    }

    /// One piece of each maker's goods, paid in cash with some change.
    fn body(&self, id: Uuid) -> Json {
        let line = |code: &String| json!({ "code": code, "quantity": 1, "unit_price": PRICE });
        json!({
            "id": id,
            "shop_id": self.shop,
            "sold_at": self.stage.city.db.clock().now(),
            "lines": self.codes.iter().map(line).collect::<Vec<_>>(),
            "tenders": [{ "kind": "cash", "amount": 4_000_000 }],
        })
    }

    async fn send(&self, actor: &Actor, body: &Json) -> Reply {
        self.stage
            .send_json(Some(actor), "POST", "/api/v1/sales", body)
            .await
    }

    /// A sale by the front door; its id and answer.
    async fn sold(&self) -> (SaleId, Json) {
        let id = Uuid::now_v7();
        let reply = self.send(&self.stage.alice, &self.body(id)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        (SaleId::new(id), reply.json())
    }

    async fn open_shift(&self) {
        let open = OpenShift {
            id: ShiftId::new(Uuid::now_v7()),
            register: self.till,
            float_amount: Rial::new(500_000),
        };
        self.stage.write(&self.stage.alice, open).await.unwrap();
    }

    /// Money and pieces as machines see them.
    async fn totals(&self) -> Json {
        self.stage
            .get(Some(&self.finance), "/api/v1/totals")
            .await
            .json()
    }

    /// Books, shelves and months agree, and no piece is lost.
    async fn is_whole(&self) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let mut checks = ledger::checks(&mut conn).await.unwrap();
        checks.extend(consignment::checks(&mut conn).await.unwrap());
        checks.extend(crate::checks(&mut conn).await.unwrap());
        for check in checks {
            assert!(check.ok, "{check:?}");
        }
        let totals = self.totals().await;
        assert_eq!(totals["debits"], totals["credits"]);
        let pieces: BTreeMap<String, i64> =
            serde_json::from_value(totals["pieces"].clone()).unwrap();
        let left = pieces["received"] - pieces["sold"] + pieces["returned_by_customer"]
            - pieces["returned_to_maker"]
            - pieces["lost"];
        assert_eq!(left, pieces["on_hand"], "{pieces:?}");
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
