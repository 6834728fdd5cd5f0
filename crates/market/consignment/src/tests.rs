mod goods;
mod pages;
mod pieces;
mod shelf;

use access::Role;
use access::cast::{Actor, Stage, broken};
use contacts::{Channel, ContactId, CreateContact, NewContact};
use db::{Error, sql};
use makers::licences::LicenceSource;
use makers::photos::{AddPhoto, PhotoId};
use makers::*;
use money::Rial;
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use persian::{Date, Lang};
use testing::Bench;
use uuid::Uuid;

use crate::*;

/// A shop of Alice's and Bob's body, one of Charlie's, and a maker with two approved products.
struct Scene {
    stage: Stage,
    officer: Actor,
    maker: ContactId,
    handle: String,
    shop: PlaceId,
    other_shop: PlaceId,
    rug: ProductId,
    pickle: ProductId,
}

async fn scene(bench: &Bench) -> Scene {
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
    let maker = ContactId::new(Uuid::now_v7());
    let new = NewContact {
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
    let handle = stage.write(&officer, CreateContact(new)).await.unwrap();
    let shop = place(&stage, "bazaar", stage.home).await;
    let other_shop = place(&stage, "north", stage.elsewhere).await;
    let (rug, pickle) = (
        ProductId::new(Uuid::now_v7()),
        ProductId::new(Uuid::now_v7()),
    );
    let scene = Scene {
        stage,
        officer,
        maker,
        handle,
        shop,
        other_shop,
        rug,
        pickle,
    };
    scene.licence().await;
    let facts = |name: &str, category: &str| ProductFacts {
        name_fa: name.into(),
        category_code: Some(category.into()),
        price: Some(Rial::new(1_120_000)),
        weight: "۵۰۰ گرم".into(),
        ingredients: "بادمجان، سرکه".into(),
        storage: "جای خنک".into(),
        hygiene_number: "1042".into(),
        ..ProductFacts::default()
    };
    scene.product(rug, facts("گلیم کوچک", "carpet")).await;
    scene.product(pickle, facts("ترشی لیته", "pickles")).await;
    scene
}

async fn place(stage: &Stage, code: &str, body: Uuid) -> PlaceId {
    let id = PlaceId::new(Uuid::now_v7());
    let new = CreatePlace {
        id,
        organization_id: OrganizationId::new(body),
        kind: PlaceKind::Shop,
        code: code.into(),
        name_fa: format!("فروشگاه {code}"),
        name_en: format!("Shop {code}"),
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
    fn day(&self, days: i64) -> Date {
        self.stage.city.db.clock().now().plus_days(days).date()
    }

    async fn licence(&self) {
        let licence = RecordLicence {
            id: LicenceId::new(Uuid::now_v7()),
            contact_id: self.maker,
            kind: LicenceKind::Hygiene,
            number: "1042".into(),
            issuer_id: OrganizationId::new(self.stage.home),
            valid_from: self.day(0),
            valid_until: self.day(200),
            source: LicenceSource::Referral,
            source_id: Some(Uuid::now_v7()),
        };
        self.stage.write(&self.officer, licence).await.unwrap();
    }

    async fn product(&self, id: ProductId, facts: ProductFacts) {
        let alice = &self.stage.alice;
        let organization_id = Some(OrganizationId::new(self.stage.home));
        let new = CreateProduct {
            id,
            contact_id: self.maker,
            organization_id,
            facts,
        };
        self.stage.write(alice, new).await.unwrap();
        let photo = AddPhoto {
            id: PhotoId::new(Uuid::now_v7()),
            product_id: id,
            picture: vec![0xff, 0xd8],
            size: (1, 1),
            small_picture: vec![0xff, 0xd8],
            small_size: (1, 1),
        };
        self.stage.write(alice, photo).await.unwrap();
        self.stage.write(alice, SubmitProduct { id }).await.unwrap();
        self.stage
            .write(&self.officer, ApproveProduct { id })
            .await
            .unwrap();
    }

    /// Terms from `from` to `to` days ahead.
    fn terms(&self, from: i64, to: i64) -> SignAgreement {
        SignAgreement {
            id: AgreementId::new(Uuid::now_v7()),
            contact_id: self.maker,
            organization_id: OrganizationId::new(self.stage.home),
            work_mode: WorkMode::Independent,
            commission_bp: 1_500,
            loss_payer: Payer::Shop,
            starts_on: self.day(from),
            ends_on: self.day(to),
            accepted_by: Acceptance::Signature,
            accepted_on: self.day(0),
        }
    }

    async fn signed(&self) -> AgreementId {
        self.stage
            .write(&self.stage.alice, self.terms(0, 365))
            .await
            .unwrap()
    }

    fn line(&self, product: ProductId, quantity: i64) -> NewLot {
        let is_food = product == self.pickle;
        NewLot {
            id: LotId::new(Uuid::now_v7()),
            product_id: product,
            quantity,
            unit_price: None,
            batch: if is_food { "A1".into() } else { String::new() },
            produced_on: is_food.then(|| self.day(-3)),
            expires_on: is_food.then(|| self.day(60)),
            condition: Condition::Good,
            defect_note: String::new(),
        }
    }

    async fn receive(&self, lines: Vec<NewLot>) -> db::Result<ReceiptId> {
        let id = ReceiptId::new(Uuid::now_v7());
        let goods = ReceiveGoods {
            id,
            place_id: self.shop,
            contact_id: self.maker,
            note: String::new(),
            lines,
        };
        self.stage.write(&self.stage.alice, goods).await
    }

    /// Twelve rugs on the shelf under a fresh agreement.
    async fn stocked(&self) -> LotId {
        self.signed().await;
        let line = self.line(self.rug, 12);
        let lot = line.id;
        self.receive(vec![line]).await.unwrap();
        lot
    }

    async fn lot(&self, id: LotId) -> Lot {
        receipts::lot(&mut self.stage.city.db.read().await.unwrap(), id)
            .await
            .unwrap()
    }

    async fn on_hand(&self, lot: LotId) -> (i64, i64) {
        let shelves = stock::of_lot(&mut self.stage.city.db.read().await.unwrap(), lot)
            .await
            .unwrap();
        shelves
            .first()
            .map_or((0, 0), |shelf| (shelf.on_hand, shelf.overdrawn))
    }

    async fn sell(&self, lines: &[(LotId, i64)], may_overdraw: bool) -> db::Result<Vec<i64>> {
        let sale = Sell {
            sale: Uuid::now_v7(),
            place: self.shop,
            day: self.day(0),
            may_overdraw,
            lines: lines
                .iter()
                .map(|(lot_id, quantity)| TakeLine {
                    lot_id: *lot_id,
                    quantity: *quantity,
                })
                .collect(),
        };
        self.stage.write(&self.stage.alice, sale).await
    }

    async fn proven(&self) {
        let mut conn = self.stage.city.db.read().await.unwrap();
        let found = crate::checks(&mut conn).await.unwrap();
        assert_eq!(broken(found), Vec::<String>::new());
    }
}

/// A sale as the till makes it; gives the overdrawn pieces of each line.
#[derive(serde::Serialize, serde::Deserialize)]
struct Sell {
    sale: Uuid,
    place: PlaceId,
    day: Date,
    may_overdraw: bool,
    lines: Vec<TakeLine>,
}

impl db::Write for Sell {
    const NAME: &'static str = "sell";
    type Out = Vec<i64>;
    async fn run(&self, tx: &mut db::Tx) -> db::Result<Vec<i64>> {
        let take = SaleTake {
            sale_id: self.sale,
            place_id: self.place,
            sold_on: self.day,
            may_overdraw: self.may_overdraw,
            lines: self.lines.clone(),
        };
        Ok(take_for_sale(tx, &take)
            .await?
            .iter()
            .map(|taken| taken.overdrawn)
            .collect())
    }
}

/// A return as the till makes it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Back {
    id: Uuid,
    place: PlaceId,
    lines: Vec<ReturnLine>,
}

impl db::Write for Back {
    const NAME: &'static str = "back";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        let back = GoodsBack {
            return_id: self.id,
            place_id: self.place,
            lines: self.lines.clone(),
        };
        return_goods(tx, &back).await
    }
}

/// A page's text without the marks that isolate values from their sentence.
fn plain(body: &str) -> String {
    body.replace(['\u{2068}', '\u{2069}'], "")
}

fn code<T>(outcome: db::Result<T>) -> &'static str {
    match outcome {
        Err(Error::Refused(refusal)) => refusal.reason.code,
        Err(other) => panic!("{other}"),
        Ok(_) => "done",
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
