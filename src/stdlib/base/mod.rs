//! The basic library (manual §6.1).
//!
//! The functions that programs call in their inner loops (`type`, `select`, `next`, the iterator of `ipairs`,
//! `rawget` ...) read their arguments straight from the frame and leave everything unusual to cold paths.

mod collect;
mod convert;
#[cfg(feature = "lua51")]
mod environments;
mod load;
mod output;
mod quick;

use super::arguments::{argument, opt_c_string};
use crate::object::value::types;
use crate::object::{Fallible, Slot, Table, Value, tag};
use crate::version::{self, CHOICES_TELL_TYPES};
use crate::vm::{State, error};
use crate::{builtin, library};

builtin!(pub static OPEN = open);
builtin!(pub static NEXT = next, Next, quick::Next);
builtin!(static NEXT_OF_PAIRS = next, Next, quick::Next);
builtin!(pub static TOSTRING = convert::tostring, Ordinary, quick::ToString);
builtin!(pub static IPAIRS_STEP = ipairs_step, IpairsStep);

library! {
    pub static BASE = {
        b"assert" => assert => quick::Assert,
        b"collectgarbage" => collect::collect_garbage,
        b"dofile" => load::dofile,
        b"error" => raise,
        b"getmetatable" => get_metatable => quick::GetMetatable,
        b"ipairs" => ipairs => quick::Ipairs,
        b"loadfile" => load::loadfile,
        b"load" => load::load,
        b"pairs" => pairs => quick::Pairs,
        b"pcall" => pcall,
        b"print" => output::print,
        b"rawequal" => raw_equal => quick::RawEqual,
        b"rawget" => raw_get => quick::RawGet,
        b"rawset" => raw_set,
        b"select" => select => quick::Select,
        b"setmetatable" => set_metatable => quick::SetMetatable,
        b"tonumber" => convert::tonumber => quick::ToNumber,
        b"type" => type_name => quick::Type,
        b"xpcall" => xpcall,
    }
}

library! {
    static RAW_LENGTH = {
        b"rawlen" => raw_len => quick::RawLen,
    }
}

library! {
    static WARNINGS = {
        b"warn" => output::warn,
    }
}

/// `luaopen_base`: fills the table of globals, which is also the library's table.
fn open(l: State) -> Fallible<i32> {
    l.push_globals();
    #[cfg(feature = "lua51")]
    super::order::enter(l, super::order::BASE)?;
    l.set_functions(BASE, 0)?;
    if version::HAS_RAWLEN {
        l.set_functions(RAW_LENGTH, 0)?;
    }
    if version::KEEPS_OLD_NAMES {
        l.get_field(-1, b"load")?;
        l.set_field(-2, b"loadstring")?;
    }
    if version::HAS_TBC {
        l.set_functions(WARNINGS, 0)?;
    }
    l.push_builtin(&NEXT);
    l.set_field(-2, b"next")?;
    l.push_builtin(&TOSTRING);
    l.set_field(-2, b"tostring")?;
    #[cfg(feature = "lua51")]
    environments::open(l)?;
    l.push_value(-1);
    l.set_field(-2, b"_G")?;
    l.push_bytes(version::VERSION_NAME)?;
    l.set_field(-2, b"_VERSION")?;
    #[cfg(feature = "lua51")]
    {
        l.open_library_table(b"_G", 0)?;
        l.pop(1);
        super::coroutine::register(l)?;
        Ok(2)
    }
    #[cfg(not(feature = "lua51"))]
    Ok(1)
}

/// `assert(v [, message])`: all its arguments, or an error.
fn assert(l: State) -> Fallible<i32> {
    if argument(l, 1).is_some_and(|v| !v.is_falsy()) {
        return Ok(l.top());
    }
    if version::ASSERT_NEEDS_VALUE {
        l.check_any(1)?;
    }
    if !version::ASSERT_TAKES_ANY_OBJECT {
        let message = opt_c_string(l, 2, Some(c"assertion failed!"))?.unwrap_or_default();
        return Err(l.error(&[message.to_bytes().into()]));
    }
    if l.top() == 1 {
        l.push_bytes(b"assertion failed!")?;
    }
    l.set_top(2);
    l.remove(1);
    // With the message alone on the stack this is level 1; the position is that of the caller.
    raise(l)
}

/// `error(message [, level])`
fn raise(l: State) -> Fallible<i32> {
    let level = l.opt_integer(2, 1)? as i32;
    l.set_top(1);
    let markable = if version::ERROR_MARKS_NUMBERS { l.is_string(1) } else { l.type_of(1) == types::STRING };
    if markable && level > 0 {
        l.push_where(level)?;
        l.push_value(1);
        l.concat(2)?;
    }
    Err(l.throw())
}

