//! Table constructors (manual §3.4.9).

use super::expressions::is_open;
use super::generator::Generator;
use super::suffixes::Place;
use crate::bytecode::isa::{self, Op, abc};
use crate::object::Fallible;
use crate::syntax::tree::{Constructor, FIELDS_IN_REGISTERS, Field, Operand};
use crate::version::ARRAY_SIZES_ARE_COARSE;

/// The size of a new array part for so many positional fields. Its spare elements are seen by who asks for a border.
fn presize(items: u32) -> u32 {
    if !ARRAY_SIZES_ARE_COARSE || items < 16 {
        return items;
    }
    // Four significant bits.
    let unit = 1 << (items.ilog2() - 3);
    items.div_ceil(unit).saturating_mul(unit)
}

/// A table under construction: it lies in register `table`, and above it the positional fields that wait to be stored.
#[derive(Clone, Copy)]
pub struct OpenTable {
    table: u32,
    /// The instruction that creates it.
    creation: u32,
    /// Positional fields stored and waiting, and the line of the last one.
    stored: u32,
    waiting: u32,
    line: u32,
    /// The last field is as many as it likes.
    open: bool,
    records: u32,
    /// Where the value of the key that was added last goes.
    key: Option<Place>,
}

impl Generator {
    /// Makes a table in the next register, which it does not take.
    pub fn table(&mut self, constructor: &Constructor) -> Fallible<u32> {
        let mut table = self.open_table(constructor.line)?;
        let mut fields = constructor.fields.iter();
        while let Some(field) = fields.next() {
            self.field(&mut table, field, fields.at_end())?;
        }
        self.close_table(&table, constructor.end_line)
    }

    /// Creates a table in the next register and takes that.
    pub fn open_table(&mut self, line: u32) -> Fallible<OpenTable> {
        let table = self.free;
        self.reserve(1, line)?;
        let creation = self.emit(abc(Op::NewTable, table, 0, 0), line)?;
        self.emit(isa::s(Op::Extra, 0), line)?;
        Ok(OpenTable { table, creation, stored: 0, waiting: 0, line, open: false, records: 0, key: None })
    }

    /// Adds a positional field, a key, or the value of the key before.
    pub fn field(&mut self, table: &mut OpenTable, field: &Field, last: bool) -> Fallible<()> {
        if let Some(place) = table.key.take() {
            self.store(place, &Operand { expr: field.expr, line: field.line })?;
            self.free = table.table + 1 + table.waiting;
            return Ok(());
        }
        self.make_room(table)?;
        if field.constant_line != 0 {
            let key = Operand { expr: field.expr, line: field.line };
            table.key = Some(self.record_place(table.table, &key, field.constant_line)?);
            table.records = table.records.wrapping_add(1);
        } else if last && is_open(&field.expr) {
            self.push_open(&field.expr, None)?;
            table.open = true;
        } else {
            self.push(&field.expr, field.line)?;
            table.line = field.line;
            table.waiting += 1;
        }
        Ok(())
    }

    /// Stores a group of fields that is complete; another field follows.
    pub fn make_room(&mut self, table: &mut OpenTable) -> Fallible<()> {
        if table.waiting == FIELDS_IN_REGISTERS {
            self.set_list(table, FIELDS_IN_REGISTERS, table.line)
        } else {
            Ok(())
        }
    }

    /// Stores what waits and frees the table's register, which it returns.
    pub fn close_table(&mut self, table: &OpenTable, line: u32) -> Fallible<u32> {
        let mut table = *table;
        let items = presize(table.stored + table.waiting).min(isa::MAX_S);
        if table.open {
            self.set_list(&mut table, 0, line)?;
        } else if table.waiting > 0 {
            let count = table.waiting;
            self.set_list(&mut table, count, line)?;
        }
        let hash = match table.records {
            0 => 0,
            n => n.next_power_of_two().trailing_zeros() + 1,
        };
        self.patch(table.creation, |_| abc(Op::NewTable, table.table, hash, 0));
        self.patch(table.creation + 1, |_| isa::s(Op::Extra, items));
        self.free = table.table;
        Ok(table.table)
    }

    /// Stores the `count` values above the table (0: all up to the top) behind those stored before.
    fn set_list(&mut self, table: &mut OpenTable, count: u32, line: u32) -> Fallible<()> {
        if table.stored > isa::MAX_S {
            return Err(self.error(b"constructor too long", line));
        }
        self.emit(abc(Op::SetList, table.table, count, 0), line)?;
        self.emit(isa::s(Op::Extra, table.stored), line)?;
        self.free = table.table + 1;
        table.stored += table.waiting;
        table.waiting = 0;
        Ok(())
    }
}
