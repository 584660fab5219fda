//! Which Lua this build is.
//!
//! Exactly one cargo feature `lua51 … lua55` is on. Code never asks for the feature or the number but
//! for a *capability*: the constants below say what the language or library of this version has, and
//! the compiler folds them away. `#[cfg(feature)]` is for symbols that exist or do not.

/// `LUA_VERSION_NUM` of this build.
pub const VERSION: u32 = if cfg!(feature = "lua51") {
    501
} else if cfg!(feature = "lua52") {
    502
} else if cfg!(feature = "lua53") {
    503
} else if cfg!(feature = "lua55") {
    505
} else {
    504
};

const _: () = assert!(
    cfg!(feature = "lua51") as u8
        + cfg!(feature = "lua52") as u8
        + cfg!(feature = "lua53") as u8
        + cfg!(feature = "lua54") as u8
        + cfg!(feature = "lua55") as u8
        == 1,
    "turn on exactly one of the features lua51, lua52, lua53, lua54, lua55 (with --no-default-features)"
);

/// `_VERSION`.
pub const VERSION_NAME: &[u8] = match VERSION {
    501 => b"Lua 5.1",
    502 => b"Lua 5.2",
    503 => b"Lua 5.3",
    505 => b"Lua 5.5",
    _ => b"Lua 5.4",
};

/// `"5.4"`: in `LUA_PATH_5_4`, default paths and chunk headers this is spelled with other separators.
pub const MAJOR_MINOR: &[u8] = match VERSION {
    501 => b"5.1",
    502 => b"5.2",
    503 => b"5.3",
    505 => b"5.5",
    _ => b"5.4",
};

