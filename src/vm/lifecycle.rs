//! Making and closing states and threads.

use super::error;
use super::stack;
use super::state::{RIDX_GLOBALS, RIDX_MAIN_THREAD, State};
use super::unwind::{recover_natively, status_of};
use super::upvalues;
use super::{call, dispatch};
use crate::gc;
use crate::memory::{Allocator, Heap, Kind, classes};
use crate::object::global::{EVENT_NAMES, Event, Phase};
use crate::object::header::{link, mark};
use crate::object::string::StringTable;
use crate::object::thread::{STATUS_OK, THREAD_PREFIX, call_flag};
use crate::object::value::types;
use crate::object::{Fallible, GcHeader, Global, Str, Table, Thread, Thrown, Value, tag};
use crate::version;
use crate::version::{FREE_REFERENCES_COME_FIRST, HAS_ENV_UPVALUE};
use core::ffi::c_void;
use core::ptr;

/// `LUA_VERSION_NUM`. Its address identifies the library that made a state, among several of one version in a process.
pub static VERSION_NUMBER: f64 = crate::version::VERSION as f64;

/// The block of a state: the host's extra space, the main thread, and what all threads share.
#[repr(C)]
struct Block {
    extra: [u8; THREAD_PREFIX],
    main: Thread,
    global: Global,
}

/// `lua_newstate`: null when memory is short. An internal allocator belongs to the state, made or not.
pub unsafe fn new_state(allocator: Allocator, userdata: *mut c_void, seed: u32) -> *mut Thread {
    // SAFETY: the block is initialised before anything uses it; a half-made state is taken apart again.
    unsafe {
        let mut heap = Heap::new(allocator, userdata);
        let Ok(block) = Heap::allocate(&raw mut heap, size_of::<Block>(), Kind::Thread) else {
            release_allocator(&heap);
            return ptr::null_mut();
        };
        let block = block.as_ptr().cast::<Block>();
        // All-zero bytes are valid: null pointers, nil values, an empty dummy node.
        ptr::write_bytes(block.cast::<u8>(), 0, size_of::<Block>());
        let l = &raw mut (*block).main;
        let g = &raw mut (*block).global;
        (&raw mut (*g).heap).write(heap);
        (*g).seed = seed;
        (*g).phase = Phase::Pause;
        (*g).main_thread = l;
        (*g).running = l;
        (*g).version = &raw const VERSION_NUMBER;
        gc::init(g);
        (*g).call_finalizer = Some(call_finalizer);
        (*g).shrink_stack = Some(stack::shrink);
        (*g).free_thread = Some(free_thread);
        (*l).tag = tag::THREAD;
        (*l).marked = (*g).current_white & mark::WHITES;
        init_thread(l, g);
        // The main thread cannot yield.
        (*l).c_calls = 0x1_0000;
        if open(l).is_err() {
            close_state(l);
            return ptr::null_mut();
        }
        l
    }
}

/// What has to exist before anything can run.
unsafe fn open(l: *mut Thread) -> Fallible<()> {
    // SAFETY: the collector is stopped until the state is complete.
    unsafe {
        let g = (*l).global;
        stack::init(l)?;
        StringTable::init(g)?;
        let registry = Table::new(g)?;
        (*g).registry = Value::object(registry);
        let globals = Table::new(g)?;
        if HAS_ENV_UPVALUE {
            Table::resize(g, registry, RIDX_GLOBALS.max(RIDX_MAIN_THREAD) as u32, 0)?;
            if FREE_REFERENCES_COME_FIRST {
                Table::set_int(g, registry, 1, Value::boolean(false))?;
            }
            Table::set_int(g, registry, RIDX_MAIN_THREAD, Value::object(l))?;
            Table::set_int(g, registry, RIDX_GLOBALS, Value::object(globals))?;
        }
        #[cfg(feature = "lua51")]
        {
            Value::store(&raw mut (*l).globals, Value::object(globals));
            Value::store(&raw mut (*g).library_environment, Value::object(globals));
        }
        (*g).memory_message = fixed(g, b"not enough memory")?;
        for row in (*g).cstring_cache.iter_mut() {
            row.fill((*g).memory_message);
        }
        for (n, name) in EVENT_NAMES.iter().enumerate() {
            (*g).event_names[n] = fixed(g, name)?;
        }
        (*g).env_name = fixed(g, b"_ENV")?;
        (*g).tostring_name = fixed(g, b"__tostring")?;
        crate::syntax::init(l)?;
        for code in 0..types::COUNT {
            (*g).type_names[code] = fixed(g, State(l).type_name(code as i32).as_bytes())?;
        }
        (*g).stopped = 0;
        (*g).complete = true;
        Ok(())
    }
}

