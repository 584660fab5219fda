//! Table access.
//!
//! Fast paths: a present field of a table, an absent one of a table without metatable, an overwritten field. The rest
//! (metamethods, new keys, other types) is out of line in [`meta`].

use super::{again, carry_on, handlers, leave, operand};
use crate::bytecode::Word;
use crate::gc;
use crate::object::global::Event;
use crate::object::header::mark;
use crate::object::table::ABSENT;
use crate::object::value::types;
use crate::object::{GcHeader, Instruction, LuaClosure, Node, Slot, Str, Table, Thread, Userdata, Value, tag};
use crate::version::HAS_INTEGERS;
use crate::vm::call::{self, Flow};
use crate::vm::dispatch::{Table as Handlers, next};
use crate::vm::meta;

/// Address of the upvalue's value.
#[inline(always)]
#[cfg(not(feature = "lua51"))]
unsafe fn upvalue(base: *mut Value, n: u32) -> *mut Value {
    // SAFETY: the running frame's closure lies below its base and has that upvalue.
    unsafe { (**LuaClosure::upvalue((*base.sub(1)).payload as *mut LuaClosure, n as usize)).value }
}

/// Address of the table that a global variable is looked up in: an upvalue, or the function's environment.
#[inline(always)]
#[cfg(not(feature = "lua51"))]
unsafe fn environment(base: *mut Value, n: u32) -> *mut Value {
    // SAFETY: as `upvalue`.
    unsafe { upvalue(base, n) }
}

/// Address of the table that a global variable is looked up in: an upvalue, or the function's environment.
#[inline(always)]
#[cfg(feature = "lua51")]
unsafe fn environment(base: *mut Value, _n: u32) -> *mut Value {
    // SAFETY: the running frame's closure lies below its base.
    unsafe { &raw mut (*((*base.sub(1)).payload as *mut LuaClosure)).environment }
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

/// The node of `table` whose key is the short string `key`, or null. Written so that only the node, the key and a
/// scratch register are alive in the loop.
#[inline(always)]
unsafe fn node_of(table: *const Table, key: *const Str) -> *mut Node {
    // SAFETY: chains stay inside the table's nodes.
    unsafe {
        let mut node = (*table).nodes.add(((*key).hash & (*table).node_mask) as usize);
        loop {
            if (*node).key_payload == key as u64 && (*node).key_tag == tag::SHORT_STRING {
                return node;
            }
            let step = (*node).chain;
            if step == 0 {
                return core::ptr::null_mut();
            }
            node = node.offset(step as isize);
        }
    }
}

/// Reads a present field `$object[$key]`, named by a short string, into `R[A]`, else `$slow`.
macro_rules! read_field {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $object:expr, $key:expr, $slow:ident) => {{
        let object: *const Value = $object;
        if (*object).tag == tag::TABLE {
            let node = node_of((*object).payload as *mut Table, $key);
            if !node.is_null() {
                let v = Slot::load(Node::value(node));
                if v.tag != tag::NIL {
                    Value::store($base.add($i.a() as usize), v);
                    return next!($l, $base, $k, $pc, $t);
                }
            }
        }
        $slow($l, $base, $i, $k, $pc, $t)
    }};
}

/// How many `__index` tables are followed before the general case takes over.
const MAX_INHERITANCE: usize = 32;

/// `object[key]` for a field that is not in `object` itself, as long as `__index` leads from table to table; null when
/// that needs more: a function, an error.
#[inline(always)]
unsafe fn inherited(l: *mut Thread, object: *const Value, key: *const Str) -> *const Slot {
    // SAFETY: live objects; metatables and their fields are tables or checked.
    unsafe {
        let g = (*l).global;
        let mut metatable = match (*object).tag {
            tag::TABLE => (*((*object).payload as *mut Table)).metatable,
            tag::SHORT_STRING | tag::LONG_STRING => (*g).metatables[types::STRING as usize],
            tag::USERDATA => (*((*object).payload as *mut Userdata)).metatable,
            _ => return core::ptr::null(),
        };
        let name = (*g).event_names[Event::Index as usize];
        for step in 0..MAX_INHERITANCE {
            if metatable.is_null() || (*metatable).absent & (1 << Event::Index as u8) != 0 {
                // Only a table may lack `__index`.
                let is_table = step > 0 || (*object).tag == tag::TABLE;
                return if is_table { &raw const ABSENT } else { core::ptr::null() };
            }
            let node = node_of(metatable, name);
            if node.is_null() || (*node).value_tag != tag::TABLE {
                return core::ptr::null();
            }
            let table = (*node).value_payload as *mut Table;
            let found = node_of(table, key);
            if !found.is_null() && (*found).value_tag != tag::NIL {
                return Node::value(found);
            }
            metatable = (*table).metatable;
        }
        core::ptr::null()
    }
}

