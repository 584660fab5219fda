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
