//! `luaL_traceback` (manual §5.1), and names of functions as fields of loaded modules.

use super::info::{frame_at, get_info};
use super::{DebugInfo, Name};
use crate::object::thread::call_flag;
use crate::object::value::types;
use crate::object::{CallInfo, Fallible, Str, Thread, Value};
use crate::version::{
    FUNCTIONS_NAMED_AS_GLOBALS, TRACEBACK_ENDS, TRACEBACKS_COUNT_SKIPPED, TRACEBACKS_NAME_CALLS_FIRST,
    TRACEBACKS_PREFER_FIELDS,
};
use crate::vm::State;
use crate::vm::error::Part;
use crate::vm::state::{LOADED_TABLE, REGISTRY};
use core::ffi::c_char;

const FIRST_LEVELS: i32 = TRACEBACK_ENDS.0;
const LAST_LEVELS: i32 = TRACEBACK_ENDS.1;

/// Pushes "module.name" of a frame's function if a loaded module has it as a field (without "_G."), else nothing and
/// false.
pub unsafe fn push_global_function_name(l: *mut Thread, ci: *mut CallInfo) -> Fallible<bool> {
    // SAFETY: `ci` is a call record of `l`.
    unsafe { push_module_name(State(l), Value::load((*ci).func)) }
}

/// As [`push_global_function_name`], of a function of any thread.
fn push_module_name(s: State, function: Value) -> Fallible<bool> {
    let top = s.top();
    s.push(function);
    if FUNCTIONS_NAMED_AS_GLOBALS {
        s.push_globals();
    } else {
        s.get_field(REGISTRY, LOADED_TABLE)?;
    }
    s.need_stack(6, "not enough stack")?;
    if !find_field(s, top + 1, 2)? {
        s.set_top(top);
        return Ok(false);
    }
    if let Some(name) = s.to_bytes(-1)?
        && let Some(name) = name.strip_prefix(b"_G.")
    {
        s.push_bytes(c_text(name))?;
        s.remove(-2);
    }
    s.copy(-1, top + 1);
    s.set_top(top + 1);
    Ok(true)
}

/// Searches the table on top for the function at `wanted`, in tables inside it too while `depth` lasts. Pushes the
/// name when it is found.
fn find_field(s: State, wanted: i32, depth: i32) -> Fallible<bool> {
    if depth == 0 || !s.is_table(-1) {
        return Ok(false);
    }
    s.push_nil();
    while s.next(-2)? {
        if s.type_of(-2) == types::STRING {
            if s.raw_equal(wanted, -1) {
                s.pop(1);
                return Ok(true);
            }
            if find_field(s, wanted, depth - 1)? {
                // module name, module, field name: the dot takes the module's place
                s.push_bytes(b".")?;
                s.replace(-3);
                s.concat(3)?;
                return Ok(true);
            }
        }
        s.pop(1);
    }
    Ok(false)
}

/// `luaL_traceback`: pushes on `l` the traceback of `of`.
pub unsafe fn traceback(l: *mut Thread, of: *mut Thread, message: Option<&[u8]>, level: i32) -> Fallible<()> {
    // SAFETY: both threads are live, of one state; `of` does not run while its frames are read.
    unsafe {
        let s = State(l);
        let mut text = s.buffer();
        if let Some(message) = message {
            text.add(c_text(message))?;
            text.byte(b'\n')?;
        }
        text.add(b"stack traceback:")?;
        let last = (*of).ci.offset_from((*of).call_base) as i32 - 1;
        let mut until_gap = match TRACEBACKS_PREFER_FIELDS {
            true if last.saturating_sub(level) > FIRST_LEVELS + LAST_LEVELS => FIRST_LEVELS,
            // The old function counts from the top, whichever level it begins at.
            false if last > FIRST_LEVELS + LAST_LEVELS => FIRST_LEVELS - level - 1,
            _ => -1,
        };
        let mut level = level;
        loop {
            let ci = frame_at(of, level);
            if ci.is_null() {
                break;
            }
            level += 1;
            if until_gap == 0 {
                let skipped = last - level - LAST_LEVELS + TRACEBACKS_PREFER_FIELDS as i32;
                if TRACEBACKS_COUNT_SKIPPED {
                    s.push_parts(&["\n\t...\t(skipping ".into(), skipped.into(), " levels)".into()])?;
                    text.add_value()?;
                } else {
                    text.add(b"\n\t...")?;
                }
                level += skipped;
            } else {
                push_level(s, of, ci)?;
                text.add_value()?;
            }
            until_gap = until_gap.wrapping_sub(1);
        }
        text.push()
    }
}

