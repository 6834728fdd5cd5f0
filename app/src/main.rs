//! `zanjireh`: the chain from first visit to money in her account.
fn main() {}
