//! `lua_Debug` (manual §4.7), `lua_getstack` and `lua_getinfo`.
//!
//! A host keeps a `lua_Debug` in its own memory and gives it back to ask for more, so its layout is the C
//! header's, and what it remembers of a frame is the *index* of the call record: records move when their array
//! grows.

use super::is_lua;
use super::lines::{ID_SIZE, chunk_id, current_line, next_line};
use super::names::name_of_frame;
use crate::object::thread::call_flag;
use crate::object::{CallInfo, Fallible, Proto, Str, Table, Thread, Value, tag};
use crate::version::LEVELS_SHOW_TAIL_CALLS;
#[cfg(feature = "lua55")]
use crate::vm::call::arguments_added;
use crate::vm::coroutine;
use crate::vm::error::table_error;
#[cfg(not(feature = "lua51"))]
use core::ffi::c_void;
use core::ffi::{CStr, c_char, c_int};
use core::ptr;

/// `lua_Debug.istailcall` of a tail call: the flag that stock Lua shows.
#[cfg(not(feature = "lua51"))]
const TAIL_CALL: c_char = match crate::version::VERSION {
    502 => 64,
    503 | 504 => 32,
    _ => 1,
};

/// `lua_Debug`. Fields without a comment are as in the manual.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DebugInfo {
    pub event: c_int,
    pub name: *const c_char,
    pub name_what: *const c_char,
    pub what: *const c_char,
    pub source: *const c_char,
    #[cfg(any(feature = "lua54", feature = "lua55"))]
    pub source_len: usize,
    pub current_line: c_int,
    #[cfg(feature = "lua51")]
    pub upvalues: c_int,
    pub line_defined: c_int,
    pub last_line_defined: c_int,
    #[cfg(not(feature = "lua51"))]
    pub upvalues: u8,
    #[cfg(not(feature = "lua51"))]
    pub params: u8,
    #[cfg(not(feature = "lua51"))]
    pub is_vararg: c_char,
    /// How many arguments `__call` metamethods added.
    #[cfg(feature = "lua55")]
    pub extra_args: u8,
    #[cfg(not(feature = "lua51"))]
    pub is_tail_call: c_char,
    #[cfg(feature = "lua54")]
    pub first_transferred: u16,
    #[cfg(feature = "lua54")]
    pub transferred: u16,
    #[cfg(feature = "lua55")]
    pub first_transferred: c_int,
    #[cfg(feature = "lua55")]
    pub transferred: c_int,
    pub short_source: [c_char; ID_SIZE],
    /// Private: index of the call record in its thread.
    #[cfg(feature = "lua51")]
    frame: c_int,
    #[cfg(not(feature = "lua51"))]
    frame: *mut c_void,
}

#[cfg(target_pointer_width = "64")]
const _: () = {
    let (size, frame) = match crate::version::VERSION {
        501 => (120, 116),
        502 | 503 => (128, 120),
        505 => (144, 136),
        _ => (136, 128),
    };
    assert!(size_of::<DebugInfo>() == size && core::mem::offset_of!(DebugInfo, frame) == frame);
};

impl DebugInfo {
    /// A record with nothing filled in.
    pub const fn new() -> DebugInfo {
        // SAFETY: zero is valid for numbers and pointers.
        unsafe { core::mem::zeroed() }
    }

    /// Remembers a call record of `l`.
    pub unsafe fn set_frame(&mut self, l: *const Thread, ci: *const CallInfo) {
        // SAFETY: `ci` lies in the thread's array.
        let index = unsafe { ci.offset_from((*l).call_base) };
        self.frame = index as _;
    }

    /// The call record of `l` that was remembered.
    pub unsafe fn frame(&self, l: *const Thread) -> *mut CallInfo {
        // SAFETY: the host gives a record that `lua_getstack` or a hook filled in for the same, unfinished frame.
        unsafe { (*l).call_base.add(self.frame as usize) }
    }
}

impl Default for DebugInfo {
    fn default() -> Self {
        DebugInfo::new()
    }
}

/// The call record at `level` (0: the running function), null when the stack is not that deep (`lua_getstack`).
pub unsafe fn frame_at(l: *mut Thread, level: i32) -> *mut CallInfo {
    // SAFETY: the records from `call_base` to `ci` are in use; the first is no function's.
    unsafe {
        if LEVELS_SHOW_TAIL_CALLS {
            return frame_or_tail_call_at(l, level);
        }
        let depth = (*l).ci.offset_from((*l).call_base);
        if level < 0 || level as isize >= depth { ptr::null_mut() } else { (*l).ci.sub(level as usize) }
    }
}

