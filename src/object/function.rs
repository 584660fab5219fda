//! Prototypes, closures and upvalues.

use super::global::Global;
use super::header::{self, GcHeader};
use super::string::Str;
use super::tag;
use super::value::Value;
use crate::memory::{Heap, Kind, OutOfMemory};
use core::ffi::c_void;
use core::ptr;

/// One instruction word (see `bytecode::isa`).
pub type Instruction = u32;

/// Where a closure finds one of its upvalues when it is created.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct UpvalueDesc {
    /// Its name, for debug information (null when stripped).
    pub name: *mut Str,
    /// In the enclosing function's registers (else: in its upvalues).
    pub in_stack: bool,
    /// Register or upvalue number there.
    pub index: u8,
    /// Kind of the variable: 0 plain, 1 `<const>`, 2 `<close>`, 3 compile-time constant.
    pub kind: u8,
}

/// A local variable's name and where it is alive: instructions `start <= pc < end`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LocalVar {
    pub name: *mut Str,
    pub start: u32,
    pub end: u32,
}

/// The absolute line of an instruction (lines in between are stored as differences).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct AbsLine {
    pub pc: u32,
    pub line: u32,
}

/// A difference in `Proto::lines` that does not fit: the line is in `abs_lines`.
pub const LINE_ABSOLUTE: i8 = -128;

/// A function prototype: what the compiler produces and closures share. Arrays are null when empty, exactly as
/// long as their counts say.
#[repr(C)]
pub struct Proto {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    pub params: u8,
    pub is_vararg: bool,
    /// Registers the function needs (at least 2).
    pub max_stack: u8,
    /// Number of upvalues.
    pub upvalue_count: u8,
    pub code_len: u32,
    pub constant_count: u32,
    pub proto_count: u32,
    /// Length of `lines`: `code_len`, or 0 when stripped.
    pub lines_len: u32,
    pub abs_line_count: u32,
    pub local_count: u32,
    pub line_defined: u32,
    pub last_line_defined: u32,
    pub constants: *mut Value,
    pub code: *mut Instruction,
    pub protos: *mut *mut Proto,
    pub upvalues: *mut UpvalueDesc,
    /// Per instruction, the difference to the line of the instruction before (the first: to `line_defined`), or
    /// [`LINE_ABSOLUTE`].
    pub lines: *mut i8,
    pub abs_lines: *mut AbsLine,
    pub locals: *mut LocalVar,
    /// Chunk name with its `=` or `@` mark (null when stripped).
    pub source: *mut Str,
    /// The closure created last, to be used again if its upvalues are those wanted. Not kept alive by this, and null
    /// while the collector might free it: a black prototype does not remember any.
    #[cfg(any(feature = "lua52", feature = "lua53"))]
    pub cache: *mut LuaClosure,
    pub gray_next: *mut GcHeader,
}

/// A Lua closure; `upvalue_count` pointers follow.
#[repr(C)]
pub struct LuaClosure {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    pub upvalue_count: u8,
    pub gray_next: *mut GcHeader,
    pub proto: *mut Proto,
    /// The table of its global variables (nil while it is being made).
    #[cfg(feature = "lua51")]
    pub environment: Value,
}

/// A C function, or one of ours, with upvalues; `upvalue_count` values follow.
#[repr(C)]
pub struct CClosure {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    pub upvalue_count: u8,
    /// `function` is the address of a `vm::Builtin`, not of a `lua_CFunction`.
    pub is_builtin: bool,
    pub gray_next: *mut GcHeader,
    pub function: *const c_void,
    /// What `LUA_ENVIRONINDEX` names while it runs.
    #[cfg(feature = "lua51")]
    pub environment: Value,
}

/// An upvalue: open while `value` points into a thread's stack, closed when it points to its own `closed`.
#[repr(C)]
pub struct UpVal {
    pub next: *mut GcHeader,
    pub tag: u8,
    pub marked: u8,
    /// While open: whether no collection has found it yet ([`version::NEW_UPVALUES_SURVIVE`]).
    ///
    /// [`version::NEW_UPVALUES_SURVIVE`]: crate::version::NEW_UPVALUES_SURVIVE
    pub fresh: bool,
    pub value: *mut Value,
    pub u: UpValState,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union UpValState {
    pub open: OpenLinks,
    pub closed: Value,
}

/// Links of a thread's list of open upvalues, from the highest stack slot down.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct OpenLinks {
    pub next: *mut UpVal,
    pub previous: *mut *mut UpVal,
}

impl LuaClosure {
    pub const fn size(upvalues: usize) -> usize {
        size_of::<LuaClosure>() + upvalues * size_of::<*mut UpVal>()
    }

    /// The address of the `n`-th upvalue pointer.
    #[inline(always)]
    pub unsafe fn upvalue(this: *mut LuaClosure, n: usize) -> *mut *mut UpVal {
        // SAFETY: `n < upvalue_count` is the caller's.
        unsafe { this.add(1).cast::<*mut UpVal>().add(n) }
    }

