//! Pictures for thermal printers: black or white, nothing between.

use crate::press::Page;

/// Width of a printer's head; eight dots are a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dots {
    /// 384 dots, on 58 mm paper.
    Narrow,
    /// 576 dots, on 80 mm paper.
    Wide,
}

impl Dots {
    /// The head with this many dots, if there is one.
    pub const fn from_count(count: u32) -> Option<Self> {
        match count {
            384 => Some(Self::Narrow),
            576 => Some(Self::Wide),
            _ => None,
        }
    }

    /// Dots across.
    pub const fn count(self) -> u32 {
        match self {
            Self::Narrow => 384,
            Self::Wide => 576,
        }
    }

    /// The printable part of the paper, with a hair's breadth so that no letter
    /// touches its edge.
    pub(crate) const fn page(self) -> Page {
        Page {
            width: self.count() / 8,
            margin: 1,
        }
    }
}

/// Below this lightness a dot is burnt. A little above the middle, so that thin
/// strokes of small letters do not break.
const BURNT: u32 = 150;

/// A PNG of one bit per pixel; `light` gives each pixel's lightness, 0 to 255,
/// row by row.
pub(crate) fn one_bit(
    light: impl Iterator<Item = u32>,
    width: u32,
    height: u32,
) -> Result<Vec<u8>, String> {
    let row_bytes = (width as usize).div_ceil(8);
    let mut bits = vec![0u8; row_bytes * height as usize];
    for (place, light) in light.enumerate() {
        let (x, y) = (place % width as usize, place / width as usize);
        if light >= BURNT
            && let Some(byte) = bits.get_mut(y * row_bytes + x / 8)
        {
            *byte |= 0x80 >> (x % 8);
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(|fault| fault.to_string())?;
    writer
        .write_image_data(&bits)
        .map_err(|fault| fault.to_string())?;
    writer.finish().map_err(|fault| fault.to_string())?;
    Ok(png)
}
