//! Values at run time: conversions, tables, metamethods, calls, coroutines, the collector.

use super::VERSION;

// ---- numbers and strings

/// Numbers have an integer subtype, `//` and bitwise operators exist.
pub const HAS_INTEGERS: bool = VERSION >= 503;
/// Strings used as arithmetic operands are converted by string metamethods (5.4) and not by the VM.
pub const STRING_ARITHMETIC_BY_METAMETHOD: bool = VERSION >= 504;
/// `a % b` on floats is exact (by `fmod`), not computed from the rounded quotient.
pub const FLOAT_MOD_IS_EXACT: bool = VERSION >= 503;
/// `tonumber` accepts whatever C's `strtod` does, "inf" and "nan" included.
pub const ACCEPTS_INF_AND_NAN: bool = VERSION == 501;
/// Text is handled as C strings in more places: `print`, the conversion of strings to numbers and `%c` end at a NUL.
pub const TEXT_ENDS_AT_NUL: bool = VERSION == 501;
/// Significant digits of floats in `tostring`.
pub const FLOAT_DIGITS: u32 = if VERSION >= 505 { 15 } else { 14 };
/// `tostring` uses 17 digits for floats that [`FLOAT_DIGITS`] do not tell from their neighbours.
pub const FLOAT_ROUND_TRIPS: bool = VERSION >= 505;
/// Strings may live in the host's memory (`lua_pushexternalstring`).
pub const HAS_EXTERNAL_STRINGS: bool = VERSION >= 505;

// ---- tables: what programs see in the order of `pairs`, and in the border that `#` finds when there are several

/// How a table's border is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BorderSearch {
    /// By halving the whole array part.
    Halving,
    /// Beginning where the last border was, or the last element beyond it that was read or written.
    LastAccess,
    /// Beginning near the last border.
    Vicinity,
}

/// This version's search for borders.
pub const BORDER_SEARCH: BorderSearch = match VERSION {
    ..=503 => BorderSearch::Halving,
    504 => BorderSearch::LastAccess,
    _ => BorderSearch::Vicinity,
};

/// How numbers hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NumberHash {
    /// The sum of the float's two halves.
    Halves,
    /// The same for the number plus one.
    HalvesOfSuccessor,
    /// Integers: their low bits.
    LowBits,
    /// Integers: their remainder.
    Remainder,
}

/// This version's hash of numbers.
pub const NUMBER_HASH: NumberHash = match VERSION {
    501 => NumberHash::Halves,
    502 => NumberHash::HalvesOfSuccessor,
    503 => NumberHash::LowBits,
    _ => NumberHash::Remainder,
};

/// Strings hash without a secret: `pairs` shows string keys in the same order in every run, stock Lua's.
pub const STRING_ORDER_IS_FIXED: bool = VERSION == 501;
/// Assigning nil to a key that is not in the table adds the key: it takes a node, and the table may get other sizes.
pub const NIL_ADDS_KEYS: bool = VERSION <= 503;
/// When a table grows, its fields are taken over from the last to the first.
pub const REHASH_GOES_BACKWARD: bool = VERSION <= 503;
/// The array part grows as long as it takes less memory than nodes would; otherwise: as long as more than half of it is
/// in use. Also: it stays as it is when no integer key asks for a place, and tables with deleted keys get more nodes.
pub const ARRAY_PART_SAVES_MEMORY: bool = VERSION >= 505;

// ---- metamethods

/// `__le` falls back to `not (b < a)` by `__lt`.
pub const LE_FROM_LT: bool = VERSION <= 504;
/// `__eq` is called only if it is the same function for both operands.
pub const EQ_METAMETHODS_AGREE: bool = VERSION <= 502;
/// `__lt` and `__le` are called only for operands of one type, and if they are the same function for both.
pub const ORDER_METAMETHODS_AGREE: bool = VERSION == 501;
/// `__len` works on tables, and gets its operand twice.
pub const TABLES_HAVE_LEN: bool = VERSION >= 502;
/// How many `__index` or `__newindex` are followed.
pub const MAX_METAMETHOD_CHAIN: u32 = if VERSION <= 502 { 100 } else { 2000 };
/// The value of `__call` may itself be called by `__call`; otherwise it has to be a function.
pub const CALL_METAMETHODS_CHAIN: bool = VERSION >= 504;
/// A call goes through at most 15 `__call` metamethods, which are counted.
pub const CALL_CHAINS_ARE_COUNTED: bool = VERSION >= 505;
/// The metafield `__name` is the type's name in messages.
pub const HAS_TYPE_NAMES: bool = VERSION >= 503;

// ---- calls and errors

