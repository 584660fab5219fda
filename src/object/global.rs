//! What all threads of a state share.

use super::header::GcHeader;
use super::string::{Str, StringTable};
use super::table::{Node, Table};
use super::thread::{CFunction, Thread, WarnFunction};
use super::value::{Value, types};
use crate::memory::Heap;
use core::ffi::c_void;

/// Metamethod events. The first [`CACHED_EVENTS`] have a bit in `Table::absent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Event {
    Index,
    NewIndex,
    Gc,
    Mode,
    Len,
    Eq,
    Add,
    Sub,
    Mul,
    Mod,
    Pow,
    Div,
    Idiv,
    Band,
    Bor,
    Bxor,
    Shl,
    Shr,
    Unm,
    Bnot,
    Lt,
    Le,
    Concat,
    Call,
    Close,
}

/// Number of events.
pub const EVENTS: usize = 25;
/// Events whose absence a metatable caches.
pub const CACHED_EVENTS: u8 = 6;

/// Names of the events' metatable fields, in the order of [`Event`].
pub const EVENT_NAMES: [&[u8]; EVENTS] = [
    b"__index",
    b"__newindex",
    b"__gc",
    b"__mode",
    b"__len",
    b"__eq",
    b"__add",
    b"__sub",
    b"__mul",
    b"__mod",
    b"__pow",
    b"__div",
    b"__idiv",
    b"__band",
    b"__bor",
    b"__bxor",
    b"__shl",
    b"__shr",
    b"__unm",
    b"__bnot",
    b"__lt",
    b"__le",
    b"__concat",
    b"__call",
    b"__close",
];

/// Phases of a collection cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
#[repr(u8)]
pub enum Phase {
    Propagate,
    EnterAtomic,
    Atomic,
    SweepObjects,
    SweepFinalizers,
    SweepPending,
    SweepEnd,
    CallFinalizers,
    Pause,
}

/// What kind of collections the collector does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// Incremental cycles.
    Incremental,
    /// Generational mode: collections of the young objects.
    Minor,
    /// Generational mode while major collections are needed, which are incremental cycles.
    Major,
}

/// What the collector keeps for the API of versions before 5.4 (`gc::classic`).
#[derive(Clone, Copy)]
pub struct Classic {
    /// Parameters as they were set; the collector has them in its own measure.
    pub pause: i32,
    pub multiplier: i32,
    pub major: i32,
    /// Whether an error of a finalizer ends the collection.
    pub catches: bool,
    /// The error that did, as a discriminant of `Thrown`, or 0; its object is in the thread.
    pub failure: u8,
}

/// `lua_getglobal`'s cache of C strings by address: rows × columns.
pub const CSTRING_CACHE: (usize, usize) = (53, 2);

/// The state that threads share. The main thread lies in the same block (see `vm::lifecycle`).
#[repr(C)]
pub struct Global {
    pub heap: Heap,
    pub strings: StringTable,
    pub registry: Value,
    /// Secret of string hashing.
    pub seed: u32,

