//! State that a library function keeps in a userdata among its upvalues.

use crate::object::{CClosure, Userdata, Value, tag};
use crate::vm::State;

/// The `T` in upvalue `n` (from 0) of the running builtin. Scripts cannot reach it, but the debug library can put
/// something else there: `None` unless it is a userdata of the right size.
///
/// # Safety
/// Userdata of this size that could get there hold a `T`, and nothing else borrows it meanwhile.
#[inline(always)]
pub unsafe fn private<'a, T>(l: State, n: usize) -> Option<&'a mut T> {
    // SAFETY: the running function's slot holds a live value; a userdata's bytes are aligned to 16.
    unsafe {
        const { assert!(align_of::<T>() <= 16) };
        let function = Value::load((*(*l.0).ci).func);
        if function.tag != tag::C_CLOSURE {
            return None;
        }
        let closure = function.as_c_closure();
        if n >= (*closure).upvalue_count as usize {
            return None;
        }
        let v = Value::load(CClosure::upvalue(closure, n));
        if v.tag != tag::USERDATA || (*v.as_userdata()).len != size_of::<T>() {
            return None;
        }
        Some(&mut *Userdata::bytes(v.as_userdata()).cast())
    }
}
