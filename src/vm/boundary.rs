//! The boundary to C: guarded calls into foreign code, and errors that leave it.
//!
//! C code raises an error by not returning. Only *C* frames may be jumped over: every call into foreign code goes
//! through [`guarded`], which saves the callee-saved registers and the stack pointer in the thread
//! (`Thread::boundary`) and calls; [`raise`] restores them, and the guarded call returns `Err`. The Rust frames between
//! two boundaries return normally, so destructors run and nothing is skipped. For processors without such a function there
//! is one in C (`boundary.c`), which `RELUA_BOUNDARY=setjmp` in the environment of the build chooses anywhere.

use super::builtin::{CONTINUE, Function};
use super::call::{self, Flow};
use super::lifecycle;
use super::state::State;
use crate::object::thread::call_flag;
use crate::object::{Fallible, Thread, Thrown, Value};
use crate::version::PANIC_EXITS;
use core::ffi::{c_int, c_void};

/// What a guarded call gives: the function's result, and 0 or the code of an error.
#[repr(C)]
struct Outcome {
    result: usize,
    thrown: usize,
}

#[cfg(all(not(relua_setjmp), not(miri), target_arch = "x86_64"))]
mod arch {
    use super::Outcome;
    use core::ffi::c_void;

    /// Calls `f(a, b, c, d)` with the record of where errors jump to in `*record`.
    ///
    /// The record is the stack pointer at the call. Above it lie eight bytes that align the stack, the record before this
    /// one, `record` itself, the registers that every function has to keep, and the return address.
    #[unsafe(naked)]
    pub unsafe extern "C-unwind" fn enter(
        f: *const c_void,
        a: usize,
        b: usize,
        c: usize,
        d: usize,
        record: *mut *mut c_void,
    ) -> Outcome {
        core::arch::naked_asm!(
            "push rbp",
            "push rbx",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "push r9",
            "push qword ptr [r9]",
            "sub rsp, 8",
            "mov [r9], rsp",
            "mov rax, rdi",
            "mov rdi, rsi",
            "mov rsi, rdx",
            "mov rdx, rcx",
            "mov rcx, r8",
            "call rax",
            "xor edx, edx",
            "add rsp, 8",
            "pop rcx",
            "pop r9",
            "mov [r9], rcx",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "ret",
        )
    }

    /// Makes the guarded call whose record is `record` return the error `thrown`. By a jump: the processor expects a return
    /// to go to the C function, but learns where jumps go.
    #[unsafe(naked)]
    pub unsafe extern "C-unwind" fn leave(record: *mut c_void, thrown: usize) -> ! {
        core::arch::naked_asm!(
            "mov rsp, rdi",
            "mov rdx, rsi",
            "xor eax, eax",
            "add rsp, 8",
            "pop rcx",
            "pop r9",
            "mov [r9], rcx",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "pop rcx",
            "jmp rcx",
        )
    }
}

#[cfg(all(not(relua_setjmp), not(miri), target_arch = "aarch64"))]
mod arch {
    use super::Outcome;
    use core::ffi::c_void;

    /// Calls `f(a, b, c, d)` with the record of where errors jump to in `*record`.
    #[unsafe(naked)]
    pub unsafe extern "C-unwind" fn enter(
        f: *const c_void,
        a: usize,
        b: usize,
        c: usize,
        d: usize,
        record: *mut *mut c_void,
    ) -> Outcome {
        core::arch::naked_asm!(
            "stp x29, x30, [sp, #-176]!",
            "stp x19, x20, [sp, #16]",
            "stp x21, x22, [sp, #32]",
            "stp x23, x24, [sp, #48]",
            "stp x25, x26, [sp, #64]",
            "stp x27, x28, [sp, #80]",
            "stp d8, d9, [sp, #96]",
            "stp d10, d11, [sp, #112]",
            "stp d12, d13, [sp, #128]",
            "stp d14, d15, [sp, #144]",
            "ldr x9, [x5]",
            "stp x5, x9, [sp, #160]",
            "mov x9, sp",
            "str x9, [x5]",
            "mov x9, x0",
            "mov x0, x1",
            "mov x1, x2",
            "mov x2, x3",
            "mov x3, x4",
            "blr x9",
            "mov x1, #0",
            "ldp x5, x9, [sp, #160]",
            "str x9, [x5]",
            "ldp d14, d15, [sp, #144]",
            "ldp d12, d13, [sp, #128]",
            "ldp d10, d11, [sp, #112]",
            "ldp d8, d9, [sp, #96]",
            "ldp x27, x28, [sp, #80]",
            "ldp x25, x26, [sp, #64]",
            "ldp x23, x24, [sp, #48]",
            "ldp x21, x22, [sp, #32]",
            "ldp x19, x20, [sp, #16]",
            "ldp x29, x30, [sp], #176",
            "ret",
        )
    }

