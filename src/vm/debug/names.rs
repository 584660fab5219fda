//! Names of values and functions, by symbolic execution.
//!
//! To name the value in a register, the code is read forwards for the last instruction that wrote the
//! register before it was used; what that instruction loads from (a local variable, an upvalue, a field of
//! something) gives the name. A write that may have been jumped over names nothing. The result is a guess
//! made for messages: it is never wrong enough to matter, and no program depends on it.

use super::{Name, closure_of, current_pc, is_lua, proto_of};
use crate::bytecode::{Op, Word};
use crate::object::global::Event;
use crate::object::thread::call_flag;
use crate::object::{CallInfo, Instruction, LuaClosure, Proto, Str, Thread, UpVal, Value};
use crate::version::{
    CONSTANTS_HAVE_NAMES, FINALIZERS_ARE_NAMED, FINALIZERS_NAME_THE_INTERRUPTED, HAS_ENV_UPVALUE,
    HOOKS_OF_NATIVES_HAVE_NAMES, INTERRUPTIONS_HAVE_NAMES, LATE_KEYS_HAVE_NAMES, LONG_METHODS_ARE_FIELDS,
    MESSAGES_NAME_CONSTANT_OPERANDS, METAMETHODS_NAMED_BARE, NAMES_IMPLICIT_CALLS,
};
use core::ffi::{CStr, c_char};

const LOCAL: &CStr = c"local";
const UPVALUE: &CStr = c"upvalue";
pub(super) const CONSTANT: &CStr = c"constant";
const METHOD: &CStr = c"method";
const GLOBAL: &CStr = c"global";
const FIELD: &CStr = c"field";
const METAMETHOD: &CStr = c"metamethod";
const UNKNOWN: *const c_char = c"?".as_ptr();

/// Name of the `n`-th (from 1) local variable that is alive at `pc`, null when there is none.
pub unsafe fn local_variable(p: *const Proto, n: i32, pc: usize) -> *const c_char {
    // SAFETY: `locals` has `local_count` elements, sorted by `start`.
    unsafe {
        let mut left = n;
        for i in 0..(*p).local_count as usize {
            let variable = *(*p).locals.add(i);
            if variable.start as usize > pc {
                break;
            }
            if pc < variable.end as usize {
                left -= 1;
                if left == 0 {
                    return string(variable.name);
                }
            }
        }
        core::ptr::null()
    }
}

/// A string as C sees it; null for null.
unsafe fn string(s: *const Str) -> *const c_char {
    // SAFETY: a NUL follows a string's bytes.
    if s.is_null() { core::ptr::null() } else { unsafe { Str::data(s).cast() } }
}

/// Name of an upvalue, "?" when stripped.
unsafe fn upvalue(p: *const Proto, n: u32) -> *const c_char {
    // SAFETY: `n` is an operand of checked code.
    unsafe {
        let name = string((*(*p).upvalues.add(n as usize)).name);
        if name.is_null() { UNKNOWN } else { name }
    }
}

/// The constant's text if it is a string.
unsafe fn constant(p: *const Proto, n: u32) -> Option<Name> {
    // SAFETY: `n` is an operand of checked code.
    unsafe {
        let value = Value::load((*p).constants.add(n as usize));
        value.is_string().then(|| Name { kind: CONSTANT, text: string(value.as_str()) })
    }
}

/// What the execution up to an instruction told about a register.
enum Found {
    /// Its name.
    Name(Name),
    /// Only the instruction that set it.
    SetAt(usize),
    Nothing,
}

/// Finds a name for register `reg` as instruction `pc` sees it, if it is a variable, an upvalue or a constant.
unsafe fn simple_name(p: *const Proto, mut pc: usize, mut reg: u32) -> Found {
    // SAFETY: `find_setter` returns instructions of `p`.
    unsafe {
        loop {
            let text = local_variable(p, reg as i32 + 1, pc);
            if !text.is_null() {
                return Found::Name(Name { kind: LOCAL, text });
            }
            let Some(setter) = find_setter(p, pc, reg) else { return Found::Nothing };
            pc = setter;
            let i = *(*p).code.add(pc);
            let name = match i.op() {
                // Copies go upwards, so this ends.
                Op::Move if i.b() < i.a() => {
                    reg = i.b();
                    continue;
                }
                Op::GetUpval => Some(Name { kind: UPVALUE, text: upvalue(p, i.b()) }),
                Op::LoadK | Op::LoadKX if !CONSTANTS_HAVE_NAMES => None,
                Op::LoadK => constant(p, i.d()),
                Op::LoadKX => constant(p, (*(*p).code.add(pc + 1)).s()),
                _ => None,
            };
            return name.map_or(Found::SetAt(pc), Found::Name);
        }
    }
}

