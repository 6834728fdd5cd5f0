//! Codes that machines read: QR, Code 128, and the label code inside them.

mod draw;
mod label;
mod matrix;
#[cfg(test)]
mod tests;

pub use label::{LabelCode, LabelCodeFault};
pub use matrix::Matrix;

use serde::Serialize;

/// Why a text cannot become a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Nothing to encode.
    #[error("there is no text to encode")]
    Empty,
    /// More text than the code can hold.
    #[error("the text is too long for the code")]
    TooLong,
    /// Code 128 set B holds printable ASCII only.
    #[error("the text has characters the code cannot hold")]
    NotEncodable,
}

/// Longest text a bar code may have: 24 characters print 80 mm wide, which is
/// as wide as hand scanners read.
const BAR_CODE_LIMIT: usize = 24;

/// A QR code with its text, drawn as SVG; papers and pages take it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QrCode {
    /// What it says when scanned.
    pub text: String,
    /// The drawing, quiet zone included; one unit per module.
    pub svg: String,
    /// Modules on a side, quiet zone included.
    pub modules: usize,
}

impl QrCode {
    /// The QR code of `text`, at medium error correction.
    pub fn new(text: impl Into<String>) -> Result<Self, CodeFault> {
        let text = text.into();
        let matrix = qr(&text)?;
        Ok(Self {
            modules: matrix.width(),
            svg: matrix.svg(),
            text,
        })
    }
}

/// A Code 128 bar code with its text, drawn as SVG one unit high, to be
/// stretched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarCode {
    /// What it says when scanned.
    pub text: String,
    /// The drawing, quiet zone included; one unit per module.
    pub svg: String,
    /// Modules across, quiet zone included.
    pub modules: usize,
}

impl BarCode {
    /// The Code 128 bar code of `text` (printable ASCII).
    pub fn new(text: impl Into<String>) -> Result<Self, CodeFault> {
        let text = text.into();
        let matrix = code128(&text)?;
        Ok(Self {
            modules: matrix.width(),
            svg: matrix.svg(),
            text,
        })
    }
}

/// QR modules of `text` with the four-module quiet zone the standard asks for.
pub fn qr(text: &str) -> Result<Matrix, CodeFault> {
    if text.is_empty() {
        return Err(CodeFault::Empty);
    }
    let code = qrcode::QrCode::new(text).map_err(|_| CodeFault::TooLong)?;
    let width = code.width();
    let dark = code
        .to_colors()
        .into_iter()
        .map(|color| color == qrcode::Color::Dark)
        .collect();
    Ok(Matrix::new(width, dark).padded(4, 4))
}

/// Code 128 modules of `text` (set B, one row) with ten quiet modules at each
/// end.
pub fn code128(text: &str) -> Result<Matrix, CodeFault> {
    if text.is_empty() {
        return Err(CodeFault::Empty);
    }
    if text.len() > BAR_CODE_LIMIT {
        return Err(CodeFault::TooLong);
    }
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(CodeFault::NotEncodable);
    }
    // Ɓ starts the encoder in set B.
    let code = barcoders::sym::code128::Code128::new(format!("\u{0181}{text}"))
        .map_err(|_| CodeFault::NotEncodable)?;
    let dark: Vec<bool> = code
        .encode()
        .into_iter()
        .map(|module| module == 1)
        .collect();
    Ok(Matrix::new(dark.len(), dark).padded(10, 0))
}

/// The QR code of `text` as an SVG for a page.
pub fn qr_svg(text: &str) -> Result<String, CodeFault> {
    qr(text).map(|matrix| matrix.svg())
}
