//! Precompiled chunks by way of the C API: what was written is read back, and what was damaged is refused or does
//! no harm.
#![allow(clippy::disallowed_types, clippy::disallowed_macros, improper_ctypes)]

use crate::object::Thread;
use crate::object::thread::Hook;
use core::ffi::{c_char, c_int, c_void};

type Writer = unsafe extern "C-unwind" fn(*mut Thread, *const c_void, usize, *mut c_void) -> c_int;

unsafe extern "C-unwind" {
    fn luaL_newstate() -> *mut Thread;
    #[cfg(not(feature = "lua55"))]
    fn luaL_openlibs(l: *mut Thread);
    #[cfg(feature = "lua55")]
    fn luaL_openselectedlibs(l: *mut Thread, load: c_int, preload: c_int);
    fn lua_close(l: *mut Thread);
    fn luaL_loadbufferx(l: *mut Thread, b: *const u8, n: usize, name: *const c_char, mode: *const c_char) -> c_int;
    fn lua_dump(l: *mut Thread, writer: Writer, data: *mut c_void, strip: c_int) -> c_int;
    fn lua_pcallk(
        l: *mut Thread,
        args: c_int,
        results: c_int,
        handler: c_int,
        context: isize,
        k: *const c_void,
    ) -> c_int;
    fn lua_sethook(l: *mut Thread, hook: Option<Hook>, mask: c_int, count: c_int);
    fn lua_pushstring(l: *mut Thread, s: *const c_char) -> *const c_char;
    fn lua_tolstring(l: *mut Thread, index: c_int, n: *mut usize) -> *const u8;
    fn lua_error(l: *mut Thread) -> c_int;
    fn lua_settop(l: *mut Thread, index: c_int);
}

const SOURCES: [&str; 6] = [
    "local a, b = 1, 2.5; local t = {1,2,3,x=1,y={}} for i=1,3 do t[i]=i*a end for k,v in pairs(t) do a = a+#tostring(v) end return a",
    "local function f(...) local n = select('#', ...) local t = {...} return n, ... end return f(1, f(2, 3))",
    "local t = setmetatable({}, {__index=function(_, k) return k end}) local y = t.foo .. t.bar return (function() return t.a end)()",
    "local s = 0; for i=10,1,-2 do for j=1.0,2.0,0.5 do s = s + i*j if s > 50 then break end end end return s, s < 10, not s",
    "local up = 0; local function inc(n) up = up + n; return function() up = up * 2; return up end end; local g = inc(3); return g(), -up",
    "local r = {} for w, x in next, {a=1,b=2} do r[#r+1] = function(...) x = w; return w, ... end end return r[1](r[2](7)), \
     'a string that is long enough not to be interned', r == 1, r ~= 'x', #r",
];

/// A state with the libraries, closed when dropped.
struct Lua(*mut Thread);

impl Lua {
    fn new() -> Lua {
        unsafe {
            let l = luaL_newstate();
            assert!(!l.is_null());
            #[cfg(not(feature = "lua55"))]
            luaL_openlibs(l);
            #[cfg(feature = "lua55")]
            luaL_openselectedlibs(l, !0, 0);
            Lua(l)
        }
    }

    /// Pushes the function, or says what is wrong.
    fn load(&self, chunk: &[u8]) -> Result<(), Vec<u8>> {
        unsafe {
            match luaL_loadbufferx(self.0, chunk.as_ptr(), chunk.len(), c"=chunk".as_ptr(), core::ptr::null()) {
                0 => Ok(()),
                _ => Err(self.pop_text()),
            }
        }
    }

    fn pop_text(&self) -> Vec<u8> {
        unsafe {
            let mut n = 0;
            let text = lua_tolstring(self.0, -1, &mut n);
            let text = if text.is_null() { Vec::new() } else { core::slice::from_raw_parts(text, n).to_vec() };
            lua_settop(self.0, -2);
            text
        }
    }

    /// The chunk of the function on top, which is popped.
    fn dump(&self, strip: bool) -> Vec<u8> {
        unsafe extern "C-unwind" fn append(_: *mut Thread, piece: *const c_void, n: usize, to: *mut c_void) -> c_int {
            // (5.5 tells the end by a piece without an address.)
            if n > 0 {
                unsafe { (*to.cast::<Vec<u8>>()).extend_from_slice(core::slice::from_raw_parts(piece.cast(), n)) };
            }
            0
        }
        let mut bytes = Vec::new();
        unsafe {
            assert_eq!(lua_dump(self.0, append, (&raw mut bytes).cast(), strip as c_int), 0);
            lua_settop(self.0, -2);
        }
        bytes
    }

    /// Calls the function on top, for a while.
    fn run(&self) {
        unsafe extern "C-unwind" fn stop(l: *mut Thread, _: *mut c_void) {
            unsafe {
                lua_pushstring(l, c"long enough".as_ptr());
                lua_error(l);
            }
        }
        const MASK_COUNT: c_int = 8;
        unsafe {
            lua_sethook(self.0, Some(stop), MASK_COUNT, 1000);
            lua_pcallk(self.0, 0, 0, 0, 0, core::ptr::null());
            lua_settop(self.0, 0);
        }
    }
}

impl Drop for Lua {
    fn drop(&mut self) {
        unsafe { lua_close(self.0) }
    }
}

/// All sources as chunks, with and without debug information.
fn chunks() -> Vec<Vec<u8>> {
    let lua = Lua::new();
    let compile = |source: &str, strip| {
        lua.load(source.as_bytes()).unwrap();
        lua.dump(strip)
    };
    SOURCES.iter().flat_map(|source| [compile(source, false), compile(source, true)]).collect()
}

#[test]
fn chunks_are_read_back() {
    let lua = Lua::new();
    for (n, chunk) in chunks().into_iter().enumerate() {
        lua.load(&chunk).unwrap();
        let stripped = n % 2 == 1;
        assert!(lua.dump(stripped) == chunk);
        lua.load(&chunk).unwrap();
        lua.run();
    }
}

#[test]
fn truncated_chunks_are_refused() {
    let lua = Lua::new();
    let chunk = &chunks()[0];
    for n in 1..chunk.len() {
        let message = lua.load(&chunk[..n]).unwrap_err();
        assert!(message.starts_with(b"chunk: "), "{}", String::from_utf8_lossy(&message));
    }
}

#[test]
fn damaged_chunks_do_no_harm() {
    let chunks = chunks();
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % below
    };
    for _ in 0..40 {
        let lua = Lua::new();
        for _ in 0..100 {
            let mut chunk = chunks[random(chunks.len())].clone();
            for _ in 0..=random(3) {
                let at = 30 + random(chunk.len() - 30);
                chunk[at] = match random(3) {
                    0 => random(256) as u8,
                    1 => random(12) as u8,
                    _ => chunk[at].wrapping_add(random(5) as u8).wrapping_sub(2),
                };
            }
            if lua.load(&chunk).is_ok() {
                lua.run();
            }
        }
    }
}
