#![doc = include_str!("../README.md")]

pub mod assets;
pub mod charts;
mod city;
mod failure;
mod form;
pub mod inspect;
mod json;
pub mod layout;
pub mod page;
pub mod parts;
mod read;
mod upload;
pub mod words;

pub use city::{City, Format, InCity, Name, Print, SmsAccount, WantsFragment};
pub use failure::{Failed, Failure, Outcome};
pub use form::{Form, KEY_FIELD};
pub use json::Json;
pub use layout::{page, page_with, public_page};
pub use page::{NavItem, Page, Theme};
pub use parts::errors::FormErrors;
pub use read::Read;
pub use upload::{File, Upload};
pub use words::{Arg, Words};

words!();