/// As [`frame_at`], counting the frames that tail calls took over: for those, the base level's record.
unsafe fn frame_or_tail_call_at(l: *mut Thread, level: i32) -> *mut CallInfo {
    // SAFETY: as `frame_at`.
    unsafe {
        let (mut ci, base) = ((*l).ci, (*l).call_base);
        let mut level = level as isize;
        while level > 0 && ci > base {
            level -= 1;
            if is_lua(ci) && (*ci).flags & call_flag::TAIL != 0 {
                level -= (*ci).context;
            }
            ci = ci.sub(1);
        }
        match level {
            ..0 => base,
            0 if ci > base => ci,
            _ => ptr::null_mut(),
        }
    }
}

/// `lua_getstack`: remembers the frame at `level` in `ar`; false when the stack is not that deep.
pub unsafe fn get_stack(l: *mut Thread, level: i32, ar: *mut DebugInfo) -> bool {
    // SAFETY: `ar` is the host's record.
    unsafe {
        let ci = frame_at(l, level);
        if !ci.is_null() {
            (*ar).set_frame(l, ci);
        }
        !ci.is_null()
    }
}

/// What `lua_getinfo` is asked about.
struct Subject {
    function: Value,
    /// Its frame, null for a function that was given as a value.
    ci: *mut CallInfo,
}

impl Subject {
    /// The function's prototype, null when it is not a Lua function.
    unsafe fn proto(&self) -> *const Proto {
        if self.function.tag == tag::LUA_CLOSURE {
            // SAFETY: a Lua closure has a prototype.
            unsafe { (*self.function.as_lua_closure()).proto }
        } else {
            ptr::null()
        }
    }
}

/// `lua_getinfo`: fills in what the letters of `what` ask for; with `>` in front about the function on top, which it
/// pops. `f` pushes the function, then `L` the table of its lines. False for an unknown letter. Fails for lack of
/// memory only.
pub unsafe fn get_info(l: *mut Thread, what: &[u8], ar: *mut DebugInfo) -> Fallible<bool> {
    // SAFETY: `ar` is the host's record; there is a function on top if `what` says so.
    unsafe {
        let (subject, what) = match what.split_first() {
            Some((b'>', rest)) => {
                (*l).top = (*l).top.sub(1);
                (Subject { function: Value::load((*l).top), ci: ptr::null_mut() }, rest)
            }
            _ => {
                let ci = (*ar).frame(l);
                if LEVELS_SHOW_TAIL_CALLS && ci == (*l).call_base {
                    return Ok(tail_call_info(l, what, &mut *ar));
                }
                (Subject { function: coroutine::frame_function(l, ci), ci }, what)
            }
        };
        let mut known = true;
        for &letter in what {
            known &= fill(l, letter, &mut *ar, &subject);
        }
        if what.contains(&b'f') {
            push(l, subject.function);
        }
        if what.contains(&b'L') {
            push_lines(l, subject.proto())?;
        }
        Ok(known)
    }
}

/// `lua_getinfo` about a frame that a tail call took over.
unsafe fn tail_call_info(l: *mut Thread, what: &[u8], ar: &mut DebugInfo) -> bool {
    ar.name = c"".as_ptr();
    ar.name_what = c"".as_ptr();
    ar.what = c"tail".as_ptr();
    ar.source = c"=(tail call)".as_ptr();
    ar.line_defined = -1;
    ar.last_line_defined = -1;
    ar.current_line = -1;
    ar.upvalues = 0;
    for (to, from) in ar.short_source.iter_mut().zip(b"(tail call)\0") {
        *to = *from as c_char;
    }
    for letter in [b'f', b'L'] {
        if what.contains(&letter) {
            // SAFETY: the caller sees to free slots.
            unsafe { push(l, Value::NIL) };
        }
    }
    what.iter().all(|letter| b"SlunfL".contains(letter))
}

unsafe fn push(l: *mut Thread, v: Value) {
    // SAFETY: the caller sees to a free slot.
    unsafe {
        Value::store((*l).top, v);
        (*l).top = (*l).top.add(1);
    }
}

