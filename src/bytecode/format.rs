//! What a precompiled chunk begins with and how its numbers are written; shared by [`super::dump`] and
//! [`super::load`].
//!
//! A chunk is a header, a byte with the number of upvalues of its function, and the function:
//!
//! ```text
//! function  = source lines params vararg stack code constants upvalues functions debug
//! source    = string                    absent: that of the enclosing function
//! lines     = unsigned unsigned         first and last line of the definition
//! code      = count word*
//! constants = count (tag payload)*
//! upvalues  = count (in-stack index kind)*      three bytes each
//! functions = count function*
//! debug     = count byte*               line differences, one per instruction or none
//!             count (unsigned unsigned)*        absolute lines: instruction, line
//!             count (string unsigned unsigned)* local variables: name, start, end
//!             count string*                     names of the upvalues, all or none
//! ```
//!
//! A count or other unsigned number is written in groups of seven bits, the highest first; the last byte has its
//! bit 7 set. A string is its length plus one and its bytes; 0 says that there is none. Words and numbers have
//! the byte order of the machine, which the header reveals.
//!
//! The header is PUC Lua's, so that what inspects it finds what it knows, and is followed by
//! [`INSTRUCTION_SET`]: a PUC loader takes these bytes for a length beyond all bounds and says so, and no PUC
//! compiler writes them.

use crate::version::VERSION;

/// `LUA_SIGNATURE`
pub const SIGNATURE: &[u8; 4] = b"\x1bLua";
/// `LUAC_VERSION`: major and minor version as two digits.
pub const VERSION_BYTE: u8 = ((VERSION / 100) * 16 + VERSION % 100) as u8;
/// `LUAC_FORMAT`
pub const FORMAT: u8 = 0;
/// `LUAC_DATA`: bytes that conversions of line ends and character sets damage.
pub const DATA: &[u8; 6] = b"\x19\x93\r\n\x1a\n";
/// `LUAC_INT` and `LUAC_NUM`: reveal another representation of numbers.
pub const INTEGER: i64 = 0x5678;
pub const NUMBER: f64 = 370.5;
/// Which instruction set the code is of: this library's. The last byte counts its revisions.
pub const INSTRUCTION_SET: &[u8; 12] = b"\xff\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x01";

/// What precedes a constant.
pub mod constant {
    pub const NIL: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const INTEGER: u8 = 3;
    pub const FLOAT: u8 = 4;
    pub const STRING: u8 = 5;
}
