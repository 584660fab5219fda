//! The library `string` (manual §6.4), and the metatable of strings.

mod arith;
mod basic;
mod ctype;
mod dump;
mod fixed;
mod format;
mod format_floats;
mod gsub;
mod integer_text;
mod layout;
mod needle;
mod pack;
mod pattern;
mod quick;
mod quote;
mod search;
mod single;
mod unpack;

#[cfg(feature = "lua51")]
use super::order;
use crate::object::Fallible;
use crate::vm::State;
use crate::{builtin, library, version};

library! { static FUNCTIONS = {
    b"byte" => basic::byte => quick::Byte,
    b"char" => basic::char => quick::Char,
    b"dump" => dump::dump,
    b"find" => search::find,
    b"gmatch" => search::gmatch,
    b"gsub" => gsub::gsub,
    b"len" => basic::len => quick::Len,
    b"lower" => basic::lower => quick::Lower,
    b"match" => search::match_,
    b"rep" => basic::rep,
    b"reverse" => basic::reverse,
    b"sub" => basic::sub => quick::Sub,
    b"upper" => basic::upper => quick::Upper,
} }

library! { static FORMAT = {
    b"format" => format::format,
} }

library! { static FORMAT_OF_FLOATS = {
    b"format" => format_floats::format,
} }

library! { static BINARY = {
    b"pack" => pack::pack,
    b"packsize" => pack::pack_size,
    b"unpack" => unpack::unpack,
} }

builtin!(pub static OPEN = open);

/// `luaopen_string`: pushes the library and gives strings their metatable.
fn open(l: State) -> Fallible<i32> {
    #[cfg(feature = "lua51")]
    order::enter_library(l, b"string", order::STRING)?;
    l.new_library(b"string", FUNCTIONS)?;
    if version::HAS_INTEGERS {
        l.set_functions(FORMAT, 0)?;
        l.set_functions(BINARY, 0)?;
    } else {
        l.set_functions(FORMAT_OF_FLOATS, 0)?;
    }
    #[cfg(feature = "lua51")]
    {
        l.get_field(-1, b"gmatch")?;
        l.set_field(-2, b"gfind")?;
    }
    // The metatable, its `__index`, and any string to set it by.
    l.new_table(0, 9)?;
    if version::STRING_ARITHMETIC_BY_METAMETHOD {
        l.set_functions(arith::METAMETHODS, 0)?;
    }
    l.push_value(-2);
    l.set_field(-2, b"__index")?;
    l.push_bytes(b"")?;
    l.insert(-2);
    l.set_metatable(-2)?;
    l.pop(1);
    Ok(1)
}

/// Where a range begins (from 1, possibly behind the end): negative positions count from the end of `len` bytes.
#[inline(always)]
pub fn start_position(position: i64, len: usize) -> usize {
    if position > 0 {
        position as usize
    } else if position == 0 || position < -(len as i64) {
        1
    } else {
        (len as i64 + position + 1) as usize
    }
}

/// Where a range ends (at most `len`); negative positions count from the end.
#[inline(always)]
pub fn end_position(position: i64, len: usize) -> usize {
    if position > len as i64 {
        len
    } else if position >= 0 {
        position as usize
    } else if position < -(len as i64) {
        0
    } else {
        (len as i64 + position + 1) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let starts = [(1, 1), (0, 1), (-1, 3), (-3, 1), (-4, 1), (9, 9), (i64::MIN, 1), (i64::MAX, i64::MAX as usize)];
        for (given, want) in starts {
            assert_eq!(start_position(given, 3), want);
        }
        for (given, want) in [(1, 1), (0, 0), (-1, 3), (-3, 1), (-4, 0), (9, 3), (i64::MIN, 0), (i64::MAX, 3)] {
            assert_eq!(end_position(given, 3), want);
        }
    }
}
