//! What the whole room keeps: its words, and the stage of its tests.

use std::sync::Arc;

use access::Role;
use access::cast::Stage;
use access::grants::{Category, Grant, give};
use contacts::{ContactId, CreateContact, NewContact, SealedPhone};
use db::{Keys, Result, Tx, Write};
use persian::{Lang, Phone};
use serde::Serialize;
use serde_json::Value as Json;
use testing::Bench;
use uuid::Uuid;
use web::{City, Name, SmsAccount};

use crate::simulator::{self, Faults};
use crate::{Notice, To};

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let found = web::words::scan(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert_eq!(found, web::words::Scan::default());
}

pub(crate) async fn stage(bench: &Bench) -> Stage {
    let rooms = vec![access::room(), contacts::room(), crate::room()];
    Stage::open(bench, rooms, &[Role::CaseWorker]).await
}

/// A provider on a port of its own.
pub(crate) struct Provider {
    address: String,
}

impl Provider {
    pub(crate) async fn open(faults: Faults) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(simulator::serve(listener, faults));
        Self { address }
    }

    /// The inbox over HTTP, newest first.
    pub(crate) async fn inbox(&self) -> Vec<Json> {
        serde_json::from_str(&self.get("/inbox.json").await).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> String {
        let address = format!("{}{path}", self.address);
        let read = move || {
            ureq::get(&address)
                .call()
                .unwrap()
                .body_mut()
                .read_to_string()
                .unwrap()
        };
        tokio::task::spawn_blocking(read).await.unwrap()
    }

    /// A city that sends here, with a runner for its jobs.
    pub(crate) fn city(&self, bench: &Bench, keys: &Keys) -> (Arc<City>, jobs::Runner) {
        let base = format!("{}/v1/KEY/", self.address).parse().unwrap();
        let city = City {
            db: bench.db.clone(),
            keys: keys.clone(),
            name: Name {
                fa: "شهر".into(),
                en: "City".into(),
            },
            public_url: "https://zanjireh.example/".parse().unwrap(),
            is_demo: true,
            sms: Some(SmsAccount { base }),
            bank: None,
            webhooks_loopback: false,
            print: |_, _| Err("no paper here".into()),
            wake: tokio::sync::Notify::new(),
        };
        (Arc::new(city), jobs::Runner::new(crate::room().jobs))
    }
}

/// Does what is due until nothing is.
pub(crate) async fn work(city: &Arc<City>, runner: &jobs::Runner) {
    while runner.run_due(city).await.unwrap() > 0 {}
}

#[derive(Serialize)]
struct GiveGrant(Uuid, Uuid);

impl Write for GiveGrant {
    const NAME: &'static str = "give_grant";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let grant = Grant {
            subject: self.0,
            organization: self.1,
            purpose: "casework".into(),
            category: Category::Operational,
            until: None,
            consent: None,
        };
        give(tx, grant).await
    }
}

/// A contact whom Alice's body may see.
pub(crate) async fn contact(stage: &Stage, phone: Option<&str>, lang: Lang) -> ContactId {
    let id = ContactId::new(stage.city.db.new_id());
    let phone =
        phone.map(|phone| SealedPhone::new(&stage.city.keys, id, &Phone::parse(phone).unwrap()));
    let new = NewContact {
        id,
        subject: None,
        first_name: "مریم".into(),
        shown_name: "مریم نمونه".into(),
        language: lang,
        channel: NewContact::usual_channel(phone.as_ref()),
        phone,
        companion: None,
        region: String::new(),
        neighbourhood: String::new(),
    };
    stage.write(&stage.alice, CreateContact(new)).await.unwrap();
    stage
        .write(&stage.alice, GiveGrant(id.get(), stage.home))
        .await
        .unwrap();
    id
}

/// Writes a notice as a room above would.
#[derive(Serialize)]
pub(crate) struct Tell {
    #[serde(skip)]
    pub(crate) to: To,
    pub(crate) template: &'static str,
    pub(crate) args: Vec<(&'static str, String)>,
}

impl Write for Tell {
    const NAME: &'static str = "tell";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let (to, template, args) = (self.to.clone(), self.template, self.args.clone());
        crate::send(tx, Notice { to, template, args }).await
    }
}

/// «sold», the commonest notice.
pub(crate) fn sold(contact: ContactId) -> Tell {
    let args = vec![
        ("product", "ترشی".to_owned()),
        ("count", "۳".to_owned()),
        ("amount", "۲۵٬۴۰۰ تومان".to_owned()),
    ];
    Tell {
        to: To::Contact(contact),
        template: "sold",
        args,
    }
}
