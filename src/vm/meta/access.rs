//! Indexing, assignment and length with metamethods (manual §2.4).

use super::{MAX_CHAIN, call_in_frame, call_natively, fast_metamethod, metamethod};
use crate::gc;
use crate::object::global::Event;
use crate::object::{Fallible, GcHeader, Slot, Str, Table, Thread, Thrown, Value, tag};
use crate::version::{HAS_INTEGERS, TABLES_HAVE_LEN};
use crate::vm::call::Flow;
use crate::vm::{debug, error};

/// Where a lookup ended.
enum Found {
    Value(Value),
    /// Call this `__index` with this object and the key.
    Call(Value, Value),
}

#[inline(always)]
unsafe fn find(l: *mut Thread, object: *const Value, key: Value) -> Fallible<Found> {
    // SAFETY: `object` stays where it is; the objects along the chain are reachable from it.
    unsafe {
        let mut named = object;
        let mut current = Value::load(object);
        let mut holder;
        for _ in 0..MAX_CHAIN {
            let handler = if current.tag == tag::TABLE {
                let table = current.as_table();
                let v = Slot::load(get(table, key));
                if !v.is_nil() {
                    return Ok(Found::Value(v));
                }
                let handler = fast_metamethod(l, (*table).metatable, Event::Index);
                if handler.is_nil() {
                    return Ok(Found::Value(Value::NIL));
                }
                handler
            } else {
                let handler = metamethod(l, current, Event::Index);
                if handler.is_nil() {
                    return Err(debug::type_error(l, named, "index"));
                }
                handler
            };
            if handler.is_function() {
                return Ok(Found::Call(handler, current));
            }
            current = handler;
            holder = handler;
            named = &raw const holder;
        }
        Err(chain_error(l, "'__index' chain too long; possible loop", "loop in gettable"))
    }
}

#[cold]
unsafe fn chain_error(l: *mut Thread, message: &str, old_message: &str) -> Thrown {
    let message = if HAS_INTEGERS { message } else { old_message };
    // SAFETY: `l` runs.
    unsafe { error::runtime(l, &[message.into()]) }
}

#[inline(always)]
unsafe fn get(table: *const Table, key: Value) -> *const Slot {
    // SAFETY: live objects.
    unsafe {
        match key.tag {
            tag::SHORT_STRING => Table::get_short_str(table, key.as_str()),
            tag::INTEGER => Table::get_int(table, key.as_integer()),
            _ => Table::get(table, key),
        }
    }
}

/// `object[key]` with metamethods; `object` is a stack address or stays alive by itself.
pub unsafe fn index(l: *mut Thread, object: Value, key: Value) -> Fallible<Value> {
    // SAFETY: `l` is live, object and key are reachable.
    unsafe {
        match find(l, &object, key)? {
            Found::Value(v) => Ok(v),
            Found::Call(handler, holder) => call_natively(l, handler, &[holder, key]),
        }
    }
}

/// `R[a] := object[key]` for the running frame.
pub unsafe fn index_in_frame(l: *mut Thread, a: u32, object: *const Value, key: Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        match find(l, object, key)? {
            Found::Value(v) => {
                Value::store((*(*l).ci).func.add(1 + a as usize), v);
                Ok(Flow::Run)
            }
            Found::Call(handler, holder) => call_in_frame(l, handler, &[holder, key], 1),
        }
    }
}

/// Follows `__newindex` until a table takes the value, or a function is to be called with the object returned.
#[inline(always)]
unsafe fn assign(l: *mut Thread, object: *const Value, key: Value, value: Value) -> Fallible<Option<(Value, Value)>> {
    // SAFETY: as `find`.
    unsafe {
        let mut named = object;
        let mut current = Value::load(object);
        let mut holder;
        for _ in 0..MAX_CHAIN {
            let handler = if current.tag == tag::TABLE {
                let table = current.as_table();
                let slot = get(table, key);
                let handler = if Slot::is_nil(slot) {
                    fast_metamethod(l, (*table).metatable, Event::NewIndex)
                } else {
                    Value::NIL
                };
                if handler.is_nil() {
                    if let Err(e) = Table::set_at((*l).global, table, slot, key, value) {
                        return Err(error::table_error(l, e));
                    }
                    gc::barrier_back((*l).global, table.cast::<GcHeader>(), value);
                    return Ok(None);
                }
                handler
            } else {
                let handler = metamethod(l, current, Event::NewIndex);
                if handler.is_nil() {
                    return Err(debug::type_error(l, named, "index"));
                }
                handler
            };
            if handler.is_function() {
                return Ok(Some((handler, current)));
            }
            current = handler;
            holder = handler;
            named = &raw const holder;
        }
        Err(chain_error(l, "'__newindex' chain too long; possible loop", "loop in settable"))
    }
}