/// The short string with these bytes, kept for ever.
unsafe fn fixed(g: *mut Global, bytes: &[u8]) -> Fallible<*mut Str> {
    // SAFETY: a string that is not the newest object has been kept before (a reserved word, or "userdata").
    unsafe {
        let s = Str::new(g, bytes)?;
        if ptr::eq((*g).all_objects, s.cast::<GcHeader>()) {
            gc::fix(g, s.cast::<GcHeader>());
        }
        Ok(s)
    }
}

/// `lua_close`, on the main thread of the state (or a state that could not be completed).
pub unsafe fn close_state(l: *mut Thread) {
    // SAFETY: nothing runs in the state any more.
    unsafe {
        let g = (*l).global;
        let l = (*g).main_thread;
        if (*g).complete {
            (*g).running = l;
            (*l).ci = (*l).call_base;
            close_pending(l, STATUS_OK);
            (*l).top = (*l).stack.add(1);
        }
        gc::free_all(l);
        StringTable::release(g);
        stack::release(l);
        let block = l.cast::<u8>().sub(THREAD_PREFIX);
        let mut heap = ptr::read(&raw const (*g).heap);
        heap.set_emergency(None);
        Heap::free(&raw mut heap, block, size_of::<Block>());
        debug_assert!(heap.total() == 0, "bytes were lost");
        release_allocator(&heap);
    }
}

/// Frees the internal allocator of a state that has one and is gone.
unsafe fn release_allocator(heap: &Heap) {
    let owned = heap.owned_classes();
    if !owned.is_null() {
        // SAFETY: nothing of the state is left.
        unsafe { classes::destroy(owned) }
    }
}

unsafe fn init_thread(l: *mut Thread, g: *mut Global) {
    // SAFETY: the bytes behind the header are zero.
    unsafe {
        (*l).global = g;
        (*l).allow_hook = true;
        (*l).dispatch = dispatch::plain_table();
        (*l).threads_with_upvalues = l;
        (*l).error = Value::NIL;
    }
}

/// A new thread, not anchored: a copy of `l`'s hooks, and of the main thread's extra space.
pub unsafe fn new_thread(l: *mut Thread) -> Fallible<*mut Thread> {
    // SAFETY: the object is initialised before the next allocation, and anchored on the stack for it.
    unsafe {
        let g = (*l).global;
        let size = THREAD_PREFIX + size_of::<Thread>();
        let block = Heap::allocate(&raw mut (*g).heap, size, Kind::Thread)?.as_ptr();
        ptr::write_bytes(block, 0, size);
        let new = block.add(THREAD_PREFIX).cast::<Thread>();
        link(g, new.cast::<GcHeader>(), tag::THREAD);
        init_thread(new, g);
        Value::store((*l).top, Value::object(new));
        (*l).top = (*l).top.add(1);
        (*new).hook_mask = (*l).hook_mask;
        (*new).base_hook_count = (*l).base_hook_count;
        (*new).hook = (*l).hook;
        (*new).hook_count = (*l).base_hook_count;
        (*new).dispatch = (*l).dispatch;
        #[cfg(feature = "lua51")]
        Value::copy(&raw mut (*new).globals, &raw const (*l).globals);
        let main = (*g).main_thread.cast::<u8>().sub(THREAD_PREFIX);
        ptr::copy_nonoverlapping(main, block, THREAD_PREFIX);
        let outcome = stack::init(new);
        (*l).top = (*l).top.sub(1);
        outcome?;
        Ok(new)
    }
}

/// Frees a thread (collector only).
pub unsafe fn free_thread(g: *mut Global, l: *mut Thread) {
    // SAFETY: the thread is unreachable; its open upvalues may still be in closures.
    unsafe {
        if !(*l).stack.is_null() {
            upvalues::close_upvalues(l, (*l).stack);
        }
        stack::release(l);
        let size = THREAD_PREFIX + size_of::<Thread>();
        Heap::free(&raw mut (*g).heap, l.cast::<u8>().sub(THREAD_PREFIX), size);
    }
}

