//! Execution, and the internal API that libraries are written against.

pub mod boundary;
pub mod builtin;
pub mod call;
pub mod chance;
pub mod coroutine;
pub mod debug;
pub mod dispatch;
pub mod error;
mod finish;
mod forloop;
mod handlers;
pub mod hooks;
pub mod input;
pub mod lifecycle;
pub mod meta;
pub mod quick;
mod stack;
pub mod state;
mod unwind;
mod upvalues;
mod varargs;

pub use builtin::Builtin;
pub use state::State;
