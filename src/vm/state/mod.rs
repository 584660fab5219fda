//! [`State`]: the internal API, a Rust mirror of Lua's C API (manual §4.6 and §5) in which errors are values.
//!
//! Libraries use it, and `capi` exports most of it under C names. Methods are named as the C functions
//! without their prefix. Indices are the C API's: positive from the frame's base, negative from the top, pseudo-indices
//! for the registry and upvalues; an index must be valid where the manual demands that (debug builds check).
//! Every method that pushes needs a free slot: [`State::check_stack`] beyond the first 20.
//!
//! Objects must be reachable (on the stack) before the next allocation: every allocation may run a collection.

use crate::object::{Fallible, Str, Table, Thread, Thrown, Userdata, Value};
use crate::vm::builtin::{Builtin, Continuation, Library};
use crate::vm::error::Part;
use core::ffi::{c_int, c_void};

/// A running thread. Copyable; a call's `State` is valid while the call lasts.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct State(pub *mut Thread);

/// `LUA_REGISTRYINDEX`
pub const REGISTRY: i32 = -1_001_000;
/// `LUA_RIDX_MAINTHREAD` and `LUA_RIDX_GLOBALS`
pub const RIDX_MAIN_THREAD: i64 = 1;
pub const RIDX_GLOBALS: i64 = 2;
/// `LUA_MULTRET`
pub const MULTRET: i32 = -1;
/// Registry fields.
pub const LOADED_TABLE: &[u8] = b"_LOADED";
pub const PRELOAD_TABLE: &[u8] = b"_PRELOAD";

/// The pseudo-index of the `n`-th upvalue of the running native function, from 1 (`lua_upvalueindex`).
pub const fn upvalue_index(n: i32) -> i32 {
    REGISTRY - n
}

