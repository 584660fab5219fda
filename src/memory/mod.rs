//! The only door to the host's allocator.
//!
//! [`Heap`] wraps the `lua_Alloc` function of a state: it keeps the byte accounts that pace the
//! collector, passes exact old sizes on every release, and turns a refusal into [`OutOfMemory`] after an
//! emergency collection. [`List`] is the growable array built on it. Nothing else in the library
//! obtains memory. States without a host's function run on the size-class allocator of [`classes`].

pub mod classes;
mod heap;
mod list;

pub use heap::{Allocator, Heap, Kind, OutOfMemory};
pub use list::List;
