//! No door opens to whoever may not pass it.

use access::sessions::Owner;
use access::{Need, Role};
use axum::body::Body;
use db::Engine;
use uuid::Uuid;

use super::everyone::{House, address, request};

#[test]
fn without_a_session_every_closed_route_asks_to_sign_in() {
    testing::run(Engine::Sqlite, |bench| async move {
        let house = House::open(&bench).await;
        let mut faults = Vec::new();
        for route in House::routes() {
            let address = address(route.path, || Uuid::now_v7().to_string());
            let reply = house
                .send(&None, request(route.method, &address, "", Body::empty()))
                .await;
            let is_right = match route.need {
                Need::Public | Need::Link => !reply.status.is_server_error(),
                _ => {
                    reply.status == 401
                        || (reply.status == 303 && reply.location.starts_with("/sign-in"))
                }
            };
            if !is_right {
                faults.push(format!("{} {}: {}", route.method, route.path, reply.status));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}

#[test]
fn a_role_without_the_permission_is_turned_away() {
    testing::run(Engine::Sqlite, |bench| async move {
        let house = House::open(&bench).await;
        let person = house.who_meets(Need::Person).await;
        let mut sessions = vec![(None, person)];
        for role in Role::ALL {
            let user = house
                .stage
                .add(role.as_str(), house.stage.home, &[*role])
                .await;
            sessions.push((Some(*role), house.sign_in(Owner::Staff(user.id)).await));
        }
        let mut faults = Vec::new();
        for route in House::routes() {
            for (role, session) in &sessions {
                let may_pass = match (route.need, role) {
                    (Need::Public | Need::Link, _) => true,
                    (Need::Staff, role) => role.is_some(),
                    (Need::Person, role) => role.is_none(),
                    (Need::May(permission) | Need::Proved(permission), Some(role)) => {
                        permission.roles.contains(role)
                    }
                    (Need::May(_) | Need::Proved(_), None) => false,
                };
                if may_pass {
                    continue;
                }
                let address = address(route.path, || Uuid::now_v7().to_string());
                let request = request(route.method, &address, "", Body::empty());
                let reply = house.send(session, request).await;
                if reply.status != 403 && reply.status != 404 {
                    let who = role.map_or("a person", Role::as_str);
                    faults.push(format!(
                        "{} {} to {who}: {}",
                        route.method, route.path, reply.status
                    ));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}
