//! The instruction set, precompiled chunks, the verifier and the listing.

pub mod dump;
mod format;
pub mod isa;
pub mod load;
mod verify;

pub use dump::dump;
pub use isa::{Op, Word};
pub use load::load;
