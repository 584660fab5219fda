//! Declarations of global variables with values, and of global functions.

use super::generator::Generator;
use super::suffixes::{Pending, Place};
use crate::bytecode::isa::{Op, ad};
use crate::memory::List;
use crate::object::{Fallible, Str, Value};
use crate::syntax::tree::{Expr, FunctionExpr, GlobalFunction, GlobalStat, Suffixed};

impl Generator {
    /// The values are evaluated first; then, from the last variable to the first, each is seen not to exist and set.
    pub fn global_statement<'t>(&mut self, stat: &GlobalStat<'t>) -> Fallible<()> {
        // SAFETY: the heap outlives the list.
        let mut places = unsafe { List::<(*mut Str, Place, &'t Suffixed<'t>)>::new(&raw mut (*(*self.l).global).heap) };
        for (name, suffixed) in stat.targets.iter() {
            let place = self.global_place(suffixed)?;
            places.push((*name, place, suffixed))?;
        }
        self.adjust(stat.values, stat.value_count, stat.count, stat.values_line)?;
        while let Some((name, place, suffixed)) = places.pop() {
            self.check_new_global(name, suffixed, stat.line)?;
            self.free -= 1;
            self.set(place, self.free, stat.values_line)?;
        }
        Ok(())
    }

    pub fn global_function<'t>(&mut self, stat: &GlobalFunction<'t>) -> Fallible<()> {
        let place = self.global_place(stat.target)?;
        let function = FunctionExpr { proto: stat.proto, line: stat.end_line };
        let register = self.push(&Expr::Function(&function), stat.end_line)?;
        self.check_new_global(stat.name, stat.target, stat.line)?;
        self.set(place, register, stat.line)
    }

    fn global_place(&mut self, suffixed: &Suffixed) -> Fallible<Place> {
        Ok(match self.suffixes(suffixed)? {
            Pending::Place(place) => place,
            // The only suffix is an access.
            _ => Place::Local(0),
        })
    }

    /// Raises an error (on `line`) if the variable has a value.
    fn check_new_global<'t>(&mut self, name: *mut Str, suffixed: &'t Suffixed<'t>, line: u32) -> Fallible<()> {
        let mark = self.free;
        let register = self.push(&Expr::Suffixed(suffixed), line)?;
        // SAFETY: the name is reachable.
        let constant = self.constant(unsafe { Value::object(name) })?;
        // The message does without a name that the instruction cannot hold.
        let operand = if constant < 0xffff { constant + 1 } else { 0 };
        self.emit(ad(Op::CheckNil, register, operand), line)?;
        self.free = mark;
        Ok(())
    }
}
