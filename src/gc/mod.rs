//! The collector.

use crate::object::{GcHeader, Global, Thread, Value};

/// Reasons why the collector does not run (`Global::stopped`).
pub mod stopped {
    /// `collectgarbage("stop")`
    pub const BY_USER: u8 = 1;
    /// The collector itself is working (a finalizer must not start a cycle).
    pub const BY_COLLECTOR: u8 = 2;
    /// The state is being opened or closed.
    pub const CLOSING: u8 = 4;
}

/// Sets the collector's initial parameters and lists in a fresh state.
pub unsafe fn init(_g: *mut Global) {
    unimplemented!()
}

/// Runs a step when one is due. Call after creating objects, with everything live below `top`.
#[inline(always)]
pub unsafe fn check(l: *mut Thread) {
    // SAFETY: `l` is live.
    unsafe {
        if (*(*l).global).heap.debt > 0 {
            step(l);
        }
    }
}

/// Does the work that is due.
#[cold]
#[inline(never)]
pub unsafe fn step(_l: *mut Thread) {
    unimplemented!()
}

/// A full collection; `emergency`: an allocation failed, so no finalizers and no shrinking of stacks in use.
pub unsafe fn full(_l: *mut Thread, _emergency: bool) {
    unimplemented!()
}

/// Call after storing `value` in `object` (anything but a table, a thread or an upvalue).
#[inline(always)]
pub unsafe fn barrier(g: *mut Global, object: *mut GcHeader, value: Value) {
    // SAFETY: both are live.
    unsafe {
        if value.is_collectable() && (*object).is_black() && (*value.as_object()).is_white() {
            barrier_forward(g, object, value.as_object());
        }
    }
}

/// Call after storing a pointer to `target` in `object`.
#[inline(always)]
pub unsafe fn barrier_object(g: *mut Global, object: *mut GcHeader, target: *mut GcHeader) {
    // SAFETY: both are live.
    unsafe {
        if (*object).is_black() && (*target).is_white() {
            barrier_forward(g, object, target);
        }
    }
}

/// Call after storing `value` in the table `object` (or user value of a userdata).
#[inline(always)]
pub unsafe fn barrier_back(g: *mut Global, object: *mut GcHeader, value: Value) {
    // SAFETY: both are live.
    unsafe {
        if value.is_collectable() && (*object).is_black() && (*value.as_object()).is_white() {
            barrier_back_slow(g, object);
        }
    }
}

/// Marks `target` (or, while sweeping, whitens `object`).
#[cold]
#[inline(never)]
pub unsafe fn barrier_forward(_g: *mut Global, _object: *mut GcHeader, _target: *mut GcHeader) {
    unimplemented!()
}

/// Puts a black `object` back among the gray.
#[cold]
#[inline(never)]
pub unsafe fn barrier_back_slow(_g: *mut Global, _object: *mut GcHeader) {
    unimplemented!()
}

/// Call when `object` gets a metatable: registers it for finalization if that has `__gc`.
pub unsafe fn check_finalizer(_l: *mut Thread, _object: *mut GcHeader, _metatable: *mut crate::object::Table) {
    unimplemented!()
}

/// Keeps an object that is never collected (reserved words, the memory message): takes it out of the list it
/// was just put into.
pub unsafe fn fix(_g: *mut Global, _object: *mut GcHeader) {
    unimplemented!()
}

/// `lua_close`: calls all pending finalizers, then frees every object.
pub unsafe fn free_all(_l: *mut Thread) {
    unimplemented!()
}

/// `collectgarbage("incremental"/"generational")`: changes the mode; true when it was generational before.
pub unsafe fn set_generational(_l: *mut Thread, _on: bool) -> bool {
    unimplemented!()
}

/// `lua_gc(L, LUA_GCSTEP, kilobytes)`: true when the step finished a cycle.
pub unsafe fn explicit_step(_l: *mut Thread, _kilobytes: i32) -> bool {
    unimplemented!()
}
