//! Resuming and suspending coroutines from library functions.

use super::State;
use crate::object::{Fallible, Thread};

/// The last act of `coroutine.resume`, or with `wrap` of a wrapped coroutine's function: resumes `co` with the top `args`
/// values of `l`. Results are true and what the coroutine yields or returns, or false and the error; for `wrap` only the
/// former values, or the error is raised in `l`.
pub unsafe fn resume_then(_l: State, _co: *mut Thread, _args: i32, _wrap: bool) -> Fallible<i32> {
    unimplemented!()
}

/// The last act of `coroutine.yield`: suspends the running coroutine with the top `results` values of `l`.
pub unsafe fn yield_(_l: State, _results: i32) -> Fallible<i32> {
    unimplemented!()
}