/// Numbers have an integer subtype, `//` and bitwise operators exist.
pub const HAS_INTEGERS: bool = VERSION >= 503;
/// A number that has no integer's value is truncated where C wants an integer; later such a number is refused.
pub const INTEGERS_TRUNCATE: bool = VERSION <= 502;
/// No size that fits into a `size_t` is refused as such; later, sizes have to fit into an integer of Lua.
pub const SIZES_END_WITH_ADDRESSES: bool = VERSION <= 502;
/// Every full userdata has exactly one user value (in 5.1: its environment).
pub const USERDATA_HAVE_ONE_VALUE: bool = VERSION <= 503;
/// A state that another library of the same version made is refused.
pub const TELLS_LIBRARIES_APART: bool = VERSION <= 503;
/// Pseudo-indices leave room for any stack size that an `int` can count.
pub const STACKS_ENDLESS_FOR_INDICES: bool = VERSION >= 505;
/// The list of freed references (`luaL_ref`) starts in a table's first field; in the registry, that field is `false` at first.
pub const FREE_REFERENCES_COME_FIRST: bool = VERSION >= 505;
/// Strings may live in the host's memory (`lua_pushexternalstring`).
pub const HAS_EXTERNAL_STRINGS: bool = VERSION >= 505;
/// The collector's parameters are numbered and set one by one (`LUA_GCPARAM`); its steps are counted in bytes.
pub const HAS_COLLECTOR_PARAMETERS: bool = VERSION >= 505;
/// An error object nil becomes "<no error object>" where it is raised.
pub const NIL_ERRORS_GET_MESSAGE: bool = VERSION >= 505;
/// A running coroutine can close itself.
pub const COROUTINES_CLOSE_THEMSELVES: bool = VERSION >= 505;
/// A call goes through at most 15 `__call` metamethods, which are counted.
pub const CALL_CHAINS_ARE_COUNTED: bool = VERSION >= 505;
/// A traceback shows the name from the calling code, if there is one, and not that as a field of a loaded module.
pub const TRACEBACKS_NAME_CALLS_FIRST: bool = VERSION >= 505;
/// Errors while reading a source file come without the system's reason.
pub const READ_ERRORS_ARE_BARE: bool = VERSION >= 505;
/// `pairs` returns a fourth value, to be closed.
pub const PAIRS_RETURNS_CLOSING: bool = VERSION >= 505;
/// A method whose name is not an operand of the instruction is called like a field.
pub const LONG_METHODS_ARE_FIELDS: bool = VERSION >= 505;
/// Hooks of calls and returns tell the values' index even if there are none.
pub const TRANSFER_ALWAYS_TOLD: bool = VERSION >= 505;
/// A function without debug information is at "?:?".
pub const STRIPPED_LINES_UNKNOWN: bool = VERSION >= 505;
/// Errors that are not about a token are on the line of the last one that was read.
pub const SEMANTIC_ERRORS_LOOK_BACK: bool = VERSION >= 505;
/// Too many registers are reported as any other limit.
pub const REGISTERS_ARE_A_LIMIT: bool = VERSION >= 505;
/// The condition of an `if` is tested before `then` is read: on the line of its last token, not on that of `then`.
pub const IF_TESTS_BEFORE_THEN: bool = VERSION == 501 || VERSION >= 505;
/// `load` refuses the mode `B`, which is for chunks in buffers that stay.
pub const LOAD_HAS_FIXED_BUFFERS: bool = VERSION >= 505;
/// Without an error, `__close` is called with the value alone.
pub const CLOSE_WITHOUT_ERROR_ALONE: bool = VERSION >= 505;
/// `table.create` exists.
pub const HAS_TABLE_CREATE: bool = VERSION >= 505;
/// `utf8.offset` also returns where the character ends.
pub const OFFSET_RETURNS_END: bool = VERSION >= 505;
/// Writing to a file stops at the first error and then tells how many bytes were written.
pub const WRITE_TELLS_BYTES: bool = VERSION >= 505;
/// Warnings are on in a new state.
pub const WARNINGS_START_ON: bool = VERSION >= 505;
/// `math` keeps its old functions (`LUA_COMPAT_MATHLIB`); later only `frexp` and `ldexp`.
pub const HAS_OLD_MATH: bool = VERSION <= 504;
/// Without arguments, `math.randomseed` mixes chance with the generator's next number.
pub const SEED_USES_GENERATOR: bool = VERSION >= 505;
/// `string.dump` wants a Lua function and says so.
pub const DUMP_CHECKS_FUNCTION: bool = VERSION >= 505;
/// A precompiled chunk holds each of its strings once.
pub const CHUNKS_SHARE_STRINGS: bool = VERSION >= 505;
/// The writer of a precompiled chunk is called once more at the end, without data.
pub const DUMP_TELLS_END: bool = VERSION >= 505;
/// Sizes in the string library are limited by the address space, not by a C `int`.
pub const STRING_SIZES_ARE_LARGE: bool = VERSION >= 505;
/// Bitwise operators exist as operators (not only as the library `bit32`).
pub const HAS_BITWISE_OPERATORS: bool = VERSION >= 503;
/// Free names are fields of the upvalue `_ENV`; otherwise of the running function's environment.
pub const HAS_ENV_UPVALUE: bool = VERSION >= 502;
/// `goto` is a reserved word and labels exist.
pub const HAS_GOTO: bool = VERSION >= 502;
/// Attributes `<const>` and `<close>`, to-be-closed variables, warnings.
pub const HAS_TBC: bool = VERSION >= 504;
/// The numeric `for` precomputes an iteration count, so that the loop variable never wraps around.
pub const FOR_LOOP_COUNTS: bool = VERSION >= 504;
/// The numeric `for` looks at its operands in the order they are written; otherwise the initial value comes last.
pub const FOR_CHECKS_IN_ORDER: bool = VERSION <= 502;
/// Hidden variables of the generic `for`: iterator, state and, where there are such, control and the value to be closed.
pub const GENERIC_FOR_HIDDEN: usize = if HAS_TBC && !LOOP_VARIABLE_CONTROLS { 4 } else { 3 };
/// Strings used as arithmetic operands are converted by string metamethods (5.4) and not by the VM.
pub const STRING_ARITHMETIC_BY_METAMETHOD: bool = VERSION >= 504;
/// Messages tell which constant an operand of an operator is, or that a key was an integer.
pub const MESSAGES_NAME_CONSTANT_OPERANDS: bool = VERSION >= 504;
/// The value of `__call` may itself be called by `__call`; otherwise it has to be a function.
pub const CALL_METAMETHODS_CHAIN: bool = VERSION >= 504;
/// Tracebacks tell how many levels they skip.
pub const TRACEBACKS_COUNT_SKIPPED: bool = VERSION >= 504;
/// Weak-key tables are ephemerons.
pub const HAS_EPHEMERONS: bool = VERSION >= 502;
/// `__gc` works on tables.
pub const TABLES_HAVE_FINALIZERS: bool = VERSION >= 502;
/// Control structures are limited to 2^17 instructions.
pub const JUMPS_ARE_SHORT: bool = VERSION <= 503;
/// A `__gc` that is no function is passed over when its turn comes.
pub const FINALIZERS_ARE_FUNCTIONS: bool = matches!(VERSION, 502 | 503);
/// What an open variable of an unreachable coroutine holds survives the first collection after its capture.
pub const NEW_UPVALUES_SURVIVE: bool = VERSION == 503;
/// An error in a finalizer is raised where the collection was asked for; later it is a warning.
pub const FINALIZER_ERRORS_PROPAGATE: bool = VERSION <= 503;
/// Such an error is described: "error in __gc metamethod (...)".
pub const FINALIZER_ERRORS_DESCRIBED: bool = VERSION >= 502;
/// The collector's step multiplier is at least 40.
pub const STEP_MULTIPLIER_HAS_MINIMUM: bool = VERSION == 503;
/// A generational collector can be chosen.
pub const HAS_GENERATIONAL: bool = VERSION == 502 || VERSION >= 504;
/// `global` declarations, named vararg tables, read-only loop variables.
pub const HAS_GLOBAL_DECLARATIONS: bool = VERSION >= 505;
/// A vararg function has a local variable for its extra arguments, named (`...name`) or not; named, it is a table.
pub const HAS_VARARG_PARAMETER: bool = VERSION >= 505;
/// Extra arguments can be in a table: that of such a variable, or `arg`.
pub const EXTRA_ARGUMENTS_IN_TABLE: bool = HAS_VARARG_PARAMETER || EXTRA_ARGUMENTS_ARE_ARG;
/// The first variable of a `for` loop is its control variable, which programs cannot assign to; otherwise it is a copy.
pub const LOOP_VARIABLE_CONTROLS: bool = VERSION >= 505;
/// An attribute may precede the names of a declaration, for all of them.
pub const HAS_PREFIX_ATTRIBUTES: bool = VERSION >= 505;
/// A `goto` finds its label when the block ends, not when the label is read.
pub const JUMPS_ARE_SOLVED_AT_BLOCK_ENDS: bool = VERSION >= 505;
/// `break` outside a loop is an error where it stands; otherwise where the function ends.
pub const BREAK_NEEDS_LOOP_AT_ONCE: bool = VERSION >= 505;
/// A jump closes what it leaves before it goes; otherwise its label does, if it lies ahead.
pub const JUMPS_CLOSE_FIRST: bool = VERSION != 504;
/// Debug information: variables of a block end before the instruction that closes them, not after it.
pub const SCOPES_END_BEFORE_CLOSE: bool = matches!(VERSION, 501 | 504);
/// Debug information: a function's variables end before the return at its end.
pub const SCOPES_END_BEFORE_RETURN: bool = VERSION == 501;
/// `if … then break end` is a conditional jump without a statement of its own.
pub const BREAK_JOINS_CONDITION: bool = matches!(VERSION, 502..=504);
/// So is `if … then goto … end`, and other jumps belong to the line of the token before them.
pub const JUMPS_COME_BEFORE_THEIR_WORD: bool = matches!(VERSION, 502 | 503);
/// The limit of local variables counts those that have registers, when they come into scope; otherwise all, when declared.
pub const LOCAL_LIMIT_COUNTS_REGISTERS: bool = VERSION >= 505;
/// Assigning to a constant by `function name` is noticed before the body is read.
pub const FUNCTION_NAME_CHECKED_FIRST: bool = VERSION >= 505;
/// `__le` falls back to `not (b < a)` by `__lt`.
pub const LE_FROM_LT: bool = VERSION <= 504;
/// `a % b` on floats is exact (by `fmod`), not computed from the rounded quotient.
pub const FLOAT_MOD_IS_EXACT: bool = VERSION >= 503;
/// `tonumber` accepts whatever C's `strtod` does, "inf" and "nan" included.
pub const ACCEPTS_INF_AND_NAN: bool = VERSION == 501;
/// Significant digits of floats in `tostring`.
pub const FLOAT_DIGITS: u32 = if VERSION >= 505 { 15 } else { 14 };
/// `tostring` uses 17 digits for floats that [`FLOAT_DIGITS`] do not tell from their neighbours.
pub const FLOAT_ROUND_TRIPS: bool = VERSION >= 505;
/// Messages read "attempt to index local 'x' (a nil value)"; later "attempt to index a nil value (local 'x')".
pub const MESSAGES_NAME_FIRST: bool = VERSION <= 502;
/// The metafield `__name` is the type's name in messages.
pub const HAS_TYPE_NAMES: bool = VERSION >= 503;
/// "attempt to call" names what the calling instruction calls ("for iterator", "metamethod 'add'").
pub const CALL_ERRORS_NAME_CALLS: bool = VERSION >= 504;
/// Errors of a numeric `for` tell the type that was found.
pub const FOR_ERRORS_TELL_TYPES: bool = VERSION >= 504;
/// Where values cannot be compared, their types count as the same if the third letters are: strings and threads do.
pub const TYPES_COMPARED_BY_THIRD_LETTER: bool = VERSION == 501;
/// Debug information calls a metamethod "index", not "__index".
pub const METAMETHODS_NAMED_BARE: bool = VERSION >= 504;
/// Debug information calls a hook "?" also where it interrupts a native function.
pub const HOOKS_OF_NATIVES_HAVE_NAMES: bool = VERSION >= 504;
/// Debug information calls a finalizer "__gc".
pub const FINALIZERS_ARE_NAMED: bool = VERSION >= 504;
/// Debug information calls the function "__gc" that a finalizer interrupts.
pub const FINALIZERS_NAME_THE_INTERRUPTED: bool = VERSION == 503;
/// Debug information knows callers other than calls: metamethods, iterators, hooks, finalizers.
pub const NAMES_IMPLICIT_CALLS: bool = VERSION >= 502;
/// `lua_getlocal` reaches the extra arguments of vararg functions by negative indices.
pub const HAS_VARARG_LOCALS: bool = VERSION >= 502;
/// Functions that hooks call get names that say so; before, those of what the interrupted code does.
pub const INTERRUPTIONS_HAVE_NAMES: bool = VERSION >= 503;
/// A coroutine without values in its frame is taken for dead even if it is running.
pub const EMPTY_FRAMES_LOOK_DEAD: bool = matches!(VERSION, 502 | 503);
/// A call is on the line where the called expression begins; otherwise where its arguments do.
pub const CALLS_ARE_WHERE_THEY_BEGIN: bool = matches!(VERSION, 502 | 503);
/// The parenthesis of a call must be on the line of what is called.
pub const CALLS_KEEP_TO_THE_LINE: bool = VERSION == 501;
/// A numeral has only one exponent, and a letter that touches it makes it wrong.
pub const NUMERALS_END_AFTER_LETTER: bool = VERSION >= 504;
/// In numerals and between dots, a NUL is taken for what may come next; it ends the numeral's value.
pub const NUL_PASSES_FOR_ANY: bool = VERSION == 501;
/// Labels are looked for, and have to be unique, in their block; from 5.4 on, in the whole function.
pub const LABELS_ARE_PER_BLOCK: bool = VERSION <= 503;
/// Too deep nesting of syntax is told as that, with its limit.
pub const NESTING_HAS_ITS_MESSAGE: bool = VERSION <= 503;
/// Messages about escape sequences show those alone, not the string before them.
pub const ESCAPE_ERRORS_SHOW_ESCAPE: bool = VERSION == 502;
/// How many `__index` or `__newindex` are followed.
pub const MAX_METAMETHOD_CHAIN: u32 = if VERSION <= 502 { 100 } else { 2000 };
/// Closures of one prototype with the same upvalues may be one and the same object.
pub const CLOSURES_ARE_CACHED: bool = matches!(VERSION, 502 | 503);
/// A line hook counts the first iteration of a numeric `for` as a jump back.
pub const FOR_BEGINS_AT_ITS_END: bool = VERSION <= 503;
/// A loaded function's first upvalue becomes the table of globals only if there is no other one.
pub const ONLY_UPVALUE_GETS_GLOBALS: bool = VERSION == 502;
/// The header of a precompiled chunk is read as a whole before it is looked at.
pub const HEADER_IS_READ_FIRST: bool = VERSION <= 502;
/// Tracebacks call functions by the names of loaded modules' fields where they can; before, only C functions that were
/// called without a name.
pub const TRACEBACKS_PREFER_FIELDS: bool = VERSION >= 503;
/// How many levels a long traceback shows at its two ends.
pub const TRACEBACK_ENDS: (i32, i32) = if VERSION <= 502 { (12, 10) } else { (10, 11) };
/// Locals without a name are shown as "(temporary)", "(C temporary)" and "(vararg)", not "(*temporary)" and "(*vararg)".
pub const TEMPORARIES_WITHOUT_STAR: bool = VERSION >= 504;

