#![doc = include_str!("../README.md")]

pub mod assets;
pub mod charts;
pub mod layout;
pub mod page;
pub mod parts;
pub mod words;

pub use layout::{page, public_page};
pub use page::{NavItem, Page, Theme};
pub use parts::errors::FormErrors;
pub use words::{Arg, Words};

words!();
