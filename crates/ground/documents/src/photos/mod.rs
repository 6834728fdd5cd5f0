//! Photos as phones send them, made small, upright and silent.
//!
//! The picture is decoded and drawn anew, so nothing of the original file
//! survives: no place, no camera, no hidden bytes.

#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Rgb, RgbImage};

/// Longest side of a kept photo, in pixels.
pub const SIDE: u32 = 1280;
/// Longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;
/// Most bytes of a kept photo.
pub const MOST_BYTES: usize = 200 * 1024;
/// Most bytes of a thumbnail.
pub const MOST_THUMBNAIL_BYTES: usize = 24 * 1024;
/// Most bytes of an upload.
pub const MOST_UPLOAD_BYTES: usize = 12 << 20;
/// Most pixels of an upload: 40 million take 120 MB to decode.
pub const MOST_PIXELS: u64 = 40_000_000;

/// A photo ready to be kept: two JPEGs without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// At most [`SIDE`] on its longer side, at most [`MOST_BYTES`].
    pub full: Picture,
    /// At most [`THUMBNAIL_SIDE`] on its longer side.
    pub thumbnail: Picture,
}

/// A JPEG and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Why an upload is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoFault {
    /// No bytes came.
    #[error("no file was sent")]
    Empty,
    /// Not a JPEG, PNG or WebP picture.
    #[error("the file is not a JPEG, PNG or WebP picture")]
    NotAPicture,
    /// More bytes than [`MOST_UPLOAD_BYTES`] or more pixels than [`MOST_PIXELS`].
    #[error("the picture is too large")]
    TooLarge,
    /// Begins as a picture but cannot be read to its end.
    #[error("the picture is damaged")]
    Damaged,
}

/// Makes an uploaded picture ready to be kept. Costs up to half a second and
/// 250 MB for the largest allowed: call it where blocking is allowed.
pub fn prepare(upload: &[u8]) -> Result<Photo, PhotoFault> {
    let upright = decode(upload)?;
    let full = encode(&upright, SIDE, MOST_BYTES)?;
    let thumbnail = encode(&upright, THUMBNAIL_SIDE, MOST_THUMBNAIL_BYTES)?;
    Ok(Photo { full, thumbnail })
}

fn decode(upload: &[u8]) -> Result<RgbImage, PhotoFault> {
    if upload.is_empty() {
        return Err(PhotoFault::Empty);
    }
    if upload.len() > MOST_UPLOAD_BYTES {
        return Err(PhotoFault::TooLarge);
    }
    let reader = ImageReader::new(Cursor::new(upload))
        .with_guessed_format()
        .map_err(|_| PhotoFault::NotAPicture)?;
    // Other formats may be switched on by another crate; these three are ours.
    if !matches!(
        reader.format(),
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)
    ) {
        return Err(PhotoFault::NotAPicture);
    }
    let mut decoder = reader.into_decoder().map_err(|_| PhotoFault::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_PIXELS * 8
    {
        return Err(PhotoFault::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(PhotoFault::Damaged);
    }
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PhotoFault::Damaged)?;
    // Shrink before turning: turning a full-size picture needs it twice.
    if width.max(height) > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::CatmullRom);
    }
    picture.apply_orientation(orientation);
    Ok(on_white(&picture))
}

/// JPEG has no transparency; without this a cut-out product stands in black.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, alpha] = picture.get_pixel(x, y).0;
        let blend = |value: u8| {
            let alpha = u32::from(alpha);
            ((u32::from(value) * alpha + 255 * (255 - alpha)) / 255) as u8
        };
        Rgb([blend(r), blend(g), blend(b)])
    })
}

/// Lowers the quality, then the size, until the file is small enough.
fn encode(picture: &RgbImage, side: u32, most_bytes: usize) -> Result<Picture, PhotoFault> {
    let mut side = side;
    loop {
        let scaled = if picture.width().max(picture.height()) > side {
            DynamicImage::ImageRgb8(picture.clone())
                .resize(side, side, FilterType::CatmullRom)
                .to_rgb8()
        } else {
            picture.clone()
        };
        for quality in [84, 74, 64, 54] {
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, quality)
                .encode_image(&scaled)
                .map_err(|_| PhotoFault::Damaged)?;
            if jpeg.len() <= most_bytes || (quality == 54 && side <= 64) {
                return Ok(Picture {
                    jpeg,
                    width: scaled.width(),
                    height: scaled.height(),
                });
            }
        }
        side = side * 3 / 4;
    }
}
