//! `collectgarbage` as it was before 5.4.

use crate::gc::{self, option};
use crate::object::Fallible;
use crate::version::{HAS_GENERATIONAL, VERSION};
use crate::vm::State;

/// Names and `lua_gc` codes of what `collectgarbage` can do; 5.1 ends before "isrunning", 5.3 after it.
const OPTIONS: [(&[u8], i32); 11] = [
    (b"stop", option::STOP),
    (b"restart", option::RESTART),
    (b"collect", option::COLLECT),
    (b"count", option::COUNT),
    (b"step", option::STEP),
    (b"setpause", option::SET_PAUSE),
    (b"setstepmul", option::SET_STEP_MULTIPLIER),
    (b"isrunning", option::IS_RUNNING),
    (b"setmajorinc", 8),
    (b"generational", option::GENERATIONAL),
    (b"incremental", option::INCREMENTAL),
];

const COUNT: usize = match VERSION {
    501 => 7,
    _ if HAS_GENERATIONAL => OPTIONS.len(),
    _ => 8,
};

/// `collectgarbage([option [, number]])`
pub fn collect_garbage(l: State) -> Fallible<i32> {
    let names = OPTIONS.map(|(name, _)| name);
    let n = l.check_option(1, Some(b"collect"), names.get(..COUNT).unwrap_or(&names))?;
    let what = OPTIONS.get(n).map_or(option::COLLECT, |option| option.1);
    let data = l.opt_integer(2, 0)? as i32;
    // SAFETY: the thread is live; everything this frame holds is on the stack.
    let control = |what: i32| unsafe { gc::classic::control(l.0, what, data) };
    let result = control(what)?;
    match what {
        option::COUNT => {
            let rest = control(option::COUNT_BYTES)?;
            l.push_number(result as f64 + rest as f64 / 1024.0);
            if VERSION == 502 {
                l.push_integer(rest as i64);
                return Ok(2);
            }
        }
        option::STEP | option::IS_RUNNING => l.push_boolean(result != 0),
        _ => l.push_integer(result as i64),
    }
    Ok(1)
}