/// Finds a name for register `reg` as instruction `pc` sees it.
unsafe fn register_name(p: *const Proto, pc: usize, reg: u32) -> Option<Name> {
    // SAFETY: as `simple_name`.
    unsafe {
        let pc = match simple_name(p, pc, reg) {
            Found::Name(name) => return Some(name),
            Found::SetAt(pc) => pc,
            Found::Nothing => return None,
        };
        let i = *(*p).code.add(pc);
        let name = match i.op() {
            Op::GetTabUp if !HAS_ENV_UPVALUE => Name { kind: GLOBAL, text: constant_key(p, i.c()) },
            Op::GetTabUp => Name { kind: upvalue_access(p, i.b()), text: constant_key(p, i.c()) },
            Op::GetTable if !LATE_KEYS_HAVE_NAMES => {
                // Only names of globals are known whatever the constant's number.
                let kind = register_access(p, pc, i.b());
                let text = late_key(p, pc, i.c(), if kind == GLOBAL { u32::MAX } else { 256 });
                Name { kind, text }
            }
            Op::GetTable => Name { kind: register_access(p, pc, i.b()), text: register_key(p, pc, i.c()) },
            Op::GetField => Name { kind: register_access(p, pc, i.b()), text: constant_key(p, i.c()) },
            Op::GetI => Name::fixed(FIELD, if MESSAGES_NAME_CONSTANT_OPERANDS { c"integer index" } else { c"?" }),
            Op::SelfK => Name { kind: METHOD, text: constant_key(p, i.c()) },
            Op::SelfR => {
                Name { kind: if LONG_METHODS_ARE_FIELDS { FIELD } else { METHOD }, text: register_key(p, pc, i.c()) }
            }
            _ => return None,
        };
        Some(name)
    }
}

unsafe fn constant_key(p: *const Proto, n: u32) -> *const c_char {
    // SAFETY: an operand of checked code.
    unsafe { constant(p, n).map_or(UNKNOWN, |name| name.text) }
}

/// The constant that was loaded into a register for a global variable's name.
unsafe fn late_key(p: *const Proto, pc: usize, reg: u32, limit: u32) -> *const c_char {
    // SAFETY: `simple_name` finds instructions of `p`.
    unsafe {
        // A variable's value is no constant, whatever set it.
        let Found::SetAt(setter) = simple_name(p, pc, reg) else { return UNKNOWN };
        let i = *(*p).code.add(setter);
        match i.op() {
            Op::LoadK if i.d() < limit => constant_key(p, i.d()),
            Op::LoadKX if limit == u32::MAX => constant_key(p, (*(*p).code.add(setter + 1)).s()),
            _ => UNKNOWN,
        }
    }
}

/// The key in a register, if it is a constant.
unsafe fn register_key(p: *const Proto, pc: usize, reg: u32) -> *const c_char {
    if !LATE_KEYS_HAVE_NAMES {
        // A long string is not too late, if it is one of the first constants.
        // SAFETY: `p` is live and `pc` one of its instructions, `reg` a register of it.
        return unsafe { late_key(p, pc, reg, 256) };
    }
    // SAFETY: as `simple_name`.
    match unsafe { simple_name(p, pc, reg) } {
        Found::Name(name) if name.kind == CONSTANT => name.text,
        _ => UNKNOWN,
    }
}

/// Whether fields of an upvalue are global variables.
unsafe fn upvalue_access(p: *const Proto, n: u32) -> &'static CStr {
    // SAFETY: names end in NUL.
    unsafe { access(upvalue(p, n)) }
}

