//! How many cells an old XLS workbook unfolds to.
//!
//! The reader lays each sheet out as one full rectangle and trusts the numbers
//! in the file, so two cells at far corners would cost gigabytes. This walks
//! the file's own records first: the compound file's sector chains down to the
//! workbook stream, then the positions of its cells.

use std::collections::HashMap;

/// Sector numbers from here on are marks, not sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// Cells of the rectangles that hold each sheet's cells, all sheets together;
/// `None` when the file does not follow its own format.
pub(super) fn unfolded_cells(file: &[u8]) -> Option<u64> {
    let stream = Compound::open(file)?.workbook()?;
    let mut sheets: Vec<usize> = Vec::new();
    let mut boxes: HashMap<usize, Extent> = HashMap::new();
    let records = Records {
        stream: &stream,
        at: 0,
    };
    for (kind, data) in records {
        match kind {
            0x0085 => sheets.push(u32_at(data, 0)? as usize),
            0x000A => break,
            _ => {}
        }
    }
    for start in sheets {
        if start >= stream.len() {
            return None;
        }
        let extent = boxes.entry(start).or_default();
        let records = Records {
            stream: &stream,
            at: start,
        };
        for (kind, data) in records {
            extent.take(kind, data)?;
        }
    }
    Some(
        boxes
            .values()
            .map(Extent::cells)
            .fold(0, u64::saturating_add),
    )
}

#[derive(Default)]
struct Extent {
    rows: Option<(u64, u64)>,
    columns: Option<(u64, u64)>,
    declared: u64,
}

impl Extent {
    /// Takes one record's cells in; `None` when it is cut short.
    fn take(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            // Dimensions: the reader reserves this much at once.
            0x0200 => {
                let (rows, columns) = if data.len() >= 14 {
                    (
                        (u32_at(data, 0)?, u32_at(data, 4)?),
                        (u16_at(data, 8)?, u16_at(data, 10)?),
                    )
                } else {
                    (
                        (u16_at(data, 0)?.into(), u16_at(data, 2)?.into()),
                        (u16_at(data, 4)?, u16_at(data, 6)?),
                    )
                };
                // An end before its start would wrap around in the reader.
                let rows = rows.1.checked_sub(rows.0)?;
                let columns = columns.1.checked_sub(columns.0)?;
                self.declared = self.declared.max(u64::from(rows) * u64::from(columns));
            }
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 => {
                self.include(data, None)?
            }
            // Many numbers in one row; the last column stands at the end.
            0x00BD => self.include(data, Some(u16_at(data, data.len().checked_sub(2)?)?))?,
            _ => {}
        }
        Some(())
    }

    fn include(&mut self, data: &[u8], last: Option<u16>) -> Option<()> {
        let (row, column) = (u64::from(u16_at(data, 0)?), u64::from(u16_at(data, 2)?));
        let last = last.map_or(column, u64::from).max(column);
        let widen = |range: Option<(u64, u64)>, low: u64, high: u64| {
            range.map_or((low, high), |(from, to)| (from.min(low), to.max(high)))
        };
        self.rows = Some(widen(self.rows, row, row));
        self.columns = Some(widen(self.columns, column, last));
        Some(())
    }

    fn cells(&self) -> u64 {
        let length = |range: Option<(u64, u64)>| range.map_or(0, |(from, to)| to - from + 1);
        (length(self.rows) * length(self.columns)).max(self.declared)
    }
}

/// BIFF records: kind, length, data.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

/// A compound file: sectors chained through a table.
struct Compound<'a> {
    file: &'a [u8],
    sector: usize,
    table: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(file: &'a [u8]) -> Option<Self> {
        let sector = 1usize
            .checked_shl(u16_at(file, 30)?.into())
            .filter(|size| matches!(size, 512 | 4096))?;
        let mut compound = Self {
            file,
            sector,
            table: Vec::new(),
        };
        // Sectors of the table: 109 in the header, the rest in a chain of lists.
        let mut lists: Vec<u32> = (0..109)
            .filter_map(|index| u32_at(file, 76 + 4 * index))
            .collect();
        let mut next = u32_at(file, 68)?;
        let most = file.len() / sector + 1;
        for _ in 0..most {
            if next >= LAST_SECTOR {
                break;
            }
            let list = compound.sector_at(next)?;
            lists.extend((0..sector / 4 - 1).filter_map(|index| u32_at(list, 4 * index)));
            next = u32_at(list, sector - 4)?;
        }
        let mut table = Vec::new();
        for number in lists
            .into_iter()
            .filter(|number| *number < LAST_SECTOR)
            .take(most)
        {
            let part = compound.sector_at(number)?;
            table.extend((0..sector / 4).filter_map(|index| u32_at(part, 4 * index)));
        }
        compound.table = table;
        Some(compound)
    }

    /// The workbook stream, wherever the file keeps it.
    fn workbook(&self) -> Option<Vec<u8>> {
        let directory = self.chain(u32_at(self.file, 48)?);
        let entries = || directory.chunks_exact(128);
        let entry =
            entries().find(|entry| matches!(name_of(entry).as_str(), "WORKBOOK" | "BOOK"))?;
        let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        if length >= u32_at(self.file, 56)? as usize {
            let mut stream = self.chain(start);
            stream.truncate(length);
            return Some(stream);
        }
        // Short streams share the root entry's stream in pieces of 64 bytes.
        let pieces = self.chain(u32_at(entries().next()?, 116)?);
        let links = self.chain(u32_at(self.file, 60)?);
        let mut stream = Vec::new();
        let mut next = start;
        while next < LAST_SECTOR && stream.len() < length {
            let at = (next as usize).checked_mul(64)?;
            stream.extend_from_slice(pieces.get(at..at + 64)?);
            next = u32_at(&links, (next as usize).checked_mul(4)?)?;
        }
        stream.truncate(length);
        Some(stream)
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut next = start;
        // A chain longer than the file goes in circles.
        while next < LAST_SECTOR && bytes.len() <= self.file.len() {
            let Some(sector) = self.sector_at(next) else {
                break;
            };
            bytes.extend_from_slice(sector);
            next = self
                .table
                .get(next as usize)
                .copied()
                .unwrap_or(LAST_SECTOR);
        }
        bytes
    }

    /// A sector; the last one of a file may be cut short.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.file.len());
        self.file
            .get(start..end)
            .filter(|sector| !sector.is_empty())
    }
}

fn name_of(entry: &[u8]) -> String {
    let length = u16_at(entry, 64).unwrap_or(0).clamp(2, 64) as usize - 2;
    let units: Vec<u16> = (0..length / 2)
        .filter_map(|index| u16_at(entry, 2 * index))
        .collect();
    String::from_utf16_lossy(&units).to_uppercase()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}
