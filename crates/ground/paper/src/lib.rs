#![doc = include_str!("../README.md")]

mod press;
mod raster;
mod world;

pub use press::{PaperFault, Press};
pub use raster::Dots;
