//! What happens when the library finds a bug in itself: a message on stderr, and the process ends.
//!
//! The library does without Rust's `std`, whose machinery for panics and backtraces would be larger than all of Lua. No
//! input may lead here.

use core::ffi::c_int;
use core::fmt::{self, Write};
use core::panic::PanicInfo;

/// The file descriptor 2, unbuffered.
struct Stderr;

impl Write for Stderr {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        // SAFETY: the bytes are readable; what cannot be written is lost.
        let _ = unsafe { libc::write(2, s.as_ptr().cast(), s.len()) };
        Ok(())
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let _ = writeln!(Stderr, "relua: {info}");
    // SAFETY: a plain C function.
    unsafe { libc::abort() }
}

/// What looks through frames of this library when something unwinds the stack. Nothing may unwind them: an exception of
/// C++ must not leave a C function that Lua called (docs/abi.md).
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() -> c_int {
    // SAFETY: a plain C function.
    unsafe { libc::abort() }
}
