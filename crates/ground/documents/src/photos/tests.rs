#![allow(clippy::unwrap_used, reason = "a test may panic")]

use image::{DynamicImage, ImageFormat, Rgb, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// Red on the left half, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([220, 30, 30])
        } else {
            Rgb([30, 30, 220])
        }
    })
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Puts an EXIF block into a JPEG: turned by 90 degrees, with a place name.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend([
        1,
        0,
        0x12,
        1,
        3,
        0,
        1,
        0,
        0,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    ]);
    exif.extend(b"SECRET-PLACE");
    let length = (exif.len() + 2) as u16;
    [
        &jpeg[..2],
        &[0xFF, 0xE1],
        &length.to_be_bytes(),
        &exif,
        &jpeg[2..],
    ]
    .concat()
}

fn decoded(picture: &Picture) -> RgbImage {
    let image = image::load_from_memory(&picture.jpeg).unwrap().to_rgb8();
    assert_eq!(
        (image.width(), image.height()),
        (picture.width, picture.height)
    );
    image
}

#[test]
fn a_phone_photo_is_turned_upright_and_loses_its_metadata() {
    let sent = with_exif(&file(halves(400, 200), ImageFormat::Jpeg), 6);
    let photo = prepare(&sent).unwrap();
    let upright = decoded(&photo.full);
    assert_eq!((upright.width(), upright.height()), (200, 400));
    let Rgb([red, _, blue]) = *upright.get_pixel(100, 50);
    assert!(
        red > 150 && blue < 100,
        "turned clockwise, the left half is on top"
    );
    for kept in [&photo.full.jpeg, &photo.thumbnail.jpeg] {
        assert!(!kept.windows(6).any(|bytes| bytes == b"SECRET"));
        assert!(!kept.windows(4).any(|bytes| bytes == b"Exif"));
    }
}

#[test]
fn a_large_noisy_photo_fits_its_limits() {
    let mut state = 7u32;
    let noise = RgbImage::from_fn(2400, 1800, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let photo = prepare(&file(noise, ImageFormat::Jpeg)).unwrap();
    assert!(photo.full.jpeg.len() <= MOST_BYTES);
    assert!(photo.thumbnail.jpeg.len() <= MOST_THUMBNAIL_BYTES);
    assert!(photo.full.width <= SIDE && photo.thumbnail.width <= THUMBNAIL_SIDE);
    decoded(&photo.full);
    decoded(&photo.thumbnail);
}

#[test]
fn a_plain_large_photo_keeps_its_shape_at_1280() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = prepare(&file(halves(3000, 1500), format)).unwrap();
        assert_eq!((photo.full.width, photo.full.height), (1280, 640));
        assert_eq!((photo.thumbnail.width, photo.thumbnail.height), (320, 160));
    }
}

#[test]
fn a_small_photo_is_not_blown_up_and_clear_parts_become_white() {
    let clear = RgbaImage::from_pixel(40, 30, Rgba([0, 0, 0, 0]));
    let photo = prepare(&file(clear, ImageFormat::Png)).unwrap();
    assert_eq!((photo.full.width, photo.full.height), (40, 30));
    assert!(
        decoded(&photo.full)
            .pixels()
            .all(|pixel| pixel.0.iter().all(|value| *value > 250))
    );
}

#[test]
fn what_is_no_photo_says_why() {
    assert_eq!(prepare(b""), Err(PhotoFault::Empty));
    assert_eq!(prepare(b"hello"), Err(PhotoFault::NotAPicture));
    assert_eq!(
        prepare(b"GIF89a\x01\0\x01\0\0\0\0;"),
        Err(PhotoFault::NotAPicture)
    );
    assert_eq!(
        prepare(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        Err(PhotoFault::NotAPicture)
    );
    assert_eq!(
        prepare(&vec![0xFF; MOST_UPLOAD_BYTES + 1]),
        Err(PhotoFault::TooLarge)
    );
    let whole = file(halves(400, 200), ImageFormat::Png);
    assert_eq!(prepare(&whole[..whole.len() / 2]), Err(PhotoFault::Damaged));
}

#[test]
fn a_picture_that_declares_too_many_pixels_is_refused_before_it_is_decoded() {
    let mut png = file(halves(8, 8), ImageFormat::Png);
    png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let sum = crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(prepare(&png), Err(PhotoFault::TooLarge));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                sum >> 1 ^ 0xEDB8_8320
            } else {
                sum >> 1
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_broken_picture_is_an_error_or_a_photo_but_never_a_panic(
        place in 2usize..600, value: u8, format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP]),
    ) {
        let mut bytes = file(halves(64, 48), format);
        let place = place % bytes.len();
        bytes[place] = value;
        if let Ok(photo) = prepare(&bytes) {
            prop_assert!(!photo.full.jpeg.is_empty());
        }
    }
}
