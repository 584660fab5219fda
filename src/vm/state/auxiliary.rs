//! The rest of the auxiliary library: display of values, libraries and modules, substitution, warnings.

use super::{Buffer, LOADED_TABLE, REGISTRY, State, Text};
use crate::gc;
use crate::object::value::types;
use crate::object::{Fallible, Slot, Table, Value, tag};
use crate::version::{HAS_TYPE_NAMES, TOSTRING_CHECKS_RESULT};
use crate::vm::builtin::{Builtin, Library};
use crate::vm::{debug, meta};
use core::ffi::{c_char, c_int, c_void};

impl State {
    /// Whether the value's metatable has `__tostring`.
    #[inline]
    pub fn has_tostring(self, v: Value) -> bool {
        // SAFETY: a live value and its live metatable; the name is never collected.
        unsafe {
            let mt = meta::metatable_of(self.0, v);
            !mt.is_null() && !Slot::is_nil(Table::get_short_str(mt, (*(*self.0).global).tostring_name))
        }
    }

    /// `luaL_tolstring`: pushes the string and returns its bytes, behind which is a NUL. Where `__tostring` may return
    /// anything, that is pushed, and has no bytes if it is no string.
    pub fn tostring<'a>(self, index: i32) -> Fallible<&'a [u8]> {
        let index = self.abs_index(index);
        if self.has_tostring(self.value(index)) && self.call_meta(index, b"__tostring")? {
            if TOSTRING_CHECKS_RESULT && !self.is_string(-1) {
                return Err(self.error(&["'__tostring' must return a string".into()]));
            }
        } else {
            self.push_plain_text(index)?;
        }
        Ok(self.to_bytes(-1)?.unwrap_or(b"\0".split_at(0).0))
    }

    /// Pushes how a value without `__tostring` is shown.
    fn push_plain_text(self, index: i32) -> Fallible<()> {
        let v = self.value(index);
        match v.tag {
            tag::SHORT_STRING | tag::LONG_STRING => self.push(v),
            tag::INTEGER | tag::FLOAT => {
                let text = self.string_from_number(v)?;
                self.push_object(text);
                self.gc_check()?;
            }
            tag::NIL if self.type_of(index) == types::NIL => self.push_bytes(b"nil")?,
            tag::FALSE => self.push_bytes(b"false")?,
            tag::TRUE => self.push_bytes(b"true")?,
            _ => {
                let field = if HAS_TYPE_NAMES { self.get_metafield(index, b"__name")? } else { types::NIL };
                let kind = match field {
                    types::STRING => self.to_bytes(-1)?.unwrap_or_default(),
                    _ => self.type_name(self.type_of(index)).as_bytes(),
                };
                let mut digits = [0; POINTER_TEXT];
                let address = pointer_text(self.to_pointer(index), &mut digits);
                self.push_parts(&[kind.into(), ": ".into(), address.into()])?;
                if field != types::NIL {
                    self.remove(-2);
                }
            }
        }
        Ok(())
    }

    /// `luaL_traceback`: pushes it.
    pub fn traceback(self, of: State, message: Option<&[u8]>, level: i32) -> Fallible<()> {
        // SAFETY: both threads are alive.
        unsafe { debug::traceback(self.0, of.0, message, level) }
    }

    /// Pushes the table in field `name`, made if there is none; true when it was there.
    pub fn get_subtable(self, index: i32, name: &[u8]) -> Fallible<bool> {
        if self.get_field(index, name)? == types::TABLE {
            return Ok(true);
        }
        self.pop(1);
        let index = self.abs_index(index);
        self.new_table(0, 0)?;
        self.push_value(-1);
        self.set_field(index, name)?;
        Ok(false)
    }

    /// Pushes a table with the functions of library `name`: a new one (`luaL_newlib`), or in 5.1 the one that is registered
    /// under that name.
    pub fn new_library(self, name: &[u8], functions: &'static Library) -> Fallible<()> {
        #[cfg(feature = "lua51")]
        self.open_library_table(name, functions.len())?;
        #[cfg(not(feature = "lua51"))]
        {
            let _ = name;
            self.new_table(0, functions.len())?;
        }
        self.set_functions(functions, 0)
    }

