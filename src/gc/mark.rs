//! Marking: reaching an object, the gray lists, and the roots.
//!
//! Nothing here recurses deeply: objects that can point to many others are put into `gray` and looked through
//! later. Only an upvalue and a userdata without user values are looked through at once, and an upvalue's value or
//! a metatable is never an upvalue.

use super::window::{Window, prefetch};
use super::{colour, measure, traverse};
use crate::object::{CClosure, GcHeader, Global, LuaClosure, Proto, Table, Thread, UpVal, Userdata, Value, tag};
use core::ptr::null_mut;

/// Marks the object that a value points to, if it does.
///
/// # Safety
/// `v` is not stale.
#[inline(always)]
pub unsafe fn value(g: *mut Global, v: Value) {
    // SAFETY: the caller's; a collectable tag says that the payload is an object's address.
    unsafe {
        if v.is_collectable() {
            object(g, v.as_object());
        }
    }
}

/// Marks an object.
///
/// # Safety
/// `o` is live.
#[inline(always)]
pub unsafe fn object(g: *mut Global, o: *mut GcHeader) {
    // SAFETY: `o` is live.
    unsafe {
        if (*o).is_white() {
            white_object(g, o);
        }
    }
}

/// Marks an object that may be missing (stripped debug information, objects under construction).
///
/// # Safety
/// `o` is null or a live object.
#[inline(always)]
pub unsafe fn optional<T>(g: *mut Global, o: *mut T) {
    // SAFETY: `o` is live if it is not null.
    unsafe {
        if !o.is_null() {
            object(g, o.cast());
        }
    }
}

/// Marks a white object: black at once when it is looked through quickly, else gray.
///
/// # Safety
/// `o` is live and white.
pub unsafe fn white_object(g: *mut Global, o: *mut GcHeader) {
    // SAFETY: the tag says what the object is.
    unsafe {
        (*g).marked = (*g).marked.wrapping_add(measure::bytes(g, o));
        match (*o).tag {
            tag::SHORT_STRING | tag::LONG_STRING => colour::make_black(o),
            tag::UPVALUE => {
                let upvalue = o.cast::<UpVal>();
                if UpVal::is_open(upvalue) {
                    colour::make_gray(o);
                } else {
                    colour::make_black(o);
                }
                value(g, Value::load((*upvalue).value));
            }
            tag::USERDATA if (*o.cast::<Userdata>()).user_values == 0 => {
                colour::make_black(o);
                optional(g, (*o.cast::<Userdata>()).metatable);
            }
            _ => {
                if (*o).tag == tag::TABLE {
                    // It is looked through next, or soon.
                    prefetch((*o.cast::<Table>()).array);
                    prefetch((*o.cast::<Table>()).nodes);
                }
                push_gray(&raw mut (*g).gray, o);
            }
        }
    }
}

/// Where an object of a type that enters gray lists keeps the link to the next one.
///
/// # Safety
/// `o` is a live table, closure, prototype, thread, or userdata with user values.
#[inline]
pub unsafe fn gray_link(o: *mut GcHeader) -> *mut *mut GcHeader {
    // SAFETY: the tag says what the object is.
    unsafe {
        match (*o).tag {
            tag::TABLE => &raw mut (*o.cast::<Table>()).gray_next,
            tag::LUA_CLOSURE => &raw mut (*o.cast::<LuaClosure>()).gray_next,
            tag::C_CLOSURE => &raw mut (*o.cast::<CClosure>()).gray_next,
            tag::PROTO => &raw mut (*o.cast::<Proto>()).gray_next,
            tag::THREAD => &raw mut (*o.cast::<Thread>()).gray_next,
            _ => {
                debug_assert!((*o).tag == tag::USERDATA && (*o.cast::<Userdata>()).user_values != 0);
                &raw mut (*o.cast::<Userdata>()).gray_next
            }
        }
    }
}

