//! Loading chunks, from memory, streams and files, and dumping functions.
//!
//! While a chunk is compiled the stack holds, from the caller's top: the chunk name, then what the compiler keeps
//! there. Afterwards only the function, or the message, is left in their place.

use super::State;
use super::files::{c_string_of_errno, errno, set_errno, standard_input};
use crate::bytecode;
use crate::compile;
use crate::gc;
use crate::memory::List;
use crate::object::{Fallible, LuaClosure, Str, Thrown, UpVal, Value, tag};
use crate::version::{
    EMPTY_TEXTS_ARE_READ_TWICE, HAS_ENV_UPVALUE, ONLY_UPVALUE_GETS_GLOBALS, READ_ERRORS_ARE_BARE,
    SKIPS_BYTE_ORDER_MARK, STATUS_FILE,
};
use crate::vm::call;
use crate::vm::error;
use crate::vm::input::Input;
use core::ffi::{c_char, c_int, c_void};
use libc::FILE;

/// First byte of precompiled chunks (`LUA_SIGNATURE[0]`).
const SIGNATURE: u8 = 0x1b;

/// One non-yieldable call in `Thread::c_calls`.
const NON_YIELDABLE: u32 = 1 << 16;

impl State {
    /// `lua_load` of bytes in memory: pushes the function, or the message and `Err`.
    pub fn load(self, source: &[u8], chunk_name: &[u8], mode: Option<&[u8]>) -> Result<(), Thrown> {
        // SAFETY: the bytes outlive the input.
        let mut input = unsafe { Input::from_bytes(self.0, source) };
        self.load_input(&mut input, chunk_name, mode)
    }

    /// `lua_load` of a stream.
    pub fn load_input(self, input: &mut Input, chunk_name: &[u8], mode: Option<&[u8]>) -> Result<(), Thrown> {
        // SAFETY: the compiler's work lies above `top`, which `protect` restores on error.
        unsafe {
            let l = self.0;
            let base = (*l).top.byte_offset_from((*l).stack);
            let calls = (*l).c_calls;
            (*l).c_calls = calls.wrapping_add(NON_YIELDABLE);
            let outcome = call::protect(l, (*l).top, (*l).error_handler, &mut || {
                self.compile(input, chunk_name, mode)?;
                let function = self.value(-1);
                (*l).top = (*l).stack.byte_offset(base);
                self.push(function);
                Ok(())
            });
            (*l).c_calls = calls;
            outcome
        }
    }

    /// Pushes the chunk's function, complete with upvalues (and other values below it).
    unsafe fn compile(self, input: &mut Input, chunk_name: &[u8], mode: Option<&[u8]>) -> Fallible<()> {
        // SAFETY: the name and then the closure are on the stack before anything else is allocated.
        unsafe {
            let l = self.0;
            call::ensure_stack(l, crate::object::thread::MIN_STACK)?;
            let name = self.new_str(chunk_name)?;
            self.push_object(name);
            let first = input.peek()?;
            let binary = first == Some(SIGNATURE);
            if EMPTY_TEXTS_ARE_READ_TWICE && first.is_none() {
                input.forget_end();
            }
            self.check_mode(mode, binary)?;
            let closure = if binary { bytecode::load(l, input, name)? } else { compile::compile(l, input, name)? };
            self.push_object(closure);
            self.create_upvalues(closure)
        }
    }

    /// "attempt to load a text chunk (mode is 'b')"
    unsafe fn check_mode(self, mode: Option<&[u8]>, binary: bool) -> Fallible<()> {
        let (letter, kind) = if binary { (b'b', "binary") } else { (b't', "text") };
        match mode {
            Some(mode) if !mode.contains(&letter) => {
                let parts = ["attempt to load a ".into(), kind.into(), " chunk (mode is '".into(), mode.into()];
                let [a, b, c, d] = parts;
                // SAFETY: the thread is alive.
                Err(unsafe { error::syntax(self.0, &[a, b, c, d, "')".into()]) })
            }
            _ => Ok(()),
        }
    }

    /// Gives a main function its upvalues: the first is the table of globals, others are nil. (Without `_ENV` the table
    /// of globals is its environment.)
    unsafe fn create_upvalues(self, closure: *mut LuaClosure) -> Fallible<()> {
        // SAFETY: the closure is on the stack.
        unsafe {
            let g = (*self.0).global;
            #[cfg(feature = "lua51")]
            {
                Value::store(&raw mut (*closure).environment, self.globals());
                gc::barrier(g, closure.cast(), self.globals());
            }
            for n in 0..(*closure).upvalue_count as usize {
                let upvalue = UpVal::new_closed(g)?;
                LuaClosure::upvalue(closure, n).write(upvalue);
                gc::barrier_object(g, closure.cast(), upvalue.cast());
                if n == 0 && HAS_ENV_UPVALUE && (!ONLY_UPVALUE_GETS_GLOBALS || (*closure).upvalue_count == 1) {
                    let globals = self.globals();
                    Value::store((*upvalue).value, globals);
                    gc::barrier(g, upvalue.cast(), globals);
                }
            }
            Ok(())
        }
    }

    /// `lua_dump` of the Lua function on top into a list of bytes; false when it is not a Lua function.
    pub fn dump(self, strip: bool, out: &mut List<u8>) -> Fallible<bool> {
        let function = self.value(-1);
        if function.tag != tag::LUA_CLOSURE {
            return Ok(false);
        }
        // SAFETY: the function stays on the stack, below what is pushed and dropped here.
        unsafe {
            let top = self.top();
            bytecode::dump(self.0, (*function.as_lua_closure()).proto, strip, &mut |piece| Ok(out.extend(piece)?))?;
            self.set_top(top);
        };
        Ok(true)
    }

