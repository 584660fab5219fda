//! What only Lua 5.5 exports, or declares in another way: seeds, selected libraries, external strings.

use super::lifecycle::seed;
use super::raising;
use crate::memory::Allocator;
use crate::object::string::MAX_SHORT;
use crate::object::{Fallible, Str, Thread, Value, number};
use crate::stdlib;
use crate::vm::state::PRELOAD_TABLE;
use crate::vm::state::REGISTRY;
use crate::vm::{Builtin, State, lifecycle};
use core::ffi::{c_char, c_int, c_uint, c_void};
use core::ptr;

#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_newstate(f: Allocator, ud: *mut c_void, seed: c_uint) -> *mut Thread {
    // SAFETY: the host's allocator keeps the contract of `lua_Alloc`.
    unsafe { lifecycle::new_state(f, ud, seed) }
}

/// A number that differs from run to run; the thread is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_makeseed(_l: *mut Thread) -> c_uint {
    seed()
}

/// An allocation function on `malloc` for hosts to use.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_alloc(
    _ud: *mut c_void,
    block: *mut c_void,
    _old_size: usize,
    new_size: usize,
) -> *mut c_void {
    // SAFETY: `block` is null or came from here.
    unsafe {
        if new_size == 0 {
            libc::free(block);
            return ptr::null_mut();
        }
        libc::realloc(block, new_size)
    }
}

/// The standard libraries in the order of their bits `LUA_*LIBK`.
const LIBRARIES: [(&[u8], &Builtin); 10] = [
    (b"_G", &stdlib::base::OPEN),
    (b"package", &stdlib::package::OPEN),
    (b"coroutine", &stdlib::coroutine::OPEN),
    (b"debug", &stdlib::debug::OPEN),
    (b"io", &stdlib::io::OPEN),
    (b"math", &stdlib::math::OPEN),
    (b"os", &stdlib::os::OPEN),
    (b"string", &stdlib::string::OPEN),
    (b"table", &stdlib::table::OPEN),
    (b"utf8", &stdlib::utf8::OPEN),
];

/// Opens the libraries whose bits are set in `load`, and leaves those in `preload` for `require`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn luaL_openselectedlibs(l: *mut Thread, load: c_int, preload: c_int) {
    // SAFETY: `raising` is called directly.
    unsafe {
        raising(l, |state| {
            state.get_subtable(REGISTRY, PRELOAD_TABLE)?;
            for (n, &(name, open)) in LIBRARIES.iter().enumerate() {
                if load & (1 << n) != 0 {
                    state.require(name, open, true)?;
                    state.pop(1);
                } else if preload & (1 << n) != 0 {
                    state.push_builtin(open);
                    state.set_field(-2, name)?;
                }
            }
            state.pop(1);
            Ok(())
        })
    }
}

/// A string whose `len` bytes stay where they are; `free` (if any) is called when they are not needed any more. Returns
/// their address.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_pushexternalstring(
    l: *mut Thread,
    s: *const c_char,
    len: usize,
    free: Option<Allocator>,
    ud: *mut c_void,
) -> *const c_char {
    // SAFETY: the host's bytes; the string is on the stack before the collector may run.
    unsafe {
        raising(l, |state| {
            // An empty string has an address, too, which is to be freed.
            let bytes = core::slice::from_raw_parts(s.cast::<u8>(), len);
            if len > MAX_SHORT {
                state.push(Value::object(Str::new_external((*l).global, bytes, free, ud)?));
            } else {
                push_short_external(state, bytes, free, ud)?;
            }
            state.gc_check()?;
            Ok(s)
        })
    }
}

/// Pushes a copy of the bytes, as a short string is interned, which are not freed before the copy.
unsafe fn push_short_external(state: State, bytes: &[u8], free: Option<Allocator>, ud: *mut c_void) -> Fallible<()> {
    // SAFETY: the host's bytes; the copy is on the stack before anything else is allocated.
    unsafe {
        let g = (*state.0).global;
        let copy = match Str::new(g, bytes) {
            Ok(copy) => copy,
            Err(trouble) => {
                if let Some(free) = free {
                    free(ud, bytes.as_ptr().cast_mut().cast(), bytes.len() + 1, 0);
                }
                return Err(trouble.into());
            }
        };
        state.push(Value::object(copy));
        if free.is_some() {
            let holder = Str::new_external(g, bytes, free, ud)?;
            Str::hold_for(g, holder, copy);
        }
        Ok(())
    }
}

/// Writes the number at `index` and a NUL to `buffer` (`LUA_N2SBUFFSZ` bytes); returns how many bytes that are, 0 if there is
/// no number.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn lua_numbertocstring(l: *mut Thread, index: c_int, buffer: *mut c_char) -> c_uint {
    let value = State(l).value(index);
    if !value.is_number() {
        return 0;
    }
    let mut text = [0; number::MAX_TEXT];
    let len = number::format(value, &mut text);
    // SAFETY: the host's buffer has room for the text of any number.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr(), buffer.cast(), len);
        buffer.add(len).write(0);
    }
    len as c_uint + 1
}
