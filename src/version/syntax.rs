//! Source text: tokens, syntax, limits, and what the compiler makes of it.

use super::VERSION;

// ---- tokens

/// A numeral has only one exponent, and a letter that touches it makes it wrong.
pub const NUMERALS_END_AFTER_LETTER: bool = VERSION >= 504;
/// A numeral is all of digits, dots and letters that begins like one; the conversion judges.
pub const OLD_NUMERALS: bool = VERSION == 501;
/// In numerals and between dots, a NUL is taken for what may come next; it ends the numeral's value.
pub const NUL_PASSES_FOR_ANY: bool = VERSION == 501;
/// The escape sequences `\xXX` and `\z`.
pub const HAS_HEXADECIMAL_ESCAPES: bool = VERSION >= 502;
/// The escape sequence `\u{XXX}`.
pub const HAS_UTF8_ESCAPES: bool = VERSION >= 503;
/// The largest code point of that; its last hexadecimal digit is `f`.
pub const MAX_UTF8_ESCAPE: u32 = if VERSION >= 504 { 0x7fff_ffff } else { 0x10_ffff };
/// A backslash before any other character stands for that character.
pub const UNKNOWN_ESCAPES_ARE_LITERAL: bool = VERSION == 501;
/// Messages about escape sequences show those alone, not the string before them.
pub const ESCAPE_ERRORS_SHOW_ESCAPE: bool = VERSION == 502;
/// The complaint about an unfinished long string or comment tells where it began.
pub const UNFINISHED_TELLS_START: bool = VERSION >= 503;

// ---- statements

/// A semicolon alone is a statement.
pub const HAS_EMPTY_STATEMENT: bool = VERSION >= 502;
/// `return` and `break` end a block; statements end with at most one semicolon; only an assignment can follow what is no call.
pub const OLD_STATEMENTS: bool = VERSION == 501;
/// `goto` is a reserved word and labels exist.
pub const HAS_GOTO: bool = VERSION >= 502;
/// Attributes `<const>` and `<close>`, to-be-closed variables, warnings.
pub const HAS_TBC: bool = VERSION >= 504;
/// `global` declarations.
pub const HAS_GLOBAL_DECLARATIONS: bool = VERSION >= 505;
/// An attribute may precede the names of a declaration, for all of them.
pub const HAS_PREFIX_ATTRIBUTES: bool = VERSION >= 505;
/// A vararg function has a local variable for its extra arguments, named (`...name`) or not; named, it is a table.
pub const HAS_VARARG_PARAMETER: bool = VERSION >= 505;
/// In functions with `...` that do not use it, the local variable `arg` is a table of the extra arguments
/// (`LUA_COMPAT_VARARG`).
pub const EXTRA_ARGUMENTS_ARE_ARG: bool = VERSION == 501;
/// Extra arguments can be in a table: that of such a variable, or `arg`.
pub const EXTRA_ARGUMENTS_IN_TABLE: bool = HAS_VARARG_PARAMETER || EXTRA_ARGUMENTS_ARE_ARG;
/// Assigning to a constant by `function name` is noticed before the body is read.
pub const FUNCTION_NAME_CHECKED_FIRST: bool = VERSION >= 505;
/// The parenthesis of a call must be on the line of what is called.
pub const CALLS_KEEP_TO_THE_LINE: bool = VERSION == 501;

// ---- expressions

/// Bitwise operators exist as operators (not only as the library `bit32`).
pub const HAS_BITWISE_OPERATORS: bool = VERSION >= 503;
/// Zeros of both signs are one constant: in each function, all have the sign of the first.
pub const ZEROS_ARE_ONE_CONSTANT: bool = VERSION == 501;
/// Operations on constants whose result is a float zero are left to the program.
pub const ZEROS_ARE_NOT_FOLDED: bool = VERSION >= 503;
/// Constructors round the size of the array part up to four significant bits.
pub const ARRAY_SIZES_ARE_COARSE: bool = VERSION <= 503;
/// A method whose name is not an operand of the instruction is called like a field.
pub const LONG_METHODS_ARE_FIELDS: bool = VERSION >= 505;

// ---- names

/// Free names are fields of the upvalue `_ENV`; otherwise of the running function's environment.
pub const HAS_ENV_UPVALUE: bool = VERSION >= 502;
/// Closures of one prototype with the same upvalues may be one and the same object.
pub const CLOSURES_ARE_CACHED: bool = matches!(VERSION, 502 | 503);
/// All registers are nil when a function begins, so that no instruction there has to set them.
pub const FRAMES_START_NIL: bool = VERSION == 501;

// ---- jumps and loops

