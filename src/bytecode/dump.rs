//! Writes a prototype as a precompiled chunk (the format is described in [`super::format`]).

use super::format::{self, constant};
use super::strings::Strings;
use crate::object::{Fallible, Proto, Str, Thread, Value, tag};
use crate::version::CHUNKS_SHARE_STRINGS;
use core::{ptr, slice};

/// Writes the chunk of `proto` to `write`, in pieces; without debug information when `strip` is true. Errors are the
/// writer's own, or `Thrown::Memory`. The prototype is reachable; what is pushed stays.
pub unsafe fn dump(
    l: *mut Thread,
    proto: *const Proto,
    strip: bool,
    write: &mut dyn FnMut(&[u8]) -> Fallible<()>,
) -> Fallible<()> {
    // SAFETY: the prototype and everything in it stays as it is.
    unsafe {
        let strings = if CHUNKS_SHARE_STRINGS { Some(Strings::new(l)?) } else { None };
        let mut out = Dump { write, strip, strings, piece: [0; PIECE], filled: 0 };
        out.header()?;
        out.byte((*proto).upvalue_count)?;
        out.function(proto, ptr::null())?;
        out.flush()
    }
}

/// Small things are gathered, as calling the writer may be slow.
const PIECE: usize = 256;

struct Dump<'a> {
    write: &'a mut dyn FnMut(&[u8]) -> Fallible<()>,
    strip: bool,
    strings: Option<Strings>,
    piece: [u8; PIECE],
    filled: usize,
}

impl Dump<'_> {
    fn flush(&mut self) -> Fallible<()> {
        let filled = core::mem::take(&mut self.filled);
        match self.piece.get(..filled) {
            Some(piece @ [_, ..]) => (self.write)(piece),
            _ => Ok(()),
        }
    }

    fn bytes(&mut self, bytes: &[u8]) -> Fallible<()> {
        if bytes.len() > PIECE - self.filled {
            self.flush()?;
        }
        match self.piece.get_mut(self.filled..self.filled + bytes.len()) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.filled += bytes.len();
                Ok(())
            }
            None => (self.write)(bytes),
        }
    }

    fn byte(&mut self, b: u8) -> Fallible<()> {
        self.bytes(&[b])
    }

    /// Seven bits a byte, the highest first, bit 7 set in the last.
    fn unsigned(&mut self, n: usize) -> Fallible<()> {
        let mut bytes = [0; 10];
        let mut left = n;
        let mut first = bytes.len();
        while let Some(byte) = first.checked_sub(1).and_then(|at| bytes.get_mut(at)) {
            *byte = left as u8 & 0x7f;
            left >>= 7;
            first -= 1;
            if left == 0 {
                break;
            }
        }
        bytes[9] |= 0x80;
        self.bytes(bytes.get(first..).unwrap_or_default())
    }

    unsafe fn string(&mut self, s: *const Str) -> Fallible<()> {
        if s.is_null() {
            return self.unsigned(0);
        }
        // SAFETY: a live string; the strings' table is on the stack.
        let bytes = unsafe {
            if let Some(strings) = &mut self.strings
                && let Some(number) = strings.number(s)?
            {
                self.unsigned(1)?;
                return self.unsigned(number);
            }
            Str::bytes(s)
        };
        self.unsigned(bytes.len() + format::FIRST_LENGTH)?;
        self.bytes(bytes)
    }

    /// A count, and the elements' bytes as they lie in memory.
    unsafe fn array<T: Copy>(&mut self, data: *const T, count: u32) -> Fallible<()> {
        self.unsigned(count as usize)?;
        if count == 0 {
            return Ok(());
        }
        // SAFETY: `count` elements without padding lie at `data`.
        self.bytes(unsafe { slice::from_raw_parts(data.cast(), count as usize * size_of::<T>()) })
    }

    fn header(&mut self) -> Fallible<()> {
        self.byte(format::FIRST)?;
        format::HEADER.iter().try_for_each(|(bytes, _)| self.bytes(bytes))?;
        self.bytes(format::INSTRUCTION_SET)
    }

    /// `parent_source`: the source of the enclosing function, not to be repeated.
    unsafe fn function(&mut self, p: *const Proto, parent_source: *const Str) -> Fallible<()> {
        // SAFETY: arrays are as long as their counts say.
        unsafe {
            let inherited = self.strip || ptr::eq((*p).source, parent_source);
            self.string(if inherited { ptr::null() } else { (*p).source })?;
            self.unsigned((*p).line_defined as usize)?;
            self.unsigned((*p).last_line_defined as usize)?;
            self.bytes(&[(*p).params, (*p).is_vararg as u8, (*p).max_stack])?;
            self.array((*p).code, (*p).code_len)?;
            self.constants(p)?;
            self.unsigned((*p).upvalue_count as usize)?;
            for n in 0..(*p).upvalue_count as usize {
                let up = *(*p).upvalues.add(n);
                self.bytes(&[up.in_stack as u8, up.index, up.kind])?;
            }
            self.unsigned((*p).proto_count as usize)?;
            for n in 0..(*p).proto_count as usize {
                self.function(*(*p).protos.add(n), (*p).source)?;
            }
            if self.strip { self.bytes(&[0x80; 4]) } else { self.debug(p) }
        }
    }

    unsafe fn constants(&mut self, p: *const Proto) -> Fallible<()> {
        // SAFETY: as `function`.
        unsafe {
            self.unsigned((*p).constant_count as usize)?;
            for n in 0..(*p).constant_count as usize {
                let k = Value::load((*p).constants.add(n));
                match k.tag {
                    tag::FALSE => self.byte(constant::FALSE)?,
                    tag::TRUE => self.byte(constant::TRUE)?,
                    tag::INTEGER | tag::FLOAT => {
                        self.byte(if k.is_integer() { constant::INTEGER } else { constant::FLOAT })?;
                        self.bytes(&k.payload.to_ne_bytes())?;
                    }
                    tag::SHORT_STRING | tag::LONG_STRING => {
                        self.byte(constant::STRING)?;
                        self.string(k.as_str())?;
                    }
                    _ => self.byte(constant::NIL)?,
                }
            }
            Ok(())
        }
    }

    unsafe fn debug(&mut self, p: *const Proto) -> Fallible<()> {
        // SAFETY: as `function`.
        unsafe {
            self.array((*p).lines, (*p).lines_len)?;
            self.unsigned((*p).abs_line_count as usize)?;
            for n in 0..(*p).abs_line_count as usize {
                let at = *(*p).abs_lines.add(n);
                self.unsigned(at.pc as usize)?;
                self.unsigned(at.line as usize)?;
            }
            self.unsigned((*p).local_count as usize)?;
            for n in 0..(*p).local_count as usize {
                let local = *(*p).locals.add(n);
                self.string(local.name)?;
                self.unsigned(local.start as usize)?;
                self.unsigned(local.end as usize)?;
            }
            self.unsigned((*p).upvalue_count as usize)?;
            for n in 0..(*p).upvalue_count as usize {
                self.string((*(*p).upvalues.add(n)).name)?;
            }
            Ok(())
        }
    }
}
