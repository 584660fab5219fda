//! The standard libraries.

use super::VERSION;

// ---- basic library

/// `assert` takes any error object; before, a string.
pub const ASSERT_TAKES_ANY_OBJECT: bool = VERSION >= 503;
/// `assert` wants an argument.
pub const ASSERT_NEEDS_VALUE: bool = VERSION != 502;
/// `error` adds the position to numbers, too.
pub const ERROR_MARKS_NUMBERS: bool = VERSION <= 502;
/// The message handler of `xpcall` must be a function; before, errors find out.
pub const XPCALL_CHECKS_HANDLER: bool = VERSION >= 503;
/// `xpcall` passes its other arguments on.
pub const XPCALL_PASSES_ARGUMENTS: bool = VERSION >= 502;
/// `collectgarbage("count")` returns the bytes beyond whole kilobytes, too.
pub const COUNT_RETURNS_BYTES: bool = VERSION == 502;
/// `print` writes out what C's standard output holds back.
pub const PRINT_FLUSHES: bool = VERSION >= 502;
/// `print` calls the global `tostring`; later it converts values itself.
pub const PRINT_CALLS_TOSTRING: bool = VERSION <= 503;
/// The result of `__tostring` must be a string.
pub const TOSTRING_CHECKS_RESULT: bool = VERSION >= 503;
/// `tostring` returns what `__tostring` does as it is, even a number.
pub const TOSTRING_KEEPS_RESULT: bool = VERSION == 501;
/// `pairs` and `ipairs` want a table unless a metamethod takes over.
pub const ITERATION_NEEDS_TABLE: bool = VERSION <= 502;
/// `__ipairs`
pub const HAS_IPAIRS_METAMETHOD: bool = matches!(VERSION, 502 | 503);
/// `__pairs`
pub const HAS_PAIRS_METAMETHOD: bool = VERSION >= 502;
/// A coroutine can yield in `__pairs`.
pub const PAIRS_YIELDS: bool = VERSION >= 504;
/// `pairs` returns a fourth value, to be closed.
pub const PAIRS_RETURNS_CLOSING: bool = VERSION >= 505;
/// `pairs` returns a function of its own, which does what `next` does.
pub const PAIRS_HAS_ITS_NEXT: bool = VERSION == 501;
/// `ipairs` respects metamethods.
pub const IPAIRS_RESPECTS_INDEX: bool = VERSION >= 503;
/// `rawlen` exists.
pub const HAS_RAWLEN: bool = VERSION >= 502;
/// `load` and `table.unpack` can still be called `loadstring` and `unpack`.
pub const KEEPS_OLD_NAMES: bool = VERSION == 502;
/// `load` refuses the mode `B`, which is for chunks in buffers that stay.
pub const LOAD_HAS_FIXED_BUFFERS: bool = VERSION >= 505;
/// Warnings are on in a new state.
pub const WARNINGS_START_ON: bool = VERSION >= 505;

// ---- strings

/// What `string.char` says about an argument that is no byte.
pub const CHAR_ERROR: &str = if VERSION == 501 { "invalid value" } else { "value out of range" };
/// `string.rep` has a separator and checks the result's size beforehand.
pub const REP_HAS_SEPARATOR: bool = VERSION >= 502;
/// Sizes in the string library are limited by the address space, not by a C `int`.
pub const STRING_SIZES_ARE_LARGE: bool = VERSION >= 505;
/// `string.dump` wants a Lua function and says so.
pub const DUMP_CHECKS_FUNCTION: bool = VERSION >= 505;
/// `string.dump` can leave out debug information.
pub const DUMP_STRIPS: bool = VERSION >= 503;
/// A relative position before a string's beginning is its beginning; otherwise it is outside.
pub const UNPACK_CLIPS_POSITIONS: bool = VERSION >= 504;
/// `string.unpack` checks that a zero-terminated string ends.
pub const UNPACK_CHECKS_TERMINATOR: bool = VERSION >= 504;
/// utf8 knows sequences of up to six bytes and, unless it is lax, refuses surrogates.
pub const UTF8_HAS_LAX_MODE: bool = VERSION >= 504;
/// `utf8.offset` also returns where the character ends.
pub const OFFSET_RETURNS_END: bool = VERSION >= 505;

// ---- patterns

