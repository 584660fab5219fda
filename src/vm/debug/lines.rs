//! Which line an instruction is of, and display names of chunks.
//!
//! A prototype keeps, per instruction, the difference to the line of the instruction before; where a
//! difference does not fit in a byte, and wherever else the compiler likes, it keeps the absolute line. A search
//! starts at the last absolute line before the instruction.

use super::{is_lua, proto_of};
use crate::bytecode::Op;
use crate::object::function::LINE_ABSOLUTE;
use crate::object::{CallInfo, Fallible, Proto, Str, Thread};
use crate::version::{CHUNK_IDS_LEAVE_ROOM, STRIPPED_LINES_UNKNOWN};
use crate::vm::State;
use crate::vm::error::Part;

/// `LUA_IDSIZE`: room for a chunk's display name and its NUL.
pub const ID_SIZE: usize = 60;
/// As [`ID_SIZE`], for the messages of the parser.
pub const SYNTAX_ID_SIZE: usize = if CHUNK_IDS_LEAVE_ROOM { 80 } else { ID_SIZE };

/// The line of instruction `pc`, -1 when stripped.
pub unsafe fn line_of(p: *const Proto, pc: usize) -> i32 {
    // SAFETY: `lines` has `lines_len` elements, `abs_lines` `abs_line_count`.
    unsafe {
        if pc >= (*p).lines_len as usize {
            return -1;
        }
        let (mut at, mut line) = base_line(p, pc);
        while at <= pc {
            line = line.wrapping_add(*(*p).lines.add(at) as i32);
            at += 1;
        }
        line
    }
}

