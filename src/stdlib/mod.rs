//! Lua's standard libraries.

pub mod arguments;
pub mod base;
#[cfg(any(feature = "lua52", feature = "lua53"))]
pub mod bit32;
pub mod builder;
pub mod coroutine;
pub mod debug;
pub mod io;
pub mod math;
#[cfg(feature = "lua51")]
mod order;
pub mod os;
pub mod package;
pub mod private;
pub mod string;
pub mod table;
pub mod utf8;
