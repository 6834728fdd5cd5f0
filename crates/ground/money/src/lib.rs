#![doc = include_str!("../README.md")]

mod amounts;
mod commission;
mod rates;
mod rial;
mod rounding;
mod shares;
mod tax;
mod unit;

pub use amounts::{AmountFault, parse_amount};
pub use commission::Commission;
pub use rates::{BasisPoints, RateTooHigh};
pub use rial::{Overflow, Rial};
pub use rounding::{Direction, Rounded};
pub use shares::split;
pub use tax::Taxed;
pub use unit::Unit;
