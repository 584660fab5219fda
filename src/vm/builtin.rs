//! Library functions written in Rust.
//!
//! A function is `fn(State) -> Fallible<i32>`: arguments are the slots `1..=top()` of its frame, results the
//! last `n` values it pushed, `n` the returned number. A function that wants to call Lua code *and be
//! suspendable meanwhile* ends with `state.call_then(...)`, which returns [`CONTINUE`] to the dispatch.
//! Each function also has a C entry point, so that `lua_tocfunction` gives a pointer that works anywhere.

use super::State;
use super::dispatch::Handler;
use crate::object::thread::CFunction;
use crate::object::{Fallible, Value, tag};
use core::ffi::c_void;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A library function: results on top of the stack, their number returned.
pub type Function = fn(State) -> Fallible<i32>;

/// Runs when a call made by [`State::call_then`] or [`State::pcall_then`] has returned: `status` is 0 or 1
/// (`Thrown::Yield`: it returned after having been suspended), or the error of a protected call, whose error
/// object is then on top. `context` is the number that was given. Returns the number of results.
pub type Continuation = fn(state: State, status: i32, context: isize) -> Fallible<i32>;

/// Returned instead of a number of results: "the stack of calls has changed, carry on there".
pub const CONTINUE: i32 = -1;

/// A library function and its C entry point.
#[repr(C)]
pub struct Builtin {
    pub function: Function,
    pub entry: CFunction,
    /// What the dispatch knows about it.
    pub role: Role,
    /// How the dispatch calls it: a quick form ([`super::quick`]) or with a call record.
    pub quick: Handler,
}

/// Functions that generic `for` loops run inline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    Ordinary,
    /// `next`
    Next,
    /// The iterator of `ipairs`.
    IpairsStep,
}

impl Builtin {
    /// The value of a function without upvalues.
    pub fn value(&'static self) -> Value {
        Value { payload: self as *const Builtin as u64, tag: tag::BUILTIN }
    }
}

/// The builtins whose C entry points hosts have asked for, in all states of the process: a host that pushes such a pointer
/// gets the function it came from, equal to it. A hash table that only grows; there are far fewer builtins than places.
static HANDED_OUT: [Handed; PLACES] = [const { Handed { entry: null(), builtin: null() } }; PLACES];
const PLACES: usize = 512;

struct Handed {
    entry: AtomicPtr<c_void>,
    /// Set after `entry`, before anybody outside can know of it.
    builtin: AtomicPtr<Builtin>,
}

const fn null<T>() -> AtomicPtr<T> {
    AtomicPtr::new(core::ptr::null_mut())
}

/// The places where an entry point may be noted, the likeliest first.
fn places(entry: *const c_void) -> impl Iterator<Item = &'static Handed> {
    let start = (entry as usize >> 4).wrapping_mul(0x9E37_79B1) >> 7;
    (0..PLACES).filter_map(move |n| HANDED_OUT.get((start + n) % PLACES))
}

/// The C entry point of a builtin, for a host.
pub fn entry_of(builtin: &'static Builtin) -> *const c_void {
    let entry = builtin.entry as *mut c_void;
    for place in places(entry) {
        let free = core::ptr::null_mut();
        match place.entry.compare_exchange(free, entry, Ordering::AcqRel, Ordering::Acquire) {
            Err(other) if other != entry => {}
            _ => {
                place.builtin.store(ptr::from_ref(builtin).cast_mut(), Ordering::Release);
                break;
            }
        }
    }
    entry
}

/// The builtin whose entry point a host has got and now gives back.
#[inline]
pub fn of_entry(entry: *const c_void) -> Option<&'static Builtin> {
    for place in places(entry) {
        let found = place.entry.load(Ordering::Acquire);
        if found.is_null() {
            return None;
        }
        if found.cast_const() == entry {
            // SAFETY: null or a static.
            return unsafe { place.builtin.load(Ordering::Acquire).as_ref() };
        }
    }
    None
}

/// Declares `static $name: Builtin` for a function `$function: fn(State) -> Fallible<i32>`, with a [`Role`] and a
/// quick form if it has them.
#[macro_export]
macro_rules! builtin {
    ($vis:vis static $name:ident = $function:path) => {
        $crate::builtin!($vis static $name = $function, Ordinary);
    };
    ($vis:vis static $name:ident = $function:path, $role:ident) => {
        $crate::builtin!(@ $vis static $name = $function, $role, $crate::vm::quick::ORDINARY);
    };
    ($vis:vis static $name:ident = $function:path, $role:ident, $quick:ty) => {
        $crate::builtin!(@ $vis static $name = $function, $role, $crate::vm::quick::handler::<$quick>);
    };
    (@ $vis:vis static $name:ident = $function:path, $role:ident, $quick:expr) => {
        $vis static $name: $crate::vm::Builtin = {
            unsafe extern "C-unwind" fn entry(l: *mut $crate::object::Thread) -> core::ffi::c_int {
                // SAFETY: the caller is a host that runs this as any `lua_CFunction`.
                unsafe { $crate::vm::boundary::run_entry(l, $function) }
            }
            $crate::vm::Builtin {
                function: $function,
                entry,
                role: $crate::vm::builtin::Role::$role,
                quick: $quick,
            }
        };
    };
}

/// A library: a static list of `(name, function)`.
pub type Library = [(&'static [u8], &'static Builtin)];

/// `library! { pub static MATH = { b"sin" => sin, b"floor" => floor => quick::Floor, ... } }`: declares the entry points
/// and the list; a second arrow leads to the quick form.
#[macro_export]
macro_rules! library {
    (@entry $function:path) => {{
        $crate::builtin!(static ENTRY = $function);
        &ENTRY
    }};
    (@entry $function:path, $quick:ty) => {{
        $crate::builtin!(static ENTRY = $function, Ordinary, $quick);
        &ENTRY
    }};
    ($vis:vis static $list:ident = { $( $lua:literal => $function:path $( => $quick:ty )? ),* $(,)? }) => {
        $vis static $list: &$crate::vm::builtin::Library = &[
            $( ($lua, $crate::library!(@entry $function $(, $quick)?)) ),*
        ];
    };
}
