//! What a precompiled chunk begins with and how its numbers are written; shared by [`dump`](mod@super::dump) and
//! [`load`](mod@super::load).
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
//! bit 7 set. A string is its length plus one and its bytes; 0 says that there is none. In 5.5 it is its length plus two, and
//! a string that has occurred before is 1 and its number, counted from 1. Words and numbers have
//! the byte order of the machine, which the header reveals.
//!
//! The header is that of PUC Lua of the same version, so that what inspects it finds what it knows, and is followed
//! by [`INSTRUCTION_SET`]: a PUC loader (from 5.4 on) takes these bytes for a length beyond all bounds and says so, and
//! no PUC compiler writes them.

use crate::version::{CHUNKS_SHARE_STRINGS, VERSION};

/// The first byte of a chunk.
pub const FIRST: u8 = 0x1b;

/// A part of the header and what is wrong with a chunk that has something else there.
pub type Field = (&'static [u8], &'static str);

/// The header behind its first byte: signature, version, format, bytes that conversions of texts damage,
/// sizes of types, and numbers that reveal another representation.
pub const HEADER: &[Field] = match VERSION {
    501 => &[
        (b"Lua", "bad header"),
        (&[0x51, 0], "bad header"),
        (&[LITTLE_ENDIAN, INT, SIZE, INSTRUCTION, NUMBER, 0], "bad header"),
    ],
    502 => &[
        (b"Lua", "not a"),
        (&[0x52, 0], "version mismatch in"),
        (&[LITTLE_ENDIAN, INT, SIZE, INSTRUCTION, NUMBER, 0], "incompatible"),
        (DATA, "corrupted"),
    ],
    503 => &[
        (b"Lua", "not a"),
        (&[0x53], "version mismatch in"),
        (&[0], "format mismatch in"),
        (DATA, "corrupted"),
        (&[INT], "int size mismatch in"),
        (&[SIZE], "size_t size mismatch in"),
        (&[INSTRUCTION], "Instruction size mismatch in"),
        (&[INTEGER], "lua_Integer size mismatch in"),
        (&[NUMBER], "lua_Number size mismatch in"),
        (&0x5678i64.to_ne_bytes(), "endianness mismatch in"),
        (&370.5f64.to_ne_bytes(), "float format mismatch in"),
    ],
    505 => &[
        (b"Lua", "not a binary chunk"),
        (&[0x55], "version mismatch"),
        (&[0], "format mismatch"),
        (DATA, "corrupted chunk"),
        (&[INT], "int size mismatch"),
        (&(-0x5678i32).to_ne_bytes(), "int format mismatch"),
        (&[INSTRUCTION], "instruction size mismatch"),
        (&0x1234_5678u32.to_ne_bytes(), "instruction format mismatch"),
        (&[INTEGER], "Lua integer size mismatch"),
        (&(-0x5678i64).to_ne_bytes(), "Lua integer format mismatch"),
        (&[NUMBER], "Lua number size mismatch"),
        (&(-370.5f64).to_ne_bytes(), "Lua number format mismatch"),
    ],
    _ => &[
        (b"Lua", "not a binary chunk"),
        (&[0x54], "version mismatch"),
        (&[0], "format mismatch"),
        (DATA, "corrupted chunk"),
        (&[INSTRUCTION], "Instruction size mismatch"),
        (&[INTEGER], "lua_Integer size mismatch"),
        (&[NUMBER], "lua_Number size mismatch"),
        (&0x5678i64.to_ne_bytes(), "integer format mismatch"),
        (&370.5f64.to_ne_bytes(), "float format mismatch"),
    ],
};

/// So many bytes hold any field of the header.
pub const LONGEST_FIELD: usize = 8;

const DATA: &[u8] = b"\x19\x93\r\n\x1a\n";
const LITTLE_ENDIAN: u8 = cfg!(target_endian = "little") as u8;
const INT: u8 = size_of::<core::ffi::c_int>() as u8;
const SIZE: u8 = size_of::<usize>() as u8;
const INSTRUCTION: u8 = size_of::<u32>() as u8;
const INTEGER: u8 = size_of::<i64>() as u8;
const NUMBER: u8 = size_of::<f64>() as u8;

/// Follows the header: which instruction set the code is of, this library's. The last byte counts its revisions.
pub const INSTRUCTION_SET: &[u8] = b"\xff\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x01";

/// How messages about a bad chunk begin (behind the chunk's name) and end.
pub const MESSAGE: (&str, &str) = match VERSION {
    501 => (": ", " in precompiled chunk"),
    502 | 503 => (": ", " precompiled chunk"),
    _ => (": bad binary format (", ")"),
};

/// What stands before a string, besides 0 (no string) and, where strings are shared, 1 (its number follows): its length plus
/// this.
pub const FIRST_LENGTH: usize = if CHUNKS_SHARE_STRINGS { 2 } else { 1 };

/// What is wrong with a chunk, between the two parts of [`MESSAGE`].
pub mod trouble {
    use super::VERSION;

    const fn by_version(v501: &'static str, v503: &'static str, v505: &'static str) -> &'static str {
        match VERSION {
            501 => v501,
            502 | 503 => v503,
            _ => v505,
        }
    }

    pub const INSTRUCTIONS: &str = match VERSION {
        501 => "bad header",
        502 => "incompatible",
        503 => "format mismatch in",
        _ => "format mismatch",
    };
    pub const TRUNCATED: &str = by_version("unexpected end", "truncated", "truncated chunk");
    pub const OVERFLOW: &str = by_version("bad integer", "integer overflow in", "integer overflow");
    pub const CONSTANT: &str = by_version("bad constant", "bad constant in", "invalid constant");
    pub const STRING: &str = by_version("bad constant", "bad constant in", "bad format for constant string");
    pub const STRING_NUMBER: &str = "invalid string index";
    pub const CODE: &str = by_version("bad code", "bad code in", "invalid code");
    pub const UPVALUES: &str = by_version("bad code", "bad code in", "invalid upvalues");
    pub const DEPTH: &str =
        by_version("code too deep", "functions nested too deeply in", "functions nested too deeply");
}

/// What precedes a constant.
pub mod constant {
    pub const NIL: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const INTEGER: u8 = 3;
    pub const FLOAT: u8 = 4;
    pub const STRING: u8 = 5;
}