/// Whether fields of the table in a register are global variables.
unsafe fn register_access(p: *const Proto, pc: usize, reg: u32) -> &'static CStr {
    // SAFETY: `p` is live, `pc` one of its instructions, `reg` a register of it.
    match unsafe { simple_name(p, pc, reg) } {
        // SAFETY: names end in NUL.
        Found::Name(name) if HAS_ENV_UPVALUE && (name.kind == LOCAL || name.kind == UPVALUE) => unsafe {
            access(name.text)
        },
        // SAFETY: `pc` is an instruction of `p`.
        Found::SetAt(pc) if unsafe { *(*p).code.add(pc) }.op() == Op::GetEnv => GLOBAL,
        _ => FIELD,
    }
}

unsafe fn access(table: *const c_char) -> &'static CStr {
    // SAFETY: `table` ends in NUL.
    if unsafe { CStr::from_ptr(table) } == c"_ENV" { GLOBAL } else { FIELD }
}

/// The last instruction before `last` that set register `reg`, unless it may have been skipped.
unsafe fn find_setter(p: *const Proto, last: usize, reg: u32) -> Option<usize> {
    let mut setter = None;
    // Code before this instruction was conditional.
    let mut jump_target = 0;
    let mut pc = 0;
    while pc < last {
        // SAFETY: `pc < last < code_len`.
        let i = unsafe { *(*p).code.add(pc) };
        match i.op() {
            Op::Jump => {
                let target = pc as i64 + 1 + i.ss() as i64;
                if target <= last as i64 && target > jump_target {
                    jump_target = target;
                }
            }
            // The jump of a loop's entry is part of the instruction: it skips the body, and nothing in use
            // behind a loop was set in it.
            Op::ForPrep | Op::TforPrep => pc += 1,
            _ if sets(i, reg) => setter = (pc as i64 >= jump_target).then_some(pc),
            _ => {}
        }
        pc += 1;
    }
    setter
}

/// Whether an instruction sets the register (those that only prepare loops are not told apart from
/// those that set none: names of their registers are not asked for).
fn sets(i: Instruction, reg: u32) -> bool {
    use Op::*;
    match i.op() {
        LoadNil => (i.a()..=i.a() + i.b()).contains(&reg),
        TforCall => reg >= i.a() + 2,
        VarargUnpack => reg >= i.a(),
        Call | TailCall => reg >= i.a(),
        SetUpval | SetTabUp | SetTabUpK | SetTable | SetTableK | SetI | SetIK | SetField | SetFieldK | SetList
        | Close | Tbc | Jump | JumpIf | JumpIfNot | JumpEq | JumpNe | JumpEqK | JumpNeK | JumpEqI | JumpNeI
        | JumpLt | JumpNotLt | JumpLe | JumpNotLe | JumpLtI | JumpNotLtI | JumpLeI | JumpNotLeI | JumpGtI
        | JumpNotGtI | JumpGeI | JumpNotGeI | Return | Return0 | Return1 | VarargPrep | ForPrep | TforPrep
        | CheckNil | Extra => false,
        _ => i.a() == reg,
    }
}

/// A name for the function that instruction `pc` calls.
unsafe fn called_by(l: *mut Thread, p: *const Proto, pc: usize) -> Option<Name> {
    use Op::*;
    // SAFETY: `pc` is an instruction of `p`.
    unsafe {
        let i = *(*p).code.add(pc);
        let event = match i.op() {
            Call | TailCall => return register_name(p, pc, i.a()),
            TforCall if !NAMES_IMPLICIT_CALLS => return register_name(p, pc, i.a()),
            _ if !NAMES_IMPLICIT_CALLS => return None,
            TforCall => return Some(Name::fixed(c"for iterator", c"for iterator")),
            SelfK | SelfR | GetTabUp | GetTable | GetI | GetField => Event::Index,
            SetTabUp | SetTabUpK | SetTable | SetTableK | SetI | SetIK | SetField | SetFieldK => Event::NewIndex,
            Add | AddK | AddKR | AddI => Event::Add,
            Sub | SubK | SubKR | SubI => Event::Sub,
            Mul | MulK | MulKR => Event::Mul,
            Mod | ModK | ModKR => Event::Mod,
            Pow | PowK | PowKR => Event::Pow,
            Div | DivK | DivKR => Event::Div,
            Idiv | IdivK | IdivKR => Event::Idiv,
            Band | BandK => Event::Band,
            Bor | BorK => Event::Bor,
            Bxor | BxorK => Event::Bxor,
            Shl | ShlI => Event::Shl,
            Shr | ShrI => Event::Shr,
            Unm => Event::Unm,
            Bnot => Event::Bnot,
            Len => Event::Len,
            Concat => Event::Concat,
            JumpEq | JumpNe => Event::Eq,
            JumpLt | JumpNotLt | JumpLtI | JumpNotLtI | JumpGtI | JumpNotGtI => Event::Lt,
            JumpLe | JumpNotLe | JumpLeI | JumpNotLeI | JumpGeI | JumpNotGeI => Event::Le,
            Close | Return => Event::Close,
            _ => return None,
        };
        let name = (*(*l).global).event_names[event as usize];
        let underscores = if METAMETHODS_NAMED_BARE { 2 } else { 0 };
        Some(Name { kind: METAMETHOD, text: string(name).add(underscores) })
    }
}

