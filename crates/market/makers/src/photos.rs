//! Photos of products, kept small and without metadata in the city's database.

use access::audit;
use db::{Conn, Reason, Tx, Write, sql};
use documents::photos::{Photo, PhotoFault};
use serde::{Deserialize, Serialize};
use web::{Failure, Outcome, Upload};

use crate::products::{self, ProductId};

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
        let size = |picture: &documents::photos::Picture| {
            (i64::from(picture.width), i64::from(picture.height))
        };
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
    async fn run(&self, tx: &mut Tx) -> db::Result<PhotoId> {
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
            "UPDATE product SET version = version + 1, photo_id = $2, entered_by = coalesce($3, entered_by)
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
        products::keep_writer(tx, self.product_id).await?;
        let detail = serde_json::json!({ "photo": self.id });
        audit::record(
            tx,
            "photo_added",
            "product",
            Some(self.product_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Makes the upload's `photo` ready, off the async threads; a fault is given as a message's key.
pub(crate) async fn ready(upload: &Upload, field: &str) -> Outcome<Result<Photo, &'static str>> {
    let Some(file) = upload.file(field) else {
        return Ok(Err("photo-none"));
    };
    let bytes = file.bytes.clone();
    let done = tokio::task::spawn_blocking(move || documents::photos::prepare(&bytes))
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(done.map_err(|fault| match fault {
        PhotoFault::Empty => "photo-none",
        PhotoFault::NotAPicture => "photo-not-a-picture",
        PhotoFault::TooLarge => "photo-too-large",
        PhotoFault::Damaged => "photo-damaged",
    }))
}

/// The product a photo belongs to.
pub(crate) async fn product_of(conn: &mut Conn, id: PhotoId) -> db::Result<ProductId> {
    sql("SELECT product_id AS value FROM photo WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await
}

/// The JPEG of a photo, large or small.
pub(crate) async fn picture(conn: &mut Conn, id: PhotoId, is_small: bool) -> db::Result<Vec<u8>> {
    let column = if is_small { "small_picture" } else { "picture" };
    sql(format!("SELECT {column} AS value FROM photo WHERE id = $1"))
        .bind(id)
        .scalar(conn)
        .await
}