/// `getmetatable(v)`: the field `__metatable` if there is one, else the metatable.
fn get_metatable(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    if !l.get_metatable(1) {
        l.push_nil();
        return Ok(1);
    }
    l.push_bytes(b"__metatable")?;
    if l.raw_get(-2) == types::NIL {
        l.pop(1);
    }
    Ok(1)
}

/// `setmetatable(table, metatable)`
fn set_metatable(l: State) -> Fallible<i32> {
    let (Some(table), Some(metatable)) = (argument(l, 1), argument(l, 2)) else {
        return Err(set_metatable_arguments(l));
    };
    if !table.is_table() || !(metatable.is_table() || metatable.is_nil()) {
        return Err(set_metatable_arguments(l));
    }
    // SAFETY: the argument is a live table.
    if unsafe { !(*table.as_table()).metatable.is_null() } && l.get_metafield(1, b"__metatable")? != types::NIL {
        return Err(l.error(&[b"cannot change a protected metatable".into()]));
    }
    l.set_top(2);
    l.set_metatable(1)?;
    Ok(1)
}

#[cold]
fn set_metatable_arguments(l: State) -> crate::object::Thrown {
    match l.check_type(1, types::TABLE) {
        Err(thrown) => thrown,
        Ok(()) if CHOICES_TELL_TYPES => l.type_error(2, b"nil or table"),
        Ok(()) => l.arg_error(2, b"nil or table expected"),
    }
}

/// `rawequal(v1, v2)`
fn raw_equal(l: State) -> Fallible<i32> {
    let (Some(a), Some(b)) = (argument(l, 1), argument(l, 2)) else {
        l.check_any(1)?;
        l.check_any(2)?;
        return Ok(0);
    };
    // SAFETY: both values are on the stack.
    l.push_boolean(unsafe { a.raw_equal(b) });
    Ok(1)
}

/// `rawlen(v)`
fn raw_len(l: State) -> Fallible<i32> {
    match argument(l, 1) {
        Some(v) if v.is_table() || v.is_string() => {
            l.push_integer(l.raw_len(1) as i64);
            Ok(1)
        }
        _ if CHOICES_TELL_TYPES => Err(l.type_error(1, b"table or string")),
        _ => Err(l.arg_error(1, b"table or string expected")),
    }
}

/// `rawget(table, index)`
fn raw_get(l: State) -> Fallible<i32> {
    let (Some(table), Some(key)) = (argument(l, 1), argument(l, 2)) else {
        return raw_arguments(l, 2);
    };
    if !table.is_table() {
        return raw_arguments(l, 2);
    }
    // The value replaces the key, where hooks expect it.
    l.set_top(1);
    // SAFETY: the argument is a live table.
    l.push(unsafe { Slot::load(Table::get(table.as_table(), key)) });
    Ok(1)
}

/// `rawset(table, index, value)`
fn raw_set(l: State) -> Fallible<i32> {
    match argument(l, 1) {
        Some(table) if table.is_table() && argument(l, 3).is_some() => {}
        _ => return raw_arguments(l, 3),
    }
    l.set_top(3);
    l.raw_set(1)?;
    Ok(1)
}

/// The complaint about wrong arguments of `rawget` or `rawset`.
#[cold]
fn raw_arguments(l: State, needed: i32) -> Fallible<i32> {
    l.check_type(1, types::TABLE)?;
    for arg in 2..=needed {
        l.check_any(arg)?;
    }
    Ok(0)
}

/// `type(v)`
fn type_name(l: State) -> Fallible<i32> {
    let Some(v) = argument(l, 1) else {
        return Err(l.arg_error(1, b"value expected"));
    };
    // SAFETY: the state keeps these strings; a value's code is in range.
    let name = unsafe { (*(*l.0).global).type_names[v.type_code() as usize] };
    l.push(Value { payload: name as u64, tag: tag::SHORT_STRING });
    Ok(1)
}

/// `next(table [, index])`
fn next(l: State) -> Fallible<i32> {
    let Some(table) = argument(l, 1).filter(|v| v.is_table()) else {
        l.check_type(1, types::TABLE)?;
        return Ok(0);
    };
    if l.top() != 2 {
        l.set_top(2);
    }
    // SAFETY: a builtin has free slots above `top`. The results replace the key, where hooks expect them.
    unsafe {
        let place = (*l.0).top.sub(1);
        match Table::next(table.as_table(), Value::load(place), place) {
            Ok(true) => {
                (*l.0).top = place.add(2);
                Ok(2)
            }
            Ok(false) => {
                Value::store_nil(place);
                Ok(1)
            }
            Err(e) => Err(error::table_error(l.0, e)),
        }
    }
}

