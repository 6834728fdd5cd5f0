use db::{Result, Tx, Write, sql};
use persian::Timestamp;
use serde::{Deserialize, Serialize};

/// How many tries a subject has in a window.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Tries allowed.
    pub most: i64,
    /// Length of the window in seconds.
    pub seconds: i64,
}

/// Counts one try of `subject` (`sign_in:name`, `code:contact`). Gives the seconds to wait when
/// there were too many.
pub async fn count_try(tx: &mut Tx, subject: &str, rate: Rate) -> Result<Option<i64>> {
    let now = tx.now().unix();
    let start = now - now.rem_euclid(rate.seconds);
    let tries: i64 = sql(
        "INSERT INTO rate_limit (subject, window_start, tries) VALUES ($1, $2, 1)
         ON CONFLICT (subject, window_start) DO UPDATE SET tries = rate_limit.tries + 1
         RETURNING tries AS value",
    )
    .bind(subject)
    .bind(Timestamp::from_unix(start))
    .scalar(tx)
    .await?;
    Ok((tries > rate.most).then_some(start + rate.seconds - now))
}

/// Counts a try in a write of its own, so that the count stays when the rest is refused.
#[derive(Serialize, Deserialize)]
pub(crate) struct CountTry {
    pub subject: String,
    pub most: i64,
    pub seconds: i64,
}

impl Write for CountTry {
    const NAME: &'static str = "count_try";
    type Out = Option<i64>;
    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        count_try(
            tx,
            &self.subject,
            Rate {
                most: self.most,
                seconds: self.seconds,
            },
        )
        .await
    }
}

/// Forgets the tries of a subject that has proved itself.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForgetTries {
    pub subject: String,
}

impl Write for ForgetTries {
    const NAME: &'static str = "forget_tries";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("DELETE FROM rate_limit WHERE subject = $1")
            .bind(&self.subject)
            .execute(tx)
            .await
            .map(drop)
    }
}

/// Forgets counts and codes whose time ran out a day ago, and sessions of a week ago: until then
/// they say whose a late form is. Gives how many rows.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    let now = tx.now();
    let mut gone = 0;
    for (text, days) in [
        ("DELETE FROM rate_limit WHERE window_start < $1", 1),
        ("DELETE FROM sign_in_code WHERE expires_at < $1", 1),
        ("DELETE FROM session WHERE expires_at < $1", 7),
    ] {
        gone += sql(text).bind(now.plus_days(-days)).execute(tx).await?;
    }
    Ok(gone)
}
