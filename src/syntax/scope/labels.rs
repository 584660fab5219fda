//! Labels, and the jumps that wait for theirs.

use super::{LabelScope, MAX_SHORT, PendingGoto, Scopes, too_many};
use crate::object::{Fallible, Str, Thrown};
use crate::syntax::lexer::Lexer;
use crate::syntax::tree::{Goto, Label};
use crate::version::{HAS_GLOBAL_DECLARATIONS, JUMPS_ARE_SOLVED_AT_BLOCK_ENDS, LABELS_ARE_PER_BLOCK};
use crate::vm::error::Part;
use core::ptr;

impl<'t> Scopes<'t> {
    /// A `goto` to `name` (null: `break`): leads to a label that is visible, or waits for one.
    pub fn add_goto(&mut self, lexer: &mut Lexer, name: *mut Str, line: u32, tree: &'t Goto<'t>) -> Fallible<()> {
        if !name.is_null()
            && let Some(label) = self.find_label(name)
        {
            tree.label.set(Some(label.tree));
            return Ok(());
        }
        if self.gotos.len() >= MAX_SHORT {
            return Err(too_many(lexer, b"labels/gotos"));
        }
        let active = self.function().active;
        Ok(self.gotos.push(PendingGoto { name, line, active, closes: false, tree })?)
    }

    pub(super) fn find_label(&mut self, name: *mut Str) -> Option<LabelScope<'t>> {
        let in_block = self.blocks.last().filter(|_| LABELS_ARE_PER_BLOCK).map(|block| block.first_label);
        let first = in_block.unwrap_or_else(|| self.function().first_label);
        self.labels.iter().skip(first).find(|label| label.name == name).copied()
    }

    /// Adds a label to the innermost block; [`Scopes::place_label`] has to follow, with the number that this returns.
    pub fn add_label(&mut self, lexer: &mut Lexer, name: *mut Str, tree: &'t Label) -> Fallible<usize> {
        if let Some(label) = self.find_label(name) {
            let line = Part::Int(label.tree.line.get() as i64);
            let parts = [Part::Bytes(b"label '"), Part::Str(name), Part::Bytes(b"' already defined on line "), line];
            return Err(lexer.error_without_token(&parts));
        }
        if self.labels.len() >= MAX_SHORT {
            return Err(too_many(lexer, b"labels/gotos"));
        }
        let active = self.function().active;
        self.labels.push(LabelScope { name, active, tree })?;
        Ok(self.labels.len() - 1)
    }

    /// The place of a label is known. `at_end`: only void statements follow it in its block, so that the block's variables
    /// count as dead already.
    pub fn place_label(&mut self, lexer: &mut Lexer, at: usize, at_end: bool) -> Fallible<()> {
        // SAFETY: as `function`; no other borrow of it is live.
        let function = unsafe { &*self.function };
        let active = match self.blocks.last() {
            Some(block) if at_end => block.active,
            _ => function.active,
        };
        let level = self.level(function, active);
        let Some(label) = self.labels.get_mut(at) else { return Ok(()) };
        label.active = active;
        label.tree.level.set(level);
        let (name, tree) = (label.name, label.tree);
        if JUMPS_ARE_SOLVED_AT_BLOCK_ENDS {
            return Ok(());
        }
        self.solve_gotos(lexer, name, active, tree)
    }

    /// Leads the pending jumps of the innermost block with that name to the label.
    pub(super) fn solve_gotos(
        &mut self,
        lexer: &mut Lexer,
        name: *mut Str,
        active: usize,
        label: &'t Label,
    ) -> Fallible<()> {
        let mut at = self.blocks.last().map_or(0, |block| block.first_goto);
        while let Some(goto) = self.gotos.get(at).copied() {
            if goto.name != name {
                at += 1;
                continue;
            }
            if goto.active < active {
                return Err(self.jump_into_scope(lexer, &goto));
            }
            goto.tree.label.set(Some(label));
            if goto.closes {
                label.closes.set(true);
            }
            let end = self.gotos.len();
            self.gotos.copy_within(at + 1..end, at);
            self.gotos.truncate(end - 1);
        }
        Ok(())
    }

    #[cold]
    fn jump_into_scope(&mut self, lexer: &mut Lexer, goto: &PendingGoto) -> Thrown {
        let first = self.function().first_variable;
        let local = self.variables.get(first + goto.active).map_or(ptr::null_mut(), |variable| variable.name);
        lexer.error_without_token(&[
            Part::Bytes(b"<goto "),
            Part::Str(goto.name),
            Part::Bytes(b"> at line "),
            Part::Int(goto.line as i64),
            Part::Bytes(b" jumps into the scope of "),
            Part::Bytes(if HAS_GLOBAL_DECLARATIONS { b"'" } else { b"local '" }),
            if local.is_null() { Part::Bytes(b"*") } else { Part::Str(local) },
            Part::Bytes(b"'"),
        ])
    }
}

/// A jump to a label that does not exist.
#[cold]
pub(super) fn undefined_goto(lexer: &mut Lexer, goto: &PendingGoto) -> Thrown {
    let line = Part::Int(goto.line as i64);
    if goto.name.is_null() {
        if LABELS_ARE_PER_BLOCK {
            return lexer.error_without_token(&[b"<break> at line ".into(), line, b" not inside a loop".into()]);
        }
        return lexer.error_without_token(&[Part::Bytes(b"break outside loop at line "), line]);
    }
    let (before, after) = (Part::Bytes(b"no visible label '"), Part::Bytes(b"' for <goto> at line "));
    lexer.error_without_token(&[before, Part::Str(goto.name), after, line])
}
