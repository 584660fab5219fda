//! `table.pack` and `table.unpack`.

use super::{check_position, opt_position, plain, plain_length};
use crate::gc;
use crate::object::value::types;
use crate::object::{Fallible, Slot, Thrown};
use crate::version::{COUNTS_IN_C_INTS, TABLE_LIBRARY_IS_RAW};
use crate::vm::State;

/// `table.pack(...)`
pub fn pack(l: State) -> Fallible<i32> {
    let n = l.top();
    let t = l.new_table(n as usize, 1)?;
    // SAFETY: the table is on the stack, and its array has room for all arguments.
    unsafe {
        let global = (*l.0).global;
        for i in 1..=n {
            let v = l.value(i);
            if i as u32 <= (*t).array_len {
                Slot::store((*t).array.add(i as usize - 1), v);
                gc::barrier_back(global, t.cast(), v);
            } else {
                super::set(l, t, i.into(), v)?;
            }
        }
    }
    l.push_integer(n.into());
    l.set_field(-2, b"n")?;
    Ok(1)
}

/// So many results are too many, whatever the stack says.
const MOST: u64 = if COUNTS_IN_C_INTS { i32::MAX as u64 - 9 } else { i32::MAX as u64 };

/// `table.unpack(list [, i [, j]])`
pub fn unpack(l: State) -> Fallible<i32> {
    if TABLE_LIBRARY_IS_RAW {
        l.check_type(1, types::TABLE)?;
    }
    let first = opt_position(l, 2, 1)?;
    let last = if !l.is_none_or_nil(3) {
        check_position(l, 3)?
    } else if let Some(t) = plain(l, 1) {
        plain_length(l, t)?
    } else {
        l.len_integer(1)?
    };
    if first > last {
        return Ok(0);
    }
    let count = last.wrapping_sub(first) as u64;
    if count >= MOST || !l.check_stack(count as i32 + 1) {
        return Err(too_many(l));
    }
    let n = count as i32 + 1;
    if let Some(t) = plain(l, 1) {
        for i in 0..n as i64 {
            // SAFETY: an argument, hence alive; pushing neither allocates nor runs Lua code.
            unsafe { l.push(super::get(t, first + i)) };
        }
    } else {
        for i in 0..n as i64 {
            l.get_i(1, first + i)?;
        }
    }
    Ok(n)
}

#[cold]
fn too_many(l: State) -> Thrown {
    l.error(&[b"too many results to unpack".into()])
}
