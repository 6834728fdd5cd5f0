//! How many cells an ODS sheet unfolds to.
//!
//! ODS writes "this row a thousand times" in a few bytes; the reader unfolds
//! it. This counts first, from the raw text, so that a small file cannot ask
//! for all memory.

/// Cells that `content.xml` unfolds to, gaps before filled cells counted.
pub(super) fn unfolded_cells(xml: &str) -> u64 {
    let mut count = Count::default();
    for piece in xml.split('<') {
        let tag = piece.strip_prefix("table:").unwrap_or_default();
        if tag.starts_with("table-row")
            && !tag.starts_with("table-rows")
            && !tag.starts_with("table-row-group")
        {
            count.end_row();
            count.row_repeats = repeats(piece, "number-rows-repeated");
        } else if tag.starts_with("table-cell") || tag.starts_with("covered-table-cell") {
            count.column = count
                .column
                .saturating_add(repeats(piece, "number-columns-repeated"));
            if piece.contains("office:") || piece.contains("formula") {
                count.filled = count.column;
            }
        } else if piece.starts_with("text:") {
            count.filled = count.column;
        } else if piece.starts_with("/table:table>") {
            count.end_sheet();
        }
    }
    count.end_sheet();
    count.total
}

#[derive(Default)]
struct Count {
    column: u64,
    filled: u64,
    row_repeats: u64,
    /// Cells read so far, and the box that holds the sheet's filled ones.
    written: u64,
    blank_rows: u64,
    rows: u64,
    widest: u64,
    total: u64,
}

impl Count {
    fn end_row(&mut self) {
        if self.filled > 0 {
            self.rows = self
                .rows
                .saturating_add(self.blank_rows)
                .saturating_add(self.row_repeats.max(1));
            self.blank_rows = 0;
            self.widest = self.widest.max(self.filled);
            self.written = self.written.saturating_add(self.filled);
        } else {
            self.blank_rows = self.blank_rows.saturating_add(self.row_repeats);
        }
        (self.column, self.filled, self.row_repeats) = (0, 0, 0);
    }

    fn end_sheet(&mut self) {
        self.end_row();
        let unfolded = self.rows.saturating_mul(self.widest).max(self.written);
        *self = Self {
            total: self.total.saturating_add(unfolded),
            ..Self::default()
        };
    }
}

/// The number in an attribute, 1 when it is absent, as large as can be when it
/// is no number.
fn repeats(tag: &str, attribute: &str) -> u64 {
    let Some((_, after)) = tag.split_once(attribute) else {
        return 1;
    };
    let after = after.trim_start().trim_start_matches('=').trim_start();
    let quote = after
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''));
    let value = quote.and_then(|quote| after.get(1..)?.split(quote).next());
    value
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(u64::MAX)
}