/// Handlers for a field, named by the constant C, that the table in `R[B]` lacks. Each takes a step up the chain of `__index`
/// tables, as far as most programs' classes go; separate functions, so that a step needs no more registers than there
/// are. Their last argument is the table that lacks the field (nobody needs the dispatch table, which is fetched again).
/// `$found` is the field's node for `$use`; `$none` is for fields that are nowhere, `$slow` for everything else.
macro_rules! inherited_field {
    ([$name:ident $($further:ident)+], $slow:ident, ($l:ident, $base:ident, $i:ident),
     $found:ident => $use:block, $none:block) => {
        handlers! {
            #[inline(never)]
            fn $name($l, $base, $i, k, pc, t) {
                let metatable = (*t.cast::<Table>()).metatable;
                if metatable.is_null() {
                    $none
                    return next!($l, $base, k, pc, (*$l).dispatch.cast::<Handlers>());
                }
                let index = node_of(metatable, (*(*$l).global).event_names[Event::Index as usize]);
                if index.is_null() || (*index).value_tag != tag::TABLE {
                    return $slow($l, $base, $i, k, pc, t);
                }
                let table = (*index).value_payload as *const Table;
                let $found = node_of(table, name(k, $i.c()));
                if !$found.is_null() && (*$found).value_tag != tag::NIL {
                    $use
                    return next!($l, $base, k, pc, (*$l).dispatch.cast::<Handlers>());
                }
                inherited_field!(@further [$($further)+], ($l, $base, $i, k, pc, table))
            }
        }
        inherited_field!([$($further)+], $slow, ($l, $base, $i), $found => $use, $none);
    };
    ([$last:ident], $slow:ident, $registers:tt, $found:ident => $use:block, $none:block) => {};
    (@further [$next:ident $($further:ident)*], ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $table:ident)) => {
        $next($l, $base, $i, $k, $pc, $table.cast())
    };
}

inherited_field!([get_field_1 get_field_2 get_field_3 get_field_slow], get_field_slow, (l, base, i), node => {
    Value::store(base.add(again(i).a() as usize), Slot::load(Node::value(node)));
}, {
    Value::store_nil(base.add(i.a() as usize));
});

inherited_field!([self_k_1 self_k_2 self_k_3 self_k_slow], self_k_slow, (l, base, i), node => {
    let word = again(i);
    Value::copy(base.add(word.a() as usize + 1), base.add(word.b() as usize));
    Value::store(base.add(word.a() as usize), Slot::load(Node::value(node)));
}, {
    Value::copy(base.add(i.a() as usize + 1), base.add(i.b() as usize));
    Value::store_nil(base.add(i.a() as usize));
});

/// The rest of a read: fields that `__index` tables hold, and all that may need a metamethod.
macro_rules! read_slow {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $object:expr, $key:expr) => {{
        let object: *const Value = $object;
        let key: *const Value = $key;
        let found = inherited($l, object, (*key).payload as *const Str);
        if !found.is_null() {
            Value::store($base.add($i.a() as usize), Slot::load(found));
            return next!($l, $base, $k, $pc, (*$l).dispatch.cast::<Handlers>());
        }
        leave!($l, $pc, meta::index_in_frame($l, $i.a(), object, Value::load(key)))
    }};
}

/// The tag of numbers that are probably keys of array parts.
const NUMBER: u8 = if HAS_INTEGERS { tag::INTEGER } else { tag::FLOAT };

/// The position that a number of that tag is; 0, where there is no element, if it is none.
#[inline(always)]
unsafe fn element(key: *const Value) -> i64 {
    // SAFETY: a live register.
    unsafe {
        if HAS_INTEGERS {
            return (*key).payload as i64;
        }
        let f = f64::from_bits((*key).payload);
        let n = f as i64;
        if n as f64 == f { n } else { 0 }
    }
}

