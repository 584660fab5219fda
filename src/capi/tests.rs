//! The exported functions, called as a host calls them. What must equal stock Lua is compared with it in capi-tests/;
//! these tests are about what such a comparison does not see.

use super::access::*;
use super::auxiliary::*;
use super::calls::*;
use super::chunks::*;
use super::libraries::*;
use super::lifecycle::*;
use super::push::*;
use super::stack::*;
use super::tables::*;
use super::{State, Thread, text};
use core::ffi::{c_int, c_void};
use core::ptr;

const REGISTRY: c_int = crate::vm::state::REGISTRY;

/// Runs a test on a fresh state.
fn with_state(test: impl FnOnce(*mut Thread)) {
    // SAFETY: the state is made and closed here.
    unsafe {
        let l = luaL_newstate();
        assert!(!l.is_null());
        test(l);
        lua_close(l);
    }
}

unsafe fn open_all(l: *mut Thread) {
    // SAFETY: a fresh state.
    unsafe {
        #[cfg(not(feature = "lua55"))]
        luaL_openlibs(l);
        #[cfg(feature = "lua55")]
        super::v55::luaL_openselectedlibs(l, !0, 0);
    }
}

#[test]
fn references_are_reused_last_in_first_out() {
    with_state(|l| unsafe {
        let make = || {
            lua_pushinteger(l, 7);
            luaL_ref(l, REGISTRY)
        };
        let (a, b) = (make(), make());
        assert_ne!(a, b);
        luaL_unref(l, REGISTRY, a);
        luaL_unref(l, REGISTRY, b);
        assert_eq!((make(), make()), (b, a));
        lua_pushnil(l);
        assert_eq!(luaL_ref(l, REGISTRY), -1);
    });
}

#[test]
fn rotation_moves_segments() {
    with_state(|l| unsafe {
        for n in 1..=5 {
            lua_pushinteger(l, n);
        }
        let order = || -> [i64; 5] { core::array::from_fn(|n| lua_tointegerx(l, n as c_int + 1, ptr::null_mut())) };
        lua_rotate(l, 2, 2);
        assert_eq!(order(), [1, 4, 5, 2, 3]);
        lua_rotate(l, 2, -2);
        assert_eq!(order(), [1, 2, 3, 4, 5]);
        lua_rotate(l, 1, 1);
        assert_eq!(order(), [5, 1, 2, 3, 4]);
    });
}

#[test]
fn what_is_no_table_reads_as_empty() {
    with_state(|l| unsafe {
        lua_pushinteger(l, 1);
        assert_eq!(lua_rawgeti(l, 1, 1), 0);
        lua_pushnil(l);
        assert_eq!(lua_rawget(l, 1), 0);
        assert_eq!(lua_gettop(l), 3);
    });
}

#[test]
fn entry_points_of_library_functions_are_functions() {
    with_state(|l| unsafe {
        open_all(l);
        lua_getglobal(l, c"tostring".as_ptr());
        let entry = lua_tocfunction(l, -1).expect("a C function");
        lua_pushcclosure(l, entry, 0);
        lua_pushinteger(l, 42);
        assert_eq!(lua_pcallk(l, 1, 1, 0, 0, None), 0);
        assert_eq!(text(lua_tolstring(l, -1, ptr::null_mut())), b"42");
    });
}

#[test]
fn errors_of_c_functions_are_caught() {
    unsafe extern "C-unwind" fn fails(l: *mut Thread) -> c_int {
        // SAFETY: nothing in this frame needs to be dropped.
        unsafe {
            lua_pushstring(l, c"on purpose".as_ptr());
            lua_error(l)
        }
    }
    with_state(|l| unsafe {
        for _ in 0..3 {
            lua_pushcclosure(l, fails, 0);
            assert_eq!(lua_pcallk(l, 0, 0, 0, 0, None), 2);
            assert_eq!(text(lua_tolstring(l, -1, ptr::null_mut())), b"on purpose");
            lua_settop(l, 0);
        }
    });
}

#[test]
fn messages_of_the_loader_take_the_place_of_the_function() {
    with_state(|l| unsafe {
        assert_eq!(luaL_loadstring(l, c"return".as_ptr()), 0);
        assert_eq!(luaL_loadstring(l, c"x=".as_ptr()), 3);
        assert_eq!(luaL_loadbufferx(l, c"x=1".as_ptr(), 3, c"=n".as_ptr(), c"b".as_ptr()), 3);
        assert_eq!(text(lua_tolstring(l, -1, ptr::null_mut())), b"attempt to load a text chunk (mode is 'b')");
        assert_eq!(lua_gettop(l), 3);
    });
}

#[test]
fn addresses_look_as_printf_shows_them() {
    with_state(|l| unsafe {
        for address in [0usize, 1, 0xabc, usize::MAX] {
            lua_pushlightuserdata(l, address as *mut c_void);
            let mut expected = [0u8; 64];
            libc::snprintf(
                expected.as_mut_ptr().cast(),
                expected.len(),
                c"userdata: %p".as_ptr(),
                address as *const c_void,
            );
            assert_eq!(text(luaL_tolstring(l, -1, ptr::null_mut())), text(expected.as_ptr().cast()));
        }
        assert_eq!(State(l).top(), 8);
    });
}
