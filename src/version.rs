//! Which Lua this build is.
//!
//! Exactly one cargo feature `lua51 … lua55` is on. Code never asks for the feature or the number but for a *capability*: the
//! constants of the modules here, all of them reached as `version::NAME`, say what the language or library of this version
//! has, and the compiler folds them away. `#[cfg(feature)]` is for symbols that exist or do not.
//!
//! | Module | Subject |
//! |---|---|
//! | `syntax` | source text: tokens, syntax, limits, and what the compiler makes of it |
//! | `execution` | values at run time: tables, metamethods, calls, coroutines, the collector |
//! | `messages` | messages, tracebacks and debug information |
//! | `api` | the C API |
//! | `libraries` | the standard libraries |

mod api;
mod execution;
mod libraries;
mod messages;
mod syntax;

pub use api::*;
pub use execution::*;
pub use libraries::*;
pub use messages::*;
pub use syntax::*;

/// `LUA_VERSION_NUM` of this build.
pub const VERSION: u32 = if cfg!(feature = "lua51") {
    501
} else if cfg!(feature = "lua52") {
    502
} else if cfg!(feature = "lua53") {
    503
} else if cfg!(feature = "lua55") {
    505
} else {
    504
};

const _: () = assert!(
    cfg!(feature = "lua51") as u8
        + cfg!(feature = "lua52") as u8
        + cfg!(feature = "lua53") as u8
        + cfg!(feature = "lua54") as u8
        + cfg!(feature = "lua55") as u8
        == 1,
    "turn on exactly one of the features lua51, lua52, lua53, lua54, lua55 (with --no-default-features)"
);

/// `_VERSION`.
pub const VERSION_NAME: &[u8] = match VERSION {
    501 => b"Lua 5.1",
    502 => b"Lua 5.2",
    503 => b"Lua 5.3",
    505 => b"Lua 5.5",
    _ => b"Lua 5.4",
};

/// `"5.4"`: in `LUA_PATH_5_4`, default paths and chunk headers this is spelled with other separators.
pub const MAJOR_MINOR: &[u8] = match VERSION {
    501 => b"5.1",
    502 => b"5.2",
    503 => b"5.3",
    505 => b"5.5",
    _ => b"5.4",
};
