//! A form with files.

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};

use crate::{Failure, Form};

/// The largest single file, in bytes.
const LARGEST_FILE: usize = 12 * 1024 * 1024;

/// One uploaded file.
#[derive(Clone, Debug)]
pub struct File {
    /// The field it came in.
    pub field: String,
    /// The name on the sender's machine; shown, never used as a path.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A posted form with its files; empty file fields are left out.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The plain fields.
    pub form: Form,
    /// The files.
    pub files: Vec<File>,
}

impl Upload {
    /// The file of a field.
    pub fn file(&self, field: &str) -> Option<&File> {
        self.files.iter().find(|file| file.field == field)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;
    async fn from_request(mut request: Request, state: &S) -> Result<Self, Failure> {
        let unreadable = |error: axum::extract::multipart::MultipartError| match error.status() {
            axum::http::StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
            _ => Failure::Unreadable(error.body_text()),
        };
        // The framework's own bound of 2 MB is less than a phone's photo.
        DefaultBodyLimit::max(LARGEST_FILE + LARGEST_FILE / 4).apply(&mut request);
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| Failure::Unreadable(error.body_text()))?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            let Some(name) = part.file_name().map(str::to_owned) else {
                upload
                    .form
                    .push(field, part.text().await.map_err(unreadable)?);
                continue;
            };
            let bytes = part.bytes().await.map_err(unreadable)?.to_vec();
            if bytes.len() > LARGEST_FILE {
                return Err(Failure::TooLarge);
            }
            if !bytes.is_empty() {
                upload.files.push(File { field, name, bytes });
            }
        }
        Ok(upload)
    }
}
