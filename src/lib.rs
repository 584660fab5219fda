//! relua: Lua behind its own C ABI.
//!
//! # The map of the house
//!
//! | module | subject |
//! |---|---|
//! | [`config`] | what the build decides: default module paths |
//! | `panic` | the end after a bug of the library |
//! | [`version`] | which Lua this build is, as constants that the compiler folds |
//! | [`memory`] | the only door to the host's allocator, fallible containers |
//! | [`object`] | values and everything a value can point to |
//! | [`gc`] | the collector |
//! | [`syntax`] | source text to syntax tree |
//! | [`compile`] | syntax tree to prototype |
//! | [`bytecode`] | the instruction set, precompiled chunks, verifier |
//! | [`vm`] | execution, and [`vm::State`]: the internal API that libraries are written against |
//! | [`stdlib`] | Lua's standard libraries |
//! | [`capi`] | the exported `lua_*` and `luaL_*` functions |
//!
//! # The layering rule
//!
//! `memory ← object ← gc ← vm ← stdlib, capi`. Nothing imports upwards; where a lower layer has to call a higher one (the
//! collector runs a finalizer, the allocator asks for an emergency collection), the higher layer leaves a function pointer
//! below.
//!
//! What makes prototypes stands beside that, `syntax → compile → bytecode`, on `object` and `gc`. Of `vm` it knows two
//! things: the stream of text that it reads ([`vm::input`]), and how errors are raised ([`vm::error`]).
#![cfg_attr(not(test), no_std)]
// Old versions leave out what others have; in the newest, what nothing uses is told.
#![cfg_attr(not(feature = "lua55"), allow(dead_code))]
// Tests hold what they look at.
#![cfg_attr(test, allow(clippy::undocumented_unsafe_blocks))]
#![deny(unsafe_op_in_unsafe_fn)]

mod bytecode;
mod capi;
mod compile;
mod config;
mod gc;
mod memory;
mod object;
#[cfg(not(test))]
mod panic;
mod stdlib;
mod syntax;
mod version;
mod vm;
