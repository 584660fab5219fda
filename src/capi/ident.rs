//! Which Lua this is, and whether it is the one that a program was compiled for.

/// Who this is, for `strings` and `ident`.
#[unsafe(no_mangle)]
pub static lua_ident: [u8; IDENT.len() + 1] = {
    let mut text = [0; IDENT.len() + 1];
    let mut n = 0;
    while n < IDENT.len() {
        text[n] = IDENT.as_bytes()[n];
        n += 1;
    }
    text
};

#[cfg(feature = "lua51")]
const IDENT: &str = "$Lua: Lua 5.1.5 Copyright (C) 1994-2012 Lua.org, PUC-Rio $\n\
$Authors: R. Ierusalimschy, L. H. de Figueiredo & W. Celes $\n$URL: www.lua.org $\n";
#[cfg(feature = "lua52")]
const IDENT: &str = "$LuaVersion: Lua 5.2.4  Copyright (C) 1994-2015 Lua.org, PUC-Rio $\
$LuaAuthors: R. Ierusalimschy, L. H. de Figueiredo, W. Celes $";
#[cfg(feature = "lua53")]
const IDENT: &str = "$LuaVersion: Lua 5.3.6  Copyright (C) 1994-2020 Lua.org, PUC-Rio $\
$LuaAuthors: R. Ierusalimschy, L. H. de Figueiredo, W. Celes $";
#[cfg(feature = "lua54")]
const IDENT: &str = "$LuaVersion: Lua 5.4.8  Copyright (C) 1994-2025 Lua.org, PUC-Rio $\
$LuaAuthors: R. Ierusalimschy, L. H. de Figueiredo, W. Celes $";
#[cfg(feature = "lua55")]
const IDENT: &str = "$LuaVersion: Lua 5.5.0  Copyright (C) 1994-2025 Lua.org, PUC-Rio $\
$LuaAuthors: R. Ierusalimschy, L. H. de Figueiredo, W. Celes $";

#[cfg(feature = "lua52")]
pub use checks::luaL_checkversion_;

#[cfg(not(feature = "lua51"))]
mod checks {
    use super::super::raising;
    use crate::object::{Fallible, Thread};
    use crate::version::{TELLS_LIBRARIES_APART, VERSION};
    use crate::vm::State;
    use crate::vm::error::Part;
    use crate::vm::lifecycle::VERSION_NUMBER;
    use core::ptr;

    #[unsafe(no_mangle)]
    #[cfg(any(feature = "lua54", feature = "lua55"))]
    pub unsafe extern "C-unwind" fn lua_version(_l: *mut Thread) -> f64 {
        VERSION as f64
    }

    /// The number of the library that made the state, or of this one when there is none. Its address tells libraries
    /// apart.
    #[unsafe(no_mangle)]
    #[cfg(any(feature = "lua52", feature = "lua53"))]
    pub unsafe extern "C-unwind" fn lua_version(l: *mut Thread) -> *const f64 {
        // SAFETY: null or a live state.
        if l.is_null() { &raw const VERSION_NUMBER } else { unsafe { (*(*l).global).version } }
    }

    #[unsafe(no_mangle)]
    #[cfg(feature = "lua52")]
    pub unsafe extern "C-unwind" fn luaL_checkversion_(l: *mut Thread, version: f64) {
        // SAFETY: `raising` is called directly.
        unsafe { raising(l, |state| check_version(state, version)) }
    }

    /// `sizes`: of the two kinds of numbers, as `LUAL_NUMSIZES` puts them together.
    #[unsafe(no_mangle)]
    #[cfg(not(feature = "lua52"))]
    pub unsafe extern "C-unwind" fn luaL_checkversion_(l: *mut Thread, version: f64, sizes: usize) {
        // SAFETY: `raising` is called directly.
        unsafe {
            raising(l, |state| {
                if sizes != size_of::<i64>() * 16 + size_of::<f64>() {
                    return Err(state.error(&["core and library have incompatible numeric types".into()]));
                }
                check_version(state, version)
            })
        }
    }

    unsafe fn check_version(state: State, version: f64) -> Fallible<()> {
        // SAFETY: a live state knows the version of the library that made it.
        let core = unsafe { (*(*state.0).global).version };
        if TELLS_LIBRARIES_APART && !ptr::eq(core, &raw const VERSION_NUMBER) {
            return Err(state.error(&["multiple Lua VMs detected".into()]));
        }
        if version != VERSION as f64 {
            return Err(state.error(&[
                "version mismatch: app. needs ".into(),
                Part::Float(version),
                ", Lua core provides ".into(),
                Part::Float(VERSION as f64),
            ]));
        }
        Ok(())
    }
}
