//! Execution, and the internal API that libraries are written against.

pub mod boundary;
pub mod builtin;
pub mod call;
pub mod coroutine;
pub mod debug;
pub mod error;
pub mod hooks;
pub mod input;
pub mod lifecycle;
pub mod meta;
pub mod state;

pub use builtin::{Builtin, Continuation};
pub use state::{Buffer, State};
