//! The C API, beyond the functions that exist or do not.

use super::VERSION;

// ---- states, stack, statuses

/// A state that another library of the same version made is refused.
pub const TELLS_LIBRARIES_APART: bool = VERSION <= 503;
/// An error that nothing catches ends the process by `exit`, not by `abort`.
pub const PANIC_EXITS: bool = VERSION == 501;
/// How many slots a C function may ask for (`LUAI_MAXCSTACK`).
pub const MAX_FRAME: isize = if VERSION == 501 { 8000 } else { isize::MAX };
/// `luaL_checkstack` takes its message for granted and shows a null pointer as C does.
pub const CHECKSTACK_ALWAYS_HAS_A_MESSAGE: bool = VERSION == 501;
/// Pseudo-indices leave room for any stack size that an `int` can count.
pub const STACKS_ENDLESS_FOR_INDICES: bool = VERSION >= 505;
/// `LUA_ERRERR`: 5.2 and 5.3 have a status `LUA_ERRGCMM` (an error in a finalizer) before it.
pub const STATUS_ERROR_IN_HANDLER: u8 = if matches!(VERSION, 502 | 503) { 6 } else { 5 };
/// `LUA_ERRGCMM`; in the other versions no function returns this number.
pub const STATUS_ERROR_IN_FINALIZER: u8 = if matches!(VERSION, 502 | 503) { 5 } else { 8 };
/// `LUA_ERRFILE`: one more than the last of the statuses.
pub const STATUS_FILE: i32 = STATUS_ERROR_IN_HANDLER as i32 + 1;
/// Continuations are plain C functions that ask for status and context.
pub const CONTINUATIONS_ASK: bool = VERSION == 502;
/// `lua_isyieldable` is for coroutines that run: any other one is not yieldable.
pub const YIELDABLE_MEANS_RUNNING: bool = VERSION == 503;

// ---- values

/// A number that has no integer's value is truncated where C wants an integer; later such a number is refused.
pub const INTEGERS_TRUNCATE: bool = VERSION <= 502;
/// No size that fits into a `size_t` is refused as such; later, sizes have to fit into an integer of Lua.
pub const SIZES_END_WITH_ADDRESSES: bool = VERSION <= 502;
/// Every full userdata has exactly one user value (in 5.1: its environment).
pub const USERDATA_HAVE_ONE_VALUE: bool = VERSION <= 503;
/// Strings have addresses for `lua_topointer`.
pub const STRINGS_HAVE_ADDRESSES: bool = VERSION >= 504;
/// `lua_pushfstring` keeps what it does not know.
pub const FORMAT_KEEPS_UNKNOWN: bool = VERSION == 501;
/// `%c` of `lua_pushfstring` shows characters that cannot be printed as `<\N>`.
pub const UNPRINTABLE_BY_NUMBER: bool = VERSION == 503;

// ---- the auxiliary library

/// A `luaL_Buffer` occupies a stack slot from its beginning, not only when its contents outgrow it.
pub const BUFFERS_OWN_A_SLOT: bool = VERSION >= 504;
/// `LUAL_BUFFERSIZE`, in bytes: 5.2 takes C's `BUFSIZ`.
pub const BUFFER_SIZE: usize = match VERSION {
    ..=502 => 8192,
    503 => 128 * size_of::<usize>() * size_of::<i64>(),
    _ => 16 * size_of::<usize>() * size_of::<f64>(),
};

/// An ordinary error that stands for the memory error when a `luaL_Buffer` cannot grow.
pub const LARGE_BUFFER_ERROR: Option<&str> =
    if VERSION == 503 { Some("not enough memory for buffer allocation") } else { None };

/// The list of freed references (`luaL_ref`) starts in a table's first field; in the registry, that field is `false` at first.
pub const FREE_REFERENCES_COME_FIRST: bool = VERSION >= 505;
/// `luaL_getmetafield` returns the field's type, not only whether there is one.
pub const METAFIELDS_HAVE_TYPES: bool = VERSION >= 503;
/// Complaints about a wrong type that name several types tell what was found.
pub const CHOICES_TELL_TYPES: bool = VERSION >= 504;
/// Functions that count in C's `int` cut their arguments to it.
pub const COUNTS_IN_C_INTS: bool = VERSION <= 502;
/// Files may begin with a byte order mark.
pub const SKIPS_BYTE_ORDER_MARK: bool = VERSION >= 502;