    /// A closure without a prototype, all upvalue pointers null.
    pub unsafe fn new(g: *mut Global, upvalues: u8) -> Result<*mut LuaClosure, OutOfMemory> {
        // SAFETY: the object is `size` bytes large and completely initialised here.
        unsafe {
            let size = Self::size(upvalues as usize);
            let this = header::new_object(g, size, tag::LUA_CLOSURE, Kind::Function)?.cast::<LuaClosure>();
            (*this).upvalue_count = upvalues;
            (*this).gray_next = ptr::null_mut();
            (*this).proto = ptr::null_mut();
            #[cfg(feature = "lua51")]
            Value::store(&raw mut (*this).environment, Value::NIL);
            for n in 0..upvalues as usize {
                Self::upvalue(this, n).write(ptr::null_mut());
            }
            Ok(this)
        }
    }
}

impl CClosure {
    pub const fn size(upvalues: usize) -> usize {
        size_of::<CClosure>() + upvalues * size_of::<Value>()
    }

    /// The address of the `n`-th upvalue, counted from zero.
    #[inline(always)]
    pub unsafe fn upvalue(this: *mut CClosure, n: usize) -> *mut Value {
        // SAFETY: `n < upvalue_count` is the caller's.
        unsafe { this.add(1).cast::<Value>().add(n) }
    }

    /// A closure of `function` whose upvalues are nil.
    pub unsafe fn new(
        g: *mut Global,
        function: *const c_void,
        is_builtin: bool,
        upvalues: u8,
    ) -> Result<*mut CClosure, OutOfMemory> {
        // SAFETY: the object is `size` bytes large and completely initialised here.
        unsafe {
            let size = Self::size(upvalues as usize);
            let this = header::new_object(g, size, tag::C_CLOSURE, Kind::Function)?.cast::<CClosure>();
            (*this).upvalue_count = upvalues;
            (*this).is_builtin = is_builtin;
            (*this).gray_next = ptr::null_mut();
            (*this).function = function;
            #[cfg(feature = "lua51")]
            Value::store(&raw mut (*this).environment, Value::NIL);
            for n in 0..upvalues as usize {
                Value::store(Self::upvalue(this, n), Value::NIL);
            }
            Ok(this)
        }
    }
}

impl UpVal {
    #[inline(always)]
    pub unsafe fn is_open(this: *const UpVal) -> bool {
        // SAFETY: `this` is live.
        unsafe { !ptr::eq((*this).value, (&raw const (*this).u).cast::<Value>()) }
    }

    /// A closed upvalue holding nil.
    pub unsafe fn new_closed(g: *mut Global) -> Result<*mut UpVal, OutOfMemory> {
        // SAFETY: the object is completely initialised here.
        unsafe {
            let this = header::new_object(g, size_of::<UpVal>(), tag::UPVALUE, Kind::Other)?.cast::<UpVal>();
            (*this).fresh = false;
            (*this).u = UpValState { closed: Value::NIL };
            (*this).value = (&raw mut (*this).u).cast();
            Ok(this)
        }
    }
}

impl Proto {
    /// An empty prototype.
    pub unsafe fn new(g: *mut Global) -> Result<*mut Proto, OutOfMemory> {
        // SAFETY: all-zero bytes are valid for every field but the header, which `link` wrote.
        unsafe {
            let this = header::new_object(g, size_of::<Proto>(), tag::PROTO, Kind::Other)?.cast::<Proto>();
            let (next, marked) = ((*this).next, (*this).marked);
            ptr::write_bytes(this, 0, 1);
            (*this).next = next;
            (*this).tag = tag::PROTO;
            (*this).marked = marked;
            Ok(this)
        }
    }

    /// Frees a prototype and its arrays (collector only).
    pub unsafe fn free(g: *mut Global, this: *mut Proto) {
        unsafe fn array<T>(heap: *mut Heap, data: *mut T, len: u32) {
            // SAFETY: arrays are exactly as long as their counts say, null when empty.
            unsafe { Heap::free(heap, data.cast(), len as usize * size_of::<T>()) }
        }
        // SAFETY: the prototype owns its arrays.
        unsafe {
            let heap = &raw mut (*g).heap;
            array(heap, (*this).code, (*this).code_len);
            array(heap, (*this).constants, (*this).constant_count);
            array(heap, (*this).protos, (*this).proto_count);
            array(heap, (*this).upvalues, (*this).upvalue_count as u32);
            array(heap, (*this).lines, (*this).lines_len);
            array(heap, (*this).abs_lines, (*this).abs_line_count);
            array(heap, (*this).locals, (*this).local_count);
            Heap::free(heap, this.cast(), size_of::<Proto>());
        }
    }
}
