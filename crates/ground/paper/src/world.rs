//! What Typst may see: our templates, our fonts, one paper's words. No clock,
//! no disk, no network.

use std::collections::HashMap;
use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Where templates find the words to print.
const WORDS: &str = "paper.json";

/// Loaded once and shared by every paper.
pub(crate) struct Stock {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    words: FileId,
}

impl Stock {
    /// `templates` are file names with their text.
    pub(crate) fn new(
        templates: impl IntoIterator<Item = (String, String)>,
        fonts: Vec<Font>,
    ) -> Option<Self> {
        let mut sources = HashMap::new();
        for (name, text) in templates {
            let id = file_id(&name)?;
            sources.insert(id, Source::new(id, text));
        }
        Some(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            words: file_id(WORDS)?,
        })
    }

    /// The world of one paper; `None` when no such template is known.
    pub(crate) fn world(&self, template: &str, words: String) -> Option<PaperWorld<'_>> {
        let main = file_id(&format!("{template}.typ"))?;
        self.sources.get(&main)?;
        Some(PaperWorld {
            stock: self,
            main,
            words: Bytes::from_string(words),
        })
    }
}

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One paper being set.
pub(crate) struct PaperWorld<'a> {
    stock: &'a Stock,
    main: FileId,
    words: Bytes,
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.stock.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.stock.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.stock
            .sources
            .get(&id)
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.stock.words {
            Ok(self.words.clone())
        } else {
            Err(not_found(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.stock.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
