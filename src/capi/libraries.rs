//! Making a state with libraries, and registering them.

use super::lifecycle::seed;
#[cfg(any(feature = "lua51", feature = "lua52"))]
use super::optional_text;
use super::{raising, text};
use crate::memory::classes;
#[cfg(not(feature = "lua55"))]
use crate::object::Fallible;
use crate::object::Thread;
use crate::object::thread::CFunction;
use crate::object::value::types;
use crate::stdlib;
#[cfg(not(feature = "lua55"))]
use crate::vm::Builtin;
use crate::vm::state::standard_error;
use crate::vm::{State, lifecycle};
use core::ffi::{c_char, c_int};
use core::ptr;

/// `luaL_Reg`
#[repr(C)]
pub struct luaL_Reg {
    pub(super) name: *const c_char,
    pub(super) func: Option<CFunction>,
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

/// Pushes the table of the library `name`, with room for the functions of the list if it is new, below the `upvalues` values
/// on top. Without a name a table is there already.
///
/// # Safety
/// `name` is null or a C string; the list is null or ends with a null name.
#[cfg(any(feature = "lua51", feature = "lua52"))]
pub(super) unsafe fn open_library_below(
    state: State,
    name: *const c_char,
    functions: *const luaL_Reg,
    upvalues: c_int,
) -> Fallible<()> {
    // SAFETY: the name is null or a C string; the list is null or ends in a null name, before which all have functions.
    unsafe {
        let Some(name) = optional_text(name) else { return Ok(()) };
        let mut count = 0;
        while !functions.is_null() && !(*functions.add(count)).name.is_null() {
            count += 1;
        }
        state.open_library_table(name, count)?;
        state.insert(-(upvalues + 1));
        Ok(())
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

/// A state on the internal allocator, with the default panic and warning functions.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_newstate() -> *mut Thread {
    // SAFETY: the allocator belongs to the new state, even if that cannot be made.
    unsafe {
        let memory = classes::create();
        if memory.is_null() {
            return ptr::null_mut();
        }
        let l = lifecycle::new_state(classes::allocate, memory, seed());
        if l.is_null() {
            return l;
        }
        (*(*l).global).panic = Some(panic);
        #[cfg(any(feature = "lua54", feature = "lua55"))]
        super::warnings::install(l);
        l
    }
}

/// The standard libraries in the order in which they are opened. They register themselves.
#[cfg(feature = "lua51")]
const LIBRARIES: &[(&[u8], &Builtin)] = &[
    (b"", &stdlib::base::OPEN),
    (b"package", &stdlib::package::OPEN),
    (b"table", &stdlib::table::OPEN),
    (b"io", &stdlib::io::OPEN),
    (b"os", &stdlib::os::OPEN),
    (b"string", &stdlib::string::OPEN),
    (b"math", &stdlib::math::OPEN),
    (b"debug", &stdlib::debug::OPEN),
];

#[cfg(feature = "lua51")]
fn open_library(state: State, name: &[u8], open: &'static Builtin) -> Fallible<()> {
    state.push_builtin(open);
    state.push_bytes(name)?;
    state.call(1, 0)
}

#[cfg(any(feature = "lua52", feature = "lua53", feature = "lua54"))]
fn open_library(state: State, name: &[u8], open: &'static Builtin) -> Fallible<()> {
    state.require(name, open, true)?;
    state.pop(1);
    Ok(())
}

/// The standard libraries in the order in which they are opened.
#[cfg(not(any(feature = "lua51", feature = "lua55")))]
const LIBRARIES: &[(&[u8], &Builtin)] = &[
    (b"_G", &stdlib::base::OPEN),
    (b"package", &stdlib::package::OPEN),
    (b"coroutine", &stdlib::coroutine::OPEN),
    (b"table", &stdlib::table::OPEN),
    (b"io", &stdlib::io::OPEN),
    (b"os", &stdlib::os::OPEN),
    (b"string", &stdlib::string::OPEN),
    #[cfg(any(feature = "lua52", feature = "lua53"))]
    (b"bit32", &stdlib::bit32::OPEN),
    (b"math", &stdlib::math::OPEN),
    #[cfg(not(any(feature = "lua51", feature = "lua52")))]
    (b"utf8", &stdlib::utf8::OPEN),
    (b"debug", &stdlib::debug::OPEN),
];

#[unsafe(no_mangle)]
#[cfg(not(feature = "lua55"))]
pub unsafe extern "C-unwind" fn luaL_openlibs(l: *mut Thread) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            for &(name, open) in LIBRARIES {
                open_library(state, name, open)?;
            }
            Ok(())
        })
    }
}

/// Exports openers of libraries: functions that a host pushes and calls as any `lua_CFunction`.
macro_rules! openers {
    ($($name:ident = $library:ident),* $(,)?) => {
        $(
            #[unsafe(no_mangle)]
            pub unsafe extern "C-unwind" fn $name(l: *mut Thread) -> c_int {
                // SAFETY: called as a `lua_CFunction`.
                unsafe { (stdlib::$library::OPEN.entry)(l) }
            }
        )*
    };
}

openers! {
    luaopen_base = base,
    luaopen_package = package,
    luaopen_coroutine = coroutine,
    luaopen_table = table,
    luaopen_io = io,
    luaopen_os = os,
    luaopen_string = string,
    luaopen_math = math,
    luaopen_debug = debug,
}

#[cfg(any(feature = "lua52", feature = "lua53"))]
openers! { luaopen_bit32 = bit32 }

#[cfg(not(any(feature = "lua51", feature = "lua52")))]
openers! { luaopen_utf8 = utf8 }
