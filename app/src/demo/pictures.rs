//! Pictures of invented goods, drawn by the program.

use std::collections::HashMap;

use db::{Error, Result};
use documents::photos::{Photo, prepare};

/// Pixels across and down.
const SIDE: u32 = 320;

/// Pictures drawn so far, by shape and tint.
#[derive(Default)]
pub struct Pictures(HashMap<(Shape, u8), Photo>);

impl Pictures {
    /// The picture of a category in one of six tints.
    pub fn of(&mut self, category: &str, tint: u8) -> Result<Photo> {
        let shape = shape(category);
        if let Some(photo) = self.0.get(&(shape, tint)) {
            return Ok(photo.clone());
        }
        let png = png(&draw(shape, tint)).map_err(Error::other)?;
        let photo = prepare(&png).map_err(Error::other)?;
        self.0.insert((shape, tint), photo.clone());
        Ok(photo)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    Jar,
    Weave,
    Pot,
    Pack,
    Round,
}

fn shape(category: &str) -> Shape {
    match category {
        "pickles" | "jam" | "paste" | "distillates" => Shape::Jar,
        "carpet" | "weaving" | "bedding" | "kitchen-textiles" => Shape::Weave,
        "ceramics" | "soap" => Shape::Pot,
        "dried-fruit" | "herbs" | "bags" | "dress" => Shape::Pack,
        _ => Shape::Round,
    }
}

/// Warm tints of food and craft.
const TINTS: [[i32; 3]; 6] = [
    [176, 58, 46],
    [46, 110, 82],
    [202, 138, 48],
    [88, 70, 130],
    [40, 96, 140],
    [150, 92, 60],
];

fn draw(shape: Shape, tint: u8) -> Vec<u8> {
    let colour = TINTS[usize::from(tint) % TINTS.len()];
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for y in 0..SIDE as i32 {
        for x in 0..SIDE as i32 {
            let light = (x + SIDE as i32 - y) / 16;
            let ground = [236 - y / 12, 230 - y / 12, 218 - y / 10];
            let pixel = match part(shape, x - 160, y - 160) {
                0 => ground,
                1 => colour.map(|value| value + light),
                2 => colour.map(|value| value / 2 + 96 + light),
                _ => [250, 246, 236],
            };
            pixels.extend(pixel.map(|value| value.clamp(0, 255) as u8));
        }
    }
    pixels
}

/// Which part of the thing a point lies in: none, body, second colour, label.
fn part(shape: Shape, x: i32, y: i32) -> u8 {
    match shape {
        Shape::Jar if y.abs() < 30 && x.abs() < 52 => 3,
        Shape::Jar if x.abs() < 78 && (-70..110).contains(&y) => 1,
        Shape::Jar if x.abs() < 66 && (-100..-70).contains(&y) => 2,
        Shape::Weave if x.abs() < 110 && y.abs() < 120 => {
            let diamond = (x.rem_euclid(44) - 22).abs() + (y.rem_euclid(44) - 22).abs();
            match diamond {
                0..=8 => 3,
                9..=16 => 2,
                _ => 1,
            }
        }
        Shape::Pot if (-100..-80).contains(&y) && x.abs() < 56 => 2,
        Shape::Pot if (-80..110).contains(&y) && x.abs() < 60 + 50 - (y - 10).abs() / 2 => {
            if (y + 20).rem_euclid(50) < 8 { 2 } else { 1 }
        }
        Shape::Pack if y.abs() < 36 && x.abs() < 60 => 3,
        Shape::Pack if x.abs() < 84 && (-104..110).contains(&y) => {
            if y < -84 {
                2
            } else {
                1
            }
        }
        Shape::Round if x * x + y * y < 34 * 34 => 3,
        Shape::Round if x * x + y * y < 72 * 72 => 2,
        Shape::Round if x * x + y * y < 108 * 108 => 1,
        _ => 0,
    }
}

fn png(pixels: &[u8]) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(bytes)
}