// ---- the C API

/// `LUA_ERRERR`: 5.2 and 5.3 have a status `LUA_ERRGCMM` (an error in a finalizer) before it.
pub const STATUS_ERROR_IN_HANDLER: u8 = if matches!(VERSION, 502 | 503) { 6 } else { 5 };
/// `LUA_ERRGCMM`; in the other versions no function returns this number.
pub const STATUS_ERROR_IN_FINALIZER: u8 = if matches!(VERSION, 502 | 503) { 5 } else { 8 };
/// `LUA_ERRFILE`: one more than the last of the statuses.
pub const STATUS_FILE: i32 = STATUS_ERROR_IN_HANDLER as i32 + 1;
/// Continuations are plain C functions that ask for status and context.
pub const CONTINUATIONS_ASK: bool = VERSION == 502;
/// A `luaL_Buffer` occupies a stack slot from its beginning, not only when its contents outgrow it.
pub const BUFFERS_OWN_A_SLOT: bool = VERSION >= 504;
/// `LUAL_BUFFERSIZE`, in bytes: 5.2 takes C's `BUFSIZ`.
pub const BUFFER_SIZE: usize = match VERSION {
    ..=502 => 8192,
    503 => 128 * size_of::<usize>() * size_of::<i64>(),
    _ => 16 * size_of::<usize>() * size_of::<f64>(),
};