    /// Makes the guarded call whose record is `record` return the error `thrown`.
    #[unsafe(naked)]
    pub unsafe extern "C-unwind" fn leave(record: *mut c_void, thrown: usize) -> ! {
        core::arch::naked_asm!(
            "mov sp, x0",
            "mov x0, #0",
            "ldp x5, x9, [sp, #160]",
            "str x9, [x5]",
            "ldp d14, d15, [sp, #144]",
            "ldp d12, d13, [sp, #128]",
            "ldp d10, d11, [sp, #112]",
            "ldp d8, d9, [sp, #96]",
            "ldp x27, x28, [sp, #80]",
            "ldp x25, x26, [sp, #64]",
            "ldp x23, x24, [sp, #48]",
            "ldp x21, x22, [sp, #32]",
            "ldp x19, x20, [sp, #16]",
            "ldp x29, x30, [sp], #176",
            "ret",
        )
    }
}

/// Other processors: `setjmp` and `longjmp`, in `boundary.c`.
#[cfg(all(relua_setjmp, not(miri)))]
mod arch {
    use super::Outcome;
    use core::ffi::c_void;

    unsafe extern "C-unwind" {
        #[link_name = "relua_enter"]
        pub fn enter(f: *const c_void, a: usize, b: usize, c: usize, d: usize, record: *mut *mut c_void) -> Outcome;
        #[link_name = "relua_leave"]
        pub fn leave(record: *mut c_void, thrown: usize) -> !;
    }
}

/// Miri knows no jumps: functions are called, errors must not leave them.
#[cfg(miri)]
mod arch {
    use super::Outcome;
    use core::ffi::c_void;

    type Foreign = unsafe extern "C-unwind" fn(usize, usize, usize, usize) -> usize;

    pub unsafe fn enter(f: *const c_void, a: usize, b: usize, c: usize, d: usize, _: *mut *mut c_void) -> Outcome {
        // SAFETY: `f` is a foreign function that takes these arguments, and here nothing jumps over Rust frames.
        let result = unsafe { core::mem::transmute::<*const c_void, Foreign>(f)(a, b, c, d) };
        Outcome { result, thrown: 0 }
    }

    pub unsafe fn leave(_: *mut c_void, _: usize) -> ! {
        unreachable!("an error of a foreign function")
    }
}

/// Calls a foreign function `f(a, b, c, d) -> pointer-sized result` under guard.
#[inline(always)]
pub unsafe fn guarded(l: *mut Thread, f: *const c_void, a: usize, b: usize, c: usize, d: usize) -> Fallible<usize> {
    // SAFETY: `f` is a C function that takes at most these four arguments.
    unsafe {
        let outcome = arch::enter(f, a, b, c, d, &raw mut (*l).boundary);
        match outcome.thrown {
            0 => Ok(outcome.result),
            code => Err(Thrown::from_code(code)),
        }
    }
}

