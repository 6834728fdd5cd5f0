use std::path::Path;
use std::process::Command;

use documents::{Paper, Template};
use paper::Press;
use persian::Lang;
use testing::both;

use super::scene::Scene;

fn run(tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

both! {
    async fn a_certificate_is_read_back_from_its_printed_page(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (_, id) = scene.certified(&mina).await;
        let printed = scene.get(&scene.trainer, &format!("/certificates/{id}/paper")).await;
        assert_eq!(printed.status, 200, "{}", printed.body);
        let data = printed.json();
        // The stage has no press: it gives the paper's words, which are printed here.
        let paper = Paper { template: Template::Certificate, lang: Lang::Fa, data, file_name: "c".into() };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/tmp");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("certificate-{id}.pdf"));
        std::fs::write(&file, Press::built_in().unwrap().pdf(&paper).unwrap()).unwrap();
        let text = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert!(letters(&text).contains("آزمونی"), "her name is on it: {text}");
        assert!(letters(&text).contains(&letters("گواهی‌نامه")), "{text}");
        let stem = file.with_extension("").display().to_string();
        run("pdftoppm", &["-r", "203", "-gray", "-png", "-singlefile", file.to_str().unwrap(), &stem]);
        let link = run("zbarimg", &["--quiet", "--raw", &format!("{stem}.png")]);
        let path = link.trim().strip_prefix("http://127.0.0.1:8404").unwrap().to_owned();
        for left in [file, Path::new(&format!("{stem}.png")).to_owned()] {
            std::fs::remove_file(left).unwrap();
        }
        let public = scene.stage.get(None, &path).await;
        assert_eq!(public.status, 200, "{path}");
        assert!(public.body.contains("این گواهی‌نامه معتبر است."));
    }

    async fn anyone_sees_whether_it_holds_and_nothing_else_of_her(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let mina = scene.learner("مینا", "آزمونی").await;
        let (cohort, id) = scene.certified(&mina).await;
        let shown = scene.json(&scene.trainer, &format!("/api/v1/certificates/{id}")).await;
        let serial = shown["certificate"]["serial"].as_str().unwrap().to_owned();
        let public = scene.stage.get(None, &format!("/verify/{serial}")).await;
        assert_eq!(web::inspect::faults(&public.body), Vec::<String>::new());
        assert!(public.body.contains("مینا آ."));
        for hidden in ["آزمونی", &mina.code, "پرونده", "home"] {
            assert!(!public.body.contains(hidden), "{hidden} is told to everyone");
        }
        let typed = format!("/verify?serial={}", serial.to_lowercase());
        assert_eq!(scene.stage.get(None, &typed).await.location.unwrap(), format!("/verify/{serial}"));
        let empty = scene.stage.get(None, "/verify").await;
        assert_eq!((empty.status.as_u16(), web::inspect::faults(&empty.body)), (200, vec![]));

        scene.page(&scene.trainer, &format!("/certificates/{id}")).await;
        let revoke = format!("/certificates/{id}/revoke");
        scene.refused(&scene.trainer, &revoke, &[("reason", "angry")], "href=\"#reason\"").await;
        scene.done(&scene.trainer, &revoke, &[("reason", "mistake")]).await;
        scene.refused(&scene.trainer, &revoke, &[("reason", "mistake")], "پیش‌تر باطل شده").await;
        let public = scene.stage.get(None, &format!("/verify/{serial}")).await;
        assert!(public.body.contains("این گواهی‌نامه باطل شده است."));
        assert!(!public.body.contains("اشتباه"), "the reason stays inside");
        let machine = scene.stage.get(None, &format!("/api/v1/certificates/by-serial/{serial}")).await;
        assert_eq!(machine.json()["state"], "revoked");
        assert_eq!(scene.get(&scene.trainer, &format!("/certificates/{id}/paper")).await.status, 404);

        // A new one can be issued in its place, once.
        let issue = format!("/cohorts/{cohort}/certificates");
        let key = uuid::Uuid::now_v7().to_string();
        for _ in 0..2 {
            scene.done(&scene.trainer, &issue, &[("form_key", &key)]).await;
        }
        scene.refused(&scene.trainer, &issue, &[], "چشم‌به‌راه گواهی‌نامه نیست").await;
        let papers = scene.json(&scene.trainer, &format!("/api/v1/cohorts/{cohort}/certificates")).await;
        assert_eq!(papers["items"].as_array().unwrap().len(), 2);
        scene.is_sound().await;
    }

    async fn a_serial_that_is_not_ours_is_told_apart_from_a_slip(bench: Bench) {
        let scene = Scene::open(&bench).await;
        let keys = &scene.stage.city.keys;
        let foreign = crate::certificates::Serial::of(keys, crate::CertificateId::new(uuid::Uuid::now_v7()));
        let unknown = scene.stage.get(None, &format!("/verify/{}", foreign.as_str())).await;
        assert_eq!(unknown.status, 404);
        assert!(unknown.body.contains("صادر نشده است"));
        for slip in ["7KQ2", "%3Cscript%3E", "%E2%80%AE7KQ2M4XPD"] {
            let reply = scene.stage.get(None, &format!("/verify/{slip}")).await;
            assert_eq!(reply.status, 422, "{slip}");
            assert!(reply.body.contains("این شماره درست نیست") && !reply.body.contains("<script>"));
            let machine = scene.stage.get(None, &format!("/api/v1/certificates/by-serial/{slip}")).await;
            assert_eq!(machine.status, 404);
        }
    }
}
