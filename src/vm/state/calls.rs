//! Calling functions, and raising errors.

use super::{MULTRET, State};
use crate::object::thread::{STATUS_OK, call_flag};
use crate::object::{Fallible, Thrown, Value};
use crate::version::{HAS_TBC, YIELDABLE_MEANS_RUNNING};
use crate::vm::builtin::Continuation;
use crate::vm::error::{self, Part};
use crate::vm::{call, debug};

impl State {
    /// The slot of the function below `args` arguments.
    #[inline(always)]
    pub(crate) fn callee(self, args: i32) -> *mut Value {
        // SAFETY: function and arguments are on top.
        unsafe { (*self.0).top.offset(-(args as isize) - 1) }
    }

    /// After a call for all results: they may have grown beyond the frame's end.
    #[inline(always)]
    pub(crate) fn adopt_results(self, results: i32) {
        // SAFETY: `ci` is the running frame.
        unsafe {
            let l = self.0;
            if results <= MULTRET && (*(*l).ci).top < (*l).top {
                (*(*l).ci).top = (*l).top;
            }
        }
    }

    /// Calls with `args` arguments on top of the function. Not suspendable.
    #[inline]
    pub fn call(self, args: i32, results: i32) -> Fallible<()> {
        // SAFETY: function and arguments are on top.
        unsafe { call::call(self.0, self.callee(args), results, false)? };
        self.adopt_results(results);
        Ok(())
    }

    /// `lua_pcall` with a handler index (0: none). On `Err` the error object is on top.
    pub fn pcall(self, args: i32, results: i32, handler: i32) -> Result<(), Thrown> {
        // SAFETY: function and arguments are on top, the handler below them.
        let outcome = unsafe { call::pcall(self.0, self.callee(args), results, self.handler_offset(handler)) };
        self.adopt_results(results);
        outcome
    }

    /// Stack offset, in bytes, of a message handler's index (0 stays 0).
    pub(crate) fn handler_offset(self, handler: i32) -> isize {
        if handler == 0 {
            return 0;
        }
        // SAFETY: the handler is a slot of the stack.
        unsafe { self.at(handler).byte_offset_from((*self.0).stack) }
    }

    /// The last act of a builtin: calls and goes on in `continuation`; coroutines may yield meanwhile.
    pub fn call_then(self, args: i32, results: i32, continuation: Continuation, context: isize) -> Fallible<i32> {
        // SAFETY: as `call`.
        unsafe { call::call_then(self.0, self.callee(args), results, None, continuation, context) }
    }

    /// As `call_then`, protected.
    pub fn pcall_then(
        self,
        args: i32,
        results: i32,
        handler: i32,
        continuation: Continuation,
        context: isize,
    ) -> Fallible<i32> {
        let handler = self.handler_offset(handler);
        // SAFETY: as `pcall`.
        unsafe { call::call_then(self.0, self.callee(args), results, Some(handler), continuation, context) }
    }

    pub fn is_yieldable(self) -> bool {
        // SAFETY: the thread is alive.
        unsafe {
            let active = (*self.0).status == STATUS_OK && (*self.0).ci != (*self.0).call_base;
            (*self.0).c_calls & 0xFFFF_0000 == 0 && (active || !YIELDABLE_MEANS_RUNNING)
        }
    }

    /// Raises the value on top. (The fixed message of memory errors is raised as one.)
    pub fn throw(self) -> Thrown {
        let value = self.value(-1);
        // SAFETY: the value is on the stack.
        unsafe {
            if value.is_short_string() && core::ptr::eq(value.as_str(), (*(*self.0).global).memory_message) {
                return Thrown::Memory;
            }
            error::throw_value(self.0, value)
        }
    }

    /// `luaL_error`: a message with the position of the calling Lua function.
    #[cold]
    pub fn error(self, parts: &[Part]) -> Thrown {
        let build = || -> Fallible<()> {
            let placed = self.push_place(1)?;
            self.push_parts(parts)?;
            if placed { self.concat(2) } else { Ok(()) }
        };
        match build() {
            Ok(()) => self.throw(),
            Err(thrown) => thrown,
        }
    }

    /// `luaL_where`: pushes "chunk:line: " of level, or "".
    pub fn push_where(self, level: i32) -> Fallible<()> {
        if self.push_place(level)? { Ok(()) } else { self.push_bytes(b"") }
    }

    /// Pushes "chunk:line: " of level, if it has a place: whether it has. Makes room for two values in any case.
    pub fn push_place(self, level: i32) -> Fallible<bool> {
        // SAFETY: a frame of this thread. Two slots are needed whatever the caller left.
        unsafe {
            call::ensure_stack(self.0, 2)?;
            let ci = debug::frame_at(self.0, level);
            // Without line information there is no place to tell.
            if ci.is_null() || !debug::is_lua(ci) || debug::current_line(ci) <= 0 {
                return Ok(false);
            }
            debug::push_position(self.0, ci)?;
            Ok(true)
        }
    }

    // ---- to-be-closed variables

    /// `lua_toclose`: the slot's value will be closed when it leaves the frame.
    pub fn mark_to_close(self, index: i32) -> Fallible<()> {
        // SAFETY: a slot of the running frame.
        unsafe {
            call::new_tbc(self.0, self.slot(index))?;
            (*(*self.0).ci).flags |= call_flag::HAS_TBC;
            Ok(())
        }
    }

    /// `lua_closeslot`: closes the slot's value now, and sets it to nil.
    pub fn close_slot(self, index: i32) -> Fallible<()> {
        let index = self.abs_index(index);
        // SAFETY: the slot is looked up again after the stack may have moved.
        unsafe {
            call::close(self.0, self.slot(index), STATUS_OK, false)?;
            Value::store_nil(self.slot(index));
            Ok(())
        }
    }

    /// Whether `lua_toclose` was used in the running frame.
    #[inline(always)]
    pub(crate) fn has_slots_to_close(self) -> bool {
        // SAFETY: `ci` is the running frame.
        HAS_TBC && unsafe { (*(*self.0).ci).flags } & call_flag::HAS_TBC != 0
    }

    /// As [`State::set_top`], closing the to-be-closed variables that leave the frame.
    #[cold]
    pub(crate) fn close_and_set_top(self, index: i32) -> Fallible<()> {
        let keep = if index < 0 { self.top() + 1 + index } else { index };
        if keep < self.top() {
            // SAFETY: the first slot that is dropped.
            unsafe { call::close(self.0, self.slot(keep + 1), STATUS_OK, false)? };
        }
        self.set_top(keep);
        Ok(())
    }
}
