//! Table access.
//!
//! Fast paths: a present field of a table, an absent one of a table without metatable, an overwritten field. The rest
//! (metamethods, new keys, other types) is out of line in [`meta`].

use super::{carry_on, handlers, leave, operand};
use crate::bytecode::Word;
use crate::gc;
use crate::object::header::mark;
use crate::object::{GcHeader, Instruction, LuaClosure, Str, Table, Thread, Value, tag};
use crate::version::HAS_INTEGERS;
use crate::vm::call::Flow;
use crate::vm::dispatch::next;
use crate::vm::meta;

/// Address of the upvalue's value.
#[inline(always)]
unsafe fn upvalue(base: *mut Value, n: u32) -> *mut Value {
    // SAFETY: the running frame's closure lies below its base and has that upvalue.
    unsafe { (**LuaClosure::upvalue((*base.sub(1)).payload as *mut LuaClosure, n as usize)).value }
}

/// Address of a register.
#[inline(always)]
unsafe fn register(base: *mut Value, n: u32) -> *mut Value {
    // SAFETY: a register of the running frame.
    unsafe { base.add(n as usize) }
}

/// The short string constant `n`.
#[inline(always)]
unsafe fn name(k: *const Value, n: u32) -> *mut Str {
    // SAFETY: the compiler and the verifier guarantee the constant's type.
    unsafe { (*k.add(n as usize)).payload as *mut Str }
}

/// Reads `$object[$key]` for a short string into R[A]: `$slow` when that is not a plain read.
macro_rules! read_field {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $object:expr, $key:expr, $slow:ident) => {{
        let object: *const Value = $object;
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let v = Value::load(Table::get_short_str(table, $key));
            if v.tag != tag::NIL || (*table).metatable.is_null() {
                Value::store($base.add($i.a() as usize), v);
                return next!($l, $base, $k, $pc, $t);
            }
        }
        $slow($l, $base, $i, $k, $pc, $t)
    }};
}

/// The slot in `table` for an integer key when it lies in the array part, else null.
#[inline(always)]
unsafe fn array_slot(table: *const Table, key: i64) -> *mut Value {
    // SAFETY: the index is checked.
    unsafe {
        let index = (key as u64).wrapping_sub(1);
        if index < (*table).array_len as u64 { (*table).array.add(index as usize) } else { core::ptr::null_mut() }
    }
}

