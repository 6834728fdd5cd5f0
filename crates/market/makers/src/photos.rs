//! Photos of products, kept small and without metadata in the city's database.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use documents::photos::Photo;
use serde::{Deserialize, Serialize};

use crate::products::ProductId;

db::id!(
    /// A photo.
    pub PhotoId
);

/// The product takes no photo now.
pub const PHOTO_TOO_LATE: Reason = Reason::new("photo_too_late", 409);

/// Adds a photo to a product and makes it the one shown. Sent again, it has no second effect.
#[derive(Serialize, Deserialize)]
pub struct AddPhoto {
    /// Made by the sender.
    pub id: PhotoId,
    /// Of which product.
    pub product_id: ProductId,
    /// The picture as JPEG.
    pub picture: Vec<u8>,
    /// Pixels across and down.
    pub size: (i64, i64),
    /// The small picture as JPEG.
    pub small_picture: Vec<u8>,
    /// Its pixels across and down.
    pub small_size: (i64, i64),
}

impl AddPhoto {
    /// From an upload that `documents::photos::prepare` made ready.
    pub fn new(id: PhotoId, product_id: ProductId, photo: Photo) -> Self {
        let size = |picture: &documents::photos::Picture| (i64::from(picture.width), i64::from(picture.height));
        Self {
            id,
            product_id,
            size: size(&photo.full),
            small_size: size(&photo.thumbnail),
            picture: photo.full.jpeg,
            small_picture: photo.thumbnail.jpeg,
        }
    }
}

impl Write for AddPhoto {
    const NAME: &'static str = "add_photo";
    type Out = PhotoId;
    async fn run(&self, tx: &mut Tx) -> Result<PhotoId> {
        let is_new = sql(
            "INSERT INTO photo (id, product_id, picture, width, height, small_picture, small_width,
             small_height, uploaded_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(self.id)
        .bind(self.product_id)
        .bind(self.picture.clone())
        .bind(self.size.0)
        .bind(self.size.1)
        .bind(self.small_picture.clone())
        .bind(self.small_size.0)
        .bind(self.small_size.1)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?
            == 1;
        if !is_new {
            return Ok(self.id);
        }
        // Whoever changes the picture of a submitted product becomes the one who entered it.
        let done = sql(
            "UPDATE product SET photo_id = $2, entered_by = coalesce($3, entered_by)
             WHERE id = $1 AND state IN ('draft', 'submitted', 'returned_for_fix')",
        )
        .bind(self.product_id)
        .bind(self.id)
        .bind(tx.origin().user)
        .execute(tx)
        .await?;
        if done == 0 {
            return PHOTO_TOO_LATE.refuse();
        }
        let detail = serde_json::json!({ "photo": self.id });
        audit::record(tx, "photo_added", "product", Some(self.product_id.get()), detail).await?;
        Ok(self.id)
    }
}

/// A picture to be sent, and the product it shows.
#[derive(FromRow)]
pub struct Picture {
    /// Of which product.
    pub product_id: ProductId,
    /// The JPEG.
    pub jpeg: Vec<u8>,
}

/// The picture of a photo, large or small.
pub async fn picture(conn: &mut Conn, id: PhotoId, is_small: bool) -> Result<Picture> {
    let column = if is_small { "small_picture" } else { "picture" };
    sql(format!("SELECT product_id, {column} AS jpeg FROM photo WHERE id = $1")).bind(id).one(conn).await
}
