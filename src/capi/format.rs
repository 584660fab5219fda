//! `lua_pushfstring`'s formats. The exported functions are in variadic.c, as they take `...`.

use super::{raising, text};
use crate::object::{Fallible, Str, Thread, Value};
use crate::version::{FORMAT_KEEPS_UNKNOWN, HAS_INTEGERS, TEXT_ENDS_AT_NUL, UNPRINTABLE_BY_NUMBER};
use crate::vm::State;
use crate::vm::error::{self, printable};
use crate::vm::state::{POINTER_TEXT, Text, pointer_text};
use core::ffi::{c_char, c_int, c_void};

/// C's list of the arguments not yet read.
#[repr(C)]
struct Arguments {
    _opaque: [u8; 0],
}

/// An argument as `relua_next_argument` gives it: which field depends on the conversion.
#[repr(C)]
union Argument {
    pointer: *const c_void,
    integer: i64,
    number: f64,
}

unsafe extern "C" {
    fn relua_next_argument(arguments: *mut Arguments, kind: c_int, out: *mut Argument);
}

/// The next argument, of conversion `kind`.
unsafe fn next(arguments: *mut Arguments, kind: u8) -> Argument {
    let mut out = Argument { integer: 0 };
    // SAFETY: the caller of the variadic function passed an argument of this kind.
    unsafe { relua_next_argument(arguments, kind as c_int, &raw mut out) };
    out
}

/// Pushes the formatted string and returns its bytes.
#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn relua_push_format(
    l: *mut Thread,
    format: *const c_char,
    arguments: *mut Arguments,
) -> *const c_char {
    // SAFETY: `raising` is called directly (the frames above are C's).
    unsafe {
        raising(l, |state| {
            push_format(state, text(format), arguments)?;
            Ok(Str::data(state.value(-1).as_str()).cast())
        })
    }
}

/// `luaL_error` with its arguments in a list.
#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn relua_error_format(
    l: *mut Thread,
    format: *const c_char,
    arguments: *mut Arguments,
) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            let placed = state.push_place(1)?;
            push_format(state, text(format), arguments)?;
            if placed {
                state.concat(2)?;
            }
            Err(state.throw())
        })
    }
}

unsafe fn push_format(state: State, format: &[u8], arguments: *mut Arguments) -> Fallible<()> {
    let mut out = Text::new(state);
    let mut rest = format;
    while let Some(at) = rest.iter().position(|&b| b == b'%') {
        out.add(&rest[..at])?;
        let kind = rest.get(at + 1).copied().unwrap_or(0);
        // SAFETY: the arguments fit the format, the caller's promise.
        unsafe { add_conversion(state, &mut out, kind, arguments)? };
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    out.add(rest)?;
    state.push_bytes(out.bytes())
}

unsafe fn add_conversion(state: State, out: &mut Text, kind: u8, arguments: *mut Arguments) -> Fallible<()> {
    // SAFETY: each conversion reads the field of its kind.
    unsafe {
        match kind {
            b's' => {
                let s = next(arguments, kind).pointer.cast::<c_char>();
                out.add(if s.is_null() { b"(null)" } else { text(s) })
            }
            b'c' => match next(arguments, kind).integer as u8 {
                0 if TEXT_ENDS_AT_NUL => Ok(()),
                c if UNPRINTABLE_BY_NUMBER => out.add(printable(c, &mut [0; 8])),
                c => out.add(&[c]),
            },
            b'I' | b'U' if !HAS_INTEGERS => unknown(state, out, kind),
            b'd' | b'I' => out.add_number(Value::integer(next(arguments, kind).integer)),
            b'f' => out.add_number(Value::float(next(arguments, kind).number)),
            b'p' => {
                let mut digits = [0; POINTER_TEXT];
                out.add(pointer_text(next(arguments, kind).pointer, &mut digits))
            }
            b'U' => {
                let mut bytes = [0; UTF8_MAX];
                out.add(utf8(next(arguments, kind).integer as u32, &mut bytes))
            }
            b'%' => out.add(b"%"),
            _ => unknown(state, out, kind),
        }
    }
}

/// A conversion that does not exist: an error, but in 5.1 text.
#[cold]
unsafe fn unknown(state: State, out: &mut Text, kind: u8) -> Fallible<()> {
    if FORMAT_KEEPS_UNKNOWN {
        return out.add(&[b'%', kind]);
    }
    let kind = [kind];
    let parts = ["invalid option '%".into(), (&kind).into(), "' to 'lua_pushfstring'".into()];
    // SAFETY: the thread runs.
    Err(unsafe { error::runtime(state.0, &parts) })
}

/// Longest sequence of [`utf8`].
const UTF8_MAX: usize = 6;

/// The UTF-8 sequence of a code below 2³¹, by the original rule of up to six bytes.
fn utf8(code: u32, out: &mut [u8; UTF8_MAX]) -> &[u8] {
    if code < 0x80 {
        out[0] = code as u8;
        return &out[..1];
    }
    let mut rest = code;
    // What fits in the first byte beside its length mark.
    let mut limit = 0x3f;
    let mut start = UTF8_MAX;
    while rest > limit && start > 1 {
        start -= 1;
        out[start] = 0x80 | (rest & 0x3f) as u8;
        rest >>= 6;
        limit >>= 1;
    }
    start -= 1;
    out[start] = (!limit << 1) as u8 | rest as u8;
    &out[start..]
}

#[cfg(test)]
mod tests {
    use super::{UTF8_MAX, utf8};

    #[test]
    fn utf8_agrees_with_the_standard_and_goes_beyond() {
        for c in ['a', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10000}', '\u{10ffff}'] {
            let (mut ours, mut standard) = ([0; UTF8_MAX], [0; 4]);
            assert_eq!(utf8(c as u32, &mut ours), c.encode_utf8(&mut standard).as_bytes());
        }
        assert_eq!(utf8(0x3ff_ffff, &mut [0; UTF8_MAX]), [0xfb, 0xbf, 0xbf, 0xbf, 0xbf]);
        assert_eq!(utf8(0x7fff_ffff, &mut [0; UTF8_MAX]), [0xfd, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf]);
    }
}
