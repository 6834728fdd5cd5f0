use access::audit;
use db::{Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::{Host, Url};

use super::LINK_WRONG;
use crate::document;

/// Says under which code this city stands in the national list, and where its figures are sent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SetObservatoryLink")]
pub struct SetLink {
    /// The city's code in the list.
    pub code: String,
    /// `https://…`; empty: figures are not sent.
    pub address: String,
}

impl Write for SetLink {
    const NAME: &'static str = "set_observatory_link";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !document::is_city_code(&self.code) {
            return LINK_WRONG.at("code");
        }
        let address = self.address.trim();
        if !address.is_empty() && !may_be_sent_to(address) {
            return LINK_WRONG.at("address");
        }
        sql("INSERT INTO observatory_link (id, code, address, set_by, set_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(tx.new_id())
            .bind(&self.code)
            .bind(address)
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await?;
        let detail = json!({ "code": self.code, "address": address });
        audit::record(tx, "observatory_link_set", "setting", None, detail).await
    }
}

/// Figures go over a closed line; only on this machine may it be an open one.
fn may_be_sent_to(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let is_bare = url.username().is_empty() && url.password().is_none();
    is_bare
        && url.query().is_none()
        && url.fragment().is_none()
        && (url.scheme() == "https" || is_here(&url))
}

/// True for an address of this machine.
pub(super) fn is_here(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && is_loopback
}

#[cfg(test)]
mod tests {
    use super::may_be_sent_to;

    #[test]
    fn figures_travel_closed_unless_they_stay_on_this_machine() {
        for good in [
            "https://observatory.example",
            "http://127.0.0.1:8404/",
            "http://localhost:1",
            "http://[::1]:9/",
        ] {
            assert!(may_be_sent_to(good), "{good}");
        }
        for bad in [
            "http://observatory.example",
            "ftp://127.0.0.1/",
            "https://a:b@example",
            "x",
            "https://e.example/?a=1",
        ] {
            assert!(!may_be_sent_to(bad), "{bad}");
        }
    }
}