handlers! {
    fn get_tab_up(l, base, i, k, pc, t) {
        read_field!(l, base, i, k, pc, t, environment(base, i.b()), name(k, i.c()), get_tab_up_slow)
    }

    #[inline(never)]
    fn get_tab_up_slow(l, base, i, k, pc, t) {
        read_slow!(l, base, i, k, pc, t, environment(base, i.b()), k.add(i.c() as usize))
    }

    fn get_field(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        if (*object).tag == tag::TABLE {
            let node = node_of((*object).payload as *const Table, name(k, i.c()));
            if !node.is_null() {
                let v = Slot::load(Node::value(node));
                if v.tag != tag::NIL {
                    Value::store(base.add(i.a() as usize), v);
                    return next!(l, base, k, pc, t);
                }
            }
            let object = base.add(again(i).b() as usize);
            return get_field_1(l, base, i, k, pc, (*object).payload as *const Handlers);
        }
        get_field_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn get_field_slow(l, base, i, k, pc, t) {
        read_slow!(l, base, i, k, pc, t, base.add(i.b() as usize), k.add(i.c() as usize))
    }

    fn get_table(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = base.add(i.c() as usize);
        if (*key).tag != NUMBER {
            return get_table_str(l, base, i, k, pc, t);
        }
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let slot = Table::near_slot(table, element(key));
            if !slot.is_null() {
                let v = Slot::load(slot);
                if v.tag != tag::NIL {
                    Value::store(base.add(i.a() as usize), v);
                    return next!(l, base, k, pc, t);
                }
            }
        }
        get_table_slow(l, base, i, k, pc, t)
    }

    /// A key that is no number: most often a string.
    #[inline(never)]
    fn get_table_str(l, base, i, k, pc, t) {
        if (*base.add(i.c() as usize)).tag != tag::SHORT_STRING {
            return get_table_slow(l, base, i, k, pc, t);
        }
        let key = (*base.add(i.c() as usize)).payload as *const Str;
        read_field!(l, base, i, k, pc, t, base.add(i.b() as usize), key, get_table_slow)
    }

    #[inline(never)]
    fn get_table_slow(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = Value::load(base.add(i.c() as usize));
        if (*object).tag == tag::TABLE {
            let v = Slot::load(Table::get((*object).as_table(), key));
            if v.tag != tag::NIL || (*(*object).as_table()).metatable.is_null() {
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
            let slot = Table::near_slot(table, i.c() as i64);
            if !slot.is_null() {
                let v = Slot::load(slot);
                if v.tag != tag::NIL {
                    Value::store(base.add(i.a() as usize), v);
                    return next!(l, base, k, pc, t);
                }
            }
        }
        get_i_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn get_i_slow(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        if (*object).tag == tag::TABLE {
            let table = (*object).as_table();
            let v = Slot::load(Table::get_int(table, i.c() as i64));
            if v.tag != tag::NIL || (*table).metatable.is_null() {
                Value::store(base.add(i.a() as usize), v);
                return next!(l, base, k, pc, t);
            }
        }
        leave!(l, pc, meta::index_in_frame(l, i.a(), base.add(i.b() as usize), number(i.c())))
    }

    fn self_k(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let key = name(k, i.c());
        if (*object).tag == tag::TABLE {
            let node = node_of((*object).payload as *mut Table, key);
            if !node.is_null() && (*node).value_tag != tag::NIL {
                let word = again(i);
                Value::copy(base.add(word.a() as usize + 1), base.add(word.b() as usize));
                Value::store(base.add(word.a() as usize), Slot::load(Node::value(node)));
                return next!(l, base, k, pc, t);
            }
            let object = base.add(again(i).b() as usize);
            return self_k_1(l, base, i, k, pc, (*object).payload as *const Handlers);
        }
        self_k_slow(l, base, i, k, pc, t)
    }

    #[inline(never)]
    fn self_k_slow(l, base, i, k, pc, t) {
        let object = base.add(i.b() as usize);
        let found = inherited(l, object, name(k, i.c()));
        if !found.is_null() {
            let method = Slot::load(found);
            Value::copy(base.add(i.a() as usize + 1), object);
            Value::store(base.add(i.a() as usize), method);
            return next!(l, base, k, pc, (*l).dispatch.cast::<Handlers>());
        }
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
    Value::whole(n as i64)
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

/// After storing a value of tag `$tag` in the table `$object`, read again so that it need not be kept in a register:
/// puts a black table back among the gray when it may have got a white object.
macro_rules! stored {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $object:expr, $tag:expr, $barrier:ident) => {{
        if $tag & tag::COLLECTABLE != 0 {
            let object: *const Value = $object;
            if (*((*object).payload as *mut Table)).marked & mark::BLACK != 0 {
                return $barrier($l, $base, $i, $k, $pc, $t);
            }
        }
        next!($l, $base, $k, $pc, $t)
    }};
}

handlers! {
    #[cold]
    #[inline(never)]
    fn register_barrier(l, base, i, k, pc, t) {
        gc::barrier_back_slow((*l).global, (*register(base, i.a())).payload as *mut GcHeader);
        next!(l, base, k, pc, t)
    }

    #[cold]
    #[inline(never)]
    fn environment_barrier(l, base, i, k, pc, t) {
        gc::barrier_back_slow((*l).global, (*environment(base, i.a())).payload as *mut GcHeader);
        next!(l, base, k, pc, t)
    }
}

/// Overwrites a present field named by a short string, else `$slow`.
macro_rules! write_field {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident,
     $object:ident, $key:expr, $values:ident, $slow:ident, $barrier:ident) => {{
        let object: *const Value = $object($base, $i.a());
        if (*object).tag == tag::TABLE {
            let node = node_of((*object).payload as *mut Table, $key);
            if !node.is_null() && (*node).value_tag != tag::NIL {
                let word = again($i);
                let v = Value::load(operand!($values, word.c(), $base, $k));
                Slot::store(Node::value(node), v);
                return stored!($l, $base, word, $k, $pc, $t, $object($base, word.a()), v.tag, $barrier);
            }
        }
        $slow($l, $base, $i, $k, $pc, $t)
    }};
}

/// Sets the field of a table without metatable, if there is room for it.
#[inline(always)]
unsafe fn add_field(l: *mut Thread, object: *const Value, key: Value, value: Value) -> bool {
    // SAFETY: operands of the running instruction; the key is a short string.
    unsafe {
        (*object).tag == tag::TABLE
            && (*(*object).as_table()).metatable.is_null()
            && Table::set_short_str_in_place((*l).global, (*object).as_table(), key.as_str(), value)
    }
}

/// The three ways to name a field of a table, each with a register or a constant as the value.
macro_rules! set_field {
    ($name:ident, $slow:ident, $values:ident, $object:ident, $barrier:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                write_field!(l, base, i, k, pc, t, $object, name(k, i.b()), $values, $slow, $barrier)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let key = Value::load(k.add(i.b() as usize));
                let v = Value::load(operand!($values, i.c(), base, k));
                if add_field(l, $object(base, i.a()), key, v) {
                    return stored!(l, base, i, k, pc, t, $object(base, i.a()), v.tag, $barrier);
                }
                leave!(l, pc, meta::set_index_in_frame(l, $object(base, i.a()), key, v))
            }
        }
    };
}
set_field!(set_tab_up, set_tab_up_slow, register, environment, environment_barrier);
set_field!(set_tab_up_k, set_tab_up_k_slow, constant, environment, environment_barrier);
set_field!(set_field, set_field_slow, register, register, register_barrier);
set_field!(set_field_k, set_field_k_slow, constant, register, register_barrier);

