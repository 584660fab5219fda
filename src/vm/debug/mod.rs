//! What a running program can be told about itself: lines, names of variables and functions, the
//! messages built from them, `lua_Debug`, tracebacks.
//!
//! | module | subject |
//! |---|---|
//! | [`lines`] | which line an instruction is of; display names of chunks |
//! | [`names`] | names of values and functions, by symbolic execution of the code that led to them |
//! | [`errors`] | the VM's error messages that name the value at fault |
//! | [`info`] | `lua_Debug`: `lua_getstack`, `lua_getinfo` |
//! | [`locals`] | `lua_getlocal`, `lua_setlocal` |
//! | [`traceback`](mod@traceback) | `luaL_traceback` and names of functions in loaded modules |
//!
//! Nothing here changes how a program runs. All of it may look at any frame that is not the running
//! one; of the running frame, `saved_pc` must have been written back.

mod errors;
mod info;
mod lines;
mod locals;
mod names;
mod traceback;

pub use errors::{arith_error, call_error, compare_error, concat_error, for_error, to_integer_error, type_error};
pub use info::{DebugInfo, frame_at, get_info, get_stack};
pub use lines::{SYNTAX_ID_SIZE, chunk_id, current_line, current_pc, line_changed, line_of, push_position};
pub use locals::{get_local, local_name, set_local};
pub use names::function_name;
pub use traceback::{push_global_function_name, traceback};

use crate::object::thread::call_flag;
use crate::object::{CallInfo, LuaClosure, Proto, Value};
use core::ffi::{CStr, c_char};

/// A name as C wants it: what kind of thing it names ("local", "method", ...) and the name.
#[derive(Clone, Copy)]
pub struct Name {
    pub kind: &'static CStr,
    /// Ends in NUL; belongs to a prototype, an event name or the program text.
    pub text: *const c_char,
}

impl Name {
    const fn fixed(kind: &'static CStr, text: &'static CStr) -> Name {
        Name { kind, text: text.as_ptr() }
    }

    /// Whether it is that of a string constant.
    fn is_constant(&self) -> bool {
        self.kind == names::CONSTANT
    }

    /// The name's bytes up to the first NUL, which is how messages show it.
    ///
    /// # Safety
    /// The owner of the text is alive for as long as the result is used.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        // SAFETY: `text` ends in NUL.
        unsafe { CStr::from_ptr(self.text).to_bytes() }
    }

    /// The kind for messages.
    pub fn kind_str(self) -> &'static str {
        self.kind.to_str().unwrap_or("?")
    }
}

/// Whether a Lua function runs in the frame.
#[inline]
pub unsafe fn is_lua(ci: *const CallInfo) -> bool {
    // SAFETY: `ci` is a call record.
    unsafe { (*ci).flags & call_flag::NATIVE == 0 }
}

/// The closure of a Lua frame.
#[inline]
pub unsafe fn closure_of(ci: *const CallInfo) -> *mut LuaClosure {
    // SAFETY: `func` of a Lua frame holds a Lua closure.
    unsafe { Value::load((*ci).func).as_lua_closure() }
}

/// The prototype of a Lua frame.
#[inline]
pub unsafe fn proto_of(ci: *const CallInfo) -> *mut Proto {
    // SAFETY: as `closure_of`.
    unsafe { (*closure_of(ci)).proto }
}
