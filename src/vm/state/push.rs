//! Pushing new values: strings, functions, the thread, and the results of operators.

#[cfg(not(feature = "lua51"))]
use super::RIDX_GLOBALS;
use super::State;
use super::text::Text;
use crate::gc;
#[cfg(not(feature = "lua51"))]
use crate::object::Table;
use crate::object::global::Event;
use crate::object::number;
use crate::object::thread::CFunction;
use crate::object::{CClosure, Fallible, Str, Value, tag};
use crate::version::HAS_ENV_UPVALUE;
use crate::version::HAS_INTEGERS;
use crate::vm::builtin::{self, Builtin};
use crate::vm::error::Part;
use crate::vm::meta;
use core::ffi::c_void;

/// The events of `lua_arith`'s operator codes.
const OPERATORS: &[Event] = if HAS_INTEGERS { &ALL_OPERATORS } else { &FLOAT_OPERATORS };

/// The codes where all numbers are floats.
const FLOAT_OPERATORS: [Event; 7] =
    [Event::Add, Event::Sub, Event::Mul, Event::Div, Event::Mod, Event::Pow, Event::Unm];

const ALL_OPERATORS: [Event; 14] = [
    Event::Add,
    Event::Sub,
    Event::Mul,
    Event::Mod,
    Event::Pow,
    Event::Div,
    Event::Idiv,
    Event::Band,
    Event::Bor,
    Event::Bxor,
    Event::Shl,
    Event::Shr,
    Event::Unm,
    Event::Bnot,
];

impl State {
    #[inline(always)]
    pub fn push_nil(self) {
        self.push(Value::NIL)
    }

    #[inline(always)]
    pub fn push_boolean(self, b: bool) {
        self.push(Value::boolean(b))
    }

    #[inline(always)]
    pub fn push_integer(self, n: i64) {
        self.push(if HAS_INTEGERS { Value::integer(n) } else { Value::float(number::from_integer(n)) })
    }

    #[inline(always)]
    pub fn push_number(self, n: f64) {
        self.push(Value::float(n))
    }

    #[inline(always)]
    pub fn push_light_userdata(self, p: *mut c_void) {
        self.push(Value::light_userdata(p))
    }

    /// Pushes a new or interned string.
    #[inline]
    pub fn push_bytes(self, bytes: &[u8]) -> Fallible<()> {
        // SAFETY: the string is on the stack before the collector may run.
        unsafe {
            let string = Str::new((*self.0).global, bytes)?;
            self.push_object(string);
            gc::check(self.0)?;
            Ok(())
        }
    }

    /// Pushes the concatenation of the parts (`lua_pushfstring` without the format).
    pub fn push_parts(self, parts: &[Part]) -> Fallible<()> {
        let mut text = Text::new(self);
        for part in parts {
            match *part {
                Part::Bytes(bytes) => text.add(bytes)?,
                // SAFETY: the caller's string is alive.
                Part::Str(string) => text.add(unsafe { Str::bytes(string) })?,
                Part::Int(n) => text.add_number(Value::integer(n))?,
                Part::Float(n) => text.add_number(Value::float(n))?,
            }
        }
        self.push_bytes(text.bytes())
    }

    #[inline]
    pub fn push_builtin(self, f: &'static Builtin) {
        self.push(f.value())
    }

    /// Pops `upvalues` values into a closure of `f`.
    pub fn push_builtin_closure(self, f: &'static Builtin, upvalues: i32) -> Fallible<()> {
        if upvalues == 0 {
            self.push(f.value());
            return Ok(());
        }
        self.push_native_closure((f as *const Builtin).cast(), true, upvalues)
    }

    /// Pushes a foreign C function with `upvalues` values popped (`lua_pushcclosure`). One of ours that the host has got from
    /// `lua_tocfunction` becomes itself again.
    #[inline]
    pub fn push_c_closure(self, f: CFunction, upvalues: i32) -> Fallible<()> {
        if upvalues == 0 && HAS_ENV_UPVALUE {
            self.push(match builtin::of_entry(f as *const c_void) {
                Some(ours) => ours.value(),
                None => Value { payload: f as usize as u64, tag: tag::LIGHT_C_FUNCTION },
            });
            return Ok(());
        }
        self.push_native_closure(f as *const c_void, false, upvalues)
    }

    pub(super) fn push_native_closure(self, function: *const c_void, is_builtin: bool, upvalues: i32) -> Fallible<()> {
        // SAFETY: the upvalues are on the stack until they are in the closure, which is young: no barrier.
        unsafe {
            let l = self.0;
            let count = upvalues.clamp(0, 255) as u8;
            let closure = CClosure::new((*l).global, function, is_builtin, count)?;
            #[cfg(feature = "lua51")]
            Value::store(&raw mut (*closure).environment, self.environment());
            self.pop(upvalues);
            for n in 0..count as usize {
                Value::copy(CClosure::upvalue(closure, n), (*l).top.add(n));
            }
            self.push_object(closure);
            gc::check(l)?;
            Ok(())
        }
    }

    /// Pushes this thread; true when it is the main one.
    pub fn push_thread(self) -> bool {
        self.push_object(self.0);
        // SAFETY: the thread is alive.
        unsafe { core::ptr::eq((*(*self.0).global).main_thread, self.0) }
    }

    /// The table of globals.
    #[inline]
    #[cfg(feature = "lua51")]
    pub(crate) fn globals(self) -> Value {
        // SAFETY: the thread is alive.
        unsafe { Value::load(&raw const (*self.0).globals) }
    }

    /// The table of globals.
    #[inline]
    #[cfg(not(feature = "lua51"))]
    pub(crate) fn globals(self) -> Value {
        // SAFETY: the registry is a table for as long as the state lives.
        unsafe { crate::object::Slot::load(Table::get_int((*(*self.0).global).registry.as_table(), RIDX_GLOBALS)) }
    }

    pub fn push_globals(self) {
        self.push(self.globals())
    }

    /// Concatenates the top `n` values (`lua_concat`).
    pub fn concat(self, n: i32) -> Fallible<()> {
        // SAFETY: there are `n` values on top.
        unsafe {
            match n {
                ..=0 => return self.push_bytes(b""),
                1 => {}
                _ => meta::concat(self.0, n as usize)?,
            }
            gc::check(self.0)?;
            Ok(())
        }
    }

    /// Replaces the top two values (one for `~` and unary `-`) by the result of `lua_arith`'s operator `op`.
    pub fn arith(self, op: i32) -> Fallible<()> {
        let Some(&event) = OPERATORS.get(op as usize) else {
            self.pop(1);
            return Ok(());
        };
        if matches!(event, Event::Unm | Event::Bnot) {
            self.push_value(-1);
        }
        // SAFETY: the operands stay on the stack during the operation.
        unsafe {
            let result = meta::arith(self.0, event, self.value(-2), self.value(-1))?;
            Value::store((*self.0).top.sub(2), result);
        }
        self.pop(1);
        Ok(())
    }
}
