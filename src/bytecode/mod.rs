//! The instruction set, precompiled chunks and the verifier. (Listings are made by `programs/listing.c`.)

pub mod dump;
mod format;
pub mod isa;
pub mod load;
mod strings;
mod verify;

pub use dump::dump;
pub use isa::{Op, Word};
pub use load::load;

#[cfg(test)]
mod tests;
