//! How large an object is, with the blocks that belong to it.
//!
//! What is counted while marking decides when the next cycle begins and, in generational mode, when major collections
//! begin and end. The figures need not be exact: a table that grows after it has been reached counts as it was, and small
//! parts of a prototype are left out.

use crate::object::thread::EXTRA_STACK;
use crate::object::{
    CClosure, GcHeader, Global, Instruction, LuaClosure, Node, Proto, Str, Table, Thread, UpVal, Userdata, Value, tag,
};

/// Bytes that freeing the object would give back.
///
/// # Safety
/// `o` is live.
#[inline]
pub unsafe fn bytes(g: *mut Global, o: *mut GcHeader) -> usize {
    // SAFETY: the tag says what the object is.
    unsafe {
        match (*o).tag {
            tag::SHORT_STRING => Str::size((*o.cast::<Str>()).short_len as usize),
            tag::LONG_STRING => Str::long_size(o.cast()),
            tag::TABLE => table(g, o.cast()),
            tag::LUA_CLOSURE => LuaClosure::size((*o.cast::<LuaClosure>()).upvalue_count as usize),
            tag::C_CLOSURE => CClosure::size((*o.cast::<CClosure>()).upvalue_count as usize),
            tag::UPVALUE => size_of::<UpVal>(),
            tag::USERDATA => {
                let u = o.cast::<Userdata>();
                Userdata::size((*u).user_values, (*u).len)
            }
            tag::PROTO => proto(o.cast()),
            _ => thread(o.cast()),
        }
    }
}

#[inline(always)]
unsafe fn table(g: *mut Global, t: *mut Table) -> usize {
    const fn element<T>(_: *mut T) -> usize {
        size_of::<T>()
    }
    // SAFETY: `t` is live.
    unsafe {
        let nodes = if Table::is_dummy(g, t) { 0 } else { (*t).node_mask as usize + 1 };
        size_of::<Table>() + (*t).array_len as usize * element((*t).array) + nodes * size_of::<Node>()
    }
}

unsafe fn proto(p: *mut Proto) -> usize {
    // SAFETY: `p` is live.
    unsafe {
        size_of::<Proto>()
            + (*p).code_len as usize * size_of::<Instruction>()
            + (*p).constant_count as usize * size_of::<Value>()
            + (*p).lines_len as usize
    }
}

unsafe fn thread(th: *mut Thread) -> usize {
    // SAFETY: `th` is live; a null stack means that it is being made.
    unsafe {
        if (*th).stack.is_null() {
            return size_of::<Thread>();
        }
        let slots = (*th).stack_last.offset_from((*th).stack) as usize + EXTRA_STACK;
        size_of::<Thread>() + slots * size_of::<Value>()
    }
}
