//! `collectgarbage` (manual §6.1): names for what `lua_gc` does, in two manners. Before 5.4 an option has one number and
//! an error of a finalizer goes to the caller; later options have what arguments they need.

use crate::gc::{self, option};
use crate::object::{Fallible, Value};
use crate::version::{
    self, COLLECTOR_TELLS_IF_RUNNING, COUNT_RETURNS_BYTES, HAS_COLLECTOR_PARAMETERS, HAS_GENERATIONAL,
};
use crate::vm::State;
use core::ops::Range;

/// Names and codes of the options, in such an order that those of each version are neighbours.
const OPTIONS: [(&[u8], i32); 12] = [
    (b"param", option::PARAMETER),
    (b"generational", option::GENERATIONAL),
    (b"incremental", option::INCREMENTAL),
    (b"isrunning", option::IS_RUNNING),
    (b"stop", option::STOP),
    (b"restart", option::RESTART),
    (b"collect", option::COLLECT),
    (b"count", option::COUNT),
    (b"step", option::STEP),
    (b"setpause", option::SET_PAUSE),
    (b"setstepmul", option::SET_STEP_MULTIPLIER),
    (b"setmajorinc", option::SET_MAJOR_INCREMENT),
];

/// Those that this version has.
const PRESENT: Range<usize> = {
    let start = match () {
        _ if HAS_COLLECTOR_PARAMETERS => 0,
        _ if HAS_GENERATIONAL => 1,
        _ if COLLECTOR_TELLS_IF_RUNNING => 3,
        _ => 4,
    };
    let end = match () {
        _ if HAS_COLLECTOR_PARAMETERS => 9,
        _ if version::HAS_MAJOR_INCREMENT => 12,
        _ => 11,
    };
    start..end
};

/// Names of the collector's parameters in 5.5, by number.
const PARAMETERS: [&[u8]; 6] = [b"minormul", b"majorminor", b"minormajor", b"pause", b"stepmul", b"stepsize"];

/// `collectgarbage([option [, arguments]])`; fail when called by a finalizer during a collection.
pub fn collect_garbage(l: State) -> Fallible<i32> {
    let options = OPTIONS.get(PRESENT).unwrap_or(&OPTIONS);
    let names = OPTIONS.map(|(name, _)| name);
    let n = l.check_option(1, Some(b"collect"), names.get(PRESENT).unwrap_or(&names))?;
    let what = options.get(n).map_or(option::COLLECT, |option| option.1);
    if version::FINALIZER_ERRORS_PROPAGATE { with_one_number(l, what) } else { with_arguments(l, what) }
}

/// From 5.4 on.
fn with_arguments(l: State, what: i32) -> Fallible<i32> {
    // SAFETY: `l` runs this function, and everything that it holds is on the stack.
    let control = |what: i32, a: i32, b: i32, c: i32| unsafe { gc::control(l.0, what, a, b, c) };
    let int = |arg: i32| l.opt_integer(arg, 0).map(|n| n as i32);
    let result = match what {
        option::COUNT => {
            let kilobytes = control(what, 0, 0, 0);
            let rest = control(option::COUNT_BYTES, 0, 0, 0);
            valid(kilobytes, |kilobytes| Value::float(kilobytes as f64 + rest as f64 / 1024.0))
        }
        option::GENERATIONAL | option::INCREMENTAL if HAS_COLLECTOR_PARAMETERS => {
            return push_mode(l, control(what, 0, 0, 0));
        }
        option::GENERATIONAL => return push_mode(l, control(what, int(2)?, int(3)?, 0)),
        option::INCREMENTAL => return push_mode(l, control(what, int(2)?, int(3)?, int(4)?)),
        option::PARAMETER => {
            let number = l.check_option(2, None, &PARAMETERS)? as i32;
            let value = l.opt_integer(3, -1)? as i32;
            Value::integer(control(what, number, value, 0) as i64)
        }
        option::STEP => valid(control(what, int(2)?, 0, 0), |r| Value::boolean(r != 0)),
        option::SET_PAUSE | option::SET_STEP_MULTIPLIER => {
            valid(control(what, int(2)?, 0, 0), |r| Value::integer(r as i64))
        }
        option::IS_RUNNING => valid(control(what, 0, 0, 0), |r| Value::boolean(r != 0)),
        _ => valid(control(what, 0, 0, 0), |r| Value::integer(r as i64)),
    };
    l.push(result);
    Ok(1)
}

/// The result of an option, nil (fail) for a refused one.
fn valid(result: i32, convert: impl FnOnce(i32) -> Value) -> Value {
    if result == -1 { Value::NIL } else { convert(result) }
}

/// Pushes the name of the previous mode, or fail.
fn push_mode(l: State, previous: i32) -> Fallible<i32> {
    match previous {
        -1 => l.push_nil(),
        option::INCREMENTAL => l.push_bytes(b"incremental")?,
        _ => l.push_bytes(b"generational")?,
    }
    Ok(1)
}

/// Before 5.4: every option may have a number, needed or not.
fn with_one_number(l: State, what: i32) -> Fallible<i32> {
    let data = l.opt_integer(2, 0)? as i32;
    // SAFETY: `l` runs this function, and everything that it holds is on the stack.
    let control = |what: i32| unsafe { gc::classic::control(l.0, what, data) };
    let result = control(what)?;
    match what {
        option::COUNT => {
            let rest = control(option::COUNT_BYTES)?;
            l.push_number(result as f64 + rest as f64 / 1024.0);
            if COUNT_RETURNS_BYTES {
                l.push_integer(rest as i64);
                return Ok(2);
            }
        }
        option::STEP | option::IS_RUNNING => l.push_boolean(result != 0),
        _ => l.push_integer(result as i64),
    }
    Ok(1)
}
