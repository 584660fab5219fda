//! Lua's standard libraries.
