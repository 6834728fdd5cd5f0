//! The books under test: a stage of its own, so that every rule is tried without a till.

mod books;
mod conflicts;
mod left_out;
mod pages;
mod paying;
mod simulator;
mod states;
mod weeks;

use access::Role;
use access::cast::{Actor, Stage};
use contacts::payees::{ApprovePayee, NameCheck, PayeeId, PayeeKind, ProposePayee, SealedSheba};
use contacts::{Channel, ContactId, CreateContact, NewContact};
use db::{Result, Tx, Write};
use money::{BasisPoints, Rial};
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use persian::{Date, Lang, Sheba};
use serde::Serialize;
use testing::Bench;
use uuid::Uuid;

use crate::*;

const SHEBA: &str = "IR820540102680020817909002";

/// Alice prepares, Bob approves, a shop sells.
struct Scene {
    stage: Stage,
    approver: Actor,
    shop: PlaceId,
}

/// A sale of one line by one maker, as the till posts it.
#[derive(Clone, Serialize)]
struct Sell {
    sale: Uuid,
    contact: ContactId,
    place: PlaceId,
    quantity: i64,
    price: Rial,
    day: Date,
    /// Set for a return: the sale's accrual.
    corrects: Option<Uuid>,
}

impl Write for Sell {
    const NAME: &'static str = "sell_for_test";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let (vat, commission) = (points(1_000), points(1_550));
        let paid = Rial::new(self.price.get() * self.quantity.abs());
        let mut shares = Shares::of(paid, vat, commission).unwrap();
        if self.quantity < 0 {
            let neg = |amount: Rial| Rial::new(-amount.get());
            shares = Shares {
                paid: neg(shares.paid),
                vat: neg(shares.vat),
                commission: neg(shares.commission),
                net: neg(shares.net),
            };
        }
        let id = tx.new_id();
        let line = Accrual {
            id,
            line: id,
            corrects: self.corrects,
            contact: self.contact,
            lot: id,
            lot_code: "A-1".into(),
            agreement: id,
            item_fa: "ترشی لیته".into(),
            item_en: "Pickle".into(),
            quantity: self.quantity,
            unit_price: self.price,
            vat,
            commission,
            shares,
        };
        let kind = if self.quantity < 0 {
            AccrualKind::Return
        } else {
            AccrualKind::Sale
        };
        let source = if self.quantity < 0 {
            tx.new_id()
        } else {
            self.sale
        };
        let sale = Accrue {
            kind,
            sale: self.sale,
            source,
            place: self.place.get(),
            device: "1".into(),
            day: self.day,
            lines: vec![line],
            tenders: vec![(TenderKind::Cash, paid)],
        };
        accrue(tx, sale).await?;
        Ok(id)
    }
}

fn points(points: u32) -> BasisPoints {
    BasisPoints::new(points).unwrap()
}

async fn scene(bench: &Bench) -> Scene {
    scene_with_bank(bench, None).await
}

async fn scene_with_bank(bench: &Bench, bank: Option<url::Url>) -> Scene {
    let rooms = vec![
        access::room(),
        organizations::room(),
        contacts::room(),
        notices::room(),
        crate::room(),
    ];
    let stage = Stage::open_with_bank(bench, rooms, &[Role::FinanceOfficer], bank).await;
    let approver = stage
        .add(
            "approver",
            stage.home,
            &[Role::FinanceApprover, Role::Supervisor],
        )
        .await;
    let shop = PlaceId::new(Uuid::now_v7());
    let place = CreatePlace {
        id: shop,
        organization_id: OrganizationId::new(stage.home),
        kind: PlaceKind::Shop,
        code: "S1".into(),
        name_fa: "فروشگاه".into(),
        name_en: "Shop".into(),
        region: 5,
        address: String::new(),
        trade: String::new(),
        capacity: 0,
        valid_from: bench.db.clock().today(),
    };
    stage.write(&stage.alice, place).await.unwrap();
    let account = SetPayingAccount::new(
        Uuid::now_v7(),
        "شهر".into(),
        &Sheba::parse("IR062960000000100324200001").unwrap(),
    );
    stage.write(&approver, account).await.unwrap();
    Scene {
        stage,
        approver,
        shop,
    }
}

impl Scene {
    async fn maker(&self, name: &str) -> ContactId {
        let id = ContactId::new(Uuid::now_v7());
        let new = NewContact {
            id,
            subject: None,
            first_name: name.into(),
            shown_name: format!("{name} نمونه"),
            language: Lang::Fa,
            phone: None,
            channel: Channel::None,
            companion: None,
            region: "5".into(),
            neighbourhood: "پامنار".into(),
        };
        self.stage
            .write(&self.stage.alice, CreateContact(new))
            .await
            .unwrap();
        id
    }