/// Labels are looked for, and have to be unique, in their block; from 5.4 on, in the whole function.
pub const LABELS_ARE_PER_BLOCK: bool = VERSION <= 503;
/// A `goto` finds its label when the block ends, not when the label is read.
pub const JUMPS_ARE_SOLVED_AT_BLOCK_ENDS: bool = VERSION >= 505;
/// `break` outside a loop is an error where it stands; otherwise where the function ends.
pub const BREAK_NEEDS_LOOP_AT_ONCE: bool = VERSION >= 505;
/// A jump closes what it leaves before it goes; otherwise its label does, if it lies ahead.
pub const JUMPS_CLOSE_FIRST: bool = VERSION != 504;
/// Control structures are limited to 2^17 instructions.
pub const JUMPS_ARE_SHORT: bool = VERSION <= 503;
/// `if … then break end` is a conditional jump without a statement of its own.
pub const BREAK_JOINS_CONDITION: bool = matches!(VERSION, 502..=504);
/// So is `if … then goto … end`, and other jumps belong to the line of the token before them.
pub const JUMPS_COME_BEFORE_THEIR_WORD: bool = matches!(VERSION, 502 | 503);
/// The numeric `for` precomputes an iteration count, so that the loop variable never wraps around.
pub const FOR_LOOP_COUNTS: bool = VERSION >= 504;
/// The numeric `for` looks at its operands in the order they are written; otherwise the initial value comes last.
pub const FOR_CHECKS_IN_ORDER: bool = VERSION <= 502;
/// Hidden variables of the generic `for`: iterator, state and, where there are such, control and the value to be closed.
pub const GENERIC_FOR_HIDDEN: usize = if HAS_TBC && !LOOP_VARIABLE_CONTROLS { 4 } else { 3 };
/// All hidden variables of loops are called "(for state)"; before, each has a name of its own.
pub const HIDDEN_VARIABLES_ARE_STATES: bool = VERSION >= 504;
/// The first variable of a `for` loop is its control variable, which programs cannot assign to; otherwise it is a copy.
pub const LOOP_VARIABLE_CONTROLS: bool = VERSION >= 505;

// ---- lines and scopes in debug information

/// Debug information: variables of a block end before the instruction that closes them, not after it.
pub const SCOPES_END_BEFORE_CLOSE: bool = matches!(VERSION, 501 | 504);
/// Debug information: a function's variables end before the return at its end.
pub const SCOPES_END_BEFORE_RETURN: bool = VERSION == 501;
/// A call is on the line where the called expression begins; otherwise where its arguments do.
pub const CALLS_ARE_WHERE_THEY_BEGIN: bool = matches!(VERSION, 502 | 503);
/// An operator's instruction belongs to its own line; otherwise to the line where its last operand ends.
pub const OPERATORS_HAVE_LINES: bool = VERSION >= 502;
/// The condition of an `if` is tested before `then` is read: on the line of its last token, not on that of `then`.
pub const IF_TESTS_BEFORE_THEN: bool = VERSION == 501 || VERSION >= 505;
/// A line hook counts the first iteration of a numeric `for` as a jump back.
pub const FOR_BEGINS_AT_ITS_END: bool = VERSION <= 503;

// ---- limits, and errors of syntax

/// Limit of upvalues in a function.
pub const MAX_UPVALUES: usize = if VERSION == 501 { 60 } else { 255 };
/// Too many registers are reported as any other limit.
pub const REGISTERS_ARE_A_LIMIT: bool = VERSION >= 505;
/// Where registers run out, and how messages say so.
pub const REGISTERS: (u32, &[u8]) = if VERSION <= 502 {
    (250, b"function or expression too complex")
} else if REGISTERS_ARE_A_LIMIT {
    (256, b"registers")
} else {
    (255, b"function or expression needs too many registers")
};

/// The limit of local variables counts those that have registers, when they come into scope; otherwise all, when declared.
pub const LOCAL_LIMIT_COUNTS_REGISTERS: bool = VERSION >= 505;
/// Too deep nesting of syntax is told as that, with its limit.
pub const NESTING_HAS_ITS_MESSAGE: bool = VERSION <= 503;
/// Blocks count as levels of nested syntax; later, statements do.
pub const BLOCKS_ARE_LEVELS: bool = VERSION == 501;
/// Messages quote whatever the parser stopped at, `"<eof>"` too, and tell limits as "function at line 1 has more than 200 local
/// variables".
pub const OLD_SYNTAX_ERRORS: bool = VERSION == 501;
/// Errors that are not about a token are on the line of the last one that was read.
pub const SEMANTIC_ERRORS_LOOK_BACK: bool = VERSION >= 505;
