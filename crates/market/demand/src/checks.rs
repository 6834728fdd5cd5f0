//! Proofs over a whole city: needs, offers and pilots tell the same story, and orders add up.

use db::{Check, Conn, Result, Rule, prove};

const RULES: &[Rule] = &[
    (
        "need_offer",
        "need",
        "SELECT count(*) AS value FROM need",
        "SELECT n.id AS record, 'its state and its accepted offer disagree' AS detail FROM need n
         WHERE (n.state IN ('matched', 'piloting', 'answered')) <> EXISTS
           (SELECT 1 FROM offer f WHERE f.need_id = n.id AND f.state = 'accepted') ORDER BY n.id",
    ),
    (
        "need_pilot",
        "need",
        "SELECT count(*) AS value FROM need",
        "SELECT n.id AS record, 'its state and its pilots disagree' AS detail FROM need n
         WHERE (n.state = 'piloting') <> EXISTS
           (SELECT 1 FROM pilot t WHERE t.need_id = n.id AND t.state = 'running')
         OR (n.state = 'answered') <> EXISTS
           (SELECT 1 FROM pilot t WHERE t.need_id = n.id AND t.result IN ('solved', 'partly'))
         ORDER BY n.id",
    ),
    (
        "pilot_offer",
        "pilot",
        "SELECT count(*) AS value FROM pilot",
        "SELECT t.id AS record, 'need or company differ from its offer' AS detail FROM pilot t
         JOIN offer f ON f.id = t.offer_id
         WHERE f.need_id <> t.need_id OR f.organization_id <> t.organization_id ORDER BY t.id",
    ),
    (
        "offer_waits",
        "offer",
        "SELECT count(*) AS value FROM offer",
        "SELECT f.id AS record, 'waits for an answer though its need is over' AS detail FROM offer f
         JOIN need n ON n.id = f.need_id
         WHERE f.state = 'made' AND n.state IN ('answered', 'withdrawn') ORDER BY f.id",
    ),
    (
        "order_delivered",
        "work_order",
        "SELECT count(*) AS value FROM work_order",
        "SELECT w.id AS record, 'its count is not the sum of its deliveries' AS detail FROM work_order w
         WHERE w.delivered <> (SELECT CAST(coalesce(sum(d.quantity), 0) AS bigint) FROM order_delivery d
           WHERE d.order_id = w.id) ORDER BY w.id",
    ),
    (
        "approach_offer",
        "approach",
        "SELECT count(*) AS value FROM offer",
        "SELECT f.id AS record, 'it and the clock on its answer disagree' AS detail FROM offer f
         WHERE NOT EXISTS (SELECT 1 FROM approach a WHERE a.offer_id = f.id
             AND (a.state = 'waiting') = (f.state = 'made')) ORDER BY f.id",
    ),
    (
        "approach_need",
        "approach",
        "SELECT count(*) AS value FROM approach WHERE kind = 'put'",
        "SELECT a.id AS record, 'waits for a word about a need that is no longer open' AS detail FROM approach a
         JOIN need n ON n.id = a.need_id WHERE a.kind = 'put' AND a.state = 'waiting' AND n.state <> 'open'
         ORDER BY a.id",
    ),
];

/// Every rule of this room, proved on the whole city.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}
