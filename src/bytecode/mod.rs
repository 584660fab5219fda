//! The instruction set, precompiled chunks, the verifier and the listing.

pub mod isa;

pub use isa::{Op, Word};
