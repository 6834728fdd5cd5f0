//! The first administrator of an empty city, with the body that runs it.

use access::Role;
use access::users::{AddMembership, CreateUser, SHORTEST_PASSWORD, hash_password};
use db::{Result, Tx, Write};
use organizations::{CreateOrganization, OrganizationId, OrganizationKind};
use serde::Serialize;
use uuid::Uuid;
use web::{City, Name};

use super::{SETUP_CODE, SETUP_DONE};
use crate::city::{Identity, NameCity};

/// Says on standard output how an empty city is set up; silent for any other. The code is for the
/// operator alone and so never in the log.
pub async fn announce(city: &City) -> Result<()> {
    if super::is_empty(&mut city.db.read().await?).await? {
        let path = format!("/setup?code={}", super::code(city));
        println!(
            "Nobody can sign in yet. Set the city up: {}",
            city.link(&path)
        );
    }
    Ok(())
}

/// What the first form says.
pub(super) struct Named {
    pub code: String,
    pub city: Name,
    pub username: String,
    pub shown_name: String,
    pub password: String,
}

/// Makes the command; the slow work of hashing is done here, outside the write.
pub(super) async fn prepare(city: &City, id: Uuid, named: Named) -> Result<SetUp> {
    let typed = persian::latin_digits(&named.code);
    if typed.trim().to_uppercase() != super::code(city) {
        return SETUP_CODE.at("code");
    }
    if named.password.chars().count() < SHORTEST_PASSWORD {
        return access::users::PASSWORD_SHORT.at("password");
    }
    let secret = access::users::fresh_totp_secret();
    Ok(SetUp {
        user: CreateUser {
            id,
            username: named.username,
            shown_name: named.shown_name,
            password_hash: hash_password(&named.password).await?,
            totp_secret: Some(city.keys.seal("user_account", "totp_secret", id, &secret)),
        },
        membership: city.db.new_id(),
        organization: OrganizationId::new(city.db.new_id()),
        identity: Identity {
            name_fa: named.city.fa,
            name_en: named.city.en,
            is_demo: false,
        },
    })
}

/// Names the city, makes its own body and its first administrator; gives the sealed secret of
/// the second factor. Sent again it gives the same, until somebody signed in with it.
#[derive(Serialize)]
pub(super) struct SetUp {
    user: CreateUser,
    membership: Uuid,
    organization: OrganizationId,
    identity: Identity,
}

impl Write for SetUp {
    const NAME: &'static str = "set_up_city";
    type Out = Vec<u8>;
    async fn run(&self, tx: &mut Tx) -> Result<Vec<u8>> {
        if access::users::is_any(tx).await? {
            let mine = access::users::account(tx, self.user.id).await;
            return match mine {
                Ok(mine) if mine.last_totp_step == 0 => Ok(mine.totp_secret.unwrap_or_default()),
                Ok(_) | Err(db::Error::NotFound) => SETUP_DONE.refuse(),
                Err(error) => Err(error),
            };
        }
        let naming = NameCity {
            identity: self.identity.clone(),
        };
        naming.run(tx).await?;
        let today = tx.today();
        let body = CreateOrganization {
            id: self.organization,
            code: "city".into(),
            kind: OrganizationKind::Municipal,
            name_fa: self.identity.name_fa.clone(),
            name_en: self.identity.name_en.clone(),
            phone: String::new(),
            valid_from: today,
            knowledge_based_until: None,
        };
        // A list brought in before has made the body already.
        let organization_id = match organizations::by_code(tx, "city").await? {
            Some(body) => body.id,
            None => body.run(tx).await?,
        };
        self.user.run(tx).await?;
        let membership = AddMembership {
            id: self.membership,
            user_id: self.user.id,
            organization_id: organization_id.get(),
            role: Role::Administrator,
            valid_from: today,
        };
        membership.run(tx).await?;
        Ok(self.user.totp_secret.clone().unwrap_or_default())
    }
}
