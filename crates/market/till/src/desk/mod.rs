//! The till page: scanning, the basket on the server, paying.

mod basket;
pub(crate) mod pages;
mod sell;
mod views;

pub(crate) use basket::{AddLine, BasketLine, SetQuantity, lines};
pub(crate) use sell::SellBasket;
