//! A code as rows of dark and light modules.

/// A rectangle of modules, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    width: usize,
    dark: Vec<bool>,
}

impl Matrix {
    /// `dark` holds whole rows of `width` modules; an unfinished last row is
    /// dropped.
    pub fn new(width: usize, mut dark: Vec<bool>) -> Self {
        let width = width.max(1);
        dark.truncate(dark.len() / width * width);
        Self { width, dark }
    }

    /// Modules across.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Modules down.
    pub fn height(&self) -> usize {
        self.dark.len() / self.width
    }

    /// Rows from the top; true is dark.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.width)
    }

    /// The same with a light border: `x` modules at the sides, `y` above and
    /// below.
    pub fn padded(&self, x: usize, y: usize) -> Self {
        let width = self.width + 2 * x;
        let mut dark = vec![false; width * y];
        for row in self.rows() {
            dark.extend(std::iter::repeat_n(false, x));
            dark.extend_from_slice(row);
            dark.extend(std::iter::repeat_n(false, x));
        }
        dark.extend(std::iter::repeat_n(false, width * y));
        Self { width, dark }
    }
}