/// `%c` of `lua_pushfstring` shows characters that cannot be printed as `<\N>`.
pub const UNPRINTABLE_BY_NUMBER: bool = VERSION == 503;
/// Strings have addresses for `lua_topointer`.
pub const STRINGS_HAVE_ADDRESSES: bool = VERSION >= 504;

// ---- the standard libraries

/// `print` writes out what C's standard output holds back.
pub const PRINT_FLUSHES: bool = VERSION >= 502;
/// `print` calls the global `tostring`; later it converts values itself.
pub const PRINT_CALLS_TOSTRING: bool = VERSION <= 503;
/// `error` adds the position to numbers, too.
pub const ERROR_MARKS_NUMBERS: bool = VERSION <= 502;
/// `assert` takes any error object; before, a string.
pub const ASSERT_TAKES_ANY_OBJECT: bool = VERSION >= 503;
/// `assert` wants an argument.
pub const ASSERT_NEEDS_VALUE: bool = VERSION != 502;
/// Complaints about a wrong type that name several types tell what was found.
pub const CHOICES_TELL_TYPES: bool = VERSION >= 504;
/// `pairs` and `ipairs` want a table unless a metamethod takes over.
pub const ITERATION_NEEDS_TABLE: bool = VERSION <= 502;
/// `__ipairs`
pub const HAS_IPAIRS_METAMETHOD: bool = matches!(VERSION, 502 | 503);
/// `__pairs`
pub const HAS_PAIRS_METAMETHOD: bool = VERSION >= 502;
/// A coroutine can yield in `__pairs`.
pub const PAIRS_YIELDS: bool = VERSION >= 504;
/// `ipairs` respects metamethods.
pub const IPAIRS_RESPECTS_INDEX: bool = VERSION >= 503;
/// The message handler of `xpcall` must be a function; before, errors find out.
pub const XPCALL_CHECKS_HANDLER: bool = VERSION >= 503;
/// `xpcall` passes its other arguments on.
pub const XPCALL_PASSES_ARGUMENTS: bool = VERSION >= 502;
/// The result of `__tostring` must be a string.
pub const TOSTRING_CHECKS_RESULT: bool = VERSION >= 503;
/// `string.format` refuses numbers that do not fit the integer type of a conversion.
pub const FORMAT_CHECKS_RANGES: bool = VERSION >= 502;
/// `%s` of `string.format` takes any value.
pub const FORMAT_CALLS_TOSTRING: bool = VERSION >= 502;
/// `%a` of `string.format`
pub const FORMAT_HAS_HEXADECIMAL_FLOATS: bool = VERSION >= 502;
/// `%q` of `string.format` escapes all control characters; before, `\r` and NUL.
pub const QUOTES_CONTROL_CHARACTERS: bool = VERSION >= 502;
/// `gmatch` and `gsub` match the empty string right behind a match, too.
pub const EMPTY_MATCHES_TOUCH: bool = VERSION <= 502;
/// A negative limit of `string.gsub` is a huge one.
pub const GSUB_LIMIT_IS_UNSIGNED: bool = VERSION == 502;
/// `string.gmatch` takes a position to begin at.
pub const GMATCH_HAS_START: bool = VERSION >= 504;
/// The complaint about captures that a replacement or result asks for in vain tells their number.
pub const CAPTURE_ERRORS_TELL_INDEX: bool = VERSION >= 503;
/// `string.rep` has a separator and checks the result's size beforehand.
pub const REP_HAS_SEPARATOR: bool = VERSION >= 502;
/// `string.format` checks each specification against what its conversion knows; otherwise C's `printf` gets it.
pub const FORMAT_CHECKS_SPECIFICATIONS: bool = VERSION >= 504;
/// `%p` of `string.format`
pub const FORMAT_HAS_POINTERS: bool = VERSION >= 504;
/// `%q` writes infinities and NaN as expressions.
pub const QUOTES_INFINITIES: bool = VERSION >= 504;
/// A relative position before a string's beginning is its beginning; otherwise it is outside.
pub const UNPACK_CLIPS_POSITIONS: bool = VERSION >= 504;
/// `string.unpack` checks that a zero-terminated string ends.
pub const UNPACK_CHECKS_TERMINATOR: bool = VERSION >= 504;
/// utf8 knows sequences of up to six bytes and, unless it is lax, refuses surrogates.
pub const UTF8_HAS_LAX_MODE: bool = VERSION >= 504;
/// `math.random` is xoshiro256** with a state of its own; otherwise C's `random`.
pub const RANDOM_IS_XOSHIRO: bool = VERSION >= 504;
/// `coroutine.isyieldable` takes a coroutine.
pub const ISYIELDABLE_TAKES_COROUTINE: bool = VERSION >= 504;
/// `debug.gethook` tells the function given last, though it was given without events.
pub const GETHOOK_REMEMBERS: bool = VERSION <= 502;
/// `debug.gethook` returns nil alone when there is no hook.
pub const GETHOOK_IS_BRIEF: bool = VERSION >= 504;
/// `debug.getuservalue` and `debug.setuservalue` take the user value's number.
pub const USER_VALUES_HAVE_NUMBERS: bool = VERSION >= 504;
/// Fields of dates are read and set from the year on; before, from the seconds on.
pub const YEAR_COMES_FIRST: bool = VERSION >= 504;
/// Fields of dates may be as large as C's `int`; before, half of it.
pub const DATE_FIELDS_FILL_INTS: bool = VERSION >= 504;
/// `os.date` calls its result a time in its complaint.
pub const DATES_ARE_TIMES: bool = VERSION <= 503;
/// `math.log` takes a base.
pub const LOG_HAS_BASE: bool = VERSION >= 502;
/// `math.randomseed` takes its seed modulo 2^32.
pub const SEED_IS_UNSIGNED: bool = VERSION == 502;
/// In the variables that set paths, every `;;` stands for the default between separators; later one, without empty templates.
pub const PATHS_KEEP_SEPARATORS: bool = VERSION <= 503;
/// Searchers begin each line of their messages themselves; later `require` does.
pub const SEARCHERS_BEGIN_LINES: bool = VERSION <= 503;
/// `require` also returns what the searcher gave the loader, and the searcher of `package.preload` gives something.
pub const REQUIRE_RETURNS_DATA: bool = VERSION >= 504;
/// `package.loaders`
pub const HAS_LOADERS: bool = VERSION <= 502;
/// `package.searchers`
pub const HAS_SEARCHERS: bool = VERSION >= 502;
/// A searcher returns the file's name beside the loader.
pub const SEARCHERS_RETURN_FILES: bool = VERSION >= 502;
/// What stands after a hyphen in a module's name may be left out in the name of its C function; otherwise only what stands
/// before it.
pub const HYPHENS_MAY_END_MODULES: bool = VERSION >= 502;
/// `file:read` and its kin take formats without an asterisk.
pub const READ_FORMATS_ARE_BARE: bool = VERSION >= 503;
/// `file:read("n")` leaves it to C what a number looks like.
pub const READS_NUMBERS_BY_C: bool = VERSION <= 502;
/// Lines are read with C's `fgets`, so that what follows a NUL in a line is lost.
pub const LINES_END_AT_NUL: bool = VERSION <= 502;
/// `io.lines` and `file:lines` read in the formats that they are given; otherwise always lines.
pub const LINES_TAKE_FORMATS: bool = VERSION >= 502;
/// The most formats that `lines` takes, and what it says to more.
pub const MAX_LINES_FORMATS: (i32, &str) =
    if VERSION == 502 { (17, "too many options") } else { (250, "too many arguments") };
