//! Proofs over a whole city: what is said to have arrived did, and nothing is on its way unseen.

use db::{Check, Conn, Result, Rule, prove};

/// Proves this room's rules.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "webhook_delivered",
        "webhook_delivery",
        "SELECT count(*) AS value FROM webhook_delivery WHERE state = 'delivered'",
        "SELECT d.id AS record, 'is said to have arrived without an attempt that did' AS detail
         FROM webhook_delivery d WHERE d.state = 'delivered' AND NOT EXISTS
         (SELECT 1 FROM webhook_attempt a WHERE a.delivery_id = d.id AND a.number = d.attempts
          AND a.status BETWEEN 200 AND 299)",
    ),
    (
        "webhook_message",
        "webhook_message",
        "SELECT count(*) AS value FROM webhook_message",
        "SELECT m.id AS record, 'was written for nobody' AS detail FROM webhook_message m
         WHERE NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.message_id = m.id)",
    ),
];
