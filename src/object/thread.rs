//! Threads (`lua_State`): the value stack, the call records and the state of the hooks.
//!
//! Every slot of a stack, live or not, holds a value that may be looked at: the collector clears what lies
//! above `top` in its atomic phase, so a stale slot never points to a freed object.

use super::function::{Instruction, UpVal};
use super::global::Global;
use super::header::GcHeader;
use super::table::TableError;
use super::value::Value;
use crate::memory::OutOfMemory;
use crate::version;
use core::ffi::{c_char, c_int, c_void};

/// Why execution is leaving the usual way. The error object waits in [`Thread::error`], except for `Memory`
/// (whose message is fixed) and `Yield` (whose values are on the stack).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Thrown {
    /// `LUA_YIELD`: the running coroutine is being suspended.
    Yield = 1,
    /// `LUA_ERRRUN`
    Runtime = 2,
    /// `LUA_ERRSYNTAX`
    Syntax = 3,
    /// `LUA_ERRMEM`
    Memory = 4,
    /// `LUA_ERRERR`: an error while handling an error.
    InHandler = version::STATUS_ERROR_IN_HANDLER,
    /// `LUA_ERRGCMM`: an error in a finalizer (5.2 and 5.3 only).
    InFinalizer = version::STATUS_ERROR_IN_FINALIZER,
    /// The coroutine is being closed by itself (`lua_closethread` on the running thread).
    Closed = 7,
    /// An error raised on a thread that runs nothing, on its way through the coroutines to the main thread, whose
    /// `Runtime` error it becomes (see `vm::boundary::raise`).
    Outside = 9,
}

impl Thrown {
    /// What has this discriminant.
    #[inline]
    pub const fn from_code(code: usize) -> Thrown {
        const FINALIZER: usize = version::STATUS_ERROR_IN_FINALIZER as usize;
        match code {
            1 => Thrown::Yield,
            2 => Thrown::Runtime,
            3 => Thrown::Syntax,
            4 => Thrown::Memory,
            7 => Thrown::Closed,
            9 => Thrown::Outside,
            FINALIZER => Thrown::InFinalizer,
            _ => Thrown::InHandler,
        }
    }
}

/// What everything returns that can raise a Lua error.
pub type Fallible<T> = Result<T, Thrown>;

impl From<OutOfMemory> for Thrown {
    #[inline]
    fn from(_: OutOfMemory) -> Thrown {
        Thrown::Memory
    }
}

/// `LUA_OK`; other statuses are the discriminants of [`Thrown`].
pub const STATUS_OK: u8 = 0;

/// Slots above `stack_last` that any function may use without asking (metamethod arguments and the like).
pub const EXTRA_STACK: usize = 5;
/// `LUA_MINSTACK`: free slots a C function is guaranteed.
pub const MIN_STACK: usize = 20;
/// `LUAI_MAXSTACK`
pub const MAX_STACK: usize = 1_000_000;
/// `LUAI_MAXCCALLS`: limit of nested native calls and of syntactic nesting.
pub const MAX_C_CALLS: u32 = 200;

/// `lua_CFunction`
pub type CFunction = unsafe extern "C-unwind" fn(l: *mut Thread) -> c_int;
/// `lua_KFunction`
pub type KFunction = unsafe extern "C-unwind" fn(l: *mut Thread, status: c_int, context: isize) -> c_int;
/// `lua_Hook`
pub type Hook = unsafe extern "C-unwind" fn(l: *mut Thread, ar: *mut c_void);
/// `lua_WarnFunction`
pub type WarnFunction = unsafe extern "C-unwind" fn(ud: *mut c_void, msg: *const c_char, tocont: c_int);

/// Bits of [`CallInfo::flags`]. Zero (or `TAIL` alone) is the case the fast path of a return is made for: a Lua function called
/// by a Lua function in the same dispatch, wanting its results in place.
pub mod call_flag {
    /// The frame's function is not a Lua function.
    pub const NATIVE: u16 = 1 << 0;
    /// Returning from this frame leaves the native invocation of the dispatch.
    pub const FRESH: u16 = 1 << 1;
    /// The frame below waits for this one's results by a rule of its own: it is native with a continuation, or
    /// a Lua frame in the middle of an instruction.
    pub const CONTINUES: u16 = 1 << 2;
    /// The frame is a hook's.
    pub const HOOKED: u16 = 1 << 3;
    /// The frame was entered by a tail call.
    pub const TAIL: u16 = 1 << 4;
    /// A native frame that catches errors (`pcall` and its kin).
    pub const PROTECTED: u16 = 1 << 5;
    /// The frame runs a finalizer.
    pub const FINALIZER: u16 = 1 << 6;
    /// The frame is the first of a coroutine.
    pub const COROUTINE_BASE: u16 = 1 << 7;
    /// A hook yielded in this frame.
    pub const HOOK_YIELD: u16 = 1 << 8;
    /// `allow_hook` before the protected call.
    pub const ALLOW_HOOK: u16 = 1 << 9;
    /// The frame is returning and closes its to-be-closed variables.
    pub const CLOSING: u16 = 1 << 10;
    /// `lua_toclose` was used in this native frame.
    pub const HAS_TBC: u16 = 1 << 11;
    /// A native frame of ours whose continuation is a Rust function.
    pub const BUILTIN: u16 = 1 << 12;
    /// `notes` tell of transferred values (inside a call or return hook).
    pub const TRANSFER: u16 = 1 << 13;
    /// The function was reached through `__call` metamethods (5.5; see `vm::call::arguments_added`).
    pub const CALLS_OBJECT: u16 = 1 << 14;
    /// A native frame whose continuation has been called (5.2): `saved_pc` is the status that it may ask for. No version has
    /// both this and [`CALLS_OBJECT`].
    pub const CONTINUED: u16 = 1 << 14;
    /// A Lua frame whose `__le` is being answered by `not __lt`: the result is to be negated.
    pub const NEGATE: u16 = 1 << 15;
}