/// Stores `R[C]` or `K[C]` in the array part of the table in `R[A]` at `$key`, unless the element is absent and the table has a metatable:
/// else `$fill`.
macro_rules! write_element {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $key:expr, $values:ident, $fill:ident) => {{
        let object = $base.add($i.a() as usize);
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let slot = Table::near_slot(table, $key as i64);
            if !slot.is_null() {
                // What is written over matters to metamethods alone: waiting for the element takes longer than asking for them.
                if (*table).metatable.is_null() || (*slot).tag != tag::NIL {
                    let word = again($i);
                    let v = Value::load(operand!($values, word.c(), $base, $k));
                    Slot::store(slot, v);
                    let object = $base.add(word.a() as usize);
                    return stored!($l, $base, word, $k, $pc, $t, object, v.tag, register_barrier);
                }
            }
        }
        $fill($l, $base, $i, $k, $pc, $t)
    }};
}

/// The same for an element beyond the table's border hint, or that a metatable may want to know of.
macro_rules! fill_element {
    ($l:ident, $base:ident, $i:ident, $k:ident, $pc:ident, $t:ident, $key:expr, $value:expr, $slow:ident) => {{
        let object = $base.add($i.a() as usize);
        if (*object).tag == tag::TABLE {
            let table = (*object).payload as *mut Table;
            let slot = Table::array_slot(table, $key as i64);
            if !slot.is_null() && ((*slot).tag != tag::NIL || (*table).metatable.is_null()) {
                let v = Value::load($value);
                Slot::store(slot, v);
                return stored!($l, $base, $i, $k, $pc, $t, $base.add($i.a() as usize), v.tag, register_barrier);
            }
        }
        $slow($l, $base, $i, $k, $pc, $t)
    }};
}

