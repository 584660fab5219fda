//! Reads a precompiled chunk (the format is described in [`super::format`]).
//!
//! A chunk is not trusted: sizes it claims are believed only as far as bytes arrive, nesting is bounded, and every
//! function is checked by [`super::verify`]. The closure under construction lies on the stack, where the debug
//! library could find it: until its function is complete, `max_stack` of that is 0.
//!
//! Prototypes are visible to the collector while they are filled in (the reader may run Lua code), so
//! their arrays are at all times as long as their counts say, with valid elements.

use super::format::{self, constant, trouble};
use super::strings::Strings;
use super::verify::verify;
use crate::gc;
use crate::memory::{Heap, List};
use crate::object::{
    AbsLine, Fallible, GcHeader, LocalVar, LuaClosure, Proto, Str, Thread, Thrown, UpvalueDesc, Value,
};
use crate::version::{CHUNKS_SHARE_STRINGS, HEADER_IS_READ_FIRST};
use crate::vm::error::{self, Part};
use crate::vm::input::Input;
use core::ffi::CStr;
use core::{ptr, slice};

/// Functions inside functions; the compiler's own limit is lower.
const MAX_DEPTH: u32 = 250;

/// Reads the chunk whose first byte has been seen and is still to be read. The result is pushed on the stack as
/// a closure whose upvalues are not set up yet (pointers null). Errors are `Thrown::Syntax` or `Memory` or the reader's
/// own; what was pushed stays for the caller's protected call to drop.
///
/// # Safety
/// `l` is live and has [`crate::object::thread::MIN_STACK`] free slots; `name` ends in NUL.
pub unsafe fn load(l: *mut Thread, input: &mut Input, name: *mut Str) -> Fallible<*mut LuaClosure> {
    // SAFETY: the closure is anchored before anything else is allocated.
    unsafe {
        let mut s = Load { l, input, name: display_name(name), strings: None };
        s.header()?;
        if CHUNKS_SHARE_STRINGS {
            s.strings = Some(Strings::new(l)?);
        }
        let upvalues = s.byte()?;
        let closure = LuaClosure::new((*l).global, upvalues)?;
        Value::store((*l).top, Value::object(closure));
        (*l).top = (*l).top.add(1);
        let p = Proto::new((*l).global)?;
        (*closure).proto = p;
        gc::barrier_object((*l).global, closure.cast(), p.cast());
        let max_stack = s.function(p, ptr::null_mut(), 0)?;
        if (*p).upvalue_count != upvalues {
            return Err(s.error(trouble::UPVALUES));
        }
        (*p).max_stack = max_stack;
        Ok(closure)
    }
}

/// The chunk's name in messages.
unsafe fn display_name<'a>(name: *const Str) -> &'a [u8] {
    // SAFETY: a NUL follows a string's bytes; the caller keeps it alive.
    let text = unsafe { CStr::from_ptr(Str::data(name).cast()) }.to_bytes();
    match text {
        [b'@' | b'=', rest @ ..] => rest,
        [0x1b, ..] => b"binary string",
        _ => text,
    }
}

struct Load<'a> {
    l: *mut Thread,
    input: &'a mut Input,
    name: &'a [u8],
    strings: Option<Strings>,
}

