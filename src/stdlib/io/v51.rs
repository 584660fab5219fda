//! The environments of the io library of 5.1.
//!
//! The library's functions share an environment: the default files are its elements 1 and 2, and the field `__close` is
//! the function that closes the files which they open, because a new handle's environment is that of the function which
//! makes it. So `popen` has an environment of its own, and so have the standard files. C modules that make handles rely
//! on this.

use super::stream::{CLOSE_FILE, CLOSE_PIPE, NO_CLOSE};
use super::{CLOSE, Default, FUNCTIONS};
use crate::object::Fallible;
use crate::vm::State;
use crate::vm::builtin::Builtin;
use crate::vm::state::ENVIRONMENT;

impl Default {
    /// Its element of the environment.
    fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Pushes its handle.
    pub(super) fn push(self, l: State) -> Fallible<()> {
        l.push_value(ENVIRONMENT);
        l.raw_get_i(-1, self.number());
        l.remove(-2);
        Ok(())
    }

    /// Pops its handle.
    pub(super) fn set(self, l: State) -> Fallible<()> {
        l.push_value(ENVIRONMENT);
        l.insert(-2);
        l.raw_set_i(-2, self.number())?;
        l.pop(1);
        Ok(())
    }
}

/// Pushes an environment whose files are closed by a function.
fn push_environment(l: State, close: &'static Builtin) -> Fallible<()> {
    l.new_table(0, 1)?;
    l.push_builtin(close);
    l.set_field(-2, b"__close")
}

/// Enters the functions again, each with its environment, in the library on top. Then pushes below it their environment
/// and that of the standard files, for [`adopt_standard_file`].
pub fn enter_environments(l: State) -> Fallible<()> {
    push_environment(l, &CLOSE_FILE)?;
    push_environment(l, &NO_CLOSE)?;
    l.push_value(-3);
    l.remove(-4);
    for &(name, function) in FUNCTIONS {
        l.push_builtin_in(function, -3)?;
        l.set_field(-2, name)?;
    }
    l.push_builtin_in(&CLOSE, -3)?;
    l.set_field(-2, b"close")?;
    push_environment(l, &CLOSE_PIPE)?;
    l.get_field(-2, b"popen")?;
    l.push_value(-2);
    l.set_environment(-2)?;
    l.pop(2);
    Ok(())
}

/// Gives the handle on top its environment and its role. The library is below it, and the environments below that.
pub fn adopt_standard_file(l: State, role: Option<Default>) -> Fallible<()> {
    l.push_value(-3);
    l.set_environment(-2)?;
    if let Some(role) = role {
        l.push_value(-1);
        l.raw_set_i(-5, role.number())?;
    }
    Ok(())
}

/// Drops the environments below the library.
pub fn leave_environments(l: State) {
    l.remove(-2);
    l.remove(-2);
}
