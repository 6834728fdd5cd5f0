//! A matrix as SVG for pages and paper, and as PNG for messages.

use std::fmt::Write as _;
use std::io::Cursor;

use super::Matrix;

/// Widest PNG side, in pixels; a larger scale is brought down to it.
const PNG_SIDE: usize = 4096;

impl Matrix {
    /// An SVG of one path, one unit per module, that fills what it is put in.
    pub fn svg(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.rows().enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{x} {y}h{0}v1h-{0}z", run.len());
                }
                x += run.len();
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" preserveAspectRatio=\"none\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{w}v{h}h-{w}z\"/>\
             <path fill=\"#000\" d=\"{path}\"/></svg>",
            w = self.width(),
            h = self.height(),
        )
    }

    /// A greyscale PNG, `scale` pixels per module; a single row is drawn a
    /// quarter as high as it is wide.
    pub fn png(&self, scale: usize) -> Vec<u8> {
        let scale = scale.clamp(1, (PNG_SIDE / self.width().max(self.height())).max(1));
        let tall = if self.height() == 1 {
            self.width() / 4
        } else {
            1
        };
        let mut picture = image::GrayImage::new(
            (self.width() * scale) as u32,
            (self.height() * scale * tall) as u32,
        );
        let rows: Vec<&[bool]> = self.rows().collect();
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            let (column, row) = (x as usize / scale, y as usize / (scale * tall));
            let dark = rows
                .get(row)
                .and_then(|row| row.get(column))
                .copied()
                .unwrap_or(false);
            *pixel = image::Luma([if dark { 0 } else { 255 }]);
        }
        let mut png = Cursor::new(Vec::new());
        // Writing a valid picture into memory cannot fail.
        let _ = picture.write_to(&mut png, image::ImageFormat::Png);
        png.into_inner()
    }
}
