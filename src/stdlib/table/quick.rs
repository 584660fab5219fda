//! Quick forms of table functions: of tables without metatable whose array part has the room.

use crate::object::{Slot, Table, Value};
use crate::{gc, quick_forms};

quick_forms! {
    /// `table.insert(list, value)`
    Insert(a): Plain {
        // There is no result, which is nil only where one is asked for.
        if a.count != 2 || a.wanted < 0 {
            return None;
        }
        let (table, value) = (a.plain_table(1)?, a.get(2)?);
        // SAFETY: both are arguments; the slot is the table's.
        unsafe {
            let end = Table::length(table) as i64;
            let slot = Table::array_slot(table, end + 1);
            if slot.is_null() {
                return None;
            }
            Slot::store(slot, value);
            gc::barrier_back(a.global(), table.cast(), value);
        }
        Some(Value::NIL)
    }

    /// `table.remove(list)`
    Remove(a): Plain {
        if a.count != 1 {
            return None;
        }
        let table = a.plain_table(1)?;
        // SAFETY: an argument is alive; the slot is the table's.
        unsafe {
            let slot = Table::array_slot(table, Table::length(table) as i64);
            if slot.is_null() {
                return None;
            }
            let value = Slot::load(slot);
            Slot::store_nil(slot);
            Some(value)
        }
    }
}
