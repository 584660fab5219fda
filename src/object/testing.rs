//! A bare state for unit tests: a zeroed `Global` over malloc, without collector or threads.

use super::header::{GcHeader, mark};
use super::string::{Str, StringTable};
use super::table::Table;
use super::{Global, tag};
use crate::memory::Heap;
use core::ffi::c_void;

unsafe extern "C-unwind" fn malloc(_: *mut c_void, ptr: *mut c_void, _: usize, new: usize) -> *mut c_void {
    unsafe {
        if new == 0 {
            libc::free(ptr);
            core::ptr::null_mut()
        } else {
            libc::realloc(ptr, new)
        }
    }
}

/// Owns a `Global`; frees its strings and tables and checks the accounts when dropped.
pub struct TestState(pub *mut Global);

impl TestState {
    pub fn new() -> TestState {
        unsafe {
            let g = libc::calloc(1, size_of::<Global>()).cast::<Global>();
            assert!(!g.is_null());
            (&raw mut (*g).heap).write(Heap::new(malloc, core::ptr::null_mut()));
            (*g).current_white = mark::WHITE0;
            (*g).seed = 0x1234_5678;
            StringTable::init(g).unwrap();
            (*g).memory_message = Str::new(g, b"not enough memory").unwrap();
            TestState(g)
        }
    }
}

impl Drop for TestState {
    fn drop(&mut self) {
        unsafe {
            let g = self.0;
            let mut object = (*g).all_objects;
            while !object.is_null() {
                let next = (*object).next;
                free(g, object);
                object = next;
            }
            StringTable::release(g);
            assert_eq!((*g).heap.total(), 0);
            libc::free(g.cast());
        }
    }
}

unsafe fn free(g: *mut Global, object: *mut GcHeader) {
    unsafe {
        match (*object).tag {
            tag::TABLE => Table::free(g, object.cast()),
            tag::SHORT_STRING | tag::LONG_STRING => {
                if (*object).tag == tag::SHORT_STRING {
                    Str::unlink_short(g, object.cast());
                }
                let size = Str::size(Str::len(object.cast()));
                Heap::free(&raw mut (*g).heap, object.cast(), size);
            }
            _ => unreachable!(),
        }
    }
}
