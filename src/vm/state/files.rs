//! The C library's errors and streams, and the results that file functions return.

use super::State;
use crate::object::Fallible;
use crate::version::FILE_ERRORS_CLEAR_ERRNO;
use core::ffi::{c_char, c_int};
use libc::FILE;

/// The calling thread's `errno`.
pub fn errno() -> c_int {
    // SAFETY: the address is valid for as long as the thread lives.
    unsafe { *errno_address() }
}

/// Sets `errno`.
pub fn set_errno(code: c_int) {
    // SAFETY: as `errno`.
    unsafe { errno_address().write(code) }
}

fn errno_address() -> *mut c_int {
    // SAFETY: a plain C function.
    unsafe {
        #[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
        return libc::__error();
        #[cfg(not(any(target_os = "macos", target_os = "ios", target_os = "freebsd")))]
        return libc::__errno_location();
    }
}

unsafe extern "C" {
    #[cfg_attr(target_os = "macos", link_name = "__stdinp")]
    static stdin: *mut FILE;
    #[cfg_attr(target_os = "macos", link_name = "__stderrp")]
    static stderr: *mut FILE;
}

/// `stdin`
pub fn standard_input() -> *mut FILE {
    // SAFETY: the C library initialises it before `main`.
    unsafe { stdin }
}

/// `stderr`
pub fn standard_error() -> *mut FILE {
    // SAFETY: as `standard_input`.
    unsafe { stderr }
}

/// `strerror`'s text. Valid until the next call.
pub fn c_string_of_errno<'a>(code: c_int) -> &'a [u8] {
    // SAFETY: `strerror` returns a C string.
    unsafe { core::ffi::CStr::from_ptr(libc::strerror(code).cast::<c_char>()).to_bytes() }
}

impl State {
    /// `luaL_fileresult`: pushes true, or fail, message and error number; `errno` as of the failure. Returns how many.
    pub fn file_result(self, ok: bool, file_name: Option<&[u8]>) -> Fallible<i32> {
        let code = errno();
        if ok {
            self.push_boolean(true);
            return Ok(1);
        }
        self.push_nil();
        let message = if code == 0 && FILE_ERRORS_CLEAR_ERRNO { b"(no extra info)" } else { c_string_of_errno(code) };
        match file_name {
            Some(name) => self.push_parts(&[name.into(), ": ".into(), message.into()])?,
            None => self.push_bytes(message)?,
        }
        self.push_integer(code as i64);
        Ok(3)
    }

    /// `luaL_execresult`: pushes true or fail, "exit" or "signal", and the code, of a status of `system` or `pclose`.
    pub fn exec_result(self, status: c_int) -> Fallible<i32> {
        if if FILE_ERRORS_CLEAR_ERRNO { status != 0 && errno() != 0 } else { status == -1 } {
            return self.file_result(false, None);
        }
        let (what, code): (&[u8], c_int) = if libc::WIFEXITED(status) {
            (b"exit", libc::WEXITSTATUS(status))
        } else if libc::WIFSIGNALED(status) {
            (b"signal", libc::WTERMSIG(status))
        } else {
            (b"exit", status)
        };
        if what == b"exit" && code == 0 {
            self.push_boolean(true);
        } else {
            self.push_nil();
        }
        self.push_bytes(what)?;
        self.push_integer(code as i64);
        Ok(3)
    }
}
