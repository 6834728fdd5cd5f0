use access::Role;
use access::cast::Stage;
use organizations::profiles::{ContactPerson, HelpKind, KeepProfile, ProfileKind};
use organizations::{CreatePlace, OrganizationId, PlaceId, PlaceKind};
use testing::{Bench, both};
use uuid::Uuid;

struct Load;

impl serde::Serialize for Load {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl db::Write for Load {
    const NAME: &'static str = "load_regions";
    type Out = ();
    async fn run(&self, tx: &mut db::Tx) -> db::Result<()> {
        organizations::reference::load(tx).await
    }
}

async fn stage(bench: &Bench) -> Stage {
    let rooms = vec![
        access::room(),
        organizations::room(),
        makers::room(),
        crate::room(),
    ];
    let stage = Stage::open(bench, rooms, &[Role::Administrator]).await;
    stage.write(&stage.alice, Load).await.unwrap();
    stage
}

async fn place(stage: &Stage, code: &str, kind: PlaceKind, region: i64, name: &str) -> PlaceId {
    let new = CreatePlace {
        id: PlaceId::new(Uuid::now_v7()),
        organization_id: OrganizationId::new(stage.home),
        kind,
        code: code.into(),
        name_fa: name.into(),
        name_en: code.into(),
        region,
        address: "خیابان گل".into(),
        trade: "خیاطی".into(),
        capacity: 4,
        valid_from: stage.city.db.clock().today(),
    };
    stage.write(&stage.alice, new).await.unwrap()
}

both! {
    async fn everybody_finds_shops_at_once_and_centres_only_when_somebody_opened_them(bench: Bench) {
        let stage = stage(&bench).await;
        place(&stage, "S1", PlaceKind::Shop, 12, "فروشگاه باغ").await;
        let centre = place(&stage, "K1", PlaceKind::Centre, 5, "کوثر نرگس").await;
        for lang in ["en", "fa"] {
            for path in ["/places", "/places?region=۱۲", "/places?kind=shop&region=12", "/places?region=x&kind=y"] {
                let joint = if path.contains('?') { '&' } else { '?' };
                let path = format!("{path}{joint}lang={lang}").replace("۱۲", "%DB%B1%DB%B2");
                let page = stage.get(None, &path).await;
                assert_eq!(page.status, 200, "{path}");
                assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new(), "{path}");
                assert!(page.body.contains("/places/S1") && !page.body.contains("/places/K1"), "{path}");
            }
        }
        for path in ["/places.csv", "/api/v1/places"] {
            let body = stage.get(None, path).await.body;
            assert!(body.contains("فروشگاه باغ") && !body.contains("کوثر نرگس"), "{path}: {body}");
        }
        for path in ["/places/K1", "/api/v1/places/K1", "/places/nothing"] {
            assert_eq!(stage.get(None, path).await.status, 404, "{path}");
        }
        let at = format!("/organizations/{}/places/{centre}", stage.home);
        let fields = [("address", "خیابان نرگس"), ("trade", "دوخت روپوش"), ("week_opens", "۸"), ("week_closes", "16:30"), ("is_listed", "yes")];
        let edit = stage.get(Some(&stage.alice), &at).await;
        assert_eq!((edit.status.as_u16(), web::inspect::faults(&edit.body)), (200, Vec::new()));
        assert_eq!(stage.post(None, &at, &fields).await.status, 401);
        let elsewhere = at.replace(&stage.home.to_string(), &stage.elsewhere.to_string());
        assert_eq!(stage.post(Some(&stage.alice), &elsewhere, &fields).await.status, 404);
        for wrong in [("week_opens", "۲۵"), ("week_closes", "7:00")] {
            let fields: Vec<_> = fields.iter().map(|one| if one.0 == wrong.0 { wrong } else { *one }).collect();
            assert_eq!(stage.post(Some(&stage.alice), &at, &fields).await.status, 422, "{wrong:?}");
        }
        let done = stage.post(Some(&stage.alice), &at, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let page = stage.get(None, "/places/k1").await;
        assert!(page.body.contains("دوخت روپوش") && page.body.contains("۰۸:۰۰") && page.body.contains("۱۶:۳۰"), "{}", page.body);
        assert_eq!(web::inspect::faults(&page.body), Vec::<String>::new());
        let again = stage.get(Some(&stage.alice), &at).await;
        assert!(again.body.contains("۱۶:۳۰"), "the form holds what is kept");
        // Closed again: it is gone from page, list, file and open data at once.
        let key = Uuid::now_v7();
        let closed = serde_json::json!({ "address": "", "trade": "", "is_listed": false, "hours": [] });
        let request = axum::http::Request::post(format!("/api/v1{at}"))
            .header("content-type", "application/json")
            .header("idempotency-key", key.to_string())
            .body(axum::body::Body::from(closed.to_string()))
            .unwrap();
        assert_eq!(stage.send(Some(&stage.alice), request).await.status, 200);
        for path in ["/places", "/places.csv", "/api/v1/places"] {
            assert!(!stage.get(None, path).await.body.contains("کوثر نرگس"), "{path}");
        }
        assert_eq!(stage.get(None, "/places/K1").await.status, 404);
    }

    async fn supporters_stand_in_the_regions_they_serve_once_they_agreed(bench: Bench) {
        let stage = stage(&bench).await;
        let keep = |is_named: bool| KeepProfile {
            organization_id: OrganizationId::new(stage.home),
            kind: ProfileKind::Donor,
            about_fa: "کمک".into(),
            about_en: String::new(),
            capacity: 1,
            offers: vec![HelpKind::Space],
            seeks: vec![],
            regions: vec![12],
            fields: vec![],
            contact: ContactPerson { contact_name: "رابط".into(), contact_phone: "02100000000".into() }
                .sealed(&stage.city.keys, OrganizationId::new(stage.home))
                .unwrap(),
            is_named,
        };
        let is_shown = async |path: &str| stage.get(None, path).await.body.contains("/supporters#home");
        for (is_named, path, expected) in [
            (false, "/places", false), (true, "/places", true), (true, "/places?region=12", true), (true, "/places?region=5", false),
        ] {
            stage.write(&stage.alice, keep(is_named)).await.unwrap();
            assert_eq!(is_shown(path).await, expected, "{is_named} {path}");
        }
        assert!(!stage.get(None, "/places").await.body.contains("رابط"));
    }
}
