//! Values and everything a value can point to: layouts and the operations that need nothing above them.
//!
//! Every collectable object starts with the fields of [`GcHeader`] (spelled out in each struct, so that
//! the bytes after `marked` can be used). Objects never move. Creating one links it into the state's
//! list of objects ([`header::link`]); only the collector frees it.

pub mod function;
pub mod global;
pub mod header;
pub mod number;
pub mod slot;
pub mod string;
pub mod table;
pub mod thread;
pub mod userdata;
pub mod value;

#[cfg(test)]
pub(crate) mod testing;

pub use function::{AbsLine, CClosure, Instruction, LocalVar, LuaClosure, Proto, UpVal, UpvalueDesc};
pub use global::Global;
pub use header::GcHeader;
pub use slot::Slot;
pub use string::Str;
pub use table::{Node, Table, TableError};
pub use thread::{CallInfo, Fallible, Thread, Thrown};
pub use userdata::Userdata;
pub use value::{Value, tag};