handlers! {
    fn get_tab_up(l, base, i, k, pc, t) {
        read_field!(l, base, i, k, pc, t, upvalue(base, i.b()), name(k, i.c()), get_tab_up_slow)
    }

    #[inline(never)]
    fn get_tab_up_slow(l, base, i, k, pc, t) {
        leave!(l, pc, meta::index_in_frame(l, i.a(), upvalue(base, i.b()), Value::load(k.add(i.c() as usize))))
    }

    fn get_field(l, base, i, k, pc, t) {
        read_field!(l, base, i, k, pc, t, base.add(i.b() as usize), name(k, i.c()), get_field_slow)
    }

    #[inline(never)]
    fn get_field_slow(l, base, i, k, pc, t) {
        let key = Value::load(k.add(i.c() as usize));
        leave!(l, pc, meta::index_in_frame(l, i.a(), base.add(i.b() as usize), key))
    }

    fn get_table(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = base.add(i.c() as usize);
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            if HAS_INTEGERS && (*key).tag == tag::INTEGER {
                let slot = array_slot(table, (*key).payload as i64);
                if !slot.is_null() {
                    let v = Value::load(slot);
                    if v.tag != tag::NIL || (*table).metatable.is_null() {
                        Value::store(base.add(i.a() as usize), v);
                        return next!(l, base, k, pc, t);
                    }
                }
            } else if (*key).tag == tag::SHORT_STRING {
                let v = Value::load(Table::get_short_str(table, (*key).payload as *const Str));
                if v.tag != tag::NIL || (*table).metatable.is_null() {
                    Value::store(base.add(i.a() as usize), v);
                    return next!(l, base, k, pc, t);
                }
            }
        }
        get_table_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn get_table_slow(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = Value::load(base.add(i.c() as usize));
        if (*object).tag == tag::TABLE {
            let v = Value::load(Table::get((*object).as_table(), key));
            if v.tag != tag::NIL {
                Value::store(base.add(i.a() as usize), v);
                return next!(l, base, k, pc, t);
            }
        }
        leave!(l, pc, meta::index_in_frame(l, i.a(), object, key))
    }

    fn get_i(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let slot = array_slot(table, i.c() as i64);
            if !slot.is_null() {
                let v = Value::load(slot);
                if v.tag != tag::NIL || (*table).metatable.is_null() {
                    Value::store(base.add(i.a() as usize), v);
                    return next!(l, base, k, pc, t);
                }
            }
        }
        get_i_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn get_i_slow(l, base, i, k, pc, t) {
        leave!(l, pc, meta::index_in_frame(l, i.a(), base.add(i.b() as usize), number(i.c())))
    }

    fn self_k(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = name(k, i.c());
        let v = Value::load(object);
        if v.tag == tag::TABLE {
            let table = v.payload as *mut Table;
            let method = Value::load(Table::get_short_str(table, key));
            if method.tag != tag::NIL || (*table).metatable.is_null() {
                Value::store(base.add(i.a() as usize + 1), v);
                Value::store(base.add(i.a() as usize), method);
                return next!(l, base, k, pc, t);
            }
        }
        self_k_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn self_k_slow(l, base, i, k, pc, t) {
        let key = Value::load(k.add(i.c() as usize));
        leave!(l, pc, self_in_frame(l, base, i, key))
    }

    fn self_r(l, base, i, k, pc, t) {
        let key = Value::load(base.add(i.c() as usize));
        leave!(l, pc, self_in_frame(l, base, i, key))
    }
}

/// A small non-negative integer as a key.
#[inline(always)]
fn number(n: u32) -> Value {
    if HAS_INTEGERS { Value::integer(n as i64) } else { Value::float(n as f64) }
}

/// `R[A+1] := R[B]; R[A] := R[B][key]`. The object's register is read for an error's variable name, so R[A+1] is
/// written only afterwards when they are the same.
unsafe fn self_in_frame(l: *mut Thread, base: *mut Value, i: Instruction, key: Value) -> crate::object::Fallible<Flow> {
    // SAFETY: the running frame's registers.
    unsafe {
        let object = base.add(i.b() as usize);
        Value::copy(base.add(i.a() as usize + 1), object);
        meta::index_in_frame(l, i.a(), object, key)
    }
}

/// After storing `v` in `table`: puts a black table back among the gray when it got a white object.
macro_rules! stored {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $table:expr, $v:expr) => {{
        if (*$table).marked & mark::BLACK != 0 && $v.is_collectable() {
            return store_barrier($l, $base, $i, $k, $pc, $t, $table, $v);
        }
        next!($l, $base, $k, $pc, $t)
    }};
}

#[cold]
#[inline(never)]
#[allow(clippy::too_many_arguments)]
unsafe fn store_barrier(
    l: *mut Thread,
    base: *mut Value,
    _i: Instruction,
    k: *const Value,
    pc: *const Instruction,
    t: *const crate::vm::dispatch::Table,
    table: *mut Table,
    v: Value,
) -> u32 {
    // SAFETY: the store has been done; nothing is stale.
    unsafe {
        gc::barrier_back((*l).global, table.cast::<GcHeader>(), v);
        next!(l, base, k, pc, t)
    }
}

/// Overwrites a present field named by a short string, else `$slow`.
macro_rules! write_field {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $object:expr, $key:expr, $value:expr, $slow:ident) => {{
        let object: *const Value = $object;
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let slot = Table::get_short_str(table, $key).cast_mut();
            if (*slot).tag != tag::NIL {
                let v = Value::load($value);
                Value::store(slot, v);
                stored!($l, $base, $i, $k, $pc, $t, table, v)
            } else {
                $slow($l, $base, $i, $k, $pc, $t)
            }
        } else {
            $slow($l, $base, $i, $k, $pc, $t)
        }
    }};
}

/// The three ways to name a field of a table, each with a register or a constant as the value.
macro_rules! set_field {
    ($name:ident, $slow:ident, $values:ident, $object:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let value = operand!($values, i.c(), base, k);
                write_field!(l, base, i, k, pc, t, $object(base, i.a()), name(k, i.b()), value, $slow)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let key = Value::load(k.add(i.b() as usize));
                let v = Value::load(operand!($values, i.c(), base, k));
                leave!(l, pc, meta::set_index_in_frame(l, $object(base, i.a()), key, v))
            }
        }
    };
}
set_field!(set_tab_up, set_tab_up_slow, register, upvalue);
set_field!(set_tab_up_k, set_tab_up_k_slow, constant, upvalue);
set_field!(set_field, set_field_slow, register, register);
set_field!(set_field_k, set_field_k_slow, constant, register);

