//! Makers and what they make: business, licences, product files, where money goes, the agreement.

use casework::{CaseId, StepId};
use consignment::{Acceptance, AgreementId, Payer, SignAgreement};
use contacts::ContactId;
use contacts::payees::{ApprovePayee, NameCheck, PayeeId, PayeeKind, ProposePayee, SealedSheba};
use db::Result;
use makers::licences::LicenceSource;
use makers::stories::AllowStory;
use makers::{
    AddPhoto, ApproveProduct, BusinessId, BusinessState, CreateProduct, LicenceId, LicenceKind,
    OpenBusiness, PhotoId, ProductFacts, ProductId, RecordLicence, SubmitProduct, WorkMode,
};
use money::Rial;
use persian::Timestamp;
use rand::RngExt as _;
use uuid::Uuid;

use super::names::sheba;
use super::pictures::Pictures;
use super::town::Town;
use super::trades::{Good, Trade};

/// How money reaches somebody.
#[derive(Clone, Debug)]
pub enum Pay {
    /// To her own account, in this name.
    Own(String),
    /// To another's account: name and reason.
    Proxy(String, String),
    /// In cash against a signature: her name.
    Counter(String),
}

/// Somebody who makes things for sale.
pub struct Maker {
    /// Her contact.
    pub contact: ContactId,
    /// Her case.
    pub case: CaseId,
    /// What she makes.
    pub trade: &'static Trade,
    /// Who carries her case.
    pub worker: Uuid,
    /// How her money reaches her.
    pub pay: Pay,
    /// The number of her home-business licence.
    pub licence: String,
    /// When she begins.
    pub from: Timestamp,
    /// The plan's step that her first product ends.
    pub product_step: StepId,
    /// True for a told story.
    pub is_told: bool,
}

/// A product that may be brought to a shop.
pub struct Ware {
    /// Which.
    pub id: ProductId,
    /// What it is.
    pub good: &'static Good,
    /// Its price.
    pub price: Rial,
}

/// A maker with approved products and an agreement.
pub struct Stall {
    /// Who.
    pub maker: Maker,
    /// What she brings.
    pub wares: Vec<Ware>,
    /// From when it may be received.
    pub ready: Timestamp,
}

/// Plans all that stands between a maker and a shop's shelf, for so many products.
pub fn plan(town: &mut Town, pictures: &mut Pictures, maker: Maker, count: usize) -> Result<Stall> {
    let begin = town.after(maker.from, (1, 4), (11, 45));
    let officer = town.user("entry");
    open_business(town, &maker, begin, officer);
    let hygiene = licences(town, &maker, begin, officer)?;
    let entered = town.after(begin, (4, 25), (11, 45));
    let approved = town.after(entered, (1, 8), (14, 30));
    let mut wares = Vec::with_capacity(count);
    for place in 0..count {
        let good = &maker.trade.goods[place % maker.trade.goods.len()];
        let ware = enter(town, pictures, &maker, good, &hygiene, place, entered)?;
        let approve = ApproveProduct { id: ware.id };
        let product_officer = town.user("product");
        town.agenda.add(approved, product_officer, approve);
        wares.push(ware);
    }
    let end = casework::steps::EndStep {
        id: maker.product_step,
        is_done: true,
    };
    town.agenda.add(approved.plus_days(1), maker.worker, end);
    let signed = town.after(approved, (1, 9), (12, 30));
    payee(town, &maker, entered);
    sign(town, &maker, signed)?;
    Ok(Stall {
        maker,
        wares,
        ready: signed,
    })
}

fn open_business(town: &mut Town, maker: &Maker, at: Timestamp, officer: Uuid) {
    let open = OpenBusiness {
        id: BusinessId::new(town.id(at)),
        contact_id: maker.contact,
        field_code: maker.trade.field.to_owned(),
        craft_fa: maker.trade.craft_fa.to_owned(),
        craft_en: maker.trade.craft_en.to_owned(),
        work_mode: if town.chance(85) {
            WorkMode::Independent
        } else {
            WorkMode::Partnered
        },
        place_note: String::new(),
        state: BusinessState::Active,
        started_on: at.date(),
        organization_id: town.bodies.body("welfare").ok(),
    };
    town.agenda.add(at, officer, open);
    if maker.is_told || town.chance(60) {
        let allow = AllowStory {
            id: town.id(at),
            contact_id: maker.contact,
            valid_until: at.plus_days(1_400).date(),
            evidence: "signature".into(),
        };
        town.agenda.add(at, officer, allow);
    }
}