impl Load<'_> {
    #[cold]
    fn error(&self, why: &str) -> Thrown {
        let (begin, end) = format::MESSAGE;
        let parts: [Part; 4] = [self.name.into(), begin.into(), why.into(), end.into()];
        // SAFETY: `l` is live.
        unsafe { error::syntax(self.l, &parts) }
    }

    fn heap(&self) -> *mut Heap {
        // SAFETY: `l` is live.
        unsafe { &raw mut (*(*self.l).global).heap }
    }

    // ---- pieces

    fn byte(&mut self) -> Fallible<u8> {
        match self.input.byte()? {
            Some(b) => Ok(b),
            None => Err(self.error(trouble::TRUNCATED)),
        }
    }

    fn bytes(&mut self, to: &mut [u8]) -> Fallible<()> {
        if self.input.read(to)? { Ok(()) } else { Err(self.error(trouble::TRUNCATED)) }
    }

    fn eight(&mut self) -> Fallible<[u8; 8]> {
        let mut bytes = [0; 8];
        self.bytes(&mut bytes)?;
        Ok(bytes)
    }

    /// An unsigned number of at most `limit`.
    fn unsigned(&mut self, limit: usize) -> Fallible<usize> {
        let mut n = 0usize;
        loop {
            let b = self.byte()?;
            if n >= limit >> 7 {
                return Err(self.error(trouble::OVERFLOW));
            }
            n = n << 7 | (b & 0x7f) as usize;
            if b & 0x80 != 0 {
                return Ok(n);
            }
        }
    }

    /// A count, a line, an instruction's index.
    fn count(&mut self) -> Fallible<u32> {
        Ok(self.unsigned(i32::MAX as usize)? as u32)
    }

    /// A string that `owner` keeps alive once it is stored there; null for none.
    unsafe fn string(&mut self, owner: *mut Proto) -> Fallible<*mut Str> {
        let size = self.unsigned(usize::MAX)?;
        let Some(mut left) = size.checked_sub(format::FIRST_LENGTH) else {
            // SAFETY: `owner` is live.
            return if size == 0 { Ok(ptr::null_mut()) } else { unsafe { self.known_string(owner) } };
        };
        // SAFETY: the heap outlives this call; `owner` is live.
        unsafe {
            let mut text = List::<u8>::new(self.heap());
            let mut piece = [0; 512];
            while left > 0 {
                let part = &mut piece[..left.min(512)];
                self.bytes(part)?;
                text.extend(part)?;
                left -= part.len();
            }
            let g = (*self.l).global;
            let s = Str::new(g, &text)?;
            gc::barrier_object(g, owner.cast(), s.cast::<GcHeader>());
            if let Some(strings) = &mut self.strings {
                strings.add(s)?;
            }
            Ok(s)
        }
    }

    /// A string that has occurred before.
    #[cold]
    unsafe fn known_string(&mut self, owner: *mut Proto) -> Fallible<*mut Str> {
        let number = self.unsigned(usize::MAX)?;
        // SAFETY: the strings' table is on the stack; `owner` is live.
        unsafe {
            let Some(s) = self.strings.as_ref().and_then(|strings| strings.get(number)) else {
                return Err(self.error(trouble::STRING_NUMBER));
            };
            gc::barrier_object((*self.l).global, owner.cast(), s.cast::<GcHeader>());
            Ok(s)
        }
    }

    // ---- the chunk

    /// Checks field by field what the chunk begins with; old versions read all that they have in their own chunks first.
    fn header(&mut self) -> Fallible<()> {
        self.byte()?;
        let mut wrong = None;
        for (expected, otherwise) in format::HEADER {
            let mut found = [0; format::LONGEST_FIELD];
            let found = &mut found[..expected.len()];
            self.bytes(found)?;
            if *found != **expected && wrong.is_none() {
                wrong = Some(*otherwise);
            }
            if wrong.is_some() && !HEADER_IS_READ_FIRST {
                break;
            }
        }
        match wrong {
            Some(why) => Err(self.error(why)),
            None => self.instruction_set(),
        }
    }

    fn instruction_set(&mut self) -> Fallible<()> {
        for byte in format::INSTRUCTION_SET {
            if self.byte()? != *byte {
                return Err(self.error(trouble::INSTRUCTIONS));
            }
        }
        Ok(())
    }

    /// Reads a function into `p`, except for the number of its registers, which is returned: storing it declares the
    /// function complete.
    unsafe fn function(&mut self, p: *mut Proto, parent_source: *mut Str, depth: u32) -> Fallible<u8> {
        if depth == MAX_DEPTH {
            return Err(self.error(trouble::DEPTH));
        }
        // SAFETY: `p` is reachable.
        unsafe {
            let source = self.string(p)?;
            (*p).source = if source.is_null() { parent_source } else { source };
            if source.is_null() && !parent_source.is_null() {
                gc::barrier_object((*self.l).global, p.cast(), parent_source.cast());
            }
            (*p).line_defined = self.count()?;
            (*p).last_line_defined = self.count()?;
            (*p).params = self.byte()?;
            (*p).is_vararg = self.byte()? != 0;
            let max_stack = self.byte()?;
            let heap = self.heap();
            let count = self.count()?;
            self.words(heap, &raw mut (*p).code, &raw mut (*p).code_len, count)?;
            self.constants(p)?;
            self.upvalues(p)?;
            let count = self.count()?;
            for n in 0..count {
                grow(heap, &raw mut (*p).protos, &raw mut (*p).proto_count, n, count, ptr::null_mut())?;
                let inner = Proto::new((*self.l).global)?;
                *(*p).protos.add(n as usize) = inner;
                gc::barrier_object((*self.l).global, p.cast(), inner.cast());
                (*inner).max_stack = self.function(inner, (*p).source, depth + 1)?;
            }
            self.debug(p)?;
            if verify(heap, p, max_stack)? { Ok(max_stack) } else { Err(self.error(trouble::CODE)) }
        }
    }

    /// Reads `count` plain words into a growing array.
    unsafe fn words<T: Copy + Default>(
        &mut self,
        heap: *mut Heap,
        data: *mut *mut T,
        len: *mut u32,
        count: u32,
    ) -> Fallible<()> {
        let mut done = 0;
        while done < count {
            // SAFETY: the part that is read to lies in the array; any bytes are a valid `T` here (integers).
            unsafe {
                grow(heap, data, len, done, count, T::default())?;
                let part = (*data).add(done as usize).cast::<u8>();
                let size = (*len - done) as usize * size_of::<T>();
                self.bytes(slice::from_raw_parts_mut(part, size))?;
                done = *len;
            }
        }
        Ok(())
    }

    unsafe fn constants(&mut self, p: *mut Proto) -> Fallible<()> {
        // SAFETY: `p` is reachable.
        unsafe {
            let count = self.count()?;
            for n in 0..count {
                grow(self.heap(), &raw mut (*p).constants, &raw mut (*p).constant_count, n, count, Value::NIL)?;
                let value = match self.byte()? {
                    constant::NIL => Value::NIL,
                    constant::FALSE => Value::boolean(false),
                    constant::TRUE => Value::boolean(true),
                    constant::INTEGER if crate::version::HAS_INTEGERS => {
                        Value::integer(i64::from_ne_bytes(self.eight()?))
                    }
                    constant::FLOAT => Value::float(f64::from_ne_bytes(self.eight()?)),
                    constant::STRING => {
                        let s = self.string(p)?;
                        if s.is_null() {
                            return Err(self.error(trouble::STRING));
                        }
                        Value::object(s)
                    }
                    _ => return Err(self.error(trouble::CONSTANT)),
                };
                Value::store((*p).constants.add(n as usize), value);
            }
            Ok(())
        }
    }

    unsafe fn upvalues(&mut self, p: *mut Proto) -> Fallible<()> {
        // SAFETY: `p` is reachable.
        unsafe {
            let count = self.count()?;
            if count > u8::MAX as u32 {
                return Err(self.error(trouble::UPVALUES));
            }
            let mut list = List::<UpvalueDesc>::new(self.heap());
            for _ in 0..count {
                let in_stack = self.byte()? != 0;
                let (index, kind) = (self.byte()?, self.byte()?);
                list.push(UpvalueDesc { name: ptr::null_mut(), in_stack, index, kind })?;
            }
            (*p).upvalues = list.into_raw()?.0;
            (*p).upvalue_count = count as u8;
            Ok(())
        }
    }

    unsafe fn debug(&mut self, p: *mut Proto) -> Fallible<()> {
        // SAFETY: `p` is reachable.
        unsafe {
            let heap = self.heap();
            let count = self.count()?;
            self.words(heap, &raw mut (*p).lines, &raw mut (*p).lines_len, count)?;
            let count = self.count()?;
            for n in 0..count {
                let none = AbsLine { pc: u32::MAX, line: 0 };
                grow(heap, &raw mut (*p).abs_lines, &raw mut (*p).abs_line_count, n, count, none)?;
                let (pc, line) = (self.count()?, self.count()?);
                *(*p).abs_lines.add(n as usize) = AbsLine { pc, line };
            }
            let count = self.count()?;
            for n in 0..count {
                let none = LocalVar { name: ptr::null_mut(), start: u32::MAX, end: 0 };
                grow(heap, &raw mut (*p).locals, &raw mut (*p).local_count, n, count, none)?;
                let name = self.string(p)?;
                (*(*p).locals.add(n as usize)).name = name;
                let (start, end) = (self.count()?, self.count()?);
                *(*p).locals.add(n as usize) = LocalVar { name, start, end };
            }
            if self.count()? != 0 {
                for n in 0..(*p).upvalue_count as usize {
                    (*(*p).upvalues.add(n)).name = self.string(p)?;
                }
            }
            Ok(())
        }
    }
}

/// Makes sure that element `at` of a prototype's array exists: when it does not, the array grows to twice its length
/// but at most `count`, with `fill` in the new elements.
unsafe fn grow<T: Copy>(
    heap: *mut Heap,
    data: *mut *mut T,
    len: *mut u32,
    at: u32,
    count: u32,
    fill: T,
) -> Fallible<()> {
    const FIRST: u32 = 64;
    // SAFETY: the array is exactly `len` elements long, and again when this returns.
    unsafe {
        let old = *len;
        if at < old {
            return Ok(());
        }
        let new = old.saturating_mul(2).max(FIRST).min(count);
        let size = |n: u32| n as usize * size_of::<T>();
        let block = Heap::reallocate(heap, (*data).cast(), size(old), size(new))?.as_ptr().cast::<T>();
        for n in old..new {
            block.add(n as usize).write(fill);
        }
        *data = block;
        *len = new;
        Ok(())
    }
}