macro_rules! set_int {
    ($name:ident, $slow:ident, $values:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let object = base.add(i.a() as usize);
                if (*object).tag == tag::TABLE {
                    let table = (*object).payload as *mut Table;
                    let slot = array_slot(table, i.b() as i64);
                    if !slot.is_null() && ((*slot).tag != tag::NIL || (*table).metatable.is_null()) {
                        let v = Value::load(operand!($values, i.c(), base, k));
                        Value::store(slot, v);
                        return stored!(l, base, i, k, pc, t, table, v);
                    }
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let v = Value::load(operand!($values, i.c(), base, k));
                leave!(l, pc, meta::set_index_in_frame(l, base.add(i.a() as usize), number(i.b()), v))
            }
        }
    };
}
set_int!(set_i, set_i_slow, register);
set_int!(set_i_k, set_i_k_slow, constant);

macro_rules! set_any {
    ($name:ident, $slow:ident, $values:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let object = base.add(i.a() as usize);
                let key = base.add(i.b() as usize);
                if (*object).tag == tag::TABLE {
                    let table = (*object).payload as *mut Table;
                    if HAS_INTEGERS && (*key).tag == tag::INTEGER {
                        let slot = array_slot(table, (*key).payload as i64);
                        if !slot.is_null() && ((*slot).tag != tag::NIL || (*table).metatable.is_null()) {
                            let v = Value::load(operand!($values, i.c(), base, k));
                            Value::store(slot, v);
                            return stored!(l, base, i, k, pc, t, table, v);
                        }
                    } else if (*key).tag == tag::SHORT_STRING {
                        let slot = Table::get_short_str(table, (*key).payload as *const Str).cast_mut();
                        if (*slot).tag != tag::NIL {
                            let v = Value::load(operand!($values, i.c(), base, k));
                            Value::store(slot, v);
                            return stored!(l, base, i, k, pc, t, table, v);
                        }
                    }
                }
                $slow(l, base, i, k, pc, t)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let key = Value::load(base.add(i.b() as usize));
                let v = Value::load(operand!($values, i.c(), base, k));
                leave!(l, pc, meta::set_index_in_frame(l, base.add(i.a() as usize), key, v))
            }
        }
    };
}
set_any!(set_table, set_table_slow, register);
set_any!(set_table_k, set_table_k_slow, constant);

handlers! {
    #[inline(never)]
    fn new_table(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc.add(1);
        (*l).top = (*ci).top;
        let hash = if i.b() == 0 { 0 } else { 1u32 << (i.b() - 1).min(30) };
        match new_table_in_frame(l, base.add(i.a() as usize), (*pc).s(), hash) {
            Ok(false) => next!(l, base, k, pc.add(1), t),
            Ok(true) => carry_on(l, Ok(Flow::Run)),
            Err(thrown) => super::throw(l, thrown),
        }
    }

    #[inline(never)]
    fn set_list(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc.add(1);
        let first = base.add(i.a() as usize + 1);
        let n = if i.b() == 0 { (*l).top.offset_from(first) as usize } else { i.b() as usize };
        if i.b() != 0 {
            (*l).top = first.add(n);
        }
        let outcome = meta::set_list(l, base.add(i.a() as usize), n, (*pc).s());
        (*l).top = (*ci).top;
        match outcome {
            Ok(()) => next!(l, base, k, pc.add(1), t),
            Err(thrown) => super::throw(l, thrown),
        }
    }
}

/// Puts a new table into `to`. True when the collector ran, after which registers are stale.
#[inline(always)]
unsafe fn new_table_in_frame(l: *mut Thread, to: *mut Value, array: u32, hash: u32) -> crate::object::Fallible<bool> {
    // SAFETY: the frame is written back; the table is anchored in its register at once.
    unsafe {
        let g = (*l).global;
        let table = Table::new(g)?;
        Value::store(to, Value { payload: table as u64, tag: tag::TABLE });
        if array != 0 || hash != 0 {
            if let Err(e) = Table::resize(g, table, array, hash) {
                return Err(crate::vm::error::table_error(l, e));
            }
        }
        if gc::is_due(g) {
            gc::step(l);
            return Ok(true);
        }
        Ok(false)
    }
}