/// Places in [`CallInfo::notes`]. A frame is in one of these states at a time.
pub mod note {
    /// A protected native frame: the slot of the function that it called, counted from the stack's first.
    pub const PROTECTED: usize = 0;
    /// The same while it closes variables after an error: the status to go on with.
    pub const STATUS: usize = 1;
    /// A frame that closes variables before it returns: how many values it returns.
    pub const RESULTS: usize = 1;
    /// A frame that has yielded: how many values.
    pub const YIELDED: usize = 0;
    /// The same of a native frame while a host looks at it: how many of its slots are hidden below those values.
    pub const HIDDEN: usize = 1;
}

/// A call record.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CallInfo {
    /// The stack slot of the function; arguments or registers follow.
    pub func: *mut Value,
    /// End of the frame's stack.
    pub top: *mut Value,
    /// Lua frames: the next instruction, valid whenever the frame is not running. Native frames: see `CONTINUED`.
    pub saved_pc: *const Instruction,
    /// Results the caller wants, -1 for all.
    pub wanted: i16,
    /// [`call_flag`]
    pub flags: u16,
    /// Lua frames of vararg functions: how many extra arguments lie below `func`.
    pub extra_args: u32,
    /// Native frames: the continuation (`KFunction`, or a Rust one when `BUILTIN` is set), or null.
    pub continuation: *const c_void,
    /// Native frames: the continuation's context. Lua frames with `TAIL`, where levels show them: the number of tail calls.
    pub context: isize,
    /// Native frames: the message handler to restore (`Thread::error_handler`). Lua frames: the address of the prototype
    /// that a record at this depth was last entered for, if it was a Lua function's; a guess that is checked before use.
    pub aside: isize,
    /// What the frame remembers in the state that it is in ([`note`]); during a hook with `TRANSFER`, the index of the first
    /// value that the hook may see, and their number.
    pub notes: [u32; 2],
}

const _: () = assert!(size_of::<CallInfo>() == 64);

/// `lua_State`. `EXTRA_SPACE` bytes precede it in its block.
#[repr(C)]
pub struct Thread {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// `STATUS_OK`, `Thrown::Yield`, or the error that killed the coroutine.
    pub status: u8,
    pub allow_hook: bool,
    /// `LUA_MASK*` of the hook.
    pub hook_mask: u8,
    /// First free slot.
    pub top: *mut Value,
    pub global: *mut Global,
    /// The running call record.
    pub ci: *mut CallInfo,
    /// Handlers for new frames and backward jumps: the plain table, or the one with hooks.
    pub dispatch: *const c_void,
    /// End of the usable stack (`EXTRA_STACK` more slots follow).
    pub stack_last: *mut Value,
    pub stack: *mut Value,
    /// Call records: `call_base .. call_end`; the first is the base level.
    pub call_base: *mut CallInfo,
    pub call_end: *mut CallInfo,
    /// Open upvalues, highest slot first.
    pub open_upvalues: *mut UpVal,
    /// Slots of pending to-be-closed variables: a list of stack offsets ([`Thread::tbc_top`] entries).
    pub tbc: *mut u32,
    pub tbc_top: u32,
    pub tbc_capacity: u32,
    pub gray_next: *mut GcHeader,
    /// The table of globals: the environment of the chunks that it loads and the threads that it makes.
    #[cfg(feature = "lua51")]
    pub globals: Value,
    /// List of threads with open upvalues (points to the thread itself when not in the list).
    pub threads_with_upvalues: *mut Thread,
    /// Where errors in C code jump to: the stack pointer saved by the innermost guarded call, or null.
    pub boundary: *mut c_void,
    /// The error on its way (see [`Thrown`]).
    pub error: Value,
    /// Stack offset (in bytes, from `stack`) of the message handler, 0 for none.
    pub error_handler: isize,
    pub hook: Option<Hook>,
    pub base_hook_count: c_int,
    pub hook_count: c_int,
    /// Instruction index the line hook saw last.
    pub old_pc: u32,
    /// Nested native calls (low 16 bits) and non-yieldable calls (high 16 bits).
    pub c_calls: u32,
    /// The thread that resumed this one inside the same dispatch, or null.
    pub resumer: *mut Thread,
    /// `Global::run_depth` of the dispatch that resumed this coroutine; a yield elsewhere unwinds natively.
    pub home_run: u32,
    /// The count in `c_calls` when this coroutine was last resumed: calls that were under way then are no longer in it.
    pub base_calls: u32,
}

/// `LUA_EXTRASPACE`, the bytes before a thread that belong to the host.
pub const EXTRA_SPACE: usize = size_of::<*mut c_void>();
/// Bytes in front of a `Thread` in its block: the host's `EXTRA_SPACE`, directly before it.
pub const THREAD_PREFIX: usize = EXTRA_SPACE;

/// Turns a table's refusal into its Lua error; the messages are raised by `vm::error`.
impl From<TableError> for Thrown {
    fn from(e: TableError) -> Thrown {
        debug_assert!(e == TableError::OutOfMemory, "use vm::error::table_error");
        Thrown::Memory
    }
}
