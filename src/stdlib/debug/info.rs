//! `debug.getinfo` and `debug.traceback`.

use super::{need_slots, thread_argument};
use crate::object::Fallible;
#[cfg(not(feature = "lua51"))]
use crate::stdlib::arguments::c_string;
use crate::stdlib::arguments::{opt_c_string, push_c_string};
use crate::version::{HAS_INTEGERS, HAS_TBC};
use crate::vm::State;
use crate::vm::debug::{self, DebugInfo};
use core::ffi::c_char;

/// `debug.getinfo([thread,] f [, what])`
pub fn get_info(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let mut what = opt_c_string(l, arg + 2, None)?.unwrap_or(DEFAULT_OPTIONS).to_bytes();
    need_slots(l, thread, 3)?;
    if HAS_TBC {
        l.arg_check(!what.starts_with(b">"), arg + 2, "invalid option '>'")?;
    }
    // SAFETY: all-zero bytes are a valid record.
    let mut record: DebugInfo = unsafe { core::mem::zeroed() };
    if l.is_function(arg + 1) {
        l.push_parts(&[b">".into(), what.into()])?;
        what = l.to_bytes(-1)?.unwrap_or_default();
        l.push_value(arg + 1);
        l.xmove(thread, 1);
    } else if !HAS_INTEGERS && !l.is_number(arg + 1) {
        return Err(l.arg_error(arg + 1, b"function or level expected"));
    // SAFETY: the thread is live.
    } else if !unsafe { debug::get_stack(thread.0, l.check_integer(arg + 1)? as i32, &mut record) } {
        l.push_nil();
        return Ok(1);
    }
    // SAFETY: the record tells of a frame of the thread, or the function is on top.
    if !unsafe { debug::get_info(thread.0, what, &mut record)? } {
        return Err(l.arg_error(arg + 2, b"invalid option"));
    }
    l.new_table(0, 0)?;
    // SAFETY: the record's texts belong to the function it tells of.
    unsafe { set_fields(l, what, &record)? };
    if what.contains(&b'L') {
        take_pushed(l, thread, b"activelines")?;
    }
    if what.contains(&b'f') {
        take_pushed(l, thread, b"func")?;
    }
    Ok(1)
}

const DEFAULT_OPTIONS: &core::ffi::CStr = match crate::version::VERSION {
    501 => c"flnSu",
    502 | 503 => c"flnStu",
    _ => c"flnSrtu",
};

/// Sets the fields that `what` asks for in the table on top.
///
/// # Safety
/// The record was filled in for `what`.
unsafe fn set_fields(l: State, what: &[u8], record: &DebugInfo) -> Fallible<()> {
    let asked = |letter: u8| what.contains(&letter);
    if asked(b'S') {
        // SAFETY: texts end in NUL; a source may contain others, where its length is known.
        unsafe {
            #[cfg(any(feature = "lua54", feature = "lua55"))]
            l.push_bytes(core::slice::from_raw_parts(record.source.cast(), record.source_len))?;
            #[cfg(not(any(feature = "lua54", feature = "lua55")))]
            push_c_string(l, record.source)?;
            l.set_field(-2, b"source")?;
            set_text(l, b"short_src", record.short_source.as_ptr())?;
            set_integer(l, b"linedefined", record.line_defined as i64)?;
            set_integer(l, b"lastlinedefined", record.last_line_defined as i64)?;
            set_text(l, b"what", record.what)?;
        }
    }
    if asked(b'l') {
        set_integer(l, b"currentline", record.current_line as i64)?;
    }
    if asked(b'u') {
        set_integer(l, b"nups", record.upvalues as i64)?;
        #[cfg(not(feature = "lua51"))]
        {
            set_integer(l, b"nparams", record.params as i64)?;
            set_boolean(l, b"isvararg", record.is_vararg != 0)?;
        }
    }
    if asked(b'n') {
        // SAFETY: texts end in NUL.
        unsafe {
            set_text(l, b"name", record.name)?;
            set_text(l, b"namewhat", record.name_what)?;
        }
    }
    #[cfg(any(feature = "lua54", feature = "lua55"))]
    if asked(b'r') {
        set_integer(l, b"ftransfer", record.first_transferred as i64)?;
        set_integer(l, b"ntransfer", record.transferred as i64)?;
    }
    #[cfg(not(feature = "lua51"))]
    if asked(b't') {
        set_boolean(l, b"istailcall", record.is_tail_call != 0)?;
        #[cfg(feature = "lua55")]
        set_integer(l, b"extraargs", record.extra_args as i64)?;
    }
    Ok(())
}

unsafe fn set_text(l: State, name: &[u8], text: *const c_char) -> Fallible<()> {
    // SAFETY: `text` is null or ends in NUL.
    unsafe { push_c_string(l, text)? };
    l.set_field(-2, name)
}

fn set_integer(l: State, name: &[u8], n: i64) -> Fallible<()> {
    l.push_integer(n);
    l.set_field(-2, name)
}

#[cfg(not(feature = "lua51"))]
fn set_boolean(l: State, name: &[u8], b: bool) -> Fallible<()> {
    l.push_boolean(b);
    l.set_field(-2, name)
}

/// Moves a value that `get_info` pushed, on the thread's stack, into a field of the table on top.
fn take_pushed(l: State, thread: State, name: &[u8]) -> Fallible<()> {
    if core::ptr::eq(l.0, thread.0) {
        l.rotate(-2, 1);
    } else {
        thread.xmove(l, 1);
    }
    l.set_field(-2, name)
}

/// `debug.traceback([thread,] [message [, level]])`; a message that is not a string is returned as it is.
#[cfg(not(feature = "lua51"))]
pub fn traceback(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let message = l.to_bytes(arg + 1)?;
    if message.is_none() && !l.is_none_or_nil(arg + 1) {
        l.push_value(arg + 1);
        return Ok(1);
    }
    // Not this function itself.
    let first = if core::ptr::eq(l.0, thread.0) { 1 } else { 0 };
    let level = l.opt_integer(arg + 2, first)? as i32;
    // SAFETY: a Lua string.
    let message = message.map(|m| unsafe { c_string(m) }.to_bytes());
    l.traceback(thread, message, level)?;
    Ok(1)
}