    /// Gives a maker a payee, proposed by one and approved by another.
    async fn payee(&self, contact: ContactId, kind: PayeeKind, by: &Actor, approved_by: &Actor) {
        let id = PayeeId::new(Uuid::now_v7());
        let sheba = Sheba::parse(SHEBA).unwrap();
        let propose = ProposePayee {
            id,
            contact,
            organization: self.stage.home,
            kind,
            holder_name: "گیرنده".into(),
            sheba: (kind != PayeeKind::Counter)
                .then(|| SealedSheba::new(&self.stage.city.keys, id, &sheba)),
            reason: ProposePayee::seal(&self.stage.city.keys, id, "سرپرست"),
        };
        self.stage.write(by, propose).await.unwrap();
        let approve = ApprovePayee {
            id,
            name_check: NameCheck::Matches,
            reason: None,
        };
        self.stage.write(approved_by, approve).await.unwrap();
    }

    /// A maker with an account of her own.
    async fn paid_maker(&self, name: &str) -> ContactId {
        let maker = self.maker(name).await;
        let clerk = &self.stage.bob;
        self.payee(maker, PayeeKind::OwnAccount, clerk, &self.approver)
            .await;
        maker
    }

    fn sale_of(&self, contact: ContactId, price: i64) -> Sell {
        Sell {
            sale: Uuid::now_v7(),
            contact,
            place: self.shop,
            quantity: 1,
            price: Rial::new(price),
            day: self.today(),
            corrects: None,
        }
    }

    async fn sell(&self, contact: ContactId, price: i64) -> Uuid {
        self.stage
            .write(&self.stage.alice, self.sale_of(contact, price))
            .await
            .unwrap()
    }

    fn today(&self) -> Date {
        self.stage.city.db.clock().today()
    }

    async fn seal(&self) -> statements::Sealed {
        let seal = SealStatements {
            run: Uuid::now_v7(),
            from: None,
            until: self.today(),
            contact: None,
        };
        self.stage.write(&self.stage.alice, seal).await.unwrap()
    }

    async fn prepare(&self, method: Method) -> BatchId {
        let id = BatchId::new(Uuid::now_v7());
        let profile = bank::Profile::Paya;
        let prepare = PreparePayouts {
            id,
            method,
            profile,
            pay_on: self.today(),
        };
        self.stage.write(&self.stage.alice, prepare).await.unwrap();
        id
    }

    async fn approve(&self, batch: BatchId) {
        self.stage
            .write(&self.approver, ApprovePayouts { batch })
            .await
            .unwrap();
    }

    /// Prepared, approved and handed out to the bank.
    async fn at_the_bank(&self) -> BatchId {
        let batch = self.prepare(Method::Bank).await;
        self.approve(batch).await;
        self.export(batch).await;
        batch
    }

    async fn export(&self, batch: BatchId) -> Vec<u8> {
        let path = format!("/api/v1/payouts/{batch}/file");
        let reply = self.stage.post(Some(&self.stage.alice), &path, &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.bytes
    }

    async fn payouts(&self, batch: BatchId) -> Vec<payouts::Payout> {
        let mut conn = self.stage.city.db.read().await.unwrap();
        payouts::of_batch(&mut conn, batch).await.unwrap()
    }

    async fn answer(&self, batch: BatchId, lines: Vec<payouts::ResultLine>) -> payouts::Imported {
        let digest = lines
            .iter()
            .flat_map(|line| format!("{line:?}").into_bytes())
            .collect();
        let import = ImportResult {
            id: Uuid::now_v7(),
            batch,
            digest,
            lines,
        };
        self.stage.write(&self.stage.alice, import).await.unwrap()
    }

    async fn totals(&self) -> Totals {
        totals(&mut self.stage.city.db.read().await.unwrap())
            .await
            .unwrap()
    }

    /// Every proof of this room holds.
    async fn is_whole(&self) {
        let checks = checks(&mut self.stage.city.db.read().await.unwrap())
            .await
            .unwrap();
        for check in checks {
            assert!(check.ok, "{check:?}");
        }
        let totals = self.totals().await;
        assert_eq!(totals.debits, totals.credits);
    }
}

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let scan = web::words::scan(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!((scan.unused, scan.missing), (vec![], vec![]));
}
