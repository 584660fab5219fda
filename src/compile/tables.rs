//! Table constructors (manual §3.4.9).

use super::expressions::is_open;
use super::generator::Generator;
use crate::bytecode::isa::{self, Op, abc};
use crate::object::Fallible;
use crate::syntax::tree::{Constructor, Operand};
use crate::version::ARRAY_SIZES_ARE_COARSE;

/// Positional fields are stored in groups of this many.
const GROUP: u32 = 50;

/// The size of a new array part for so many positional fields. Its spare elements are seen by who asks for a border.
fn presize(items: u32) -> u32 {
    if !ARRAY_SIZES_ARE_COARSE || items < 16 {
        return items;
    }
    // Four significant bits.
    let unit = 1 << (items.ilog2() - 3);
    items.div_ceil(unit).saturating_mul(unit)
}

impl Generator {
    /// Makes a table in the next register and takes that.
    pub fn table(&mut self, constructor: &Constructor) -> Fallible<()> {
        let table = self.free;
        let hash = match constructor.records {
            0 => 0,
            n => n.next_power_of_two().trailing_zeros() + 1,
        };
        self.reserve(1, constructor.line)?;
        self.emit(abc(Op::NewTable, table, hash, 0), constructor.line)?;
        let size = self.emit(isa::s(Op::Extra, 0), constructor.line)?;
        let (mut stored, mut waiting, mut open) = (0u32, 0u32, false);
        let mut fields = constructor.fields.iter();
        while let Some(field) = fields.next() {
            if field.constant_line != 0 {
                let Some(value) = fields.next() else { break };
                let mark = self.free;
                let key = Operand { expr: field.expr, line: field.line };
                let place = self.record_place(table, &key, field.constant_line)?;
                self.store(place, &Operand { expr: value.expr, line: value.line })?;
                self.free = mark;
            } else if fields.at_end() && is_open(&field.expr) {
                self.push_open(&field.expr, None)?;
                open = true;
            } else {
                self.push(&field.expr, field.line)?;
                waiting += 1;
                if waiting == GROUP && !fields.at_end() {
                    self.set_list(table, waiting, stored, field.line)?;
                    stored += waiting;
                    waiting = 0;
                }
            }
        }
        if open {
            self.set_list(table, 0, stored, constructor.end_line)?;
        } else if waiting > 0 {
            self.set_list(table, waiting, stored, constructor.end_line)?;
        }
        let items = presize(stored + waiting).min(isa::MAX_S);
        self.patch(size, |_| isa::s(Op::Extra, items));
        Ok(())
    }

    /// Stores the `count` values above the table (0: all up to the top) behind the `stored` first ones.
    fn set_list(&mut self, table: u32, count: u32, stored: u32, line: u32) -> Fallible<()> {
        if stored > isa::MAX_S {
            return Err(self.error(b"constructor too long", line));
        }
        self.emit(abc(Op::SetList, table, count, 0), line)?;
        self.emit(isa::s(Op::Extra, stored), line)?;
        self.free = table + 1;
        Ok(())
    }
}
