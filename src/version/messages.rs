//! What messages, tracebacks and debug information tell.

use super::VERSION;

// ---- messages

/// Messages read "attempt to index local 'x' (a nil value)"; later "attempt to index a nil value (local 'x')".
pub const MESSAGES_NAME_FIRST: bool = VERSION <= 502;
/// Messages tell which constant an operand of an operator is, or that a key was an integer.
pub const MESSAGES_NAME_CONSTANT_OPERANDS: bool = VERSION >= 504;
/// Messages name constants: "attempt to call constant 'x' (a string value)".
pub const CONSTANTS_HAVE_NAMES: bool = VERSION >= 502;
/// A key that does not fit into the instruction has a name, if it is a constant; before, no key in a register has.
pub const LATE_KEYS_HAVE_NAMES: bool = VERSION >= 502;
/// "attempt to call" names what the calling instruction calls ("for iterator", "metamethod 'add'").
pub const CALL_ERRORS_NAME_CALLS: bool = VERSION >= 504;
/// Errors of a numeric `for` tell the type that was found.
pub const FOR_ERRORS_TELL_TYPES: bool = VERSION >= 504;
/// Where values cannot be compared, their types count as the same if the third letters are: strings and threads do.
pub const TYPES_COMPARED_BY_THIRD_LETTER: bool = VERSION == 501;
/// Names of chunks in messages leave room for blanks around them; those of the parser may be longer than others.
pub const CHUNK_IDS_LEAVE_ROOM: bool = VERSION == 501;
/// A function without debug information is at "?:?".
pub const STRIPPED_LINES_UNKNOWN: bool = VERSION >= 505;
/// Errors while reading a source file come without the system's reason.
pub const READ_ERRORS_ARE_BARE: bool = VERSION >= 505;

// ---- names of functions

/// Functions without a name are looked for among the fields of loaded modules, for messages and tracebacks.
pub const MODULES_NAME_FUNCTIONS: bool = VERSION >= 502;
/// Instead, they are looked for among the globals and the fields of tables that are globals.
pub const FUNCTIONS_NAMED_AS_GLOBALS: bool = VERSION == 502;
/// Debug information calls a metamethod "index", not "__index".
pub const METAMETHODS_NAMED_BARE: bool = VERSION >= 504;
/// Debug information knows callers other than calls: metamethods, iterators, hooks, finalizers.
pub const NAMES_IMPLICIT_CALLS: bool = VERSION >= 502;
/// Functions that hooks call get names that say so; before, those of what the interrupted code does.
pub const INTERRUPTIONS_HAVE_NAMES: bool = VERSION >= 503;
/// Debug information calls a hook "?" also where it interrupts a native function.
pub const HOOKS_OF_NATIVES_HAVE_NAMES: bool = VERSION >= 504;
/// Debug information calls a finalizer "__gc".
pub const FINALIZERS_ARE_NAMED: bool = VERSION >= 504;
/// Debug information calls the function "__gc" that a finalizer interrupts.
pub const FINALIZERS_NAME_THE_INTERRUPTED: bool = VERSION == 503;

// ---- tracebacks

/// Tracebacks call functions by the names of loaded modules' fields where they can; before, only C functions that were
/// called without a name.
pub const TRACEBACKS_PREFER_FIELDS: bool = VERSION >= 503;
/// A traceback shows the name from the calling code, if there is one, and not that as a field of a loaded module.
pub const TRACEBACKS_NAME_CALLS_FIRST: bool = VERSION >= 505;
/// Tracebacks tell how many levels they skip.
pub const TRACEBACKS_COUNT_SKIPPED: bool = VERSION >= 504;
/// How many levels a long traceback shows at its two ends.
pub const TRACEBACK_ENDS: (i32, i32) = if VERSION <= 502 { (12, 10) } else { (10, 11) };

// ---- local variables, hooks

/// `lua_getlocal` reaches the extra arguments of vararg functions by negative indices.
pub const HAS_VARARG_LOCALS: bool = VERSION >= 502;
/// `debug.getlocal` gives the names of a function's parameters.
pub const FUNCTIONS_TELL_PARAMETERS: bool = VERSION >= 502;
/// Locals without a name are shown as "(temporary)", "(C temporary)" and "(vararg)", not "(*temporary)" and "(*vararg)".
pub const TEMPORARIES_WITHOUT_STAR: bool = VERSION >= 504;
/// Hooks of calls and returns tell the values' index even if there are none.
pub const TRANSFER_ALWAYS_TOLD: bool = VERSION >= 505;