/// Patterns end at a NUL, `%g` is no class, and what lacks in `%b` makes it "unbalanced".
pub const OLD_PATTERNS: bool = VERSION == 501;
/// Nested attempts until a pattern is "too complex"; 5.1 has no limit but the native stack's.
pub const PATTERN_DEPTH: u32 = if VERSION == 501 { 6000 } else { 200 };
/// A search that begins behind the end begins at the end.
pub const SEARCHES_BEGIN_INSIDE: bool = VERSION == 501;
/// `gmatch` and `gsub` match the empty string right behind a match, too.
pub const EMPTY_MATCHES_TOUCH: bool = VERSION <= 502;
/// `string.gmatch` takes a position to begin at.
pub const GMATCH_HAS_START: bool = VERSION >= 504;
/// The limit of `string.gsub` is cut to a C `int`.
pub const GSUB_LIMIT_IS_INT: bool = VERSION == 501;
/// A negative limit of `string.gsub` is a huge one.
pub const GSUB_LIMIT_IS_UNSIGNED: bool = VERSION == 502;
/// `%` in a replacement string stands for any character that follows it.
pub const REPLACEMENTS_ARE_LENIENT: bool = VERSION == 501;
/// The complaint about captures that a replacement or result asks for in vain tells their number.
pub const CAPTURE_ERRORS_TELL_INDEX: bool = VERSION >= 503;

// ---- `string.format`

/// `string.format` checks each specification against what its conversion knows; otherwise C's `printf` gets it.
pub const FORMAT_CHECKS_SPECIFICATIONS: bool = VERSION >= 504;
/// `string.format` refuses numbers that do not fit the integer type of a conversion.
pub const FORMAT_CHECKS_RANGES: bool = VERSION >= 502;
/// `%s` of `string.format` takes any value.
pub const FORMAT_CALLS_TOSTRING: bool = VERSION >= 502;
/// `%a` of `string.format`
pub const FORMAT_HAS_HEXADECIMAL_FLOATS: bool = VERSION >= 502;
/// `%p` of `string.format`
pub const FORMAT_HAS_POINTERS: bool = VERSION >= 504;
/// `%q` of `string.format` escapes all control characters; before, `\r` and NUL.
pub const QUOTES_CONTROL_CHARACTERS: bool = VERSION >= 502;
/// `%q` writes infinities and NaN as expressions.
pub const QUOTES_INFINITIES: bool = VERSION >= 504;

// ---- tables

/// `table.pack` and `table.unpack` exist.
pub const HAS_TABLE_PACK: bool = VERSION >= 502;
/// `table.create` exists.
pub const HAS_TABLE_CREATE: bool = VERSION >= 505;
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

// ---- mathematics

/// `math` keeps its old functions (`LUA_COMPAT_MATHLIB`); later only `frexp` and `ldexp`.
pub const HAS_OLD_MATH: bool = VERSION <= 504;
/// `math.log` takes a base.
pub const LOG_HAS_BASE: bool = VERSION >= 502;
/// `math.pow` and `math.ldexp` look at the second argument first.
pub const SECOND_OPERAND_COMES_FIRST: bool = VERSION == 501;
/// `math.random` is xoshiro256** with a state of its own; otherwise C's `random`.
pub const RANDOM_IS_XOSHIRO: bool = VERSION >= 504;
/// The limits that `math.random` takes are C's `int`s, and so is the number of integers between them.
pub const RANDOM_LIMITS_ARE_INTS: bool = VERSION == 501;
/// Without arguments, `math.randomseed` mixes chance with the generator's next number.
pub const SEED_USES_GENERATOR: bool = VERSION >= 505;
/// `math.randomseed` takes its seed modulo 2^32.
pub const SEED_IS_UNSIGNED: bool = VERSION == 502;

// ---- files

/// `io.open` checks its mode; before, any mode is passed on to C.
pub const IO_CHECKS_MODE: bool = VERSION >= 502;
/// The mode of `io.open` has at most one `b`.
pub const ONE_BINARY_MARK: bool = VERSION == 502;
/// `io.popen` checks its mode.
pub const POPEN_CHECKS_MODE: bool = VERSION >= 503;
/// Closing a pipe tells how the program ended.
pub const PIPES_TELL_STATUS: bool = VERSION >= 502;
/// A file that `io.input`, `io.output` or `io.lines` cannot open is told as a bad argument.
pub const UNREADABLE_FILES_ARE_BAD_ARGUMENTS: bool = VERSION == 501;
/// "default output file is closed", which was "standard output file is closed".
pub const DEFAULT_FILES_ARE_CALLED_DEFAULT: bool = VERSION >= 504;
/// Methods of files are in their metatable, which is its own `__index`.
pub const FILE_METATABLE_IS_INDEX: bool = VERSION <= 503;
/// `file:close` is `io.close`, which can do without an argument.
pub const CLOSE_METHOD_IS_IO_CLOSE: bool = VERSION == 502;
/// `file:close` complains about a lacking argument as about nil.
pub const CLOSE_METHOD_FINDS_NIL: bool = VERSION == 501;
/// When a C function fails without a reason, the message says so.
pub const FILE_ERRORS_CLEAR_ERRNO: bool = VERSION >= 504;
/// `file:read` and its kin take formats without an asterisk.
pub const READ_FORMATS_ARE_BARE: bool = VERSION >= 503;
/// `file:read("n")` leaves it to C what a number looks like.
pub const READS_NUMBERS_BY_C: bool = VERSION <= 502;
/// `file:read(n)` reads piece by piece, so that `n` may be larger than memory.
pub const READS_BY_PIECES: bool = VERSION == 501;
/// `file:read` knows `*L`: a line with its end.
pub const READS_WHOLE_LINES: bool = VERSION >= 502;
/// Lines are read with C's `fgets`, so that what follows a NUL in a line is lost.
pub const LINES_END_AT_NUL: bool = VERSION <= 502;
/// `io.lines` and `file:lines` read in the formats that they are given; otherwise always lines.
pub const LINES_TAKE_FORMATS: bool = VERSION >= 502;
/// The most formats that `lines` takes, which argument it blames for more, and what it says then.
pub const MAX_LINES_FORMATS: (i32, i32, &str) =
    if VERSION == 502 { (17, 17, "too many options") } else { (250, 252, "too many arguments") };