/// Records what she shows of the health office; gives the number a food label carries. The licence
/// of the labour office came back with its referral.
fn licences(town: &mut Town, maker: &Maker, at: Timestamp, officer: Uuid) -> Result<String> {
    let record = |town: &mut Town, kind, number: String, issuer: &str| -> Result<()> {
        let licence = RecordLicence {
            id: LicenceId::new(town.id(at)),
            contact_id: maker.contact,
            kind,
            number,
            issuer_id: town.bodies.body(issuer)?,
            valid_from: at.plus_days(-3).date(),
            valid_until: at.plus_days(1_100).date(),
            source: LicenceSource::Staff,
            source_id: None,
        };
        town.agenda.add(at, officer, licence);
        Ok(())
    };
    if !maker.trade.is_food {
        return Ok(String::new());
    }
    let hygiene = format!("56/{}", maker.licence);
    record(
        town,
        LicenceKind::HealthCard,
        format!("51/{}", maker.licence),
        "health",
    )?;
    record(town, LicenceKind::Hygiene, hygiene.clone(), "health")?;
    Ok(hygiene)
}

/// Sizes and kinds by which a maker's goods of one sort differ.
const KINDS: &[(&str, &str)] = &[
    ("", ""),
    ("ویژه", "special"),
    ("کوچک", "small"),
    ("بزرگ", "large"),
    ("محلی", "local"),
];

fn enter(
    town: &mut Town,
    pictures: &mut Pictures,
    maker: &Maker,
    good: &'static Good,
    hygiene: &str,
    place: usize,
    at: Timestamp,
) -> Result<Ware> {
    let id = ProductId::new(town.id(at));
    let kind = KINDS[(place / maker.trade.goods.len()) % KINDS.len()];
    let spread = town.rng.random_range(85..=125);
    // To the next five thousand toman, as shops write prices.
    let price = Rial::new((good.toman * spread / 100 + 4_999) / 5_000 * 5_000 * 10);
    let join = |name: &str, kind: &str| format!("{name} {kind}").trim().to_owned();
    let food = |text: &str| {
        if maker.trade.is_food {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let facts = ProductFacts {
        name_fa: join(good.name_fa, kind.0),
        name_en: join(good.name_en, kind.1),
        category_code: Some(good.category.to_owned()),
        description: format!("{}؛ ساختهٔ دست در خانه.", good.name_fa),
        price: Some(price),
        sale_unit: good.unit,
        materials: good.made_of.to_owned(),
        weight: food("۵۰۰ گرم"),
        ingredients: food(good.made_of),
        storage: food("جای خشک و خنک، دور از آفتاب"),
        hygiene_number: food(hygiene),
        ready_count: town.rng.random_range(4..20),
        ..ProductFacts::default()
    };
    let create = CreateProduct {
        id,
        contact_id: maker.contact,
        organization_id: town.bodies.body("dastafarin").ok(),
        facts,
    };
    let officer = town.user("entry");
    town.agenda.add(at, officer, create);
    let tint = town.rng.random_range(0..6);
    let photo = pictures.of(good.category, tint)?;
    let photo = AddPhoto::new(PhotoId::new(town.id(at)), id, photo);
    town.agenda.add(at, officer, photo);
    town.agenda.add(at, officer, SubmitProduct { id });
    Ok(Ware { id, good, price })
}

fn payee(town: &mut Town, maker: &Maker, at: Timestamp) {
    let id = PayeeId::new(town.id(at));
    let account = sheba(&mut town.rng);
    let sealed = SealedSheba::new(&town.city.keys, id, &account);
    let (kind, holder_name, sheba, reason) = match maker.pay.clone() {
        Pay::Own(name) => (PayeeKind::OwnAccount, name, Some(sealed), String::new()),
        Pay::Proxy(name, reason) => (PayeeKind::Proxy, name, Some(sealed), reason),
        Pay::Counter(name) => (PayeeKind::Counter, name, None, String::new()),
    };
    let propose = ProposePayee {
        id,
        contact: maker.contact,
        organization: town
            .bodies
            .body("welfare")
            .map(organizations::OrganizationId::get)
            .unwrap_or_default(),
        kind,
        holder_name,
        sheba,
        reason: ProposePayee::seal(&town.city.keys, id, &reason),
    };
    town.agenda.add(at, maker.worker, propose);
    let decided = town.after(at, (1, 3), (10, 30));
    let approve = ApprovePayee {
        id,
        name_check: NameCheck::Matches,
        reason: None,
    };
    let supervisor = town.user("supervisor");
    town.agenda.add(decided, supervisor, approve);
}

fn sign(town: &mut Town, maker: &Maker, at: Timestamp) -> Result<()> {
    let sign = SignAgreement {
        id: AgreementId::new(town.id(at)),
        contact_id: maker.contact,
        organization_id: town.bodies.body("dastafarin")?,
        work_mode: WorkMode::Independent,
        commission_bp: if maker.trade.is_food { 1_000 } else { 1_200 },
        loss_payer: Payer::Shop,
        starts_on: at.date(),
        ends_on: at.plus_days(1_460).date(),
        accepted_by: Acceptance::Signature,
        accepted_on: at.date(),
    };
    let manager = town.user("manager");
    town.agenda.add(at, manager, sign);
    Ok(())
}
