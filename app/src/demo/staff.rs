//! The invented city's staff: one account for each role, all with one click to sign in.

use std::collections::BTreeMap;

use access::Role;
use access::users::{AddMembership, CreateUser, fresh_totp_secret, hash_password};
use db::{Origin, Result};
use persian::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::City;

use super::bodies::Bodies;

/// One account of the demo, as `/demo/accounts.json` lists it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The role's word.
    pub role: String,
    /// The body's code.
    pub organization: String,
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// Base32 secret of the second factor; empty without one.
    pub totp_secret: String,
    /// A token for the API.
    pub token: String,
    /// The path that signs in by one click.
    pub sign_in: String,
    /// The user's id, or the person's contact.
    pub id: Uuid,
    /// The name shown.
    pub shown_name: String,
}

/// User name, role, body, shown name. The first of a role is the one the start page offers.
const STAFF: &[(&str, Role, &str, &str)] = &[
    ("worker", Role::CaseWorker, "welfare", "نرگس گل‌کار"),
    ("worker2", Role::CaseWorker, "welfare", "بهرام سپیدار"),
    ("worker3", Role::CaseWorker, "welfare", "شیرین روشن‌بین"),
    ("supervisor", Role::Supervisor, "welfare", "طاهره نیک‌پی"),
    ("helper", Role::Helper, "welfare", "یوسف مهتابی"),
    ("health", Role::PartnerOfficer, "health", "مهناز آبگینه"),
    ("labour", Role::PartnerOfficer, "labour", "ناصر کوهپایه"),
    ("training", Role::PartnerOfficer, "training", "پروین لاله‌زار"),
    ("trainer", Role::Trainer, "training", "گوهر خوش‌دوخت"),
    ("company", Role::CompanyOfficer, "mandegar", "داوود پرنیان"),
    ("trainer2", Role::Trainer, "academy", "لیلا ریحانی"),
    ("entry", Role::ProductOfficer, "dastafarin", "نسرین آبگینه"),
    ("product", Role::ProductOfficer, "dastafarin", "ژاله رنگرز"),
    ("manager", Role::ShopManager, "dastafarin", "مریم زرین‌دست"),
    ("clerk", Role::ShopClerk, "dastafarin", "علی شالی‌کار"),
    ("clerk2", Role::ShopClerk, "dastafarin", "پروین سپیدار"),
    ("finance", Role::FinanceOfficer, "dastafarin", "آذر گندم‌گون"),
    (
        "approver",
        Role::FinanceApprover,
        "dastafarin",
        "رضا دشت‌آرا",
    ),
    ("secretary", Role::Secretary, "secretariat", "سمیه ارغوانی"),
    ("chair", Role::Chair, "secretariat", "حسین کاج‌آبادی"),
    ("member", Role::CommitteeMember, "labour", "لیلا سبزپوش"),
    ("observer", Role::Observer, "council", "پری چشمه‌سار"),
    ("expert", Role::CommissionExpert, "council", "کریم بافنده"),
    ("auditor", Role::Auditor, "council", "اعظم پونه‌زار"),
    ("admin", Role::Administrator, "welfare", "قاسم یاس‌آبادی"),
];

/// Makes the accounts. Every password is told on the demo's own page, so one will do.
pub async fn make(
    city: &City,
    origin: &Origin,
    since: Date,
    bodies: &Bodies,
) -> Result<BTreeMap<String, Account>> {
    let password = "zanjireh-demo-1405";
    let hash = hash_password(password).await?;
    let mut accounts = BTreeMap::new();
    for (username, role, body, shown_name) in STAFF {
        let id = city.db.new_id();
        let secret = role.needs_second_factor().then(fresh_totp_secret);
        let seal = |secret: &String| city.keys.seal("user_account", "totp_secret", id, secret);
        let user = CreateUser {
            id,
            username: (*username).to_owned(),
            shown_name: (*shown_name).to_owned(),
            password_hash: hash.clone(),
            totp_secret: secret.as_ref().map(seal),
        };
        city.db.write(origin, user).await?;
        let membership = AddMembership {
            id: city.db.new_id(),
            user_id: id,
            organization_id: bodies.body(body)?.get(),
            role: *role,
            valid_from: since,
        };
        city.db.write(origin, membership).await?;
        let account = Account {
            role: role.as_str().to_owned(),
            organization: (*body).to_owned(),
            username: (*username).to_owned(),
            password: password.to_owned(),
            totp_secret: secret.unwrap_or_default(),
            token: String::new(),
            sign_in: format!("/demo/sign-in/{username}"),
            id,
            shown_name: (*shown_name).to_owned(),
        };
        accounts.insert((*username).to_owned(), account);
    }
    Ok(accounts)
}

/// Gives every account a token that holds now; done at each start, since only hashes are kept.
pub async fn give_tokens(city: &City, accounts: &mut BTreeMap<String, Account>) -> Result<()> {
    let origin = Origin::program("demo");
    for account in accounts
        .values_mut()
        .filter(|account| !account.password.is_empty())
    {
        let token = access::sessions::create_token(city, account.id, &origin);
        account.token = token
            .await
            .map_err(|failure| db::Error::other(format!("{failure:?}")))?;
    }
    Ok(())
}