/// `pairs(t)`: what `__pairs` returns, or `next`, the table and nil.
fn pairs(l: State) -> Fallible<i32> {
    const VALUES: i32 = if version::PAIRS_RETURNS_CLOSING { 4 } else { 3 };
    if !version::ITERATION_NEEDS_TABLE {
        l.check_any(1)?;
    }
    if !version::HAS_PAIRS_METAMETHOD || l.get_metafield(1, b"__pairs")? == types::NIL {
        if version::ITERATION_NEEDS_TABLE {
            l.check_type(1, types::TABLE)?;
        }
        l.push_builtin(if version::PAIRS_HAS_ITS_NEXT { &NEXT_OF_PAIRS } else { &NEXT });
        l.push_value(1);
        l.push_nil();
        if version::PAIRS_RETURNS_CLOSING {
            l.push_nil();
        }
        return Ok(VALUES);
    }
    l.push_value(1);
    if !version::PAIRS_YIELDS {
        l.call(1, 3)?;
        return Ok(3);
    }
    l.call_then(1, VALUES, |_, _, _| Ok(VALUES), 0)
}

/// `ipairs(t)`; its argument need not be a table.
fn ipairs(l: State) -> Fallible<i32> {
    if version::HAS_IPAIRS_METAMETHOD && l.get_metafield(1, b"__ipairs")? != types::NIL {
        l.push_value(1);
        l.call(1, 3)?;
        return Ok(3);
    }
    if version::ITERATION_NEEDS_TABLE {
        l.check_type(1, types::TABLE)?;
    }
    l.check_any(1)?;
    l.push_builtin(&IPAIRS_STEP);
    l.push_value(1);
    l.push_integer(0);
    Ok(3)
}

/// The iterator of `ipairs`: from (t, i) to i + 1 and t[i + 1], or to nil.
fn ipairs_step(l: State) -> Fallible<i32> {
    let i = match argument(l, 2) {
        Some(i) if i.tag == tag::INTEGER => i.as_integer(),
        _ if version::COUNTS_IN_C_INTS => l.check_integer(2)? as i32 as i64,
        _ => l.check_integer(2)?,
    }
    .wrapping_add(1);
    if !version::IPAIRS_RESPECTS_INDEX {
        l.check_type(1, types::TABLE)?;
        l.push_integer(i);
        return Ok(if l.raw_get_i(1, i) == types::NIL { 1 } else { 2 });
    }
    l.push_integer(i);
    if let Some(table) = argument(l, 1).filter(|v| v.is_table()) {
        // SAFETY: the argument is a live table.
        let value = unsafe { Slot::load(Table::get_int(table.as_table(), i)) };
        if !value.is_nil() {
            l.push(value);
            return Ok(2);
        }
    }
    if l.get_i(1, i)? == types::NIL { Ok(1) } else { Ok(2) }
}

/// `select(n, ...)` and `select("#", ...)`
fn select(l: State) -> Fallible<i32> {
    let count = l.top();
    let n = match argument(l, 1) {
        Some(v) if v.is_integer() => v.as_integer(),
        // SAFETY: the argument is a live string; a NUL follows its bytes.
        Some(v) if v.is_string() && unsafe { *crate::object::Str::data(v.as_str()) } == b'#' => {
            l.push_integer(count as i64 - 1);
            return Ok(1);
        }
        _ if version::COUNTS_IN_C_INTS => l.check_integer(1)? as i32 as i64,
        _ => l.check_integer(1)?,
    };
    let n = if n < 0 { n.wrapping_add(count as i64) } else { n.min(count as i64) };
    l.arg_check(1 <= n, 1, "index out of range")?;
    Ok(count - n as i32)
}

/// `pcall(f, ...)`
fn pcall(l: State) -> Fallible<i32> {
    l.check_any(1)?;
    // The first result, below the function: what follows it when the call succeeds are the others.
    l.push_boolean(true);
    l.insert(1);
    l.pcall_then(l.top() - 2, -1, 0, finish_pcall, 0)
}

/// `xpcall(f, handler, ...)`
fn xpcall(l: State) -> Fallible<i32> {
    if version::XPCALL_CHECKS_HANDLER {
        l.check_type(2, types::FUNCTION)?;
    } else {
        l.check_any(2)?;
    }
    if !version::XPCALL_PASSES_ARGUMENTS {
        l.set_top(2);
    }
    let args = l.top();
    // f, handler, true, f, arguments ...
    l.push_boolean(true);
    l.push_value(1);
    l.rotate(3, 2);
    l.pcall_then(args - 2, -1, 2, finish_pcall, 2)
}

/// All results of a protected call but the first `skip` slots, or false and the error object.
fn finish_pcall(l: State, status: i32, skip: isize) -> Fallible<i32> {
    if status > 1 {
        l.push_boolean(false);
        l.push_value(-2);
        return Ok(2);
    }
    Ok(l.top() - skip as i32)
}