/// Pushes the line of a traceback for one frame. The record is read before anything is pushed: a collection may give back the
/// room for records that a thread does not need any more, and moves those in use.
unsafe fn push_level(s: State, of: *mut Thread, ci: *mut CallInfo) -> Fallible<()> {
    // SAFETY: as `traceback`. Names belong to objects that the frame keeps alive.
    unsafe {
        let mut ar = DebugInfo::new();
        ar.set_frame(of, ci);
        get_info(of, b"Sln", &mut ar)?;
        let (function, flags) = (Value::load((*ci).func), (*ci).flags);
        let source = text_of(ar.short_source.as_ptr());
        if ar.current_line <= 0 {
            s.push_parts(&["\n\t".into(), source.into(), Part::Bytes(b": in ")])?;
        } else {
            s.push_parts(&["\n\t".into(), source.into(), ":".into(), ar.current_line.into(), Part::Bytes(b": in ")])?;
        }
        push_function_name(s, function, &ar)?;
        s.concat(2)?;
        if flags & call_flag::TAIL != 0 {
            s.push_bytes(b"\n\t(...tail calls...)")?;
            s.concat(2)?;
        }
        Ok(())
    }
}

/// Pushes how a traceback calls the function of a frame.
unsafe fn push_function_name(s: State, function: Value, ar: &DebugInfo) -> Fallible<()> {
    // SAFETY: `get_info` filled `ar` in; its texts end in NUL.
    unsafe {
        let named = !text_of(ar.name_what).is_empty();
        let searched = if TRACEBACKS_NAME_CALLS_FIRST {
            !named && text_of(ar.what) != b"main"
        } else {
            TRACEBACKS_PREFER_FIELDS || (!named && text_of(ar.what) == b"C")
        };
        if searched && push_module_name(s, function)? {
            if let Some(name) = s.str_at(-1) {
                s.push_parts(&["function '".into(), c_text(Str::bytes(name)).into(), "'".into()])?;
                s.remove(-2);
            }
            return Ok(());
        }
        let kind = text_of(ar.name_what);
        match (kind, text_of(ar.what)) {
            ([_, ..], _) if !TRACEBACKS_PREFER_FIELDS => {
                s.push_parts(&["function '".into(), text_of(ar.name).into(), "'".into()])
            }
            ([_, ..], _) => s.push_parts(&[kind.into(), " '".into(), text_of(ar.name).into(), "'".into()]),
            (_, [b'm', ..]) => s.push_bytes(b"main chunk"),
            (_, [b'C', ..]) => s.push_bytes(b"?"),
            _ => {
                let source = text_of(ar.short_source.as_ptr());
                s.push_parts(&["function <".into(), source.into(), ":".into(), ar.line_defined.into(), ">".into()])
            }
        }
    }
}

/// The bytes up to the first NUL, which is what C sees.
fn c_text(bytes: &[u8]) -> &[u8] {
    bytes.split(|&b| b == 0).next().unwrap_or(bytes)
}

/// A text that ends in NUL.
unsafe fn text_of<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: the text is null or ends in NUL and outlives the slice.
    unsafe { Name { kind: c"", text }.bytes() }
}
