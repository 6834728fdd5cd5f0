use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Hashing takes tens of milliseconds and 19 MiB; sign-ins must never starve the tills.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hashes a password into a PHC string.
pub async fn hash_password(password: &str) -> db::Result<String> {
    let password = password.to_owned();
    in_turn(move || {
        argon2()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?
    .map_err(|error| db::Error::other(error.to_string()))
}

/// True when the password belongs to the hash.
pub async fn password_matches(password: &str, hash: &str) -> db::Result<bool> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    in_turn(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> db::Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(db::Error::other)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(db::Error::other)
}
