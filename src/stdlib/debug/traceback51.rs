//! `debug.traceback` of 5.1.

use super::thread_argument;
use crate::object::Fallible;
use crate::vm::State;
use crate::vm::debug::{self, DebugInfo};
use core::ffi::{CStr, c_char};

/// How many levels a long traceback shows at its two ends.
const FIRST_LEVELS: i32 = 12;
const LAST_LEVELS: i32 = 10;

/// `debug.traceback([thread,] [message [, level]])`: a message that is no string is returned as it is.
pub fn traceback(l: State) -> Fallible<i32> {
    let (thread, arg) = thread_argument(l);
    let mut level = (thread.0 == l.0) as i32;
    if l.is_number(arg + 2) {
        level = l.to_integer(arg + 2).unwrap_or(0) as i32;
        l.pop(1);
    }
    let mut text = l.buffer();
    if l.top() != arg {
        if !l.is_string(arg + 1) {
            return Ok(1);
        }
        // The message and whatever argument follows it are part of the text.
        for extra in arg + 1..=l.top() {
            text.add(l.to_bytes(extra)?.unwrap_or_default())?;
        }
        text.byte(b'\n')?;
    }
    text.add(b"stack traceback:")?;
    let mut first_part = true;
    let mut record = DebugInfo::new();
    // SAFETY: the record tells of frames of a live thread, which does not run meanwhile.
    unsafe {
        while debug::get_stack(thread.0, level, &mut record) {
            level += 1;
            if level > FIRST_LEVELS && first_part {
                if !debug::get_stack(thread.0, level + LAST_LEVELS, &mut record) {
                    level -= 1;
                } else {
                    text.add(b"\n\t...")?;
                    while debug::get_stack(thread.0, level + LAST_LEVELS, &mut record) {
                        level += 1;
                    }
                }
                first_part = false;
                continue;
            }
            debug::get_info(thread.0, b"Snl", &mut record)?;
            push_level(l, &record)?;
            text.add_value()?;
        }
    }
    text.push()?;
    Ok(1)
}

/// Pushes the line of one level.
///
/// # Safety
/// The record has been filled in; its texts end in NUL.
unsafe fn push_level(l: State, record: &DebugInfo) -> Fallible<()> {
    let text = |s: *const c_char| -> &[u8] {
        // SAFETY: `s` is a text of the record, which ends in NUL.
        unsafe { CStr::from_ptr(s) }.to_bytes()
    };
    let source = text(record.short_source.as_ptr());
    if record.current_line > 0 {
        l.push_parts(&["\n\t".into(), source.into(), ":".into(), record.current_line.into(), ":".into()])?;
    } else {
        l.push_parts(&["\n\t".into(), source.into(), ":".into()])?;
    }
    match text(record.what) {
        _ if !text(record.name_what).is_empty() => {
            l.push_parts(&[" in function '".into(), text(record.name).into(), "'".into()])?;
        }
        [b'm', ..] => l.push_bytes(b" in main chunk")?,
        [b'C' | b't', ..] => l.push_bytes(b" ?")?,
        _ => {
            l.push_parts(&[" in function <".into(), source.into(), ":".into(), record.line_defined.into(), ">".into()])?
        }
    }
    l.concat(2)
}