/// `lua_closethread`: closes pending variables, resets; returns the status, error object on top if not OK.
pub unsafe fn close_thread(l: *mut Thread, from: *mut Thread) -> u8 {
    // SAFETY: `l` is not running.
    unsafe {
        (*l).c_calls = if from.is_null() { 0 } else { (*from).c_calls & 0xFFFF };
        (*l).base_calls = (*l).c_calls;
        let mut status = (*l).status;
        if status == Thrown::Yield as u8 {
            status = STATUS_OK;
        }
        // The error of a coroutine that died waits on top of its stack.
        if status != STATUS_OK && status != Thrown::Memory as u8 {
            (*l).error = Value::load((*l).top.sub(1));
        }
        (*l).status = STATUS_OK;
        // A message handler lay in the stack that is given up.
        (*l).error_handler = 0;
        (*l).ci = (*l).call_base;
        let ci = (*l).ci;
        (*ci).func = (*l).stack;
        (*ci).flags = call_flag::NATIVE;
        Value::store((*l).stack, Value::NIL);
        let status = close_pending(l, status);
        let error = Value::load((*l).stack);
        stack::reset_base(l);
        (*l).top = (*l).stack.add(1);
        if status != STATUS_OK {
            State(l).push(error);
        }
        stack::shrink(l);
        status
    }
}

/// Closes everything pending in a thread whose base level runs; an error object ends up in the first slot.
unsafe fn close_pending(l: *mut Thread, status: u8) -> u8 {
    // SAFETY: as `close_thread`. The first slot belongs to no variable.
    unsafe {
        let calls = (*l).c_calls;
        let hook = (*l).allow_hook;
        let thrown = match status {
            STATUS_OK => {
                loop {
                    let level = (*l).stack.add(1);
                    match call::close(l, level, STATUS_OK, false) {
                        Ok(()) => return STATUS_OK,
                        // A closing method closes the thread once more: the rest is left to do.
                        Err(Thrown::Closed) => (*l).ci = (*l).call_base,
                        Err(thrown) => break thrown,
                    }
                }
            }
            _ => Thrown::from_code(status as usize),
        };
        status_of(Err(recover_natively(l, 0, 0, hook, calls, thrown)))
    }
}

/// Keeps the error of a finalizer for who asked for the collection, if somebody did. The error's object is on top.
unsafe fn finalizer_failed(l: *mut Thread, outcome: Fallible<()>, value: Value) {
    // SAFETY: as `call_finalizer`; the string is reachable from the stack or the thread.
    unsafe {
        let classic = &raw mut (*(*l).global).classic;
        let Err(mut thrown) = outcome else { return };
        if !(*classic).catches {
            return;
        }
        (*l).error = value;
        if version::FINALIZER_ERRORS_DESCRIBED && thrown == Thrown::Runtime {
            let message = if value.is_string() { Str::bytes(value.as_str()) } else { b"no message" };
            let message = message.split(|&b| b == 0).next().unwrap_or_default();
            let parts = [b"error in __gc metamethod (".into(), message.into(), error::Part::Bytes(b")")];
            thrown = Thrown::InFinalizer;
            match State(l).push_parts(&parts) {
                Ok(()) => {
                    (*l).top = (*l).top.sub(1);
                    (*l).error = Value::load((*l).top);
                }
                Err(short) => thrown = short,
            }
        }
        (*classic).failure = thrown as u8;
    }
}

/// Calls the finalizer of an object (its `__gc`), making a warning of an error.
unsafe fn call_finalizer(l: *mut Thread, object: Value) {
    // SAFETY: the collector calls this with everything live below `top`.
    unsafe {
        let finalizer = super::meta::metamethod(l, object, Event::Gc);
        if finalizer.is_nil() || version::FINALIZERS_ARE_FUNCTIONS && !finalizer.is_function() {
            return;
        }
        let allow_hook = (*l).allow_hook;
        (*l).allow_hook = false;
        let func = (*l).top;
        Value::store(func, finalizer);
        Value::store(func.add(1), object);
        (*l).top = func.add(2);
        let depth = (*l).ci.offset_from((*l).call_base);
        (*(*l).ci).flags |= call_flag::FINALIZER;
        let outcome = call::pcall(l, func, 0, 0);
        (*(*l).call_base.offset(depth)).flags &= !call_flag::FINALIZER;
        (*l).allow_hook = allow_hook;
        if outcome.is_err() {
            let value = Value::load((*l).top.sub(1));
            if version::FINALIZER_ERRORS_PROPAGATE {
                finalizer_failed(l, outcome, value);
                (*l).top = (*l).top.sub(1);
                return;
            }
            // A warning that memory is too short for is lost; the object stays on the stack meanwhile.
            let _ = error::warn_of(l, b"__gc", value);
            (*l).top = (*l).top.sub(1);
        }
    }
}
