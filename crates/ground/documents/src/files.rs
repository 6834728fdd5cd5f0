//! Files that people bring: what they are is told by their bytes, never by their name alone.

use std::io::Cursor;

use crate::photos;

/// The largest file taken, in bytes.
pub const MOST_BYTES: usize = 8 << 20;
/// The most that an office file may unpack to, in bytes.
const MOST_UNPACKED: u64 = 64 << 20;
/// The most parts an office file may have.
const MOST_PARTS: usize = 5_000;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A picture, as JPEG.
    Jpeg,
    /// An office file with the ending of its kind.
    Office(&'static str, &'static str),
}

/// Office files by ending, media type and the part that tells them.
const OFFICE: &[(&str, &str, &str)] = &[
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word/document.xml",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xl/workbook.xml",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "ppt/presentation.xml",
    ),
    ("odt", "application/vnd.oasis.opendocument.text", ""),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", ""),
    ("odp", "application/vnd.oasis.opendocument.presentation", ""),
];

impl FileKind {
    /// The ending of its name, without a dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Office(ending, _) => ending,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Office(_, media_type) => media_type,
        }
    }

    /// The kind of an ending as it was kept.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "pdf" => Some(Self::Pdf),
            "jpg" => Some(Self::Jpeg),
            other => OFFICE
                .iter()
                .find(|(known, ..)| *known == other)
                .map(|(ending, media_type, _)| Self::Office(ending, media_type)),
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// More bytes than are taken, or more inside it.
    #[error("the file is too large")]
    TooLarge,
    /// Neither PDF, picture nor office file.
    #[error("the file is of another kind")]
    OtherKind,
    /// An office file with a program in it, or behind a password.
    #[error("the file holds a program or is locked")]
    Unsafe,
}

/// What a file is and the bytes to keep: pictures are drawn anew, so that nothing hides in them.
pub fn check(bytes: &[u8]) -> Result<(FileKind, Vec<u8>), FileFault> {
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    if bytes.starts_with(b"%PDF-") {
        let end = &bytes[bytes.len().saturating_sub(2_048)..];
        let is_whole = end.windows(5).any(|part| part == b"%%EOF");
        return match is_whole {
            true => Ok((FileKind::Pdf, bytes.to_vec())),
            false => Err(FileFault::OtherKind),
        };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office(bytes).map(|kind| (kind, bytes.to_vec()));
    }
    match photos::prepare(bytes) {
        Ok(photo) => Ok((FileKind::Jpeg, photo.full.jpeg)),
        Err(photos::PhotoFault::TooLarge) => Err(FileFault::TooLarge),
        Err(_) => Err(FileFault::OtherKind),
    }
}

fn office(bytes: &[u8]) -> Result<FileKind, FileFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::OtherKind)?;
    if archive.len() > MOST_PARTS {
        return Err(FileFault::TooLarge);
    }
    let (mut names, mut unpacked) = (Vec::new(), 0_u64);
    for place in 0..archive.len() {
        let part = archive
            .by_index_raw(place)
            .map_err(|_| FileFault::OtherKind)?;
        if part.encrypted() {
            return Err(FileFault::Unsafe);
        }
        unpacked = unpacked.saturating_add(part.size());
        names.push(part.name().map_err(|_| FileFault::OtherKind)?.into_owned());
    }
    if unpacked > MOST_UNPACKED {
        return Err(FileFault::TooLarge);
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    let is_program = |name: &String| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    };
    if names.iter().any(is_program) {
        return Err(FileFault::Unsafe);
    }
    let declared = match has("mimetype") {
        true => {
            let mut text = String::new();
            let part = archive
                .by_name("mimetype")
                .map_err(|_| FileFault::OtherKind)?;
            std::io::Read::read_to_string(&mut std::io::Read::take(part, 200), &mut text)
                .map_err(|_| FileFault::OtherKind)?;
            text
        }
        false => String::new(),
    };
    OFFICE
        .iter()
        .find(|(_, media_type, part)| match part.is_empty() {
            true => declared.trim() == *media_type,
            false => has("[Content_Types].xml") && has(part),
        })
        .map(|(ending, media_type, _)| FileKind::Office(ending, media_type))
        .ok_or(FileFault::OtherKind)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default();
        for (name, text) in parts {
            writer.start_file(*name, plain).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let ending = |bytes: &[u8]| check(bytes).map(|(kind, _)| kind.ending());
        assert_eq!(ending(b"%PDF-1.7\n%%EOF\n"), Ok("pdf"));
        assert_eq!(ending(b"%PDF-1.7\ncut"), Err(FileFault::OtherKind));
        let word = [("[Content_Types].xml", ""), ("word/document.xml", "")];
        assert_eq!(ending(&zip(&word)), Ok("docx"));
        let text = [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", ""),
        ];
        assert_eq!(ending(&zip(&text)), Ok("odt"));
        assert_eq!(ending(&zip(&[("a.exe", "MZ")])), Err(FileFault::OtherKind));
        let macros = [word[0], word[1], ("word/vbaProject.bin", "x")];
        assert_eq!(ending(&zip(&macros)), Err(FileFault::Unsafe));
        assert_eq!(ending(b"MZ program"), Err(FileFault::OtherKind));
        assert_eq!(ending(&vec![0; MOST_BYTES + 1]), Err(FileFault::TooLarge));
    }
}