/// A name for the function that the frame `caller` is calling.
pub unsafe fn called_from(l: *mut Thread, caller: *const CallInfo) -> Option<Name> {
    // SAFETY: `caller` is a call record of `l`.
    unsafe {
        if is_lua(caller) && !NAMES_IMPLICIT_CALLS {
            called_by(l, proto_of(caller), current_pc(caller))
        } else if INTERRUPTIONS_HAVE_NAMES
            && (*caller).flags & call_flag::HOOKED != 0
            && (HOOKS_OF_NATIVES_HAVE_NAMES || is_lua(caller))
        {
            Some(Name::fixed(c"hook", c"?"))
        } else if FINALIZERS_ARE_NAMED && (*caller).flags & call_flag::FINALIZER != 0 {
            Some(Name::fixed(METAMETHOD, c"__gc"))
        } else if is_lua(caller) {
            called_by(l, proto_of(caller), current_pc(caller))
        } else {
            None
        }
    }
}

/// A name for the function of the frame `ci`, from the code that called it; none after a tail call.
pub unsafe fn name_of_frame(l: *mut Thread, ci: *const CallInfo) -> Option<Name> {
    // SAFETY: `ci` is a call record of `l` above the base level.
    unsafe {
        if FINALIZERS_NAME_THE_INTERRUPTED && (*ci).flags & call_flag::FINALIZER != 0 {
            return Some(Name::fixed(METAMETHOD, c"__gc"));
        }
        if (*ci).flags & call_flag::TAIL != 0 || core::ptr::eq(ci, (*l).call_base) {
            return None;
        }
        called_from(l, ci.sub(1))
    }
}

/// How the function of a frame was called, from the calling code: what kind of name ("global", "method", "field",
/// "local", "upvalue", "metamethod", "hook", "for iterator" ...) and the name.
pub unsafe fn function_name<'a>(l: *mut Thread, ci: *mut CallInfo) -> Option<(&'static str, &'a [u8])> {
    // SAFETY: the name's owner is alive while the frame is.
    unsafe { name_of_frame(l, ci).map(|name| (name.kind_str(), name.bytes())) }
}

/// A name for the value at `operand`, if it is an upvalue or a register of the running Lua function.
pub unsafe fn variable_name(ci: *const CallInfo, operand: *const Value) -> Option<Name> {
    // SAFETY: `ci` is the running call record.
    unsafe {
        if !is_lua(ci) {
            return None;
        }
        if let Some(name) = upvalue_name(closure_of(ci), operand) {
            return Some(name);
        }
        let offset = (operand as usize).wrapping_sub((*ci).func.add(1) as usize);
        let frame = ((*ci).top as usize).wrapping_sub((*ci).func.add(1) as usize);
        if offset >= frame || !offset.is_multiple_of(size_of::<Value>()) {
            return None;
        }
        register_name(proto_of(ci), current_pc(ci), (offset / size_of::<Value>()) as u32)
    }
}

/// The name of the closure's upvalue whose value lies at `operand`.
unsafe fn upvalue_name(closure: *mut LuaClosure, operand: *const Value) -> Option<Name> {
    // SAFETY: a live closure with its upvalues.
    unsafe {
        for n in 0..(*closure).upvalue_count {
            let up: *mut UpVal = *LuaClosure::upvalue(closure, n as usize);
            if !up.is_null() && core::ptr::eq((*up).value, operand) {
                return Some(Name { kind: UPVALUE, text: upvalue((*closure).proto, n as u32) });
            }
        }
        None
    }
}
