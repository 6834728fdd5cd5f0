//! The read API for other directories, held against what the standard requires.

use access::cast::Stage;
use serde_json::{Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::directory::{new_body, told, url_of};
use super::stage;

/// What each kind of record must have, by the names under which records are nested.
const REQUIRED: &[(&str, &[&str])] = &[
    ("services", &["id", "name", "status"]),
    ("organizations", &["id", "name", "description"]),
    ("organization", &["id", "name", "description"]),
    ("locations", &["id", "location_type"]),
    ("location", &["id", "location_type"]),
    ("capacities", &["id", "unit", "available", "updated"]),
    ("unit", &["id", "name"]),
    ("service_at_locations", &["id"]),
    ("schedules", &["id"]),
    ("cost_options", &["id"]),
    ("required_documents", &["id"]),
    ("service_areas", &["id"]),
    (
        "attributes",
        &["id", "link_id", "taxonomy_term_id", "link_entity"],
    ),
    ("taxonomies", &["id", "name", "description"]),
    ("taxonomy_terms", &["id", "name", "description"]),
    (
        "addresses",
        &[
            "id",
            "address_1",
            "city",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ],
    ),
];

const ENVELOPE: &[&str] = &[
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "contents",
];

/// Notes what a record, and whatever is nested in it, lacks.
fn hold(name: &str, record: &Json, faults: &mut Vec<String>) {
    let required = REQUIRED.iter().find(|(known, _)| *known == name);
    for field in required.map(|(_, fields)| *fields).unwrap_or_default() {
        if record[*field].is_null() {
            faults.push(format!("{name} without {field}: {record}"));
        }
    }
    for (field, value) in record.as_object().into_iter().flatten() {
        if value.is_null() {
            faults.push(format!("{name} has a null {field}"));
        }
        if (field == "id" || field.ends_with("_id"))
            && value.as_str().is_none_or(|id| id.parse::<Uuid>().is_err())
        {
            faults.push(format!("{name}: {field} is no UUID"));
        }
        match value {
            Json::Array(items) => items.iter().for_each(|item| hold(field, item, faults)),
            Json::Object(_) => hold(field, value, faults),
            _ => {}
        }
    }
    let status = record["status"].as_str();
    if name == "services"
        && !status.is_some_and(|one| {
            ["active", "inactive", "defunct", "temporarily closed"].contains(&one)
        })
    {
        faults.push(format!("status {status:?}"));
    }
}

async fn city(stage: &Stage) -> (Uuid, Uuid, Uuid) {
    let insert = "INSERT INTO target_group (code, name_fa, name_en, synonyms, place, valid_from)
        VALUES ('low_income', 'کم‌برخوردار', 'Low income', '[]', 1, '2026-01-01')";
    stage.tamper(insert).await.unwrap();
    let (skills, bank) = (
        new_body(stage, "skills", "مرکز مهارت").await,
        new_body(stage, "bank", "بانک").await,
    );
    let (course, loan) = (
        told(stage, skills, "دورهٔ خیاطی").await,
        told(stage, bank, "وام خرد").await,
    );
    let place = [
        ("name_fa", "مرکز"),
        ("name_en", "Centre"),
        ("code", "P1"),
        ("kind", "centre"),
        ("region", "5"),
        ("address", ""),
        ("trade", ""),
        ("capacity", ""),
    ];
    let made = stage
        .post(
            Some(&stage.alice),
            &format!("/organizations/{skills}/places"),
            &place,
        )
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let places = stage
        .get(
            Some(&stage.alice),
            &format!("/api/v1/organizations/{skills}/places"),
        )
        .await
        .json();
    let face = [
        ("address", "خیابان باغ"),
        ("trade", ""),
        ("week_opens", "8"),
        ("week_closes", "14"),
        ("is_listed", "yes"),
    ];
    let path = format!(
        "/organizations/{skills}/places/{}",
        places["items"][0]["id"].as_str().unwrap()
    );
    assert_eq!(
        stage.post(Some(&stage.alice), &path, &face).await.status,
        303
    );
    let capacity = json!({ "id": Uuid::now_v7(), "places_free": 3, "waiting_days": 4 });
    let path = format!("/api/v1/services/{course}/capacity");
    assert_eq!(
        stage
            .send_json(Some(&stage.alice), "POST", &path, &capacity)
            .await
            .status,
        201
    );
    (skills, course, loan)
}

both! {
    async fn every_list_has_its_envelope_and_every_record_what_the_standard_requires(bench: Bench) {
        let stage = stage(&bench).await;
        let (_, course, _) = city(&stage).await;
        let about = stage.get(None, "/hsds/").await.json();
        for field in ["version", "profile", "openapi_url"] {
            assert!(about[field].as_str().is_some_and(|text| !text.is_empty()), "{about}");
        }
        let mut faults = Vec::new();
        for list in ["services", "organizations", "taxonomies", "taxonomy_terms", "service_at_locations"] {
            for more in ["", "?full=true", "?lang=en&full=true&full_service=true"] {
                let path = format!("/hsds/{list}{more}");
                let page = stage.get(None, &path).await.json();
                for field in ENVELOPE {
                    assert!(!page[*field].is_null(), "{path} lacks {field}: {page}");
                }
                assert_eq!(page["empty"], json!(false), "{path}");
                for record in page["contents"].as_array().unwrap() {
                    hold(list, record, &mut faults);
                    let one = stage.get(None, &format!("/hsds/{list}/{}", record["id"].as_str().unwrap())).await;
                    assert_eq!(one.status, 200, "{list} {record}");
                    hold(list, &one.json(), &mut faults);
                }
            }
            let missing = stage.get(None, &format!("/hsds/{list}/{}", Uuid::now_v7())).await;
            assert_eq!((missing.status.as_u16(), missing.json()["code"].clone()), (404, json!("not_found")));
        }
        assert_eq!(faults, Vec::<String>::new());
        let whole = stage.get(None, &format!("/hsds/services/{course}")).await.json();
        assert_eq!(whole["capacities"][0]["available"], json!(3));
        assert_eq!(whole["eligibility"]["target_groups"], json!(["low_income"]));
        assert_eq!((&whole["minimum_age"], &whole["cost_options"][0]["amount"]), (&json!(18), &json!(500_000)));
        assert_eq!(whole["schedules"][0]["byday"], "SA,SU,MO,TU,WE");
        assert_eq!(whole["service_at_locations"][0]["location"]["addresses"][0]["address_1"], "خیابان باغ");
        assert!(!whole.to_string().contains("09001234567"), "no phone of anybody");
        // The profile declares what is ours.
        let profile = stage.get(None, "/hsds/profile").await.json();
        let declared = &profile["patches"]["service.json"]["properties"]["eligibility"]["properties"];
        for (name, _) in whole["eligibility"].as_object().unwrap() {
            assert!(declared[name].is_object(), "{name} is not declared");
        }
        let described = stage.get(None, "/hsds/openapi.json").await.json();
        assert!(described["paths"]["/services/{id}"].is_object());
        bench.pass_days(15);
        let later = stage.get(None, &format!("/hsds/services/{course}")).await.json();
        assert_eq!(later["capacities"], json!([]), "old word about room is told nowhere");
    }

    async fn filters_add_up_and_pages_and_lines_hold_the_same(bench: Bench) {
        let stage = stage(&bench).await;
        let (skills, course, loan) = city(&stage).await;
        let ids = async |query: &[(&str, &str)]| -> Vec<String> {
            let page = stage.get(None, &url_of("/hsds/services", query)).await.json();
            let contents = page["contents"].as_array().unwrap_or_else(|| panic!("{page}"));
            contents.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let (course, loan, skills) = (course.to_string(), loan.to_string(), skills.to_string());
        assert_eq!(ids(&[]).await.len(), 2);
        assert_eq!(ids(&[("search", "خياطي")]).await.len(), 2, "both tell of sewing");
        assert_eq!(ids(&[("search", "وام")]).await, std::slice::from_ref(&loan));
        assert_eq!(ids(&[("organization_id", &skills)]).await, std::slice::from_ref(&course));
        assert!(ids(&[("organization_id", &skills), ("search", "وام")]).await.is_empty());
        let terms = stage.get(None, "/hsds/taxonomy_terms?per_page=100").await.json();
        let id_of = |code: &str| {
            let found = terms["contents"].as_array().unwrap().iter().find(|term| term["code"] == code).unwrap();
            (found["id"].as_str().unwrap().to_owned(), found["taxonomy_id"].as_str().unwrap().to_owned())
        };
        let ((training, kinds), (legal, _), (group, groups)) = (id_of("training"), id_of("legal"), id_of("low_income"));
        assert_ne!(kinds, groups);
        assert_eq!(ids(&[("taxonomy_term_id", &training)]).await.len(), 2);
        assert_eq!(ids(&[("taxonomy_term_id", &group), ("taxonomy_id", &groups)]).await.len(), 2);
        assert!(ids(&[("taxonomy_term_id", &legal)]).await.is_empty());
        let soon = bench.db.clock().now().plus_days(1).to_string();
        assert!(ids(&[("modified_after", &soon)]).await.is_empty());
        assert_eq!(ids(&[("modified_after", "2020-01-01")]).await.len(), 2);
        let second = stage.get(None, "/hsds/services?per_page=1&page=2").await.json();
        assert_eq!(
            [&second["total_items"], &second["total_pages"], &second["size"], &second["first_page"], &second["last_page"]],
            [&json!(2), &json!(2), &json!(1), &json!(false), &json!(true)]
        );
        let beyond = stage.get(None, "/hsds/services?page=9").await.json();
        assert_eq!((&beyond["empty"], &beyond["contents"]), (&json!(true), &json!([])));
        let lines = stage.get(None, "/hsds/services?format=ndjson&per_page=1").await.body;
        let lines: Vec<Json> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2, "all of them, without pages");
        let short = stage.get(None, "/hsds/services?minimal=true").await.json();
        let names: Vec<&String> = short["contents"][0].as_object().unwrap().keys().collect();
        assert_eq!(names, ["id", "modified_date"]);
        for wrong in ["page=0", "per_page=x", "format=xml", "taxonomy_id=1", "modified_after=soon", "full=perhaps"] {
            let reply = stage.get(None, &format!("/hsds/services?{wrong}")).await;
            assert_eq!((reply.status.as_u16(), reply.json()["code"].clone()), (400, json!("unreadable")), "{wrong}");
        }
    }
}