    /// `luaL_setfuncs` with `upvalues` shared values on top.
    pub fn set_functions(self, functions: &'static Library, upvalues: i32) -> Fallible<()> {
        self.need_stack(upvalues, "too many upvalues")?;
        for &(name, function) in functions {
            for _ in 0..upvalues {
                self.push_value(-upvalues);
            }
            self.push_builtin_closure(function, upvalues)?;
            self.set_field(-(upvalues + 2), name)?;
        }
        self.pop(upvalues);
        Ok(())
    }

    /// `luaL_requiref` with one of our openers.
    pub fn require(self, name: &[u8], open: &'static Builtin, global: bool) -> Fallible<()> {
        self.require_with(name, |state| state.push_builtin(open), global)
    }

    /// `luaL_requiref` with an opener that `push_opener` pushes.
    pub(crate) fn require_with(self, name: &[u8], push_opener: impl Fn(State), global: bool) -> Fallible<()> {
        self.get_subtable(REGISTRY, LOADED_TABLE)?;
        self.get_field(-1, name)?;
        if !self.to_boolean(-1) {
            self.pop(1);
            push_opener(self);
            self.push_bytes(name)?;
            self.call(1, 1)?;
            self.push_value(-1);
            self.set_field(-3, name)?;
        }
        self.remove(-2);
        if global {
            self.push_value(-1);
            self.set_global(name)?;
        }
        Ok(())
    }

    /// `luaL_gsub`: pushes a copy of `s` with every occurrence of `pattern` (not empty) replaced.
    pub fn gsub(self, s: &[u8], pattern: &[u8], replacement: &[u8]) -> Fallible<()> {
        let mut buffer = self.buffer();
        substitute(s, pattern, replacement, |piece| Buffer::add(&mut buffer, piece))?;
        buffer.push()
    }

    /// `lua_warning`.
    pub fn warning(self, message: &[u8], to_be_continued: bool) -> Fallible<()> {
        let mut text = Text::new(self);
        text.add(message)?;
        text.add(b"\0")?;
        // SAFETY: the bytes end in NUL.
        unsafe { self.warn_c(text.bytes().as_ptr().cast(), to_be_continued as c_int) };
        Ok(())
    }

    /// As [`State::warning`], for a C string.
    pub(crate) unsafe fn warn_c(self, message: *const c_char, to_be_continued: c_int) {
        // SAFETY: the host's function gets the host's data and a C string.
        unsafe {
            let g = (*self.0).global;
            if let Some(warn) = (*g).warn {
                warn((*g).warn_data, message, to_be_continued);
            }
        }
    }

    /// Runs the collector if it is due; after creating objects in a loop.
    #[inline]
    pub fn gc_check(self) -> Fallible<()> {
        // SAFETY: everything live is on the stack.
        unsafe { gc::check(self.0) }
    }
}

/// Gives `add` the pieces of `s` with every occurrence of `pattern` replaced.
pub(crate) fn substitute(
    s: &[u8],
    pattern: &[u8],
    replacement: &[u8],
    mut add: impl FnMut(&[u8]) -> Fallible<()>,
) -> Fallible<()> {
    let mut rest = s;
    while !pattern.is_empty() {
        let Some(at) = rest.windows(pattern.len()).position(|window| window == pattern) else {
            break;
        };
        add(&rest[..at])?;
        add(replacement)?;
        rest = &rest[at + pattern.len()..];
    }
    add(rest)
}

/// Room for [`pointer_text`]: "0x" and 16 digits.
pub(crate) const POINTER_TEXT: usize = 18;

/// An address as the C library's `%p` writes it.
pub(crate) fn pointer_text(p: *const c_void, out: &mut [u8; POINTER_TEXT]) -> &[u8] {
    let mut rest = p as usize;
    if rest == 0 {
        return b"(nil)";
    }
    let mut start = POINTER_TEXT;
    while rest != 0 && start > 2 {
        start -= 1;
        out[start] = b"0123456789abcdef"[rest % 16];
        rest /= 16;
    }
    start -= 2;
    out[start] = b'0';
    out[start + 1] = b'x';
    &out[start..]
}
