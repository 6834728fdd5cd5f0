//! The press: sets a paper's words in its template.

use std::path::Path;
use std::sync::OnceLock;

use documents::Paper;
use rust_embed::RustEmbed;
use serde_json::json;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::text::Font;
use typst::utils::Scalar;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

use crate::Dots;
use crate::raster::one_bit;
use crate::world::{PaperWorld, Stock};

#[derive(RustEmbed)]
#[folder = "../../../assets/fonts"]
#[include = "Vazirmatn-Regular.ttf"]
#[include = "Vazirmatn-Bold.ttf"]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "*.typ"]
struct Templates;

/// Papers set before the oldest cached layout is thrown away. The cache makes
/// the second paper of a kind quick; without an end it would only grow.
const KEPT: usize = 8;

/// Widths of a page on roll paper, in millimetres.
const ROLL: Page = Page {
    width: 80,
    margin: 4,
};

/// Why a paper could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// A template or font of the program itself cannot be read.
    #[error("the press has no {0}")]
    Missing(String),
    /// The template does not fit the paper's words.
    #[error("the paper “{template}” could not be set: {detail}")]
    Template {
        /// Name of the template.
        template: &'static str,
        /// What Typst says.
        detail: String,
    },
    /// The set page could not be written as a file.
    #[error("the paper could not be written: {0}")]
    Output(String),
}

/// Sets papers. Costs some milliseconds of processor time per paper: call it
/// where blocking is allowed.
pub struct Press {
    stock: Stock,
}

/// Width and side margin of a page, in millimetres; sheets of fixed size
/// ignore it.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) width: u32,
    pub(crate) margin: u32,
}

impl Press {
    /// The press with the program's own templates, made at the first call.
    pub fn built_in() -> Result<&'static Press, PaperFault> {
        static PRESS: OnceLock<Result<Press, PaperFault>> = OnceLock::new();
        PRESS
            .get_or_init(|| Press::with_templates(None))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// A press whose templates may be replaced: a file in `folder` stands in
    /// for the built-in one of the same name.
    pub fn with_templates(folder: Option<&Path>) -> Result<Self, PaperFault> {
        let mut templates = Vec::new();
        for name in Templates::iter() {
            let replaced = match folder.map(|folder| folder.join(name.as_ref())) {
                Some(file) if file.is_file() => {
                    Some(std::fs::read_to_string(&file).map_err(|_| missing(file.display()))?)
                }
                _ => None,
            };
            let text = match replaced {
                Some(text) => text,
                None => {
                    let file = Templates::get(&name).ok_or_else(|| missing(&name))?;
                    String::from_utf8(file.data.into_owned()).map_err(|_| missing(&name))?
                }
            };
            templates.push((name.into_owned(), text));
        }
        let mut fonts = Vec::new();
        for name in Fonts::iter() {
            let file = Fonts::get(&name).ok_or_else(|| missing(&name))?;
            fonts.push(Font::new(Bytes::new(file.data), 0).ok_or_else(|| missing(&name))?);
        }
        let stock = Stock::new(templates, fonts).ok_or_else(|| missing("template"))?;
        Ok(Self { stock })
    }

    /// The paper as a PDF, fonts embedded, text selectable.
    pub fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, PaperFault> {
        let document = self.set(paper, ROLL)?;
        let options = PdfOptions {
            creator: Smart::Custom(Some("Zanjireh".to_owned())),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|faults| {
            let told: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            PaperFault::Output(told.join("; "))
        })
    }

    /// Every page of the paper as a PNG of `per_inch` pixels per inch (at
    /// most 600).
    pub fn pages(&self, paper: &Paper, per_inch: u32) -> Result<Vec<Vec<u8>>, PaperFault> {
        let document = self.set(paper, ROLL)?;
        let options = scale(f64::from(per_inch.clamp(18, 600)) / 72.0);
        let png = |page| typst_render::render(page, &options).encode_png();
        document
            .pages()
            .iter()
            .map(|page| png(page).map_err(|fault| PaperFault::Output(fault.to_string())))
            .collect()
    }

    /// A roll paper as the printer wants it: a PNG of one bit per dot, exactly
    /// as wide as the print head. Papers that are not for a roll are brought
    /// to that width.
    pub fn raster(&self, paper: &Paper, dots: Dots) -> Result<Vec<u8>, PaperFault> {
        let document = self.set(paper, dots.page())?;
        let page = document
            .pages()
            .first()
            .ok_or_else(|| PaperFault::Output("no page".to_owned()))?;
        let per_point = f64::from(dots.count()) / page.frame.width().to_pt();
        let picture = typst_render::render(page, &scale(per_point));
        let light = picture.pixels().iter().map(|pixel| {
            // The page is opaque white, so colours need no unmixing.
            (u32::from(pixel.red()) * 299
                + u32::from(pixel.green()) * 587
                + u32::from(pixel.blue()) * 114)
                / 1000
        });
        one_bit(light, picture.width(), picture.height()).map_err(PaperFault::Output)
    }

    fn set(&self, paper: &Paper, page: Page) -> Result<PagedDocument, PaperFault> {
        let template = paper.template.name();
        let words = json!({
            "lang": match paper.lang {
                persian::Lang::Fa => "fa",
                persian::Lang::En => "en",
            },
            "width": page.width,
            "margin": page.margin,
            "data": paper.data,
        });
        let world = self
            .stock
            .world(template, words.to_string())
            .ok_or_else(|| missing(template))?;
        let set = typst::compile::<PagedDocument>(&world).output;
        typst::comemo::evict(KEPT);
        set.map_err(|faults| PaperFault::Template {
            template,
            detail: told(&faults, &world),
        })
    }
}

fn scale(pixels_per_point: f64) -> RenderOptions {
    RenderOptions {
        pixel_per_pt: Scalar::new(pixels_per_point),
        render_bleed: false,
    }
}

fn missing(what: impl std::fmt::Display) -> PaperFault {
    PaperFault::Missing(what.to_string())
}

/// What Typst says, with file and line, so that whoever changes a template can
/// find the place.
fn told(faults: &[SourceDiagnostic], world: &PaperWorld<'_>) -> String {
    let place = |fault: &SourceDiagnostic| {
        let source = world.source(fault.span.id()?).ok()?;
        let line = source
            .lines()
            .byte_to_line(world.range(fault.span)?.start)?
            + 1;
        Some(format!(
            " ({}:{line})",
            source.id().get().vpath().get_without_slash()
        ))
    };
    let told = faults
        .iter()
        .map(|fault| format!("{}{}", fault.message, place(fault).unwrap_or_default()));
    told.collect::<Vec<_>>().join("; ")
}
