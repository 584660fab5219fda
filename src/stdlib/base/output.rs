//! `print` and `warn`.

use crate::object::{Fallible, tag};
use crate::stdlib::io::stdio;
use crate::version::{PRINT_CALLS_TOSTRING, PRINT_FLUSHES, TEXT_ENDS_AT_NUL};
use crate::vm::State;

/// `print(...)`: the arguments as `tostring` shows them, separated by tabs, to C's standard output, so that they
/// come in order with what the host writes there.
pub fn print(l: State) -> Fallible<i32> {
    // SAFETY: the C library's standard output; the bytes live while they are on the stack.
    unsafe {
        let out = stdio::stdout();
        for arg in 1..=l.top() {
            let text = if PRINT_CALLS_TOSTRING { text_by_program(l, arg)? } else { l.tostring(arg)? };
            if arg > 1 {
                stdio::write(out, b"\t");
            }
            let end = if TEXT_ENDS_AT_NUL { text.iter().position(|&b| b == 0) } else { None };
            stdio::write(out, &text[..end.unwrap_or(text.len())]);
            l.pop(1);
        }
        stdio::write(out, b"\n");
        if PRINT_FLUSHES {
            libc::fflush(out);
        }
    }
    Ok(0)
}

/// Pushes what the global function `tostring` makes of an argument.
fn text_by_program<'a>(l: State, arg: i32) -> Fallible<&'a [u8]> {
    l.get_global(b"tostring")?;
    // Usually it is the one of this library; only hooks would see the call.
    let own = l.value(-1);
    // SAFETY: a live thread.
    let watched = unsafe { (*l.0).hook_mask != 0 };
    let known = own.tag == tag::BUILTIN && own.payload == super::TOSTRING.value().payload;
    if known && !watched && !l.has_tostring(l.value(arg)) {
        l.pop(1);
        return l.tostring(arg);
    }
    l.push_value(arg);
    l.call(1, 1)?;
    match l.to_bytes(-1)? {
        Some(text) => Ok(text),
        None => Err(l.error(&[b"'tostring' must return a string to 'print'".into()])),
    }
}

/// `warn(message, ...)`. All arguments are checked first, so that no warning is left unfinished.
pub fn warn(l: State) -> Fallible<i32> {
    let count = l.top();
    l.check_bytes(1)?;
    for arg in 2..=count {
        l.check_bytes(arg)?;
    }
    for arg in 1..=count {
        l.warning(l.check_bytes(arg)?, arg < count)?;
    }
    Ok(0)
}
