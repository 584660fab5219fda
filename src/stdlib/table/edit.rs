//! `table.insert`, `table.remove` and `table.move`.

use super::{READ, READ_WRITE_LENGTH, WRITE, check, check_position, get, length, plain, plain_length, set};
use crate::object::value::types;
use crate::object::{Fallible, Table, Thrown, Value};
use crate::version::{LIST_POSITIONS_CHECKED, REMOVE_BLAMES_TABLE};
use crate::vm::State;
use core::ptr;

/// `table.insert(list, [pos,] value)`
pub fn insert(l: State) -> Fallible<i32> {
    let Some(t) = plain(l, 1) else {
        return insert_slow(l);
    };
    // SAFETY: `t` and the value are arguments, hence reachable; no Lua code runs.
    unsafe {
        let mut end = plain_length(l, t)?.wrapping_add(1);
        match l.top() {
            2 => set(l, t, end, l.value(2))?,
            3 => {
                let position = check_position(l, 2)?;
                if LIST_POSITIONS_CHECKED {
                    check_insertion(l, position, end)?;
                } else {
                    end = end.max(position);
                }
                if position < end {
                    // First the new last element, which may move the array.
                    set(l, t, end, get(t, end - 1))?;
                    shift_up(l, t, position, end - 1)?;
                }
                set(l, t, position, l.value(3))?;
            }
            _ => return Err(wrong_number(l)),
        }
    }
    // As if it had been assigned from the stack; hooks are told where results would be.
    l.pop(1);
    Ok(0)
}

#[cold]
fn wrong_number(l: State) -> Thrown {
    l.error(&[b"wrong number of arguments to 'insert'".into()])
}

fn check_insertion(l: State, position: i64, end: i64) -> Fallible<()> {
    l.arg_check((position as u64).wrapping_sub(1) < end as u64, 2, "position out of bounds")
}

/// `t[from+1..=to] = t[from..to]`
unsafe fn shift_up(l: State, t: *mut Table, from: i64, to: i64) -> Fallible<()> {
    // SAFETY: the caller's table is reachable. A table that refers to its elements already needs no barrier.
    unsafe {
        if from >= 1 && to <= (*t).array_len as i64 {
            Table::note_element(t, to);
            let first = (*t).array.add(from as usize - 1);
            ptr::copy(first, first.add(1), (to - from) as usize);
            return Ok(());
        }
        for i in (from + 1..=to).rev() {
            set(l, t, i, get(t, i - 1))?;
        }
    }
    Ok(())
}

#[cold]
#[inline(never)]
fn insert_slow(l: State) -> Fallible<i32> {
    let end = length(l, 1, READ_WRITE_LENGTH)?.wrapping_add(1);
    let position = match l.top() {
        2 => end,
        3 => {
            let position = l.check_integer(2)?;
            check_insertion(l, position, end)?;
            let mut i = end;
            while i > position {
                l.get_i(1, i - 1)?;
                l.set_i(1, i)?;
                i -= 1;
            }
            position
        }
        _ => return Err(wrong_number(l)),
    };
    l.set_i(1, position)?;
    Ok(0)
}

/// `table.remove(list [, pos])`
pub fn remove(l: State) -> Fallible<i32> {
    let Some(t) = plain(l, 1) else {
        return remove_slow(l);
    };
    // SAFETY: `t` is an argument, hence reachable; no Lua code runs.
    unsafe {
        let size = plain_length(l, t)?;
        let mut position = size;
        if !l.is_none_or_nil(2) {
            position = check_position(l, 2)?;
            if LIST_POSITIONS_CHECKED {
                check_removal(l, position, size)?;
            }
        }
        if !LIST_POSITIONS_CHECKED && !(1..=size).contains(&position) {
            return Ok(0);
        }
        l.push(get(t, position));
        if position >= 1 && size <= (*t).array_len as i64 {
            Table::note_element(t, size);
            if position < size {
                let first = (*t).array.add(position as usize - 1);
                ptr::copy(first.add(1), first, (size - position) as usize);
                position = size;
            }
        } else {
            while position < size {
                set(l, t, position, get(t, position + 1))?;
                position += 1;
            }
        }
        // Clearing what is not there must not add a key.
        if !get(t, position).is_nil() {
            set(l, t, position, Value::NIL)?;
        }
    }
    Ok(1)
}

fn check_removal(l: State, position: i64, size: i64) -> Fallible<()> {
    let valid = position == size || (position as u64).wrapping_sub(1) <= size as u64;
    l.arg_check(valid, if REMOVE_BLAMES_TABLE { 1 } else { 2 }, "position out of bounds")
}

#[cold]
#[inline(never)]
fn remove_slow(l: State) -> Fallible<i32> {
    let size = length(l, 1, READ_WRITE_LENGTH)?;
    let mut position = l.opt_integer(2, size)?;
    check_removal(l, position, size)?;
    l.get_i(1, position)?;
    while position < size {
        l.get_i(1, position + 1)?;
        l.set_i(1, position)?;
        position += 1;
    }
    l.push_nil();
    l.set_i(1, position)?;
    Ok(1)
}

/// `table.maxn(t)`: the largest positive number among the keys.
pub fn maxn(l: State) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    let mut largest = 0.0;
    l.push_nil();
    while l.next(1)? {
        l.pop(1);
        let key = l.value(-1);
        if key.is_float() && key.as_float() > largest {
            largest = key.as_float();
        }
    }
    l.push_number(largest);
    Ok(1)
}

/// `table.move(a1, f, e, t [, a2])`
pub fn move_(l: State) -> Fallible<i32> {
    let from = l.check_integer(2)?;
    let end = l.check_integer(3)?;
    let to = l.check_integer(4)?;
    let target = if l.is_none_or_nil(5) { 1 } else { 5 };
    check(l, 1, READ)?;
    check(l, target, WRITE)?;
    if end >= from {
        l.arg_check(from > 0 || end < i64::MAX.wrapping_add(from), 3, "too many elements to move")?;
        let n = end - from + 1;
        l.arg_check(to <= i64::MAX - n + 1, 4, "destination wrap around")?;
        // Upwards unless that would overwrite elements not moved yet.
        let apart = to > end || to <= from;
        let upwards = apart || (target != 1 && !l.equal(1, target)?);
        move_elements(l, from, to, n, target, upwards)?;
    }
    l.push_value(target);
    Ok(1)
}

fn move_elements(l: State, from: i64, to: i64, n: i64, target: i32, upwards: bool) -> Fallible<()> {
    for k in 0..n {
        let i = if upwards { k } else { n - 1 - k };
        // A metamethod may have given either one a metatable meanwhile; the test costs little.
        match (plain(l, 1), plain(l, target)) {
            // SAFETY: both are arguments, hence reachable.
            (Some(a), Some(b)) => unsafe { set(l, b, to + i, get(a, from + i))? },
            _ => {
                l.get_i(1, from + i)?;
                l.set_i(target, to + i)?;
            }
        }
    }
    Ok(())
}
