//! What the build decides: where modules are looked for (see build.rs and the Makefile).

/// `LUA_PATH_DEFAULT`
pub const PATH_DEFAULT: &[u8] = env!("RELUA_PATH_DEFAULT").as_bytes();
/// `LUA_CPATH_DEFAULT`
pub const CPATH_DEFAULT: &[u8] = env!("RELUA_CPATH_DEFAULT").as_bytes();