macro_rules! set_int {
    ($name:ident, $fill:ident, $slow:ident, $values:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                write_element!(l, base, i, k, pc, t, i.b(), $values, $fill)
            }

            #[inline(never)]
            fn $fill(l, base, i, k, pc, t) {
                fill_element!(l, base, i, k, pc, t, i.b(), operand!($values, i.c(), base, k), $slow)
            }

            #[inline(never)]
            fn $slow(l, base, i, k, pc, t) {
                let v = Value::load(operand!($values, i.c(), base, k));
                leave!(l, pc, meta::set_index_in_frame(l, base.add(i.a() as usize), number(i.b()), v))
            }
        }
    };
}
set_int!(set_i, set_i_fill, set_i_slow, register);
set_int!(set_i_k, set_i_k_fill, set_i_k_slow, constant);

macro_rules! set_any {
    ($name:ident, $string:ident, $fill:ident, $slow:ident, $values:ident) => {
        handlers! {
            fn $name(l, base, i, k, pc, t) {
                let key = base.add(i.b() as usize);
                if (*key).tag != NUMBER {
                    return $string(l, base, i, k, pc, t);
                }
                write_element!(l, base, i, k, pc, t, element(key), $values, $fill)
            }

            #[inline(never)]
            fn $string(l, base, i, k, pc, t) {
                if (*base.add(i.b() as usize)).tag != tag::SHORT_STRING {
                    return $slow(l, base, i, k, pc, t);
                }
                let key = (*base.add(i.b() as usize)).payload as *const Str;
                write_field!(l, base, i, k, pc, t, register, key, $values, $slow, register_barrier)
            }

            #[inline(never)]
            fn $fill(l, base, i, k, pc, t) {
                let key = element(base.add(i.b() as usize));
                fill_element!(l, base, i, k, pc, t, key, operand!($values, i.c(), base, k), $slow)
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
set_any!(set_table, set_table_str, set_table_fill, set_table_slow, register);
set_any!(set_table_k, set_table_k_str, set_table_k_fill, set_table_k_slow, constant);

handlers! {
    #[inline(never)]
    fn new_table(l, base, i, k, pc, t) {
        let ci = (*l).ci;
        (*ci).saved_pc = pc.add(1);
        (*l).top = (*ci).top;
        let hash = if i.b() == 0 { 0 } else { 1u32 << (i.b() - 1).min(30) };
        match new_table_in_frame(l, base.add(i.a() as usize), (*pc).s(), hash) {
            Ok(false) => next!(l, base, k, pc.add(1), t),
            Ok(true) => carry_on!(l, Ok(Flow::Run)),
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
        match meta::set_list(l, base.add(i.a() as usize), n, (*pc).s()) {
            Ok(()) => {
                (*l).top = (*ci).top;
                next!(l, base, k, pc.add(1), t)
            }
            // A message handler may have moved the call records.
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
        if (array != 0 || hash != 0)
            && let Err(e) = Table::resize(g, table, array, hash)
        {
            return Err(crate::vm::error::table_error(l, e));
        }
        if gc::is_due(g) {
            call::step_below(l, to.add(1))?;
            return Ok(true);
        }
        Ok(false)
    }
}