#[allow(unused_variables)]
impl State {
    // ---- stack (manual §4.1)
    /// Address of an acceptable index; of a static nil when there is no value there (`is_none` tells).
    pub fn at(self, index: i32) -> *const Value {
        unimplemented!()
    }
    /// The value at an acceptable index (nil for none).
    pub fn value(self, index: i32) -> Value {
        unimplemented!()
    }
    pub fn is_none(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_none_or_nil(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_nil(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn abs_index(self, index: i32) -> i32 {
        unimplemented!()
    }
    /// Number of values in the frame: in a function, of arguments.
    pub fn top(self) -> i32 {
        unimplemented!()
    }
    /// Does not close to-be-closed variables (`capi::lua_settop` does).
    pub fn set_top(self, index: i32) {
        unimplemented!()
    }
    pub fn pop(self, n: i32) {
        self.set_top(-n - 1)
    }
    pub fn push(self, v: Value) {
        unimplemented!()
    }
    pub fn push_value(self, index: i32) {
        unimplemented!()
    }
    pub fn rotate(self, index: i32, n: i32) {
        unimplemented!()
    }
    pub fn insert(self, index: i32) {
        self.rotate(index, 1)
    }
    pub fn remove(self, index: i32) {
        self.rotate(index, -1);
        self.pop(1)
    }
    pub fn replace(self, index: i32) {
        unimplemented!()
    }
    pub fn copy(self, from: i32, to: i32) {
        unimplemented!()
    }
    /// `lua_checkstack`: false when the stack cannot grow by `n` slots.
    pub fn check_stack(self, n: i32) -> bool {
        unimplemented!()
    }
    /// `luaL_checkstack`: "stack overflow (message)" when the stack cannot grow.
    pub fn need_stack(self, n: i32, message: &str) -> Fallible<()> {
        unimplemented!()
    }
    pub fn xmove(self, to: State, n: i32) {
        unimplemented!()
    }

    // ---- access
    /// `lua_type`: `types::NONE` or a type code.
    pub fn type_of(self, index: i32) -> i32 {
        unimplemented!()
    }
    /// Name of a type code ("no value" for `NONE`).
    pub fn type_name(self, code: i32) -> &'static str {
        unimplemented!()
    }
    pub fn is_number(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_integer(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_string(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_function(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_native_function(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn is_table(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn to_boolean(self, index: i32) -> bool {
        unimplemented!()
    }
    /// Numbers, and strings that can be converted.
    pub fn to_integer(self, index: i32) -> Option<i64> {
        unimplemented!()
    }
    pub fn to_number(self, index: i32) -> Option<f64> {
        unimplemented!()
    }
    /// `lua_tolstring`: strings, and numbers, which are converted *in place*. Valid while the value is on the stack.
    pub fn to_bytes<'a>(self, index: i32) -> Fallible<Option<&'a [u8]>> {
        unimplemented!()
    }
    /// The string object at the index, without conversion.
    pub fn str_at(self, index: i32) -> Option<*mut Str> {
        unimplemented!()
    }
    pub fn raw_len(self, index: i32) -> u64 {
        unimplemented!()
    }
    /// Address of a full userdata's bytes or a light userdata; null for other values.
    pub fn to_userdata(self, index: i32) -> *mut c_void {
        unimplemented!()
    }
    pub fn to_thread(self, index: i32) -> Option<State> {
        unimplemented!()
    }
    pub fn to_pointer(self, index: i32) -> *const c_void {
        unimplemented!()
    }
    pub fn raw_equal(self, a: i32, b: i32) -> bool {
        unimplemented!()
    }
    pub fn equal(self, a: i32, b: i32) -> Fallible<bool> {
        unimplemented!()
    }
    pub fn less_than(self, a: i32, b: i32) -> Fallible<bool> {
        unimplemented!()
    }
    /// `lua_stringtonumber`: the number a string spells (whole string), as the lexer reads it, with blanks around.
    pub fn parse_number(bytes: &[u8]) -> Option<Value> {
        unimplemented!()
    }

    // ---- push
    pub fn push_nil(self) {
        self.push(Value::NIL)
    }
    pub fn push_boolean(self, b: bool) {
        self.push(Value::boolean(b))
    }
    pub fn push_integer(self, n: i64) {
        self.push(Value::integer(n))
    }
    pub fn push_number(self, n: f64) {
        self.push(Value::float(n))
    }
    pub fn push_light_userdata(self, p: *mut c_void) {
        self.push(Value::light_userdata(p))
    }
    /// Pushes a new or interned string.
    pub fn push_bytes(self, bytes: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    /// Pushes the concatenation of the parts (`lua_pushfstring` without the format).
    pub fn push_parts(self, parts: &[Part]) -> Fallible<()> {
        unimplemented!()
    }
    pub fn push_builtin(self, f: &'static Builtin) {
        self.push(f.value())
    }
    /// Pops `upvalues` values into a closure of `f`.
    pub fn push_builtin_closure(self, f: &'static Builtin, upvalues: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// Pushes a foreign C function with `upvalues` values popped (`lua_pushcclosure`).
    pub fn push_c_closure(self, f: crate::object::thread::CFunction, upvalues: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// Pushes this thread; true when it is the main one.
    pub fn push_thread(self) -> bool {
        unimplemented!()
    }
    pub fn push_globals(self) {
        unimplemented!()
    }
    /// Pushes the number or string as a string ("fail" values not converted are an error of the caller).
    pub fn concat(self, n: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn arith(self, op: i32) -> Fallible<()> {
        unimplemented!()
    }

    // ---- tables. Functions that push the value return its type code.
    pub fn new_table(self, array: usize, hash: usize) -> Fallible<*mut Table> {
        unimplemented!()
    }
    pub fn get_global(self, name: &[u8]) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn set_global(self, name: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    pub fn get_field(self, index: i32, key: &[u8]) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn set_field(self, index: i32, key: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    pub fn get_table(self, index: i32) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn set_table(self, index: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn get_i(self, index: i32, n: i64) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn set_i(self, index: i32, n: i64) -> Fallible<()> {
        unimplemented!()
    }
    pub fn raw_get(self, index: i32) -> i32 {
        unimplemented!()
    }
    pub fn raw_set(self, index: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn raw_get_i(self, index: i32, n: i64) -> i32 {
        unimplemented!()
    }
    pub fn raw_set_i(self, index: i32, n: i64) -> Fallible<()> {
        unimplemented!()
    }
    pub fn raw_get_p(self, index: i32, p: *const c_void) -> i32 {
        unimplemented!()
    }
    pub fn raw_set_p(self, index: i32, p: *const c_void) -> Fallible<()> {
        unimplemented!()
    }
    /// Raw `t[key]` for a string key, pushed.
    pub fn raw_get_field(self, index: i32, key: &[u8]) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn raw_set_field(self, index: i32, key: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    /// Pushes the metatable, or nothing and false.
    pub fn get_metatable(self, index: i32) -> bool {
        unimplemented!()
    }
    pub fn set_metatable(self, index: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// Pops a key, pushes the next key and value, or nothing and false at the end.
    pub fn next(self, index: i32) -> Fallible<bool> {
        unimplemented!()
    }
    /// `lua_len`: pushes `#v` with metamethods.
    pub fn len(self, index: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_len`: "object length is not an integer".
    pub fn len_integer(self, index: i32) -> Fallible<i64> {
        unimplemented!()
    }
    pub fn new_userdata(self, size: usize, user_values: u16) -> Fallible<*mut Userdata> {
        unimplemented!()
    }
    pub fn get_user_value(self, index: i32, n: i32) -> i32 {
        unimplemented!()
    }
    pub fn set_user_value(self, index: i32, n: i32) -> bool {
        unimplemented!()
    }
    pub fn get_upvalue<'a>(self, func: i32, n: i32) -> Option<&'a [u8]> {
        unimplemented!()
    }
    pub fn set_upvalue<'a>(self, func: i32, n: i32) -> Option<&'a [u8]> {
        unimplemented!()
    }

    // ---- calls
    /// Calls with `args` arguments on top of the function. Not suspendable.
    pub fn call(self, args: i32, results: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// `lua_pcall` with a handler index (0: none). On `Err` the error object is on top.
    pub fn pcall(self, args: i32, results: i32, handler: i32) -> Result<(), Thrown> {
        unimplemented!()
    }
    /// The last act of a builtin: calls and goes on in `continuation`; coroutines may yield meanwhile.
    pub fn call_then(self, args: i32, results: i32, continuation: Continuation, context: isize) -> Fallible<i32> {
        unimplemented!()
    }
    /// As `call_then`, protected.
    pub fn pcall_then(
        self,
        args: i32,
        results: i32,
        handler: i32,
        continuation: Continuation,
        context: isize,
    ) -> Fallible<i32> {
        unimplemented!()
    }
    /// `lua_load` of bytes in memory: pushes the function, or the message and `Err`.
    pub fn load(self, source: &[u8], chunk_name: &[u8], mode: Option<&[u8]>) -> Result<(), Thrown> {
        unimplemented!()
    }
    /// `lua_load` of a stream.
    pub fn load_input(
        self,
        input: &mut crate::vm::input::Input,
        chunk_name: &[u8],
        mode: Option<&[u8]>,
    ) -> Result<(), Thrown> {
        unimplemented!()
    }
    /// `luaL_loadfilex` (None: standard input); status 0 or an error code with the message pushed (`LUA_ERRFILE` is 6).
    pub fn load_file(self, name: Option<&[u8]>, mode: Option<&[u8]>) -> Fallible<i32> {
        unimplemented!()
    }
    /// `lua_dump` of the Lua function on top into a list of bytes; false when it is not a Lua function.
    pub fn dump(self, strip: bool, out: &mut crate::memory::List<u8>) -> Fallible<bool> {
        unimplemented!()
    }
    pub fn is_yieldable(self) -> bool {
        unimplemented!()
    }

    // ---- auxiliary library (manual §5)
    /// Raises the value on top.
    pub fn throw(self) -> Thrown {
        unimplemented!()
    }
    /// `luaL_error`: a message with the position of the calling Lua function.
    pub fn error(self, parts: &[Part]) -> Thrown {
        unimplemented!()
    }
    /// `luaL_where`: pushes "chunk:line: " of level, or "".
    pub fn push_where(self, level: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// "bad argument #n to 'f' (message)".
    pub fn arg_error(self, arg: i32, message: &[u8]) -> Thrown {
        unimplemented!()
    }
    /// "bad argument #n to 'f' (X expected, got Y)".
    pub fn type_error(self, arg: i32, expected: &[u8]) -> Thrown {
        unimplemented!()
    }
    pub fn check_any(self, arg: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn check_type(self, arg: i32, code: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn check_integer(self, arg: i32) -> Fallible<i64> {
        unimplemented!()
    }
    pub fn check_number(self, arg: i32) -> Fallible<f64> {
        unimplemented!()
    }
    /// `luaL_checklstring`; valid while the argument is on the stack.
    pub fn check_bytes<'a>(self, arg: i32) -> Fallible<&'a [u8]> {
        unimplemented!()
    }
    pub fn opt_integer(self, arg: i32, default: i64) -> Fallible<i64> {
        unimplemented!()
    }
    pub fn opt_number(self, arg: i32, default: f64) -> Fallible<f64> {
        unimplemented!()
    }
    pub fn opt_bytes<'a>(self, arg: i32, default: &'a [u8]) -> Fallible<&'a [u8]> {
        unimplemented!()
    }
    /// Index of the argument in `options`; "invalid option 'x'".
    pub fn check_option(self, arg: i32, default: Option<&[u8]>, options: &[&[u8]]) -> Fallible<usize> {
        unimplemented!()
    }
    pub fn arg_check(self, condition: bool, arg: i32, message: &str) -> Fallible<()> {
        if condition { Ok(()) } else { Err(self.arg_error(arg, message.as_bytes())) }
    }
    /// `luaL_newmetatable`: true when new; pushed either way.
    pub fn new_metatable(self, name: &[u8]) -> Fallible<bool> {
        unimplemented!()
    }
    pub fn set_metatable_by_name(self, name: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    pub fn test_userdata(self, arg: i32, name: &[u8]) -> Fallible<Option<*mut c_void>> {
        unimplemented!()
    }
    pub fn check_userdata(self, arg: i32, name: &[u8]) -> Fallible<*mut c_void> {
        unimplemented!()
    }
    /// Pushes the metafield and returns its type code, or nothing and `types::NIL`.
    pub fn get_metafield(self, index: i32, name: &[u8]) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn call_meta(self, index: i32, name: &[u8]) -> Fallible<bool> {
        unimplemented!()
    }
    /// `luaL_tolstring`: pushes the string and returns its bytes.
    pub fn tostring<'a>(self, index: i32) -> Fallible<&'a [u8]> {
        unimplemented!()
    }
    pub fn traceback(self, of: State, message: Option<&[u8]>, level: i32) -> Fallible<()> {
        unimplemented!()
    }
    pub fn get_subtable(self, index: i32, name: &[u8]) -> Fallible<bool> {
        unimplemented!()
    }
    /// `luaL_newlib`: pushes a table with the functions.
    pub fn new_library(self, functions: &'static Library) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_setfuncs` with `upvalues` shared values on top.
    pub fn set_functions(self, functions: &'static Library, upvalues: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_requiref` with one of our openers.
    pub fn require(self, name: &[u8], open: &'static Builtin, global: bool) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_ref` and `luaL_unref`.
    pub fn reference(self, index: i32) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn unreference(self, index: i32, reference: i32) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_gsub`: pushes the result.
    pub fn gsub(self, s: &[u8], pattern: &[u8], replacement: &[u8]) -> Fallible<()> {
        unimplemented!()
    }
    /// `luaL_fileresult` and `luaL_execresult`; `errno` as of the failure.
    pub fn file_result(self, ok: bool, file_name: Option<&[u8]>) -> Fallible<i32> {
        unimplemented!()
    }
    pub fn exec_result(self, status: c_int) -> Fallible<i32> {
        unimplemented!()
    }
    /// `lua_warning`.
    pub fn warning(self, message: &[u8], to_be_continued: bool) -> Fallible<()> {
        unimplemented!()
    }
    /// Runs the collector if it is due; after creating objects in a loop.
    pub fn gc_check(self) {
        unimplemented!()
    }
    /// A byte buffer in this state's memory.
    pub fn buffer(self) -> Buffer {
        unimplemented!()
    }
    /// The heap, for `memory::List`.
    pub fn heap(self) -> *mut crate::memory::Heap {
        unimplemented!()
    }
}

/// A growing byte string under construction. Not an object: it may be dropped at any time.
pub struct Buffer {
    pub state: State,
    pub bytes: crate::memory::List<u8>,
}

#[allow(unused_variables)]
impl Buffer {
    #[inline]
    pub fn byte(&mut self, b: u8) -> Fallible<()> {
        Ok(self.bytes.push(b)?)
    }
    /// Refuses to grow beyond the largest string ("resulting string too large" is the caller's check).
    #[inline]
    pub fn add(&mut self, bytes: &[u8]) -> Fallible<()> {
        Ok(self.bytes.extend(bytes)?)
    }
    /// Pops the string or number on top and adds it (`luaL_addvalue`).
    pub fn add_value(&mut self) -> Fallible<()> {
        unimplemented!()
    }
    /// Pushes the result as a string.
    pub fn push(self) -> Fallible<()> {
        unimplemented!()
    }
}