/// `io.lines` returns four values, with which a generic `for` closes the file.
pub const LINES_CLOSE_FILES: bool = VERSION >= 504;
/// The mode of `io.open` has at most one `b`.
pub const ONE_BINARY_MARK: bool = VERSION == 502;
/// `io.popen` checks its mode.
pub const POPEN_CHECKS_MODE: bool = VERSION >= 503;
/// "default output file is closed", which was "standard output file is closed".
pub const DEFAULT_FILES_ARE_CALLED_DEFAULT: bool = VERSION >= 504;
/// Methods of files are in their metatable, which is its own `__index`.
pub const FILE_METATABLE_IS_INDEX: bool = VERSION <= 503;
/// `file:close` is `io.close`, which can do without an argument.
pub const CLOSE_METHOD_IS_IO_CLOSE: bool = VERSION == 502;
/// When a C function fails without a reason, the message says so.
pub const FILE_ERRORS_CLEAR_ERRNO: bool = VERSION >= 504;
/// `os.date` and `os.time` give nil for what cannot be represented; later an error.
pub const UNKNOWN_TIMES_ARE_NIL: bool = VERSION <= 502;
/// `os.time` brings the fields of its argument into their ranges.
pub const TIME_NORMALISES_FIELDS: bool = VERSION >= 503;
/// Functions of `table` read and write fields raw; later they respect metamethods.
pub const TABLE_LIBRARY_IS_RAW: bool = VERSION <= 502;
/// The length of a list is what `__len` says.
pub const LISTS_RESPECT_LEN: bool = VERSION >= 502;
/// `table.insert` and `table.remove` refuse positions outside of the list.
pub const LIST_POSITIONS_CHECKED: bool = VERSION >= 502;
/// `table.concat` shows the index of a wrong value as C's `int`.
pub const CONCAT_ERRORS_SHOW_INTS: bool = VERSION <= 503;
/// `table.remove` blames its first argument for a position that is out of bounds.
pub const REMOVE_BLAMES_TABLE: bool = VERSION <= 503;
/// `table.sort` complains about an order function when it has left the array, and never takes a pivot by chance.
pub const SORT_IS_PLAIN: bool = VERSION <= 502;
/// Functions that count in C's `int` cut their arguments to it.
pub const COUNTS_IN_C_INTS: bool = VERSION <= 502;

