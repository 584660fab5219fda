//! Assignments, declarations, and adjusting values to variables (manual §3.3.3).

use super::expressions::is_open;
use super::generator::Generator;
use super::suffixes::{Pending, Place};
use crate::bytecode::isa::{Op, abc};
use crate::memory::List;
use crate::object::Fallible;
use crate::syntax::tree::{Assign, Expr, FunctionExpr, FunctionStat, LocalFunction, LocalStat, Operand, Seq, Target};

impl Generator {
    /// Evaluates the parts of a variable, unless that was done ahead.
    pub fn place(&mut self, target: &Target) -> Fallible<Place> {
        if let Some(place) = self.place_ahead.take() {
            return Ok(place);
        }
        Ok(match target {
            Target::Local(register) => Place::Local(*register as u32),
            Target::Upvalue(index) => Place::Upvalue(*index as u32),
            Target::Indexed(suffixed) => match self.suffixes(suffixed)? {
                Pending::Place(place) => place,
                // The last suffix is an access.
                _ => Place::Local(0),
            },
        })
    }

    /// `place := value`. Registers that the value needs stay taken.
    pub fn store(&mut self, place: Place, value: &Operand) -> Fallible<()> {
        let line = value.line;
        match place {
            Place::Local(register) => return self.load(&value.expr, register, line),
            Place::Upvalue(_) => {}
            _ => {
                if let Some(constant) = self.byte_constant(&value.expr)? {
                    return self.set_constant(place, constant, line);
                }
            }
        }
        let register = self.any(&value.expr, line)?;
        self.set(place, register, line)
    }

    /// `place := R[from]`
    pub fn set(&mut self, place: Place, from: u32, line: u32) -> Fallible<()> {
        let word = match place {
            Place::Local(register) => return self.load_register(from, register, line),
            Place::Upvalue(upvalue) => abc(Op::SetUpval, from, upvalue, 0),
            Place::UpvalueField(upvalue, key) => abc(Op::SetTabUp, upvalue, key, from),
            Place::Field(table, key) => abc(Op::SetField, table, key, from),
            Place::Integer(table, n) => abc(Op::SetI, table, n, from),
            Place::Index(table, key) => abc(Op::SetTable, table, key, from),
            // What is assigned to makes them a table.
            Place::ExtraField(_) => return Ok(()),
        };
        self.emit(word, line)?;
        Ok(())
    }

    /// `place := K[constant]`, for a field.
    fn set_constant(&mut self, place: Place, constant: u32, line: u32) -> Fallible<()> {
        let word = match place {
            Place::UpvalueField(upvalue, key) => abc(Op::SetTabUpK, upvalue, key, constant),
            Place::Field(table, key) => abc(Op::SetFieldK, table, key, constant),
            Place::Integer(table, n) => abc(Op::SetIK, table, n, constant),
            Place::Index(table, key) => abc(Op::SetTableK, table, key, constant),
            Place::Local(_) | Place::Upvalue(_) | Place::ExtraField(_) => return Ok(()),
        };
        self.emit(word, line)?;
        Ok(())
    }

    pub fn assign(&mut self, assign: &Assign) -> Fallible<()> {
        let single = (assign.targets.split_first(), assign.values.split_first());
        if let (1, 1, (Some(((target, _), _)), Some((value, _)))) = (assign.count, assign.value_count, single) {
            let place = self.place(target)?;
            return self.store(place, value);
        }
        self.assign_many(assign)
    }

    /// The values are all evaluated, then stored from the last to the first; the last one straight from its
    /// expression, if there are as many values as variables.
    fn assign_many(&mut self, assign: &Assign) -> Fallible<()> {
        // SAFETY: the heap outlives the list.
        let mut places = unsafe { List::<Place>::new(&raw mut (*(*self.l).global).heap) };
        for (target, line) in assign.targets.iter() {
            let place = self.place(target)?;
            self.save_conflicting(&mut places, place, *line)?;
            places.push(place)?;
        }
        if assign.count == assign.value_count {
            let mut values = assign.values.iter();
            while let Some(value) = values.next() {
                if !values.at_end() {
                    self.push(&value.expr, value.line)?;
                    continue;
                }
                let mark = self.free;
                if let Some(place) = places.pop() {
                    self.store(place, value)?;
                }
                self.free = mark;
            }
        } else {
            self.adjust(assign.values, assign.value_count, assign.count, assign.line)?;
        }
        while let Some(place) = places.pop() {
            self.free -= 1;
            self.set(place, self.free, assign.line)?;
        }
        Ok(())
    }

    /// If the variable `assigned` is a table or key of a place before it, makes that use a copy of the old value.
    fn save_conflicting(&mut self, places: &mut List<Place>, assigned: Place, line: u32) -> Fallible<()> {
        let copy = self.free;
        let mut conflict = false;
        for place in places.iter_mut() {
            match (&mut *place, assigned) {
                (Place::UpvalueField(upvalue, key), Place::Upvalue(index)) if *upvalue == index => {
                    *place = Place::Field(copy, *key);
                    conflict = true;
                }
                (Place::Field(table, _) | Place::Integer(table, _), Place::Local(register)) if *table == register => {
                    *table = copy;
                    conflict = true;
                }
                (Place::Index(table, key), Place::Local(register)) => {
                    for part in [table, key] {
                        if *part == register {
                            *part = copy;
                            conflict = true;
                        }
                    }
                }
                _ => {}
            }
        }
        if conflict {
            self.get(assigned, copy, line)?;
            self.reserve(1, line)?;
        }
        Ok(())
    }

    /// Pushes the values of a list, adjusted to `wanted`.
    pub fn adjust(&mut self, values: Seq<Operand>, count: u32, wanted: u32, line: u32) -> Fallible<()> {
        let base = self.free;
        let mut items = values.iter();
        let mut missing = wanted.saturating_sub(count);
        while let Some(item) = items.next() {
            if items.at_end() && is_open(&item.expr) {
                let results = (wanted + 1).saturating_sub(count);
                self.need(results, item.line)?;
                self.push_open(&item.expr, Some(results))?;
                self.free += results;
                missing = 0;
            } else {
                self.push(&item.expr, item.line)?;
            }
        }
        if missing > 0 {
            self.need(missing, line)?;
            self.load_nil(self.free, missing, line)?;
        }
        self.free = base;
        self.reserve(wanted, line)
    }

    pub fn local_statement(&mut self, local: &LocalStat) -> Fallible<()> {
        self.adjust(local.values, local.value_count, local.count, local.line)?;
        self.activate(local.names)?;
        if let Some(register) = local.to_close {
            self.emit(abc(Op::Tbc, register as u32, 0, 0), local.line)?;
        }
        Ok(())
    }

    /// The variable is in scope inside the function, but debug information shows it only afterwards.
    pub fn local_function(&mut self, local: &LocalFunction) -> Fallible<()> {
        self.closure(local.proto, local.line)?;
        self.activate_one(local.name)?;
        self.reserve(1, local.line)
    }

    pub fn function_statement(&mut self, stat: &FunctionStat) -> Fallible<()> {
        let place = self.place(&stat.target)?;
        let function = FunctionExpr { proto: stat.proto, line: stat.end_line };
        let register = self.push(&Expr::Function(&function), stat.end_line)?;
        self.set(place, register, stat.line)
    }
}
