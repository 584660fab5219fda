//! References to values in a table (`luaL_ref`, `luaL_unref`).
//!
//! Freed references form a list: `t[FREE_LIST]` is the first, each free slot holds the number of the next, 0 ends it.

use super::State;
use crate::object::Fallible;
use crate::object::value::types;
use crate::version::{FREE_REFERENCES_COME_FIRST, VERSION};

/// `LUA_REFNIL`
pub const REF_NIL: i32 = -1;

/// Where the list of freed references starts: 5.4 keeps it after the registry's predefined values, 5.5 in front.
const FREE_LIST: i64 = match VERSION {
    _ if FREE_REFERENCES_COME_FIRST => 1,
    ..=503 => 0,
    _ => 3,
};

impl State {
    /// `luaL_ref`: pops a value into a free slot of the table and returns the slot's number.
    pub fn reference(self, index: i32) -> Fallible<i32> {
        if self.is_nil(-1) {
            self.pop(1);
            return Ok(REF_NIL);
        }
        let table = self.abs_index(index);
        let mut reference = 0;
        if self.raw_get_i(table, FREE_LIST) != types::NUMBER {
            self.push_integer(0);
            self.raw_set_i(table, FREE_LIST)?;
        } else {
            reference = self.to_integer(-1).unwrap_or(0);
        }
        self.pop(1);
        if reference != 0 {
            self.raw_get_i(table, reference);
            self.raw_set_i(table, FREE_LIST)?;
        } else {
            reference = self.raw_len(table) as i64 + 1;
        }
        self.raw_set_i(table, reference)?;
        Ok(reference as i32)
    }

    /// `luaL_unref`: frees the slot.
    pub fn unreference(self, index: i32, reference: i32) -> Fallible<()> {
        if reference < 0 {
            return Ok(());
        }
        let table = self.abs_index(index);
        self.raw_get_i(table, FREE_LIST);
        self.raw_set_i(table, reference as i64)?;
        self.push_integer(reference as i64);
        self.raw_set_i(table, FREE_LIST)
    }
}
