//! The operating system library (manual §6.9).

mod date;
mod format;
mod process;

use crate::library;
use crate::object::Fallible;
use crate::vm::State;

crate::builtin!(pub static OPEN = open);

library! {
    static FUNCTIONS = {
        b"clock" => date::clock,
        b"date" => format::date,
        b"difftime" => date::difftime,
        b"execute" => process::execute,
        b"exit" => process::exit,
        b"getenv" => process::getenv,
        b"remove" => process::remove,
        b"rename" => process::rename,
        b"setlocale" => process::setlocale,
        b"time" => date::time,
        b"tmpname" => process::tmpname,
    }
}

/// `luaopen_os`
fn open(l: State) -> Fallible<i32> {
    l.new_library(b"os", FUNCTIONS)?;
    Ok(1)
}
