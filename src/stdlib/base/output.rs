//! `print` and `warn`.

use crate::object::Fallible;
use crate::stdlib::io::stdio;
use crate::vm::State;

/// `print(...)`: the arguments as `tostring` shows them, separated by tabs, to C's standard output, so that they
/// come in order with what the host writes there.
pub fn print(l: State) -> Fallible<i32> {
    // SAFETY: the C library's standard output; the bytes live while they are on the stack.
    unsafe {
        let out = stdio::stdout();
        for arg in 1..=l.top() {
            let text = l.tostring(arg)?;
            if arg > 1 {
                stdio::write(out, b"\t");
            }
            stdio::write(out, text);
            l.pop(1);
        }
        stdio::write(out, b"\n");
        libc::fflush(out);
    }
    Ok(0)
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
