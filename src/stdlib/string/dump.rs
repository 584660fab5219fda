//! `string.dump`.

use crate::memory::List;
use crate::object::Fallible;
use crate::object::value::types;
use crate::version::{DUMP_CHECKS_FUNCTION, DUMP_STRIPS};
use crate::vm::State;

/// `string.dump(function [, strip])`
pub fn dump(l: State) -> Fallible<i32> {
    let strip = DUMP_STRIPS && l.to_boolean(2);
    if DUMP_CHECKS_FUNCTION {
        let lua = l.type_of(1) == types::FUNCTION && !l.is_native_function(1);
        l.arg_check(lua, 1, "Lua function expected")?;
    }
    l.check_type(1, types::FUNCTION)?;
    l.set_top(1);
    // SAFETY: the heap outlives this call.
    let mut out = unsafe { List::new(l.heap()) };
    if !l.dump(strip, &mut out)? {
        return Err(l.error(&[b"unable to dump given function".into()]));
    }
    l.push_bytes(&out)?;
    Ok(1)
}