/// How many calls can be active in a thread (`LUAI_MAXCALLS`, as far as the doubling of their records gets); later only the
/// stack's size counts.
pub const MAX_CALLS: usize = if VERSION == 501 { 1 << 14 } else { usize::MAX >> 1 };
/// Native calls that are counted up to an error while another overflow is being handled.
pub const LAST_C_CALL: u32 = if VERSION >= 504 { 220 } else { 225 };
/// Tail calls are levels of the stack, without information but that, and return events of their own.
pub const LEVELS_SHOW_TAIL_CALLS: bool = VERSION == 501;
/// `lua_getlocal` counts what a vararg function leaves behind among the temporaries of its caller.
pub const VARARG_FUNCTIONS_MOVE: bool = VERSION >= 504;
/// An error object nil becomes `"<no error object>"` where it is raised.
pub const NIL_ERRORS_GET_MESSAGE: bool = VERSION >= 505;
/// Without an error, `__close` is called with the value alone.
pub const CLOSE_WITHOUT_ERROR_ALONE: bool = VERSION >= 505;

// ---- coroutines

/// The body of a coroutine has to be a Lua function.
pub const COROUTINES_RUN_LUA: bool = VERSION == 501;
/// Coroutines can be suspended inside `pcall`, metamethods, iterators and what else calls through native code that can be
/// continued; otherwise only where Lua functions call each other.
pub const YIELDS_ACROSS_CALLS: bool = VERSION >= 502;
/// Of the frame of a C function that has suspended a coroutine, a host sees only the values that are passed out.
pub const YIELDS_HIDE_FRAMES: bool = matches!(VERSION, 502 | 503);
/// `lua_yield` returns to its C function, which suspends the coroutine by returning a negative number.
pub const YIELDS_BY_RETURNING: bool = VERSION == 501;
/// The first call in a coroutine counts as one more native call.
pub const STARTS_COUNT_AS_CALLS: bool = VERSION >= 502;
/// A coroutine without values in its frame is taken for dead even if it is running.
pub const EMPTY_FRAMES_LOOK_DEAD: bool = matches!(VERSION, 502 | 503);
/// Resuming a coroutine that is not suspended tells its status.
pub const RESUME_TELLS_STATUS: bool = VERSION == 501;
/// A thread that cannot be resumed keeps nothing but the message on its stack.
pub const REFUSED_RESUME_CLEARS_STACK: bool = VERSION == 501;
/// A running coroutine can close itself.
pub const COROUTINES_CLOSE_THEMSELVES: bool = VERSION >= 505;

// ---- the collector

/// A generational collector can be chosen.
pub const HAS_GENERATIONAL: bool = VERSION == 502 || VERSION >= 504;
/// The collector's parameters are numbered and set one by one (`LUA_GCPARAM`); its steps are counted in bytes.
pub const HAS_COLLECTOR_PARAMETERS: bool = VERSION >= 505;
/// The collector's step multiplier is at least 40.
pub const STEP_MULTIPLIER_HAS_MINIMUM: bool = VERSION == 503;
/// `LUA_GCISRUNNING`, `collectgarbage("isrunning")`
pub const COLLECTOR_TELLS_IF_RUNNING: bool = VERSION >= 502;
/// `LUA_GCSETMAJORINC`, `collectgarbage("setmajorinc")`
pub const HAS_MAJOR_INCREMENT: bool = VERSION == 502;
/// Weak-key tables are ephemerons.
pub const HAS_EPHEMERONS: bool = VERSION >= 502;
/// What an open variable of an unreachable coroutine holds survives the first collection after its capture.
pub const NEW_UPVALUES_SURVIVE: bool = VERSION == 503;
/// `__gc` works on tables.
pub const TABLES_HAVE_FINALIZERS: bool = VERSION >= 502;
/// A `__gc` that is no function is passed over when its turn comes.
pub const FINALIZERS_ARE_FUNCTIONS: bool = matches!(VERSION, 502 | 503);
/// An object's finalizer is called once only, even if the object gets its metatable again; registered when it gets its
/// metatable.
pub const FINALIZED_ONCE: bool = VERSION == 502;
/// Finalizers of userdata count when the collector finds them dead (not when they get the metatable), run in the reverse order
/// of creation, and once only.
pub const FINALIZERS_FOUND_LATE: bool = VERSION == 501;
/// An error in a finalizer is raised where the collection was asked for; later it is a warning.
pub const FINALIZER_ERRORS_PROPAGATE: bool = VERSION <= 503;
/// Such an error is described: "error in __gc metamethod (...)".
pub const FINALIZER_ERRORS_DESCRIBED: bool = VERSION >= 502;

// ---- precompiled chunks

/// A precompiled chunk holds each of its strings once.
pub const CHUNKS_SHARE_STRINGS: bool = VERSION >= 505;
/// The writer of a precompiled chunk is called once more at the end, without data.
pub const DUMP_TELLS_END: bool = VERSION >= 505;
/// A reader that has nothing for a chunk's first piece is asked once more, by the compiler.
pub const EMPTY_TEXTS_ARE_READ_TWICE: bool = VERSION == 501;
/// The header of a precompiled chunk is read as a whole before it is looked at.
pub const HEADER_IS_READ_FIRST: bool = VERSION <= 502;
/// A loaded function's first upvalue becomes the table of globals only if there is no other one.
pub const ONLY_UPVALUE_GETS_GLOBALS: bool = VERSION == 502;
