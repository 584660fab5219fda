//! Making a state with libraries, and registering them.

use super::{raising, text, warnings};
use crate::object::Thread;
use crate::object::thread::CFunction;
use crate::object::value::types;
use crate::version::VERSION;
use crate::vm::State;
use crate::vm::state::standard_error;
use core::ffi::{c_char, c_int, c_void};
use core::ptr;

/// `luaL_Reg`
#[repr(C)]
pub struct luaL_Reg {
    name: *const c_char,
    func: Option<CFunction>,
}

/// `LUAL_NUMSIZES`: sizes of the two kinds of numbers, to tell incompatible builds.
const NUMBER_SIZES: usize = size_of::<i64>() * 16 + size_of::<f64>();

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_checkversion_(l: *mut Thread, version: f64, sizes: usize) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            if sizes != NUMBER_SIZES {
                return Err(state.error(&["core and library have incompatible numeric types".into()]));
            }
            if version != VERSION as f64 {
                return Err(state.error(&[
                    "version mismatch: app. needs ".into(),
                    crate::vm::error::Part::Float(version),
                    ", Lua core provides ".into(),
                    crate::vm::error::Part::Float(VERSION as f64),
                ]));
            }
            Ok(())
        })
    }
}

/// `functions` ends with a null name; a null function stands for `false`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_setfuncs(l: *mut Thread, functions: *const luaL_Reg, upvalues: c_int) {
    // SAFETY: `raising` is called directly; the caller's list is complete.
    unsafe {
        raising(l, |state| {
            state.need_stack(upvalues, "too many upvalues")?;
            let mut entry = functions;
            while !(*entry).name.is_null() {
                match (*entry).func {
                    None => state.push_boolean(false),
                    Some(function) => {
                        for _ in 0..upvalues {
                            state.push_value(-upvalues);
                        }
                        state.push_c_closure(function, upvalues)?;
                    }
                }
                state.set_field(-(upvalues + 2), text((*entry).name))?;
                entry = entry.add(1);
            }
            state.pop(upvalues);
            Ok(())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_getsubtable(l: *mut Thread, index: c_int, name: *const c_char) -> c_int {
    // SAFETY: `raising` is called directly.
    unsafe { raising(l, |state| state.get_subtable(index, text(name))) as c_int }
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_requiref(l: *mut Thread, name: *const c_char, open: CFunction, global: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            let push_opener = |state: State| {
                // Without upvalues nothing is allocated, so this cannot fail.
                let _ = state.push_c_closure(open, 0);
            };
            state.require_with(text(name), push_opener, global != 0)
        })
    }
}

// ---- states with everything

unsafe extern "C-unwind" fn allocate(_ud: *mut c_void, block: *mut c_void, _old: usize, new: usize) -> *mut c_void {
    // SAFETY: blocks come from this function; null is fine for both.
    unsafe {
        if new == 0 {
            libc::free(block);
            return ptr::null_mut();
        }
        libc::realloc(block, new)
    }
}

/// Tells the error that nobody catches, before the program is aborted.
unsafe extern "C-unwind" fn panic(l: *mut Thread) -> c_int {
    let state = State(l);
    // SAFETY: a string on the stack, or a literal.
    unsafe {
        let message = match state.type_of(-1) {
            types::STRING => super::access::lua_tolstring(l, -1, ptr::null_mut()),
            _ => c"error object is not a string".as_ptr(),
        };
        libc::fprintf(standard_error(), c"PANIC: unprotected error in call to Lua API (%s)\n".as_ptr(), message);
        libc::fflush(standard_error());
    }
    0
}

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_newstate() -> *mut Thread {
    // SAFETY: the allocator keeps the contract of `lua_Alloc`.
    unsafe {
        let l = super::lifecycle::lua_newstate(allocate, ptr::null_mut());
        if !l.is_null() {
            (*(*l).global).panic = Some(panic);
            warnings::install(l);
        }
        l
    }
}
