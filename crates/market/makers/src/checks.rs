//! Proofs over a whole city: what is offered for sale is whole, and its history agrees with it.

use db::{Check, Conn, Result, Rule, prove};

/// P1, P4, and that a product's file, photo and history agree.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "P1",
        "product",
        "SELECT count(*) AS value FROM product WHERE state = 'approved'",
        "SELECT p.id AS record, 'approved without its own photo, price, category, tax class or label items' AS detail
         FROM product p LEFT JOIN photo f ON f.id = p.photo_id WHERE p.state = 'approved' AND (
             f.id IS NULL OR f.product_id <> p.id OR p.price IS NULL OR p.category_code IS NULL OR p.tax_class IS NULL
             OR (p.is_food AND (p.hygiene_number = '' OR p.weight = '' OR p.ingredients = '' OR p.storage = '')))",
    ),
    (
        "P4",
        "product",
        "SELECT count(*) AS value FROM product WHERE price IS NOT NULL",
        "SELECT p.id AS record, 'its price is not the last one written down' AS detail FROM product p
         WHERE p.price IS NOT NULL AND p.price <> coalesce((SELECT r.price FROM product_price r
             WHERE r.product_id = p.id ORDER BY r.since DESC, r.id DESC LIMIT 1), 0)",
    ),
    (
        "product_history",
        "product",
        "SELECT count(*) AS value FROM product",
        "SELECT p.id AS record, 'its state is not the last one of its history' AS detail FROM product p
         WHERE p.state <> coalesce((SELECT e.state FROM product_event e
             WHERE e.product_id = p.id ORDER BY e.happened_at DESC, e.id DESC LIMIT 1), '')",
    ),
    (
        "product_two_hands",
        "product",
        "SELECT count(*) AS value FROM product WHERE approved_by IS NOT NULL",
        "SELECT p.id AS record, 'approved by who wrote in it' AS detail FROM product p
         WHERE p.approved_by = p.entered_by OR EXISTS (SELECT 1 FROM product_writer w
             WHERE w.product_id = p.id AND w.user_id = p.approved_by)",
    ),
    (
        "story_shown",
        "story",
        "SELECT count(*) AS value FROM story_text",
        "SELECT t.id AS record, 'shown without a second hand, a consent or a day' AS detail FROM story_text t
         WHERE t.state = 'approved' AND (t.approved_by IS NULL OR t.approved_on IS NULL OR t.consent_id IS NULL
             OR t.approved_by = t.written_by) ORDER BY t.id",
    ),
    (
        "award_field",
        "award",
        "SELECT count(*) AS value FROM award_winner",
        "SELECT w.id AS record, 'more are praised than there were' AS detail FROM award_winner w
         WHERE w.field < (SELECT count(*) FROM award_winner o WHERE o.jalali_year = w.jalali_year
             AND o.award_code = w.award_code AND o.region = w.region) ORDER BY w.id",
    ),
];