/// `__eq` is called only if it is the same function for both operands.
pub const EQ_METAMETHODS_AGREE: bool = VERSION <= 502;
/// `__lt` and `__le` are called only for operands of one type, and if they are the same function for both.
pub const ORDER_METAMETHODS_AGREE: bool = VERSION == 501;
/// `__len` works on tables, and gets its operand twice.
pub const TABLES_HAVE_LEN: bool = VERSION >= 502;
/// An object's finalizer is called once only, even if the object gets its metatable again; registered when it gets its metatable.
pub const FINALIZED_ONCE: bool = VERSION == 502;
/// Finalizers of userdata count when the collector finds them dead (not when they get the metatable), run in the reverse order
/// of creation, and once only.
pub const FINALIZERS_FOUND_LATE: bool = VERSION == 501;
/// In functions with `...` that do not use it, the local variable `arg` is a table of the extra arguments (`LUA_COMPAT_VARARG`).
pub const EXTRA_ARGUMENTS_ARE_ARG: bool = VERSION == 501;
/// Names of chunks in messages leave room for blanks around them; those of the parser may be longer than others.
pub const CHUNK_IDS_LEAVE_ROOM: bool = VERSION == 501;
/// Messages quote whatever the parser stopped at, "<eof>" too, and tell limits as "function at line 1 has more than 200 local
/// variables".
pub const OLD_SYNTAX_ERRORS: bool = VERSION == 501;
/// `return` and `break` end a block; statements end with at most one semicolon; only an assignment can follow what is no call.
pub const OLD_STATEMENTS: bool = VERSION == 501;
/// Tail calls are levels of the stack, without information but that, and return events of their own.
pub const LEVELS_SHOW_TAIL_CALLS: bool = VERSION == 501;
/// Blocks count as levels of nested syntax; later, statements do.
pub const BLOCKS_ARE_LEVELS: bool = VERSION == 501;
/// The first call in a coroutine counts as one more native call.
pub const STARTS_COUNT_AS_CALLS: bool = VERSION >= 502;
/// Native calls that are counted up to an error while another overflow is being handled.
pub const LAST_C_CALL: u32 = if VERSION >= 504 { 220 } else { 225 };
/// The limits that `math.random` takes are C's `int`s, and so is the number of integers between them.
pub const RANDOM_LIMITS_ARE_INTS: bool = VERSION == 501;
/// `lua_pushfstring` keeps what it does not know.
pub const FORMAT_KEEPS_UNKNOWN: bool = VERSION == 501;
/// `file:read(n)` reads piece by piece, so that `n` may be larger than memory.
pub const READS_BY_PIECES: bool = VERSION == 501;
/// `file:read` knows `*L`: a line with its end.
pub const READS_WHOLE_LINES: bool = VERSION >= 502;
/// Zeros of both signs are one constant: in each function, all have the sign of the first.
pub const ZEROS_ARE_ONE_CONSTANT: bool = VERSION == 501;
/// `math.pow` and `math.ldexp` look at the second argument first.
pub const SECOND_OPERAND_COMES_FIRST: bool = VERSION == 501;
/// `debug.getlocal` gives the names of a function's parameters.
pub const FUNCTIONS_TELL_PARAMETERS: bool = VERSION >= 502;
/// `pairs` returns a function of its own, which does what `next` does.
pub const PAIRS_HAS_ITS_NEXT: bool = VERSION == 501;
/// `file:close` complains about a lacking argument as about nil.
pub const CLOSE_METHOD_FINDS_NIL: bool = VERSION == 501;
/// All registers are nil when a function begins, so that no instruction there has to set them.
pub const FRAMES_START_NIL: bool = VERSION == 501;
/// Functions without a name are looked for among the fields of loaded modules, for messages and tracebacks.
pub const MODULES_NAME_FUNCTIONS: bool = VERSION >= 502;
/// Instead, they are looked for among the globals and the fields of tables that are globals.
pub const FUNCTIONS_NAMED_AS_GLOBALS: bool = VERSION == 502;
/// Where registers run out, and how messages say so.
pub const REGISTERS: (u32, &[u8]) = if VERSION <= 502 {
    (250, b"function or expression too complex")
} else if REGISTERS_ARE_A_LIMIT {
    (256, b"registers")
} else {
    (255, b"function or expression needs too many registers")
};
/// How many calls can be active in a thread (`LUAI_MAXCALLS`, as far as the doubling of their records gets); later only the
/// stack's size counts.
pub const MAX_CALLS: usize = if VERSION == 501 { 1 << 14 } else { usize::MAX >> 1 };
/// How many slots a C function may ask for (`LUAI_MAXCSTACK`).
pub const MAX_FRAME: isize = if VERSION == 501 { 8000 } else { isize::MAX };
/// Text is handled as C strings in more places: `print`, the conversion of strings to numbers and `%c` end at a NUL.
pub const TEXT_ENDS_AT_NUL: bool = VERSION == 501;
/// Messages name constants: "attempt to call constant 'x' (a string value)".
pub const CONSTANTS_HAVE_NAMES: bool = VERSION >= 502;
/// A key that does not fit into the instruction has no name, even if it is a constant.
pub const LATE_KEYS_HAVE_NAMES: bool = VERSION >= 502;
/// An operator's instruction belongs to its own line; otherwise to the line where its last operand ends.
pub const OPERATORS_HAVE_LINES: bool = VERSION >= 502;
/// Native functions show their upvalues to the debug library, and its `setmetatable` returns the value.
pub const DEBUG_SHOWS_NATIVE_UPVALUES: bool = VERSION >= 502;
/// `%` in a replacement string stands for any character that follows it.
pub const REPLACEMENTS_ARE_LENIENT: bool = VERSION == 501;
/// A search that begins behind the end begins at the end.
pub const SEARCHES_BEGIN_INSIDE: bool = VERSION == 501;
/// Nested attempts until a pattern is "too complex"; 5.1 has no limit but the native stack's.
pub const PATTERN_DEPTH: u32 = if VERSION == 501 { 6000 } else { 200 };
/// `string.dump` can leave out debug information.
pub const DUMP_STRIPS: bool = VERSION >= 503;
/// `io.open` passes any mode on to C.
pub const IO_CHECKS_MODE: bool = VERSION >= 502;
/// A file that `io.input`, `io.output` or `io.lines` cannot open is told as a bad argument.
pub const UNREADABLE_FILES_ARE_BAD_ARGUMENTS: bool = VERSION == 501;
/// Closing a pipe tells how the program ended.
pub const PIPES_TELL_STATUS: bool = VERSION >= 502;
/// `write` returns the file; otherwise true.
pub const WRITE_RETURNS_FILE: bool = VERSION >= 502;
/// An error that nothing catches ends the process by `exit`, not by `abort`.
pub const PANIC_EXITS: bool = VERSION == 501;
/// Patterns end at a NUL, `%g` is no class, and what lacks in `%b` makes it "unbalanced".
pub const OLD_PATTERNS: bool = VERSION == 501;
/// `os.execute` returns the status as C has it, `os.exit` takes a number only, `os.rename` names the file it failed with, and
/// `os.date` passes any conversion of one letter on to C.
pub const OLD_OS: bool = VERSION == 501;
/// The body of a coroutine has to be a Lua function.
pub const COROUTINES_RUN_LUA: bool = VERSION == 501;
/// `coroutine.running` returns the main thread, too.
pub const HAS_MAIN_COROUTINE: bool = VERSION >= 502;
/// Coroutines can be suspended inside `pcall`, metamethods, iterators and what else calls through native code that can be
/// continued; otherwise only where Lua functions call each other.
pub const YIELDS_ACROSS_CALLS: bool = VERSION >= 502;
/// Of the frame of a C function that has suspended a coroutine, a host sees only the values that are passed out.
pub const YIELDS_HIDE_FRAMES: bool = matches!(VERSION, 502 | 503);
/// `lua_yield` returns to its C function, which suspends the coroutine by returning a negative number.
pub const YIELDS_BY_RETURNING: bool = VERSION == 501;
/// Resuming a coroutine that is not suspended tells its status.
pub const RESUME_TELLS_STATUS: bool = VERSION == 501;
/// `package.loadlib` with the function "*" only makes the library's symbols available.
pub const LOADLIB_LINKS: bool = VERSION >= 502;
/// `luaL_getmetafield` returns the field's type, not only whether there is one.
pub const METAFIELDS_HAVE_TYPES: bool = VERSION >= 503;
/// `lua_isyieldable` is for coroutines that run: any other one is not yieldable.
pub const YIELDABLE_MEANS_RUNNING: bool = VERSION == 503;
/// A thread that cannot be resumed keeps nothing but the message on its stack.
pub const REFUSED_RESUME_CLEARS_STACK: bool = VERSION == 501;
/// Files may begin with a byte order mark.
pub const SKIPS_BYTE_ORDER_MARK: bool = VERSION >= 502;
/// `lua_getlocal` counts what a vararg function leaves behind among the temporaries of its caller.
pub const VARARG_FUNCTIONS_MOVE: bool = VERSION >= 504;
/// `luaL_checkstack` takes its message for granted and shows a null pointer as C does.
pub const CHECKSTACK_ALWAYS_HAS_A_MESSAGE: bool = VERSION == 501;
/// An ordinary error that stands for the memory error when a `luaL_Buffer` cannot grow.
pub const LARGE_BUFFER_ERROR: Option<&str> =
    if VERSION == 503 { Some("not enough memory for buffer allocation") } else { None };

// ---- tables: rules that programs see in the order of `pairs` and in the border that `#` finds when there are several

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
/// Constructors round the size of the array part up to four significant bits.
pub const ARRAY_SIZES_ARE_COARSE: bool = VERSION <= 503;
/// When a table grows, its fields are taken over from the last to the first.
pub const REHASH_GOES_BACKWARD: bool = VERSION <= 503;
/// The array part grows as long as it takes less memory than nodes would; otherwise: as long as more than half of it is
/// in use. Also: it stays as it is when no integer key asks for a place, and tables with deleted keys get more nodes.
pub const ARRAY_PART_SAVES_MEMORY: bool = VERSION >= 505;
