//! The demo's own pages: who to be, and what to try first.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use access::sessions::pages::set_cookie;
use access::sessions::{Owner, StartSession, Token};
use access::{Ask, Need, Room, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use maud::html;
use web::{Failure, Outcome, parts};

use super::Account;
use crate::pages::WORDS;

/// The accounts of the one demo this process serves. The demo never shares a process with a
/// real city, so this is no city's state.
static ACCOUNTS: OnceLock<BTreeMap<String, Account>> = OnceLock::new();

/// The door of the demo's pages; only `zanjireh demo` opens it.
pub fn room(accounts: BTreeMap<String, Account>) -> Room {
    // A second demo in one process would be a fault of ours; the first one stays.
    let _ = ACCOUNTS.set(accounts);
    Room {
        name: "demo",
        words: &WORDS,
        routes: Routes::new()
            .get("/demo", Need::Public, show)
            .get("/demo/accounts.json", Need::Public, accounts_json)
            .get("/demo/sign-in/{username}", Need::Public, sign_in),
        nav: vec![],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}

fn accounts() -> impl Iterator<Item = &'static Account> {
    ACCOUNTS.get().into_iter().flat_map(BTreeMap::values)
}

/// The order of the offered roles: the walk's.
const ORDER: &[&str] = &[
    "worker",
    "supervisor",
    "health",
    "labour",
    "training",
    "trainer",
    "company",
    "product",
    "manager",
    "clerk",
    "finance",
    "approver",
    "helper",
    "secretary",
    "chair",
    "member",
    "observer",
    "expert",
    "auditor",
    "admin",
];

/// The three told people.
const STORIES: &[&str] = &["pickles", "weaver", "potter"];

fn named(names: &[&str]) -> Vec<&'static Account> {
    let find = |name: &&str| accounts().find(|account| account.username == *name);
    names.iter().filter_map(find).collect()
}

// words: demo-*
async fn show(ask: Ask) -> Outcome {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let months = indicators::chain::months(&mut conn, today).await?;
    let stages = indicators::chain::stages(&mut conn, &months, today).await?;
    drop(conn);
    let offered = |list: Vec<&Account>| {
        html! {
            ul.stack {
                @for account in list {
                    li {
                        (parts::button_link(&account.sign_in, &t(&format!("demo-role-{}", account.username))))
                        " " bdi { (account.shown_name) } " — "
                        (t(&format!("demo-try-{}", account.username)))
                    }
                }
            }
        }
    };
    ask.public_html(
        &t("start-title"),
        html! {
            h1 { (t("start-title")) }
            p { (t("start-sentence")) }
            (indicators::chain::thread(p, &stages))
            p { a href="/statistics" { (t("start-statistics")) } }
            p { a href="/observatory" { (t("start-observatory")) } }
            (crate::pages::start::open_pages(p))
            h2 { (t("demo-roles")) }
            p { (t("demo-roles-text")) " " a href="/demo/messages" { (t("messages-title")) } }
            (offered(named(ORDER)))
            h2 { (t("demo-stories")) }
            p { (t("demo-stories-text")) }
            (offered(named(STORIES)))
        },
    )
}

async fn accounts_json(ask: Ask) -> Outcome<access::Answer<serde_json::Value>> {
    let list: Vec<&Account> = accounts().collect();
    ask.json(StatusCode::OK, &serde_json::json!({ "accounts": list }))
}

async fn sign_in(ask: Ask, Path(username): Path<String>) -> Outcome {
    let account = accounts()
        .find(|account| account.username == username)
        .ok_or(Failure::NotFound)?;
    let owner = match account.role.as_str() {
        "person" => Owner::Person {
            contact: account.id,
            helper: None,
        },
        _ => Owner::Staff(account.id),
    };
    let token = Token::fresh();
    ask.write(StartSession {
        token_hash: token.hash(),
        owner,
    })
    .await?;
    let home = if account.role == "person" { "/me" } else { "/" };
    let mut response = ask.see(home)?;
    set_cookie(&mut response, &token);
    Ok(response)
}
