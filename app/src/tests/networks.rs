//! Tries are counted by the network they come from, and a proxy's word is only taken from ours.

use std::net::SocketAddr;
use std::sync::Arc;

use access::network::TrustedProxies;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use testing::both;
use tower::ServiceExt as _;

use super::everyone::House;
use crate::serve;

struct Door(axum::Router);

impl Door {
    /// Tries to sign in with a wrong password; gives the status.
    async fn try_as(&self, name: &str, peer: &str, forwarded: &str) -> u16 {
        let key = uuid::Uuid::now_v7();
        let body = format!("form_key={key}&username={name}&password=wrong&code=");
        let mut request = Request::post("/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", forwarded)
            .body(Body::from(body))
            .unwrap();
        let peer: SocketAddr = format!("{peer}:4711").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let reply = self.0.clone().oneshot(request).await.unwrap();
        reply.status().as_u16()
    }
}

both! {
    async fn too_many_tries_from_one_network_end_there_and_lock_nobody(bench: Bench) {
        let stage = House::open(&bench).await.stage;
        let trusted = TrustedProxies::parse("10.0.0.0/8").unwrap();
        let (router, _) = serve::router(&stage.city, None, &Arc::default(), &trusted);
        let door = Door(router);
        assert_eq!(door.try_as("one", "10.0.0.1", "192.0.2.1").await, 422);
        let many = format!(
            "UPDATE rate_limit SET tries = {} WHERE subject LIKE 'sign_in_from:%'",
            access::network::SIGN_IN.most
        );
        assert_eq!(stage.tamper(&many).await.unwrap(), 1);
        assert_eq!(door.try_as("two", "10.0.0.1", "192.0.2.1").await, 429);
        // What the client put in front changes nothing; another proxy of ours neither.
        assert_eq!(door.try_as("two", "10.9.9.9", "203.0.113.5, 192.0.2.1").await, 429);
        // Another client of the same proxy, and one who only claims to come through it.
        assert_eq!(door.try_as("two", "10.0.0.1", "192.0.2.2").await, 422);
        assert_eq!(door.try_as("two", "198.51.100.7", "192.0.2.1").await, 422);
        // Those turned away were not counted against the name.
        let tries = "UPDATE rate_limit SET tries = 10 WHERE subject = 'sign_in:two' AND tries = 2";
        assert_eq!(stage.tamper(tries).await.unwrap(), 1);
        assert_eq!(door.try_as("two", "10.0.0.1", "192.0.2.3").await, 429, "ten tries of a name");
        // No address is kept in the clear.
        let clear = "UPDATE rate_limit SET tries = 1 WHERE subject LIKE '%192.0.2%'";
        assert_eq!(stage.tamper(clear).await.unwrap(), 0);
    }
}
