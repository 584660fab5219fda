//! Local variables of frames: `lua_getlocal` and `lua_setlocal` (manual §4.7).

use super::info::DebugInfo;
use super::names::local_variable;
use super::{current_pc, is_lua, proto_of};
use crate::bytecode::Word;
use crate::object::value::types;
use crate::object::{CallInfo, LuaClosure, Thread, Value, tag};
use crate::version::{HAS_VARARG_LOCALS, HAS_VARARG_PARAMETER, TEMPORARIES_WITHOUT_STAR, VARARG_FUNCTIONS_MOVE};
use core::ffi::c_char;
use core::ptr;

/// Name and slot of local `n` of a frame: from 1 the variables alive and then the temporaries, from -1 down the
/// extra arguments of a vararg function.
pub unsafe fn local_name(l: *mut Thread, ci: *const CallInfo, n: i32) -> Option<(*const c_char, *mut Value)> {
    // SAFETY: `ci` is a call record of `l`; the slots found lie inside its frame.
    unsafe {
        if n < 0 {
            return extra_argument(ci, n);
        }
        let base = (*ci).func.add(1);
        let slot = base.wrapping_add((n as usize).wrapping_sub(1));
        if is_lua(ci) {
            let name = local_variable(proto_of(ci), n, current_pc(ci));
            if !name.is_null() {
                return Some((name, slot));
            }
        }
        let end = if ptr::eq(ci, (*l).ci) { (*l).top } else { called_function(ci.add(1)) };
        if n == 0 || (n as isize) > end.offset_from(base) {
            return None;
        }
        let name = match is_lua(ci) {
            true if TEMPORARIES_WITHOUT_STAR => c"(temporary)",
            false if TEMPORARIES_WITHOUT_STAR => c"(C temporary)",
            _ => c"(*temporary)",
        };
        Some((name.as_ptr(), slot))
    }
}

/// The slot of the caller that holds the function of a frame, as far as the version's rules go: what a vararg function
/// has left behind for its extra arguments belongs to the caller only where functions move in stock Lua, too.
unsafe fn called_function(ci: *const CallInfo) -> *mut Value {
    // SAFETY: a vararg function has its parameters and `extra_args` values below its function.
    unsafe {
        let func = (*ci).func;
        if VARARG_FUNCTIONS_MOVE || !is_lua(ci) || !(*proto_of(ci)).is_vararg {
            return func;
        }
        func.sub((*ci).extra_args as usize + (*proto_of(ci)).params as usize + 1)
    }
}

/// Extra argument `-n` of a vararg function; they lie below the function's slot.
unsafe fn extra_argument(ci: *const CallInfo, n: i32) -> Option<(*const c_char, *mut Value)> {
    // SAFETY: a vararg function has `extra_args` values directly below its function.
    unsafe {
        if !HAS_VARARG_LOCALS || !is_lua(ci) || !(*proto_of(ci)).is_vararg || n.unsigned_abs() > (*ci).extra_args {
            return None;
        }
        if HAS_VARARG_PARAMETER && (*(*proto_of(ci)).code).b() != 0 {
            // They are in a table.
            return None;
        }
        let name = if TEMPORARIES_WITHOUT_STAR { c"(vararg)" } else { c"(*vararg)" };
        let slot = (*ci).func.sub((*ci).extra_args as usize).add(n.unsigned_abs() as usize - 1);
        Some((name.as_ptr(), slot))
    }
}

/// `lua_getlocal`: pushes the value and returns the name, or null. With `ar` null the name of parameter `n` of the
/// function on top, which stays there; no value is pushed.
pub unsafe fn get_local(l: *mut Thread, ar: *const DebugInfo, n: i32) -> *const c_char {
    // SAFETY: `ar` is null or remembers a frame of `l`; there is a free slot.
    unsafe {
        if ar.is_null() {
            let function = Value::load((*l).top.sub(1));
            return match function.tag {
                tag::LUA_CLOSURE => local_variable((*function.as_lua_closure()).proto, n, 0),
                _ => ptr::null(),
            };
        }
        let Some((name, slot)) = local_name(l, (*ar).frame(l), n) else { return ptr::null() };
        let value = Value::load(slot);
        Value::store((*l).top, if is_presentable(value) { value } else { Value::NIL });
        (*l).top = (*l).top.add(1);
        name
    }
}

/// Whether a program may get hold of the value: not an internal object, nor a function that a loader, whose reader is
/// looking around, has not finished.
unsafe fn is_presentable(v: Value) -> bool {
    if v.tag != tag::LUA_CLOSURE {
        return v.type_code() < types::COUNT as i32;
    }
    // SAFETY: a live closure; its fields are null until they are set.
    unsafe {
        let closure = v.as_lua_closure();
        let complete = !(*closure).proto.is_null() && (*(*closure).proto).max_stack != 0;
        complete && (0..(*closure).upvalue_count as usize).all(|n| !(*LuaClosure::upvalue(closure, n)).is_null())
    }
}

/// `lua_setlocal`: pops a value into the variable and returns its name; null, with nothing popped, when there is none.
pub unsafe fn set_local(l: *mut Thread, ar: *const DebugInfo, n: i32) -> *const c_char {
    // SAFETY: as `get_local`; a value is on top.
    unsafe {
        let Some((name, slot)) = local_name(l, (*ar).frame(l), n) else { return ptr::null() };
        Value::copy(slot, (*l).top.sub(1));
        (*l).top = (*l).top.sub(1);
        name
    }
}
