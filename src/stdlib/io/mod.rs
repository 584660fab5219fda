//! The input and output library (manual §6.8), on C's `FILE`.
//!
//! A file handle is a full userdata with the metatable `FILE*` that holds a [`stream::Stream`], laid out as
//! `luaL_Stream` of `lauxlib.h`: C modules make their own, with a closing function of their own, and read ours. The
//! default files are the registry fields `_IO_input` and `_IO_output`, as modules expect. (In 5.1 both the default files
//! and the closing function are in environments: see `v51`.)

mod numeral;
mod open;
mod position;
mod read;
pub mod stdio;
pub mod stream;
#[cfg(feature = "lua51")]
mod v51;
mod write;

use crate::library;
use crate::object::Fallible;
use crate::version::{CLOSE_METHOD_IS_IO_CLOSE, FILE_METATABLE_IS_INDEX, HAS_TBC};
use crate::vm::State;
#[cfg(not(feature = "lua51"))]
use crate::vm::state::REGISTRY;
use core::ffi::CStr;
use stdio::FILE;
use stream::{NO_CLOSE, Stream};

crate::builtin!(pub static OPEN = open_library);

library! {
    static FUNCTIONS = {
        b"flush" => write::io_flush,
        b"input" => open::input,
        b"lines" => open::lines,
        b"open" => open::open,
        b"output" => open::output,
        b"popen" => open::popen,
        b"read" => read::io_read,
        b"tmpfile" => open::tmpfile,
        b"type" => stream::io_type,
        b"write" => write::io_write,
    }
}

library! {
    static METHODS = {
        b"read" => read::file_read,
        b"write" => write::file_write,
        b"lines" => open::file_lines,
        b"flush" => write::file_flush,
        b"seek" => position::seek,
        b"setvbuf" => position::set_buffering,
    }
}

library! {
    static METAMETHODS = {
        b"__gc" => stream::collect,
        b"__tostring" => stream::to_string,
    }
}

library! {
    static CLOSE_METAMETHOD = {
        b"__close" => stream::collect,
    }
}

/// Registry key of `FILE*`'s metatable (`LUA_FILEHANDLE`), and its `__name`.
const HANDLE: &[u8] = b"FILE*";

/// The two default files.
#[derive(Clone, Copy)]
pub(crate) enum Default {
    Input,
    Output,
}

impl Default {
    /// Its field in the registry.
    #[cfg(not(feature = "lua51"))]
    fn key(self) -> &'static [u8] {
        match self {
            Default::Input => b"_IO_input",
            Default::Output => b"_IO_output",
        }
    }

    /// Pushes its handle.
    #[cfg(not(feature = "lua51"))]
    fn push(self, l: State) -> Fallible<()> {
        l.get_field(REGISTRY, self.key()).map(drop)
    }

    /// Pops its handle.
    #[cfg(not(feature = "lua51"))]
    fn set(self, l: State) -> Fallible<()> {
        l.set_field(REGISTRY, self.key())
    }

    /// What error messages call it.
    fn name(self) -> &'static [u8] {
        match self {
            Default::Input => b"input",
            Default::Output => b"output",
        }
    }

    /// How a file given by name is opened for this role.
    fn mode(self) -> &'static CStr {
        match self {
            Default::Input => c"r",
            Default::Output => c"w",
        }
    }
}

crate::builtin!(static CLOSE = stream::io_close);
crate::builtin!(static CLOSE_METHOD = stream::file_close);

/// `luaopen_io`
fn open_library(l: State) -> Fallible<i32> {
    l.new_library(b"io", FUNCTIONS)?;
    l.new_metatable(HANDLE)?;
    l.set_functions(METAMETHODS, 0)?;
    if HAS_TBC {
        l.set_functions(CLOSE_METAMETHOD, 0)?;
    }
    if FILE_METATABLE_IS_INDEX {
        l.set_functions(METHODS, 0)?;
        l.push_value(-1);
    } else {
        l.new_table(0, METHODS.len())?;
        l.set_functions(METHODS, 0)?;
    }
    // The metatable, or the table of methods in it.
    l.push_builtin(if CLOSE_METHOD_IS_IO_CLOSE { &CLOSE } else { &CLOSE_METHOD });
    l.set_field(-2, b"close")?;
    l.set_field(-2, b"__index")?;
    l.pop(1);
    l.push_builtin(&CLOSE);
    l.set_field(-2, b"close")?;
    #[cfg(feature = "lua51")]
    v51::enter_environments(l)?;
    standard_file(l, stdio::stdin(), Some(Default::Input), b"stdin")?;
    standard_file(l, stdio::stdout(), Some(Default::Output), b"stdout")?;
    standard_file(l, stdio::stderr(), None, b"stderr")?;
    #[cfg(feature = "lua51")]
    v51::leave_environments(l);
    Ok(1)
}

/// Makes a handle of a standard file: a field of the library (on top), perhaps in the role of a default file.
fn standard_file(l: State, file: *mut FILE, role: Option<Default>, name: &[u8]) -> Fallible<()> {
    let stream = Stream::push_closed(l)?;
    // SAFETY: the stream lies in the userdata on top.
    unsafe {
        (*stream).file = file;
        Stream::close_by(stream, &NO_CLOSE);
    }
    #[cfg(feature = "lua51")]
    v51::adopt_standard_file(l, role)?;
    #[cfg(not(feature = "lua51"))]
    if let Some(role) = role {
        l.push_value(-1);
        role.set(l)?;
    }
    l.set_field(-2, name)
}