    // ---- the collector (the fields' rules are in `gc`)
    pub current_white: u8,
    pub phase: Phase,
    /// Bits of `gc::stopped`: why the collector does not run.
    pub stopped: u8,
    /// A part of the collector other than a finalizer is on the native stack: an allocation that fails now may not
    /// start an emergency collection.
    pub collecting: bool,
    /// The collection under way was asked for by a failing allocation.
    pub emergency: bool,
    /// What kind of collections is under way.
    pub mode: Mode,
    /// Parameters in percent, a quarter of the value that the API shows: memory in use before the next cycle
    /// starts relative to the estimate, work per byte, growth before a major collection.
    pub pause: u8,
    /// What only versions before 5.4 need.
    pub classic: Classic,
    pub step_multiplier: u8,
    pub major_multiplier: u8,
    /// Percent of growth before a young collection.
    pub minor_multiplier: u8,
    /// Bytes allocated between two steps, as a power of two.
    pub step_size_log2: u8,
    /// The parameters in 5.5, by number, coded (see `gc::parameters`).
    pub parameters: [u8; 6],
    /// Bytes of the objects that this cycle has marked; in [`Mode::Minor`], of those that became old since the last major
    /// collection.
    pub marked: usize,
    /// In the generational modes, bytes marked by the last major collection.
    pub major_base: usize,
    /// Every object that is in none of the next three lists, newest first.
    pub all_objects: *mut GcHeader,
    /// Where the sweep goes on; null when the list under sweep is done.
    pub sweep_at: *mut *mut GcHeader,
    /// Objects whose finalizer has not been scheduled.
    pub with_finalizer: *mut GcHeader,
    /// Unreachable objects whose finalizer is to be called, in that order.
    pub pending_finalizers: *mut GcHeader,
    pub fixed_objects: *mut GcHeader,
    pub gray: *mut GcHeader,
    /// Gray objects to be traversed (again) in the atomic phase.
    pub gray_again: *mut GcHeader,
    /// Weak tables that may hold entries to be cleared.
    pub weak_values: *mut GcHeader,
    pub ephemerons: *mut GcHeader,
    pub all_weak: *mut GcHeader,
    /// Generational mode: where the ages begin in `all_objects` (new ones come first) and in `with_finalizer`.
    pub survival: *mut GcHeader,
    pub old1: *mut GcHeader,
    pub really_old: *mut GcHeader,
    pub first_old1: *mut GcHeader,
    pub finalizer_survival: *mut GcHeader,
    pub finalizer_old1: *mut GcHeader,
    pub finalizer_really_old: *mut GcHeader,
    pub threads_with_upvalues: *mut Thread,
    /// Calls the `__gc` metamethod of the object on the thread, and makes a warning of its error; left here by `vm`.
    pub call_finalizer: Option<unsafe fn(l: *mut Thread, object: Value)>,
    /// Gives back what a thread's stack and call records use too much; left here by `vm`.
    pub shrink_stack: Option<unsafe fn(l: *mut Thread)>,
    /// Closes a dead thread's upvalues and frees it; left here by `vm`.
    pub free_thread: Option<unsafe fn(g: *mut Global, l: *mut Thread)>,

    // ---- the rest
    pub main_thread: *mut Thread,
    /// The thread that runs now.
    pub running: *mut Thread,
    /// Nested native invocations of the dispatch.
    pub run_depth: u32,
    /// Chunks that are being compiled now, one inside another.
    pub compilers: u32,
    pub panic: Option<CFunction>,
    pub warn: Option<WarnFunction>,
    pub warn_data: *mut c_void,
    /// State is complete (opened without error).
    pub complete: bool,
    pub memory_message: *mut Str,
    pub event_names: [*mut Str; EVENTS],
    /// Names of the types, by code.
    pub type_names: [*mut Str; types::COUNT],
    /// `_ENV`, interned for the compiler.
    pub env_name: *mut Str,
    /// `__tostring`, interned because most values shown have none.
    pub tostring_name: *mut Str,
    pub metatables: [*mut Table; types::COUNT],
    pub dummy_node: Node,
    /// Which library made the state (`vm::lifecycle::VERSION_NUMBER`).
    pub version: *const f64,
    /// External strings that live as long as their short copies.
    pub held_strings: *mut Str,
    pub cstring_cache: [[*mut Str; CSTRING_CACHE.1]; CSTRING_CACHE.0],
    /// The environment of library functions without upvalues, which are no objects: the state's first table of globals.
    #[cfg(feature = "lua51")]
    pub library_environment: Value,
    /// The environments of those that have been given another one, a table by their addresses; nil if there are none.
    #[cfg(feature = "lua51")]
    pub function_environments: Value,
    /// A copy of the one that was last asked for, alive because it is in that table.
    #[cfg(feature = "lua51")]
    pub noted_environment: Value,
}
