//! The stack by index: addresses of values, pushing, moving, and room (manual §4.1).
//!
//! Slots between a frame's function and `Thread::top` are live. Slots above `top` hold stale values that nobody reads.

use super::{BEFORE_UPVALUES, REGISTRY, State};
use crate::gc;
use crate::object::{CClosure, Fallible, Value, tag};
use crate::version::MAX_FRAME;
use crate::vm::call;

/// What is at an acceptable index where there is no value. Never written.
pub(super) static NO_VALUE: Value = Value::NIL;

/// Where an acceptable index leads.
enum Place {
    Slot(*mut Value),
    /// Above the top of the frame.
    Nowhere,
    /// The registry, an environment, or an upvalue.
    Pseudo,
}

impl State {
    #[inline(always)]
    fn place(self, index: i32) -> Place {
        // SAFETY: the frame's slots lie in the stack; a valid negative index stays above `func`.
        unsafe {
            let l = self.0;
            if index > 0 {
                let slot = (*(*l).ci).func.wrapping_add(index as usize);
                if slot < (*l).top { Place::Slot(slot) } else { Place::Nowhere }
            } else if index > REGISTRY {
                Place::Slot((*l).top.wrapping_offset(index as isize))
            } else {
                Place::Pseudo
            }
        }
    }

    /// Address of an acceptable index; of a static nil when there is no value there (`is_none` tells).
    #[inline(always)]
    pub fn at(self, index: i32) -> *const Value {
        match self.place(index) {
            Place::Slot(slot) => slot,
            Place::Nowhere => &raw const NO_VALUE,
            Place::Pseudo => self.at_pseudo(index),
        }
    }

    /// The value in a slot of the frame; `None` for pseudo-indices and where there is none. For fast paths, which leave
    /// everything else to a function that they call last, and so need no frame on the native stack.
    #[inline(always)]
    pub(crate) fn in_frame(self, index: i32) -> Option<Value> {
        match self.place(index) {
            // SAFETY: a slot below the top holds a live value.
            Place::Slot(slot) => Some(unsafe { Value::load(slot) }),
            Place::Nowhere | Place::Pseudo => None,
        }
    }

    /// Address of the registry, an environment, or an upvalue of the running native function.
    #[cold]
    #[inline(never)]
    fn at_pseudo(self, index: i32) -> *const Value {
        self.pseudo(index)
    }

    /// As [`State::value`], for functions that have tried [`State::in_frame`]: pseudo-indices without another call.
    #[inline(always)]
    pub(crate) fn value_elsewhere(self, index: i32) -> Value {
        // SAFETY: as `value`.
        unsafe { Value::load(if index <= REGISTRY { self.pseudo(index) } else { self.at(index) }) }
    }

    #[inline(always)]
    fn pseudo(self, index: i32) -> *const Value {
        // SAFETY: `ci` is the running frame, whose function slot holds a live value.
        unsafe {
            let l = self.0;
            if index == REGISTRY {
                return &raw const (*(*l).global).registry;
            }
            #[cfg(feature = "lua51")]
            if index >= BEFORE_UPVALUES {
                return self.environment_at(index);
            }
            let n = BEFORE_UPVALUES.wrapping_sub(index);
            let function = Value::load((*(*l).ci).func);
            if function.tag != tag::C_CLOSURE {
                return &raw const NO_VALUE;
            }
            let closure = function.as_c_closure();
            if n >= 1 && n <= (*closure).upvalue_count as i32 {
                CClosure::upvalue(closure, n as usize - 1)
            } else {
                &raw const NO_VALUE
            }
        }
    }

    /// The value at an acceptable index (nil for none).
    #[inline(always)]
    pub fn value(self, index: i32) -> Value {
        // SAFETY: `at` gives a readable address.
        unsafe { Value::load(self.at(index)) }
    }

    #[inline(always)]
    pub fn is_none(self, index: i32) -> bool {
        core::ptr::eq(self.at(index), &raw const NO_VALUE)
    }

    #[inline(always)]
    pub fn is_none_or_nil(self, index: i32) -> bool {
        self.value(index).is_nil()
    }

    #[inline(always)]
    pub fn is_nil(self, index: i32) -> bool {
        let at = self.at(index);
        // SAFETY: as `value`.
        !core::ptr::eq(at, &raw const NO_VALUE) && unsafe { Value::load(at) }.is_nil()
    }

    #[inline]
    pub fn abs_index(self, index: i32) -> i32 {
        if index > 0 || index <= REGISTRY { index } else { self.top() + 1 + index }
    }

    /// Number of values in the frame: in a function, of arguments.
    #[inline(always)]
    pub fn top(self) -> i32 {
        // SAFETY: both lie in the same stack, `top` above `func`.
        unsafe { (*self.0).top.offset_from((*(*self.0).ci).func) as i32 - 1 }
    }

    /// Does not close to-be-closed variables (`capi::lua_settop` does).
    #[inline]
    pub fn set_top(self, index: i32) {
        // SAFETY: the new top lies in the frame; new slots are cleared before they become live.
        unsafe {
            let l = self.0;
            if index < 0 {
                (*l).top = (*l).top.offset(index as isize + 1);
                return;
            }
            let top = (*(*l).ci).func.add(1 + index as usize);
            let mut slot = (*l).top;
            while slot < top {
                Value::store_nil(slot);
                slot = slot.add(1);
            }
            (*l).top = top;
        }
    }