/// Makes an object gray and puts it in front of a gray list.
///
/// # Safety
/// As [`gray_link`]; the object is in no gray list.
#[inline]
pub unsafe fn push_gray(list: *mut *mut GcHeader, o: *mut GcHeader) {
    // SAFETY: `o` has a gray link, which is free since the object is in no gray list.
    unsafe {
        debug_assert!((*o).is_white() || (*o).is_black());
        *gray_link(o) = *list;
        *list = o;
        colour::make_gray(o);
    }
}

/// Looks through the first gray object, which becomes black unless its kind has to stay gray. Returns the work done, in
/// slots visited.
///
/// # Safety
/// `g.gray` is not empty.
unsafe fn propagate_one(g: *mut Global, window: &mut Window) -> usize {
    // SAFETY: the tag says what the object is.
    unsafe {
        let o = (*g).gray;
        colour::make_black(o);
        (*g).gray = *gray_link(o);
        match (*o).tag {
            tag::TABLE => traverse::table(g, o.cast(), window),
            tag::LUA_CLOSURE => traverse::lua_closure(g, o.cast(), window),
            tag::C_CLOSURE => traverse::c_closure(g, o.cast(), window),
            tag::PROTO => traverse::proto(g, o.cast()),
            tag::THREAD => traverse::thread(g, o.cast(), window),
            _ => traverse::userdata(g, o.cast()),
        }
    }
}

/// Looks through gray objects until there are none, or until `enough` work is done; returns the work done.
///
/// # Safety
/// `g` is live and marking.
pub unsafe fn propagate(g: *mut Global, enough: usize) -> usize {
    // SAFETY: `g` is live; gray lists hold live objects.
    unsafe {
        let mut window = Window::new();
        let mut work = 0;
        loop {
            while work < enough && !(*g).gray.is_null() {
                work += propagate_one(g, &mut window);
            }
            window.flush(g);
            if work >= enough || (*g).gray.is_null() {
                return work;
            }
        }
    }
}

/// Looks through gray objects until there are none; returns the work done.
///
/// # Safety
/// As [`propagate`].
pub unsafe fn propagate_all(g: *mut Global) -> usize {
    // SAFETY: as `propagate`.
    unsafe { propagate(g, usize::MAX) }
}

/// Forgets all gray lists.
///
/// # Safety
/// `g` is live; no gray object of the lists needs another visit.
pub unsafe fn clear_gray_lists(g: *mut Global) {
    // SAFETY: `g` is live.
    unsafe {
        (*g).gray = null_mut();
        (*g).gray_again = null_mut();
        (*g).weak_values = null_mut();
        (*g).ephemerons = null_mut();
        (*g).all_weak = null_mut();
    }
}

/// Starts a cycle: marks what is reachable by itself. Objects whose finalizers are still pending from the cycle before
/// are among it.
///
/// # Safety
/// All objects are white, and `g` is live.
pub unsafe fn roots(g: *mut Global) {
    // SAFETY: `g` is live, and so are its roots.
    unsafe {
        clear_gray_lists(g);
        (*g).marked = 0;
        object(g, (*g).main_thread.cast());
        shared_roots(g);
        pending_finalizers(g);
    }
}

/// Marks the registry, the environments of library functions and the basic types' metatables, which are written without
/// barriers.
///
/// # Safety
/// `g` is live.
pub unsafe fn shared_roots(g: *mut Global) {
    // SAFETY: `g` is live, and what it points to is null or live.
    unsafe {
        value(g, (*g).registry);
        #[cfg(feature = "lua51")]
        {
            value(g, (*g).library_environment);
            value(g, (*g).function_environments);
        }
        for metatable in (*g).metatables {
            optional(g, metatable);
        }
    }
}

/// Marks the objects whose finalizers are to be called; returns their number.
///
/// # Safety
/// `g` is live.
pub unsafe fn pending_finalizers(g: *mut Global) -> usize {
    // SAFETY: the list holds live objects.
    unsafe {
        let mut count = 0;
        let mut o = (*g).pending_finalizers;
        while !o.is_null() {
            count += 1;
            object(g, o);
            o = (*o).next;
        }
        count
    }
}