    /// `luaL_loadfilex` (None: standard input); status 0 or an error code with the message pushed (`LUA_ERRFILE` among them).
    pub fn load_file(self, name: Option<&[u8]>, mode: Option<&[u8]>) -> Fallible<i32> {
        let name_index = self.top() + 1;
        let file = match name {
            None => {
                self.push_bytes(b"=stdin")?;
                standard_input()
            }
            Some(name) => {
                self.push_parts(&["@".into(), name.into()])?;
                set_errno(0);
                // SAFETY: Lua strings end in NUL; the name follows one byte "@".
                unsafe { libc::fopen(self.file_name(name_index), c"r".as_ptr()) }
            }
        };
        if file.is_null() {
            return self.file_error("open", name_index);
        }
        let mut source = Source { file, ready: 0, piece: [0; PIECE] };
        // SAFETY: the file is open.
        unsafe {
            if !source.start(name.map(|_| self.file_name(name_index))) {
                return self.file_error("reopen", name_index);
            }
            set_errno(0);
            let mut input = Input::from_fill(self.0, fill, core::ptr::null(), (&raw mut source).cast());
            let chunk_name = self.to_bytes(name_index)?.unwrap_or_default();
            let outcome = self.load_input(&mut input, chunk_name, mode);
            let failed = libc::ferror(source.file) != 0;
            if name.is_some() {
                libc::fclose(source.file);
            }
            if failed {
                if READ_ERRORS_ARE_BARE {
                    set_errno(0);
                }
                self.set_top(name_index);
                return self.file_error("read", name_index);
            }
            self.remove(name_index);
            Ok(outcome.map_or_else(|thrown| thrown as i32, |()| 0))
        }
    }

    /// The C string after the "@" or "=" of the chunk name at an index.
    fn file_name(self, name_index: i32) -> *const c_char {
        // SAFETY: a string of at least one byte.
        unsafe { Str::data(self.value(name_index).as_str()).add(1).cast() }
    }

    /// Replaces the chunk name by "cannot open file: reason".
    fn file_error(self, what: &str, name_index: i32) -> Fallible<i32> {
        let code = errno();
        let name = self.to_bytes(name_index)?.and_then(|name| name.get(1..)).unwrap_or_default();
        let name = name.split(|&b| b == 0).next().unwrap_or_default();
        if code == 0 {
            self.push_parts(&["cannot ".into(), what.into(), " ".into(), name.into()])?;
        } else {
            let reason = c_string_of_errno(code);
            self.push_parts(&["cannot ".into(), what.into(), " ".into(), name.into(), ": ".into(), reason.into()])?;
        }
        self.remove(name_index);
        Ok(STATUS_FILE)
    }
}

/// Size of the pieces in which files are read (`BUFSIZ`).
const PIECE: usize = 8192;

/// A file being loaded.
struct Source {
    file: *mut FILE,
    /// Bytes at the start of `piece` that were read before the chunk is.
    ready: usize,
    piece: [u8; PIECE],
}

impl Source {
    /// Reads the first character and keeps it in `piece`, skipping a byte order mark and a first line that starts with
    /// `#` (whose line end stays, for the line numbers). Precompiled files with a name are opened again in binary
    /// mode; false when that fails.
    unsafe fn start(&mut self, name: Option<*const c_char>) -> bool {
        // SAFETY: the file is open, the name a C string.
        unsafe {
            let (mut first, skipped) = self.skip_comment();
            if skipped {
                self.keep(b'\n');
            }
            if first == SIGNATURE as c_int {
                self.ready = 0;
                if let Some(name) = name {
                    set_errno(0);
                    self.file = libc::freopen(name, c"rb".as_ptr(), self.file);
                    if self.file.is_null() {
                        return false;
                    }
                    first = self.skip_comment().0;
                }
            }
            if first != libc::EOF {
                self.keep(first as u8);
            }
            true
        }
    }

    fn keep(&mut self, byte: u8) {
        self.piece[self.ready & 1] = byte;
        self.ready += 1;
    }

    /// The first character of the chunk, and whether a comment line came before it.
    unsafe fn skip_comment(&mut self) -> (c_int, bool) {
        // SAFETY: the file is open.
        unsafe {
            let mut c = self.skip_byte_order_mark();
            if c != b'#' as c_int {
                return (c, false);
            }
            while c != libc::EOF && c != b'\n' as c_int {
                c = libc::fgetc(self.file);
            }
            (libc::fgetc(self.file), true)
        }
    }

    /// The first character after a mark. After an incomplete one, its first: no chunk starts with that.
    unsafe fn skip_byte_order_mark(&mut self) -> c_int {
        // SAFETY: the file is open.
        unsafe {
            let c = libc::fgetc(self.file);
            if SKIPS_BYTE_ORDER_MARK && c == 0xEF && libc::fgetc(self.file) == 0xBB && libc::fgetc(self.file) == 0xBF {
                return libc::fgetc(self.file);
            }
            c
        }
    }
}

/// Gives the input the next piece of a [`Source`].
unsafe fn fill(input: &mut Input) -> Fallible<()> {
    // SAFETY: `data` is the source, which lives in `load_file`.
    unsafe {
        let source = input.data.cast::<Source>();
        let piece = (&raw mut (*source).piece).cast::<u8>();
        let mut len = (*source).ready;
        (*source).ready = 0;
        // After an end of file, reading again could wait for a terminal.
        if len == 0 && libc::feof((*source).file) == 0 {
            len = libc::fread(piece.cast::<c_void>(), 1, PIECE, (*source).file);
        }
        input.set_piece(piece, len);
        Ok(())
    }
}