    #[inline(always)]
    pub fn pop(self, n: i32) {
        // SAFETY: there are `n` values above the frame's function.
        unsafe { (*self.0).top = (*self.0).top.offset(-(n as isize)) }
    }

    #[inline(always)]
    pub fn push(self, v: Value) {
        // SAFETY: there is a free slot, the caller's promise (see the module).
        unsafe {
            let l = self.0;
            let slot = (*l).top;
            Value::store(slot, v);
            (*l).top = slot.add(1);
        }
    }

    /// Pushes a live object, which begins with a `GcHeader`.
    #[inline(always)]
    pub(crate) fn push_object<T>(self, object: *mut T) {
        // SAFETY: the caller's object is alive, and its header tells its tag.
        self.push(unsafe { Value::object(object) })
    }

    #[inline(always)]
    pub fn push_value(self, index: i32) {
        self.push(self.value(index))
    }

    /// Address of a slot of the frame (`index` is valid and not a pseudo-index).
    #[inline(always)]
    pub(crate) fn slot(self, index: i32) -> *mut Value {
        self.at(index).cast_mut()
    }

    /// Rotates the values from `index` to the top by `n` positions towards the top.
    #[inline]
    pub fn rotate(self, index: i32, n: i32) {
        // SAFETY: the segment lies in the frame and is at least `|n|` long.
        unsafe {
            let last = (*self.0).top.sub(1);
            let first = self.slot(index);
            let middle = if n >= 0 { last.offset(-(n as isize)) } else { first.offset(-(n as isize) - 1) };
            reverse(first, middle);
            reverse(middle.add(1), last);
            reverse(first, last);
        }
    }

    /// Moves the top value to `index`, shifting the ones above it up.
    #[inline]
    pub fn insert(self, index: i32) {
        // SAFETY: `index` is a slot of the frame.
        unsafe {
            let to = self.slot(index);
            let mut at = (*self.0).top.sub(1);
            let value = Value::load(at);
            while at > to {
                Value::copy(at, at.sub(1));
                at = at.sub(1);
            }
            Value::store(to, value);
        }
    }

    /// Removes the value at `index`, shifting the ones above it down.
    #[inline]
    pub fn remove(self, index: i32) {
        // SAFETY: `index` is a slot of the frame.
        unsafe {
            let mut at = self.slot(index);
            let last = (*self.0).top.sub(1);
            while at < last {
                Value::copy(at, at.add(1));
                at = at.add(1);
            }
            (*self.0).top = last;
        }
    }

    /// Pops a value into `index`.
    #[inline]
    pub fn replace(self, index: i32) {
        self.copy(-1, index);
        self.pop(1);
    }

    /// Copies a value; `to` may be an upvalue or the registry.
    #[inline]
    pub fn copy(self, from: i32, to: i32) {
        // SAFETY: `to` is valid. The registry needs no barrier: the collector visits it again before it sweeps.
        unsafe {
            let l = self.0;
            #[cfg(feature = "lua51")]
            if to == super::GLOBALS {
                return self.copy_to_globals(from);
            }
            let target = self.at(to).cast_mut();
            if core::ptr::eq(target, &raw const NO_VALUE) {
                return;
            }
            let value = self.value(from);
            Value::store(target, value);
            if to < REGISTRY {
                gc::barrier((*l).global, Value::load((*(*l).ci).func).as_object(), value);
            }
        }
    }

    /// `lua_checkstack`: false when the stack cannot grow by `n` slots.
    #[inline]
    pub fn check_stack(self, n: i32) -> bool {
        // SAFETY: the pointers lie in the thread's stack; they are read again after it may have moved.
        unsafe {
            let l = self.0;
            let n = n.max(0) as usize;
            if (*l).top.offset_from((*(*l).ci).func) - 1 + n as isize > MAX_FRAME {
                return false;
            }
            // Modules that pushed a few values too many before asking are above the limit, but not in trouble.
            if (*l).stack_last.offset_from((*l).top) <= n as isize && !call::try_grow(l, n) {
                return false;
            }
            let end = (*l).top.add(n);
            if (*(*l).ci).top < end {
                (*(*l).ci).top = end;
            }
            true
        }
    }

    /// `luaL_checkstack`: "stack overflow (message)" when the stack cannot grow.
    #[inline]
    pub fn need_stack(self, n: i32, message: &str) -> Fallible<()> {
        if self.check_stack(n) {
            return Ok(());
        }
        Err(if message.is_empty() {
            self.error(&["stack overflow".into()])
        } else {
            self.error(&["stack overflow (".into(), message.into(), ")".into()])
        })
    }

    /// Moves the top `n` values to another thread of the same state.
    #[inline]
    pub fn xmove(self, to: State, n: i32) {
        if core::ptr::eq(self.0, to.0) {
            return;
        }
        // SAFETY: the values exist here, and there is room there.
        unsafe {
            self.pop(n);
            for i in 0..n as usize {
                to.push(Value::load((*self.0).top.add(i)));
            }
        }
    }
}

unsafe fn reverse(mut from: *mut Value, mut to: *mut Value) {
    // SAFETY: both are slots of the same frame.
    unsafe {
        while from < to {
            let value = Value::load(from);
            Value::copy(from, to);
            Value::store(to, value);
            from = from.add(1);
            to = to.sub(1);
        }
    }
}