/// The instruction after the last one at or before `pc` whose line is absolute, and that line.
unsafe fn base_line(p: *const Proto, pc: usize) -> (usize, i32) {
    // SAFETY: the search stays below `abs_line_count`.
    unsafe {
        let (mut low, mut high) = (0, (*p).abs_line_count as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            if (*(*p).abs_lines.add(middle)).pc as usize <= pc {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == 0 {
            return (0, (*p).line_defined as i32);
        }
        let base = *(*p).abs_lines.add(low - 1);
        (base.pc as usize + 1, base.line as i32)
    }
}

/// The line of instruction `pc` when `line` is that of the instruction before (of the whole function for the first).
pub unsafe fn next_line(p: *const Proto, line: i32, pc: usize) -> i32 {
    // SAFETY: the caller keeps `pc < lines_len`.
    unsafe {
        match *(*p).lines.add(pc) {
            LINE_ABSOLUTE => line_of(p, pc),
            difference => line.wrapping_add(difference as i32),
        }
    }
}

/// Whether instruction `new` is on another line than `old < new`. False when stripped.
pub unsafe fn line_changed(p: *const Proto, old: usize, new: usize) -> bool {
    /// Beyond this distance an absolute line is likely in between.
    const NEAR: usize = 64;
    // SAFETY: `new < lines_len` is checked.
    unsafe {
        if new >= (*p).lines_len as usize || old >= new {
            return false;
        }
        if new - old < NEAR {
            let mut change = 0i32;
            let mut pc = old + 1;
            while pc <= new && *(*p).lines.add(pc) != LINE_ABSOLUTE {
                change += *(*p).lines.add(pc) as i32;
                pc += 1;
            }
            if pc > new {
                return change != 0;
            }
        }
        line_of(p, old) != line_of(p, new)
    }
}

/// Index of the instruction a suspended Lua frame is executing.
pub unsafe fn current_pc(ci: *const CallInfo) -> usize {
    // SAFETY: `saved_pc` of a Lua frame points into the code, behind the instruction or its second word.
    unsafe {
        let code = (*proto_of(ci)).code;
        let next = ((*ci).saved_pc as usize).wrapping_sub(code as usize) / size_of::<u32>();
        let pc = next.saturating_sub(1);
        if pc > 0 && *code.add(pc) & 0xff == Op::Extra as u32 { pc - 1 } else { pc }
    }
}

/// The line a Lua frame is at.
pub unsafe fn current_line(ci: *const CallInfo) -> i32 {
    // SAFETY: a Lua frame.
    unsafe { line_of(proto_of(ci), current_pc(ci)) }
}

/// Prefix `chunk:line: ` of the running function as pushed string, or nothing pushed when it is not a Lua function.
pub unsafe fn push_position(l: *mut Thread, ci: *const CallInfo) -> Fallible<bool> {
    // SAFETY: `ci` is a call record of `l`.
    unsafe {
        if !is_lua(ci) {
            return Ok(false);
        }
        if STRIPPED_LINES_UNKNOWN && (*proto_of(ci)).source.is_null() {
            State(l).push_bytes(b"?:?: ")?;
            return Ok(true);
        }
        let mut id = [0; ID_SIZE];
        let length = source_id(&mut id, (*proto_of(ci)).source);
        let name = id.get(..length).unwrap_or(b"?");
        State(l).push_parts(&[name.into(), b":".into(), current_line(ci).into(), Part::Bytes(b": ")])?;
        Ok(true)
    }
}

/// As [`chunk_id`], of a prototype's source; "?" when stripped.
unsafe fn source_id(out: &mut [u8; ID_SIZE], source: *const Str) -> usize {
    if source.is_null() {
        out[..2].copy_from_slice(b"?\0");
        return 1;
    }
    // SAFETY: a live string.
    unsafe { chunk_id(out, Str::bytes(source)) }
}

/// Writes the display form of a chunk name (at most as long as `out`, with a NUL) and returns its length: up to the first
/// NUL, should the name have one.
pub unsafe fn chunk_id(out: &mut [u8], source: &[u8]) -> usize {
    let size = out.len();
    // What a file's name may take; when it is longer, what is left of it.
    let (whole, cut) = if CHUNK_IDS_LEAVE_ROOM { (size - 8, size - 8) } else { (size - 1, size - 1 - 3) };
    let mut text = Text { out, length: 0 };
    match source.split_first() {
        // The name as it is, cut at the end.
        Some((b'=', name)) => text.add(name.get(..size - 1).unwrap_or(name)),
        // A file name, cut at the beginning: its end says more.
        Some((b'@', name)) if name.len() <= whole => text.add(name),
        Some((b'@', name)) => {
            text.add(b"...");
            text.add(&name[name.len() - cut..]);
        }
        _ => text.add_program(source),
    }
    text.finish()
}

/// A display name under construction.
struct Text<'a> {
    out: &'a mut [u8],
    length: usize,
}

impl Text<'_> {
    /// Appends what still fits.
    fn add(&mut self, bytes: &[u8]) {
        let room = self.out.len() - 1 - self.length;
        let bytes = bytes.get(..room).unwrap_or(bytes);
        self.out[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// `[string "first line..."]` of a chunk that came without a name.
    fn add_program(&mut self, source: &[u8]) {
        let blanks = if CHUNK_IDS_LEAVE_ROOM { 2 } else { 0 };
        let room = self.out.len() - b"[string \"...\"]\0".len() - blanks;
        // C sees the program's text up to the first NUL when it looks for the end of the line.
        let text = source.split(|&b| b == 0).next().unwrap_or(source);
        let line_end = text.iter().position(|&b| b == b'\n' || CHUNK_IDS_LEAVE_ROOM && b == b'\r');
        self.add(b"[string \"");
        if line_end.is_none() && (source.len() < room || CHUNK_IDS_LEAVE_ROOM && text.len() == room) {
            self.add(source);
        } else {
            let length = line_end.unwrap_or(source.len()).min(room);
            self.add(&source[..length]);
            self.add(b"...");
        }
        self.add(b"\"]");
    }

    fn finish(self) -> usize {
        self.out[self.length] = 0;
        self.out[..self.length].iter().position(|&b| b == 0).unwrap_or(self.length)
    }
}

#[cfg(test)]
mod tests;
