//! Processes, the environment, files by name, and the locale.

use crate::object::Fallible;
use crate::object::value::types;
use crate::stdlib::arguments::{check_c_string, clear_errno, opt_c_string, push_c_string};
use crate::version::OLD_OS;
use crate::vm::{State, lifecycle};
use core::ffi::CStr;
use core::ptr;

/// `os.execute([command])`: how the command ended, or whether there is a shell.
pub fn execute(l: State) -> Fallible<i32> {
    let command = opt_c_string(l, 1, None)?;
    clear_errno();
    // SAFETY: a C string or null.
    let status = unsafe { libc::system(command.map_or(ptr::null(), CStr::as_ptr)) };
    if OLD_OS {
        l.push_integer(status as i64);
        return Ok(1);
    }
    if command.is_some() {
        return l.exec_result(status);
    }
    l.push_boolean(status != 0);
    Ok(1)
}

/// `os.exit([code [, close]])`
pub fn exit(l: State) -> Fallible<i32> {
    let status = if !OLD_OS && l.type_of(1) == types::BOOLEAN {
        if l.to_boolean(1) { libc::EXIT_SUCCESS } else { libc::EXIT_FAILURE }
    } else {
        l.opt_integer(1, libc::EXIT_SUCCESS as i64)? as i32
    };
    // SAFETY: nothing of the state is used after closing it: `exit` does not return.
    unsafe {
        if !OLD_OS && l.to_boolean(2) {
            lifecycle::close_state((*(*l.0).global).main_thread);
        }
        libc::exit(status)
    }
}

/// `os.getenv(name)`
pub fn getenv(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?;
    // SAFETY: a C string; the result is copied at once.
    unsafe { push_c_string(l, libc::getenv(name.as_ptr()))? };
    Ok(1)
}

/// `os.remove(name)`
pub fn remove(l: State) -> Fallible<i32> {
    let name = check_c_string(l, 1)?;
    clear_errno();
    // SAFETY: a C string.
    let removed = unsafe { libc::remove(name.as_ptr()) == 0 };
    l.file_result(removed, Some(name.to_bytes()))
}

/// `os.rename(from, to)`
pub fn rename(l: State) -> Fallible<i32> {
    let from = check_c_string(l, 1)?;
    let to = check_c_string(l, 2)?;
    clear_errno();
    // SAFETY: C strings.
    let renamed = unsafe { libc::rename(from.as_ptr(), to.as_ptr()) == 0 };
    l.file_result(renamed, OLD_OS.then_some(from.to_bytes()))
}

/// `os.tmpname()`: the file is created, so that nobody else gets the name.
pub fn tmpname(l: State) -> Fallible<i32> {
    let mut name = *b"/tmp/lua_XXXXXX\0";
    // SAFETY: a writable C string that ends as `mkstemp` demands.
    unsafe {
        let file = libc::mkstemp(name.as_mut_ptr().cast());
        if file == -1 {
            return Err(l.error(&[b"unable to generate a unique filename".into()]));
        }
        libc::close(file);
    }
    l.push_bytes(&name[..name.len() - 1])?;
    Ok(1)
}

/// `os.setlocale([locale [, category]])`
pub fn setlocale(l: State) -> Fallible<i32> {
    const NAMES: [&[u8]; 6] = [b"all", b"collate", b"ctype", b"monetary", b"numeric", b"time"];
    const CATEGORIES: [libc::c_int; 6] =
        [libc::LC_ALL, libc::LC_COLLATE, libc::LC_CTYPE, libc::LC_MONETARY, libc::LC_NUMERIC, libc::LC_TIME];
    let locale = opt_c_string(l, 1, None)?;
    let category = CATEGORIES[l.check_option(2, Some(b"all"), &NAMES)?];
    // SAFETY: a C string or null; the result is copied at once.
    unsafe { push_c_string(l, libc::setlocale(category, locale.map_or(ptr::null(), CStr::as_ptr)))? };
    Ok(1)
}
