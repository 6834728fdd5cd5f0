//! First passwords are shown once, and only to whoever made them.

use access::Role;
use access::cast::{Reply, Stage};
use axum::body::Body;
use axum::http::{Request, header};
use documents::sheets::{self, Limits};
use persian::Lang;
use testing::both;

use crate::pages::{self, WORDS};

/// The list as a browser uploads it.
async fn upload(stage: &Stage, rows: &[&str]) -> Reply {
    let heads = ["username", "name", "body", "role"]
        .map(|column| WORDS.text(Lang::En, &format!("list-staff-{column}"), &[]));
    let list = format!("{}\n{}\n", heads.join(","), rows.join("\n"));
    let body = format!(
        "--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
         content-type: text/csv\r\n\r\n{list}\r\n--line--\r\n"
    );
    let kind = "multipart/form-data; boundary=line";
    let request = Request::post("/setup/staff?lang=en").header(header::CONTENT_TYPE, kind);
    let request = request.body(Body::from(body)).unwrap();
    stage.send(Some(&stage.alice), request).await
}

/// User name, first password and second factor of each row.
fn told(reply: &Reply) -> Vec<[String; 3]> {
    let book = sheets::read(&reply.bytes, &Limits::default()).unwrap();
    let rows = book[0].numbered().skip(1);
    let text = |row: &[sheets::Cell], place: usize| {
        row.get(place).map(sheets::Cell::text).unwrap_or_default()
    };
    rows.map(|(_, row)| [0, 2, 3].map(|place| text(row, place)))
        .collect()
}

both! {
    async fn a_list_of_staff_shows_first_passwords_once(bench: Bench) {
        let stage = Stage::open(&bench, vec![pages::room()], &[Role::Administrator]).await;
        let first = upload(&stage, &["mina,Mina,home,case_worker"]).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let sheet = told(&first);
        let [name, password, factor] = &sheet[0];
        assert_eq!((name.as_str(), password.len(), factor.len()), ("mina", 20, 32));
        let again = upload(&stage, &["mina,Mina,home,case_worker"]).await;
        assert_eq!(again.status, 422);
        assert!(!again.body.contains(password.as_str()));
        assert!(again.body.contains("Everyone on this list has an account"));
        let more = upload(&stage, &["mina,Mina,home,case_worker", "sara,Sara,home,shop_clerk"]).await;
        let sheet = told(&more);
        assert_eq!(sheet[0][1..], ["Handed out before", ""]);
        assert_eq!((sheet[1][1].len(), sheet[1][2].len()), (20, 0));
        let account = {
            let mut conn = bench.db.read().await.unwrap();
            access::users::by_username(&mut conn, "mina").await.unwrap().unwrap()
        };
        assert!(access::users::password_matches(password, &account.password_hash).await.unwrap());
    }
}