/// Fills in what one letter asks for; false when no version has it.
unsafe fn fill(l: *mut Thread, letter: u8, ar: &mut DebugInfo, subject: &Subject) -> bool {
    // SAFETY: the subject is alive.
    unsafe {
        match letter {
            b'S' => fill_source(ar, subject.proto()),
            b'l' => {
                let lua = !subject.ci.is_null() && is_lua(subject.ci);
                ar.current_line = if lua { current_line(subject.ci) } else { -1 };
            }
            b'u' => fill_arity(ar, subject),
            b'n' => fill_name(l, ar, subject.ci),
            #[cfg(not(feature = "lua51"))]
            b't' => {
                let tail = !subject.ci.is_null() && (*subject.ci).flags & call_flag::TAIL != 0;
                ar.is_tail_call = if tail { TAIL_CALL } else { 0 };
                #[cfg(feature = "lua55")]
                {
                    let added = if subject.ci.is_null() { 0 } else { arguments_added(subject.ci) };
                    ar.extra_args = added as u8;
                }
            }
            #[cfg(any(feature = "lua54", feature = "lua55"))]
            b'r' => {
                let known = !subject.ci.is_null() && (*subject.ci).flags & call_flag::TRANSFER != 0;
                let [first, count] = if known { (*subject.ci).notes } else { [0, 0] };
                ar.first_transferred = first as _;
                ar.transferred = count as _;
            }
            b'f' | b'L' => {}
            _ => return false,
        }
        true
    }
}

unsafe fn fill_source(ar: &mut DebugInfo, p: *const Proto) {
    // SAFETY: `p` is null or live.
    unsafe {
        let source: &CStr;
        if p.is_null() {
            source = c"=[C]";
            ar.what = c"C".as_ptr();
            ar.line_defined = -1;
            ar.last_line_defined = -1;
        } else {
            source = c"=?";
            ar.line_defined = (*p).line_defined as c_int;
            ar.last_line_defined = (*p).last_line_defined as c_int;
            ar.what = if ar.line_defined == 0 { c"main" } else { c"Lua" }.as_ptr();
        }
        let mut bytes = source.to_bytes();
        if !p.is_null() && !(*p).source.is_null() {
            bytes = Str::bytes((*p).source);
        }
        ar.source = bytes.as_ptr().cast();
        #[cfg(any(feature = "lua54", feature = "lua55"))]
        {
            ar.source_len = bytes.len();
        }
        let mut id = [0; ID_SIZE];
        chunk_id(&mut id, bytes);
        for (to, from) in ar.short_source.iter_mut().zip(id) {
            *to = from as c_char;
        }
    }
}

unsafe fn fill_arity(ar: &mut DebugInfo, subject: &Subject) {
    let f = subject.function;
    // SAFETY: the tag says which object it is.
    let upvalues = unsafe {
        match f.tag {
            tag::LUA_CLOSURE => (*f.as_lua_closure()).upvalue_count,
            tag::C_CLOSURE => (*f.as_c_closure()).upvalue_count,
            _ => 0,
        }
    };
    ar.upvalues = upvalues as _;
    #[cfg(not(feature = "lua51"))]
    // SAFETY: null or live.
    unsafe {
        let p = subject.proto();
        ar.is_vararg = (p.is_null() || (*p).is_vararg) as c_char;
        ar.params = if p.is_null() { 0 } else { (*p).params };
    }
}

unsafe fn fill_name(l: *mut Thread, ar: &mut DebugInfo, ci: *const CallInfo) {
    // SAFETY: null or a call record of `l`.
    let name = if ci.is_null() { None } else { unsafe { name_of_frame(l, ci) } };
    ar.name_what = name.map_or(c"", |name| name.kind).as_ptr();
    ar.name = name.map_or(ptr::null(), |name| name.text);
}

/// Pushes the set of lines that have code, nil for a function that is not Lua's.
unsafe fn push_lines(l: *mut Thread, p: *const Proto) -> Fallible<()> {
    // SAFETY: the table is on the stack before it grows; `lines` has `lines_len` elements.
    unsafe {
        if p.is_null() {
            push(l, Value::NIL);
            return Ok(());
        }
        let g = (*l).global;
        let table = Table::new(g)?;
        push(l, Value::object(table));
        let mut line = (*p).line_defined as i32;
        for pc in 0..(*p).lines_len as usize {
            line = next_line(p, line, pc);
            // The instruction that adjusts a vararg frame is on no line of the program.
            if pc == 0 && (*p).is_vararg {
                continue;
            }
            Table::set_int(g, table, line as i64, Value::boolean(true)).map_err(|e| table_error(l, e))?;
        }
        Ok(())
    }
}