/// `object[key] = value` with metamethods.
pub unsafe fn set_index(l: *mut Thread, object: Value, key: Value, value: Value) -> Fallible<()> {
    // SAFETY: `l` is live, object, key and value are reachable.
    unsafe {
        if let Some((handler, holder)) = assign(l, &object, key, value)? {
            super::ensure_stack(l, 4)?;
            let func = super::push_call(l, handler, &[holder, key, value])?;
            let yieldable = (*(*l).ci).flags & crate::object::thread::call_flag::NATIVE == 0;
            crate::vm::call::call(l, func, 0, yieldable)?;
        }
        Ok(())
    }
}

/// `object[key] := value` for the running frame.
pub unsafe fn set_index_in_frame(l: *mut Thread, object: *const Value, key: Value, value: Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        match assign(l, object, key, value)? {
            None => Ok(Flow::Run),
            Some((handler, holder)) => call_in_frame(l, handler, &[holder, key, value], 0),
        }
    }
}

/// `SetList`: stores the `n` values above the table's register at the positions behind `offset`.
pub unsafe fn set_list(l: *mut Thread, register: *mut Value, n: usize, offset: u32) -> Fallible<()> {
    // SAFETY: the values are on the stack; the table is new and has no metatable.
    unsafe {
        let g = (*l).global;
        if !(*register).is_table() {
            // Only in code that no compiler made.
            return Err(debug::type_error(l, register, "index"));
        }
        let table = (*register).as_table();
        let last = offset as usize + n;
        if last > (*table).array_len as usize {
            let hash = Table::hash_len(g, table);
            if last > u32::MAX as usize / 2 {
                return Err(error::table_error(l, crate::object::TableError::Overflow));
            }
            if let Err(e) = Table::resize(g, table, last as u32, hash) {
                return Err(error::table_error(l, e));
            }
        }
        let to = (*table).array.add(offset as usize);
        for i in 0..n {
            let v = Value::load(register.add(1 + i));
            Slot::store(to.add(i), v);
            gc::barrier_back(g, table.cast::<GcHeader>(), v);
        }
        Ok(())
    }
}

/// The length of a value without a metamethod for it, or that metamethod.
unsafe fn plain_length(l: *mut Thread, v: *const Value) -> Fallible<Result<Value, Value>> {
    // SAFETY: as `find`.
    unsafe {
        let n = match (*v).tag {
            tag::TABLE => {
                let table = (*v).as_table();
                let handler = fast_metamethod(l, (*table).metatable, Event::Len);
                if TABLES_HAVE_LEN && !handler.is_nil() {
                    return Ok(Err(handler));
                }
                Table::length(table) as i64
            }
            tag::SHORT_STRING | tag::LONG_STRING => Str::len((*v).as_str()) as i64,
            _ => {
                let handler = metamethod(l, *v, Event::Len);
                if handler.is_nil() {
                    return Err(debug::type_error(l, v, "get length of"));
                }
                return Ok(Err(handler));
            }
        };
        Ok(Ok(Value::whole(n)))
    }
}

/// The second argument of `__len`.
#[inline(always)]
fn len_second(v: Value) -> Value {
    if TABLES_HAVE_LEN { v } else { Value::NIL }
}

/// `#v` with metamethods.
pub unsafe fn length(l: *mut Thread, v: Value) -> Fallible<Value> {
    // SAFETY: `l` is live, the operand is reachable.
    unsafe {
        match plain_length(l, &v)? {
            Ok(n) => Ok(n),
            Err(handler) => call_natively(l, handler, &[v, len_second(v)]),
        }
    }
}

/// `to := #v` for the running frame.
pub unsafe fn length_in_frame(l: *mut Thread, to: *mut Value, v: *const Value) -> Fallible<Flow> {
    // SAFETY: the frame is written back.
    unsafe {
        match plain_length(l, v)? {
            Ok(n) => {
                Value::store(to, n);
                Ok(Flow::Run)
            }
            Err(handler) => {
                let v = Value::load(v);
                call_in_frame(l, handler, &[v, len_second(v)], 1)
            }
        }
    }
}
