//! The order of the standard libraries' fields in Lua 5.1.
//!
//! In 5.1 the order in which `pairs` shows string keys depends on nothing but the keys, the size of the table and the
//! order in which the keys came in. So that `pairs(string)` and `pairs(_G)` go as in stock Lua, a library's names are
//! entered as stock Lua enters them, before the functions come, group by group, from wherever they are defined.

use crate::object::Fallible;
use crate::vm::State;

/// `"a b c"` as a list of names.
macro_rules! names {
    ($( $name:ident )*) => { &[$( stringify!($name).as_bytes() ),*] };
}

/// The basic library's names, after `_G`.
pub const BASE: &[&[u8]] = names! {
    _G assert collectgarbage dofile error gcinfo getfenv getmetatable loadfile load loadstring next pcall print rawequal
    rawget rawset select setfenv setmetatable tonumber tostring type unpack xpcall _VERSION ipairs pairs newproxy
};
/// The library `math`; what else it has comes later.
pub const MATH: &[&[u8]] = names! {
    abs acos asin atan2 atan ceil cosh cos deg exp floor fmod frexp ldexp log10 log max min modf pow rad random randomseed
    sinh sin sqrt tanh tan
};
/// The library `string`.
pub const STRING: &[&[u8]] = names! {
    byte char dump find format gfind gmatch gsub len lower match rep reverse sub upper
};
/// The library `table`.
pub const TABLE: &[&[u8]] = names! { concat foreach foreachi getn maxn insert remove setn sort };

/// The library `debug`.
pub const DEBUG: &[&[u8]] = names! {
    debug getfenv gethook getinfo getlocal getregistry getmetatable getupvalue setfenv sethook setlocal setmetatable
    setupvalue traceback
};

/// Makes the library `name`, if it is new, with just enough room for `names`, and enters these.
pub fn enter_library(l: State, name: &[u8], names: &[&[u8]]) -> Fallible<()> {
    l.open_library_table(name, names.len())?;
    enter(l, names)?;
    l.pop(1);
    Ok(())
}

/// Enters `names` into the table on top. Their values are to follow.
pub fn enter(l: State, names: &[&[u8]]) -> Fallible<()> {
    for name in names {
        l.push_boolean(false);
        l.set_field(-2, name)?;
    }
    Ok(())
}
