use std::path::PathBuf;

use db::{Clock, Db};

use crate::{Gone, schema_digest};

/// A copy of the template file.
pub(crate) async fn fresh() -> (String, Gone) {
    let folder = std::env::temp_dir().join("zanjireh-tests");
    std::fs::create_dir_all(&folder).unwrap();
    let template = folder.join(format!("template-{}.sqlite", schema_digest()));
    if !template.is_file() {
        make(&template).await;
    }
    let file = folder.join(format!("{}.sqlite", uuid::Uuid::now_v7().simple()));
    std::fs::copy(&template, &file).unwrap();
    let url = format!("sqlite://{}", file.display());
    let gone = Gone::new(async move {
        for end in ["", "-wal", "-shm"] {
            // WAL files are there only when something was written.
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
    });
    (url, gone)
}

/// Made under another name first: two tests may do this at once, and either result is right.
async fn make(template: &PathBuf) {
    let draft = template.with_extension(uuid::Uuid::now_v7().simple().to_string());
    let db = Db::open(
        &format!("sqlite://{}", draft.display()),
        Clock::still(crate::NOW),
    )
    .await
    .unwrap();
    db::migrate(&db, &migrations::all()).await.unwrap();
    db.close().await;
    std::fs::rename(&draft, template).unwrap();
}
