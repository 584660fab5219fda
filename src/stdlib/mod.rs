//! Lua's standard libraries.

pub mod arguments;
pub mod base;
pub mod coroutine;
pub mod debug;
pub mod io;
pub mod os;
pub mod package;
