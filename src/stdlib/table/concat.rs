//! `table.concat`.
//!
//! A list of strings in a plain table is measured first and then written straight into the resulting string. Anything
//! else (numbers, metamethods, short results) goes through a [`Builder`].

use super::{READ_LENGTH, get, length, opt_position, plain, plain_length};
use crate::object::string::{HEADER, MAX_SHORT};
use crate::object::{Fallible, Slot, Str, Table, Thrown, Value};
use crate::stdlib::builder::Builder;
use crate::version::{CONCAT_ERRORS_SHOW_INTS, TABLE_LIBRARY_IS_RAW};
use crate::vm::State;

/// `table.concat(list [, sep [, i [, j]]])`
pub fn concat(l: State) -> Fallible<i32> {
    if TABLE_LIBRARY_IS_RAW {
        l.opt_bytes(2, b"")?;
    }
    let length = match plain(l, 1) {
        // In old versions the metamethod is called when the length is needed.
        Some(_) if TABLE_LIBRARY_IS_RAW => 0,
        Some(t) => plain_length(l, t)?,
        None => length(l, 1, READ_LENGTH)?,
    };
    let separator = l.opt_bytes(2, b"")?;
    let first = opt_position(l, 3, 1)?;
    let last = match plain(l, 1) {
        Some(t) if TABLE_LIBRARY_IS_RAW && l.is_none_or_nil(4) => plain_length(l, t)?,
        _ => opt_position(l, 4, length)?,
    };
    if let Some(t) = plain(l, 1) {
        // SAFETY: an argument, hence reachable; no Lua code runs.
        if unsafe { concat_strings(l, t, separator, first, last)? } {
            return Ok(1);
        }
    }
    let mut out = Builder::new(l);
    let mut i = first;
    while i < last {
        add_field(l, &mut out, i)?;
        out.add(separator)?;
        i += 1;
    }
    if i == last {
        add_field(l, &mut out, i)?;
    }
    out.push()?;
    Ok(1)
}

#[inline]
fn add_field(l: State, out: &mut Builder, i: i64) -> Fallible<()> {
    if let Some(t) = plain(l, 1) {
        // SAFETY: an argument, hence alive.
        let v = unsafe { get(t, i) };
        if v.is_string() || v.is_number() {
            // The table keeps the string.
            return out.add_value(v);
        }
        l.push(v);
    } else {
        l.get_i(1, i)?;
    }
    let v = l.value(-1);
    if !(v.is_string() || v.is_number()) {
        return Err(invalid_value(l, i));
    }
    out.add_value(v)?;
    l.pop(1);
    Ok(())
}

#[cold]
fn invalid_value(l: State, i: i64) -> Thrown {
    let i = if CONCAT_ERRORS_SHOW_INTS { i as i32 as i64 } else { i };
    let name = l.type_name(l.type_of(-1));
    l.error(&[
        b"invalid value (".into(),
        name.into(),
        b") at index ".into(),
        i.into(),
        b" in table for 'concat'".into(),
    ])
}

/// Elements `first..=last` of the array part.
unsafe fn elements<'a>(t: *mut Table, first: i64, last: i64) -> Option<&'a [Slot]> {
    // SAFETY: the caller's table is alive; the range is checked against its array.
    unsafe {
        if first < 1 || last < first || last > (*t).array_len as i64 {
            return None;
        }
        Table::note_element(t, last);
        Some(core::slice::from_raw_parts((*t).array.add(first as usize - 1), (last - first + 1) as usize))
    }
}

/// Pushes the result if all elements are strings in the array part and it is a long string; else false.
unsafe fn concat_strings(l: State, t: *mut Table, separator: &[u8], first: i64, last: i64) -> Fallible<bool> {
    // SAFETY: the table is reachable, and so are its strings. The one allocation can only collect garbage, and
    // a string in a table is none; the array does not move.
    unsafe {
        let Some(values) = elements(t, first, last) else {
            return Ok(false);
        };
        let mut total = separator.len().wrapping_mul(values.len() - 1);
        if separator.len() > u32::MAX as usize {
            return Ok(false);
        }
        for v in values.iter().map(|slot| slot.value()) {
            if !v.is_string() {
                return Ok(false);
            }
            total = total.saturating_add(Str::len(v.as_str()));
        }
        if total <= MAX_SHORT {
            return Ok(false);
        }
        let result = Str::new_long((*l.0).global, total)?;
        let mut to = result.cast::<u8>().add(HEADER);
        for (i, v) in values.iter().map(|slot| slot.value()).enumerate() {
            if i > 0 && !separator.is_empty() {
                core::ptr::copy_nonoverlapping(separator.as_ptr(), to, separator.len());
                to = to.add(separator.len());
            }
            let n = Str::len(v.as_str());
            core::ptr::copy_nonoverlapping(Str::data(v.as_str()), to, n);
            to = to.add(n);
        }
        l.push(Value::object(result));
    }
    l.gc_check()?;
    Ok(true)
}