/// `io.lines` returns four values, with which a generic `for` closes the file.
pub const LINES_CLOSE_FILES: bool = VERSION >= 504;
/// The offset of `file:seek` may be any number, which is truncated.
pub const SEEK_TRUNCATES: bool = VERSION == 501;
/// `write` returns the file; otherwise true.
pub const WRITE_RETURNS_FILE: bool = VERSION >= 502;
/// Writing to a file stops at the first error and then tells how many bytes were written.
pub const WRITE_TELLS_BYTES: bool = VERSION >= 505;

// ---- the system

/// `os.execute` returns the status as C has it, `os.exit` takes a number only, `os.rename` names the file it failed with, and
/// `os.date` passes any conversion of one letter on to C.
pub const OLD_OS: bool = VERSION == 501;
/// Fields of dates are read and set from the year on; before, from the seconds on.
pub const YEAR_COMES_FIRST: bool = VERSION >= 504;
/// Fields of dates may be as large as C's `int`; before, half of it.
pub const DATE_FIELDS_FILL_INTS: bool = VERSION >= 504;
/// `os.date` calls its result a time in its complaint.
pub const DATES_ARE_TIMES: bool = VERSION <= 503;
/// `os.date` and `os.time` give nil for what cannot be represented; later an error.
pub const UNKNOWN_TIMES_ARE_NIL: bool = VERSION <= 502;
/// `os.time` brings the fields of its argument into their ranges.
pub const TIME_NORMALISES_FIELDS: bool = VERSION >= 503;

// ---- coroutines, debug

/// `coroutine.running` returns the main thread, too.
pub const HAS_MAIN_COROUTINE: bool = VERSION >= 502;
/// `coroutine.isyieldable` takes a coroutine.
pub const ISYIELDABLE_TAKES_COROUTINE: bool = VERSION >= 504;
/// `debug.gethook` tells the function given last, though it was given without events.
pub const GETHOOK_REMEMBERS: bool = VERSION <= 502;
/// `debug.gethook` returns nil alone when there is no hook.
pub const GETHOOK_IS_BRIEF: bool = VERSION >= 504;
/// `debug.getuservalue` and `debug.setuservalue` take the user value's number.
pub const USER_VALUES_HAVE_NUMBERS: bool = VERSION >= 504;
/// Native functions show their upvalues to the debug library, and its `setmetatable` returns the value.
pub const DEBUG_SHOWS_NATIVE_UPVALUES: bool = VERSION >= 502;

// ---- packages

/// In the variables that set paths, every `;;` stands for the default between separators; later one, without empty templates.
pub const PATHS_KEEP_SEPARATORS: bool = VERSION <= 503;
/// `package.loaders`
pub const HAS_LOADERS: bool = VERSION <= 502;
/// `package.searchers`
pub const HAS_SEARCHERS: bool = VERSION >= 502;
/// Searchers begin each line of their messages themselves; later `require` does.
pub const SEARCHERS_BEGIN_LINES: bool = VERSION <= 503;
/// A searcher returns the file's name beside the loader.
pub const SEARCHERS_RETURN_FILES: bool = VERSION >= 502;
/// `require` also returns what the searcher gave the loader, and the searcher of `package.preload` gives something.
pub const REQUIRE_RETURNS_DATA: bool = VERSION >= 504;
/// What stands after a hyphen in a module's name may be left out in the name of its C function; otherwise only what stands
/// before it.
pub const HYPHENS_MAY_END_MODULES: bool = VERSION >= 502;
/// `package.loadlib` with the function "*" only makes the library's symbols available.
pub const LOADLIB_LINKS: bool = VERSION >= 502;