/// Leaves foreign C code: jumps to the innermost guarded call of `l`. A thread that runs no C function is closed, and hands
/// the error to the main thread, through whatever coroutines run; without any guarded call, `lua_atpanic`'s function is
/// called and the process aborted.
#[cold]
pub unsafe fn raise(l: *mut Thread, thrown: Thrown) -> ! {
    // SAFETY: between the guarded call and here there are only C frames and the exported function's.
    unsafe {
        if !(*l).boundary.is_null() {
            arch::leave((*l).boundary, thrown as usize);
        }
        let g = (*l).global;
        let main = (*g).main_thread;
        let running = (*g).running;
        if l != main && !(*running).boundary.is_null() {
            (*main).error = super::unwind::error_value(l, thrown);
            lifecycle::close_thread(l, core::ptr::null_mut());
            let thrown = if running == main { Thrown::Runtime } else { Thrown::Outside };
            arch::leave((*running).boundary, thrown as usize);
        }
        panic(l, thrown)
    }
}

unsafe fn panic(l: *mut Thread, thrown: Thrown) -> ! {
    // SAFETY: the panic function may leave by a jump of its own.
    unsafe {
        let value = super::unwind::error_value(l, thrown);
        Value::store((*l).top, value);
        (*l).top = (*l).top.add(1);
        if let Some(panic) = (*(*l).global).panic {
            if (*(*l).ci).top < (*l).top {
                (*(*l).ci).top = (*l).top;
            }
            panic(l);
        }
        if PANIC_EXITS {
            libc::exit(libc::EXIT_FAILURE);
        }
        libc::abort()
    }
}

/// Returns `v`, or leaves foreign C code with the error: the last act of an exported function.
#[inline(always)]
pub unsafe fn unwrap<T>(l: *mut Thread, v: Fallible<T>) -> T {
    match v {
        Ok(v) => v,
        // SAFETY: called directly under the exported function, no Rust frame with state in between.
        Err(thrown) => unsafe { raise(l, thrown) },
    }
}

/// Runs one of our functions as a `lua_CFunction` (its C entry point), in the frame of the C function that it is.
pub unsafe fn run_entry(l: *mut Thread, f: Function) -> c_int {
    // SAFETY: called by foreign code, or by a guarded call, with the running thread.
    unsafe { unwrap(l, entry_body(l, f)) }
}

unsafe fn entry_body(l: *mut Thread, f: Function) -> Fallible<c_int> {
    // SAFETY: the running frame is the C function's. While `f` runs it is marked as the one this native code waits for,
    // so that a function that calls Lua code and goes on in a continuation comes to its end here.
    unsafe {
        let g = (*l).global;
        let ci = (*l).ci;
        let depth = ci.offset_from((*l).call_base);
        let (wanted, flags) = ((*ci).wanted, (*ci).flags);
        (*ci).wanted = -1;
        (*ci).flags |= call_flag::FRESH;
        (*g).run_depth += 1;
        let outcome = match f(State(l)) {
            Ok(n) if n >= 0 => Ok(Some(n)),
            Ok(code) => {
                let flow = if code == CONTINUE { Flow::Run } else { Flow::Exit };
                call::drive(l, Ok(flow), depth - 1).map(|()| None)
            }
            Err(thrown) => call::drive(l, Err(thrown), depth - 1).map(|()| None),
        };
        (*g).run_depth -= 1;
        let ci = (*l).call_base.offset(depth);
        (*ci).wanted = wanted;
        (*ci).flags = flags;
        match outcome? {
            Some(n) => Ok(n),
            None => {
                // The frame has been left with all its results where the function was: take it up again to return them.
                (*l).ci = ci;
                Ok((*l).top.offset_from((*ci).func) as c_int)
            }
        }
    }
}

/// Calls a host's `lua_Reader`.
pub unsafe fn call_reader(l: *mut Thread, reader: *const c_void, data: *mut c_void) -> Fallible<(*const u8, usize)> {
    let mut size = 0usize;
    // SAFETY: the reader's signature is (L, data, &size).
    let piece = unsafe { guarded(l, reader, l as usize, data as usize, (&raw mut size) as usize, 0)? };
    Ok((piece as *const u8, size))
}
