//! Full userdata and their user values.

use super::State;
use crate::gc;
use crate::memory::{Kind, OutOfMemory};
use crate::object::header;
use crate::object::value::types;
use crate::object::{Fallible, Userdata, Value, tag};
use crate::version::{FINALIZERS_FOUND_LATE, SIZES_END_WITH_ADDRESSES, USERDATA_HAVE_ONE_VALUE};
use crate::vm::error;
use core::ptr;

impl State {
    /// Pushes a new userdata of `size` bytes, uninitialised, whose user values are nil (in older versions it always has one).
    pub fn new_userdata(self, size: usize, user_values: u16) -> Fallible<*mut Userdata> {
        // SAFETY: the object is complete and on the stack before the collector may run.
        unsafe {
            let l = self.0;
            let user_values = if USERDATA_HAVE_ONE_VALUE { 1 } else { user_values };
            let offset = Userdata::bytes_offset(user_values);
            if size > isize::MAX as usize - offset {
                if SIZES_END_WITH_ADDRESSES && size <= usize::MAX - offset {
                    return Err(OutOfMemory.into());
                }
                return Err(error::runtime(l, &["memory allocation error: block too big".into()]));
            }
            // The collector links the object by `gray_next`, which overlays the bytes when there are no user values.
            let total = Userdata::size(user_values, size);
            let this = header::new_object((*l).global, total, tag::USERDATA, Kind::Userdata)?.cast::<Userdata>();
            if FINALIZERS_FOUND_LATE {
                gc::register_new((*l).global, this.cast());
            }
            (*this).user_values = user_values;
            (*this).len = size;
            (*this).metatable = ptr::null_mut();
            for n in 0..user_values as usize {
                Value::store(Userdata::user_value(this, n), Value::NIL);
            }
            #[cfg(feature = "lua51")]
            Value::store(Userdata::user_value(this, 0), self.environment());
            self.push_object(this);
            gc::check(l)?;
            Ok(this)
        }
    }

    /// The address of the `n`-th user value (from 1) of the full userdata at `index`, or null.
    fn user_value_at(self, index: i32, n: i32) -> *mut Value {
        let v = self.value(index);
        // SAFETY: a live userdata with that many values.
        unsafe {
            if !v.is_full_userdata() || n < 1 || n > (*v.as_userdata()).user_values as i32 {
                return ptr::null_mut();
            }
            Userdata::user_value(v.as_userdata(), n as usize - 1)
        }
    }

    /// Pushes the `n`-th user value and returns its type code; nil and `types::NONE` when there is none.
    pub fn get_user_value(self, index: i32, n: i32) -> i32 {
        let at = self.user_value_at(index, n);
        if at.is_null() {
            self.push_nil();
            return types::NONE;
        }
        // SAFETY: a live value.
        let v = unsafe { Value::load(at) };
        self.push(v);
        v.type_code()
    }

    /// Pops a value into the `n`-th user value; false when there is no such one.
    pub fn set_user_value(self, index: i32, n: i32) -> bool {
        let at = self.user_value_at(index, n);
        if !at.is_null() {
            // SAFETY: the userdata is on the stack.
            unsafe {
                let v = self.value(-1);
                Value::store(at, v);
                gc::barrier_back((*self.0).global, self.value(index).as_object(), v);
            }
        }
        self.pop(1);
        !at.is_null()
    }
}
