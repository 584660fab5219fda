//! Checking a function's arguments: each check has a short path for the expected type and a cold one that converts or
//! raises the standard message (manual §5.1).

use super::State;
use super::access::usual_integer;
use crate::object::value::types;
use crate::object::{Fallible, Thrown, tag};
use crate::version::{CALL_CHAINS_ARE_COUNTED, HAS_TYPE_NAMES, MODULES_NAME_FUNCTIONS};
use crate::vm::{call, debug};

impl State {
    /// "bad argument #n to 'f' (message)"; for methods, "calling 'f' on bad self (message)".
    #[cold]
    #[inline(never)]
    pub fn arg_error(self, arg: i32, message: &[u8]) -> Thrown {
        match self.build_arg_error(arg, message) {
            Ok(thrown) | Err(thrown) => thrown,
        }
    }

    fn build_arg_error(self, mut arg: i32, message: &[u8]) -> Fallible<Thrown> {
        // SAFETY: frames and names belong to this thread; names stay alive with the functions they come from.
        unsafe {
            let ci = debug::frame_at(self.0, 0);
            if ci.is_null() {
                return Ok(self.error(&["bad argument #".into(), arg.into(), " (".into(), message.into(), ")".into()]));
            }
            let added = call::arguments_added(ci) as i32;
            let extra = CALL_CHAINS_ARE_COUNTED && arg <= added;
            if !extra {
                arg -= added;
            }
            let name = match debug::function_name(self.0, ci) {
                Some((kind, name)) => {
                    if kind == "method" && !extra {
                        arg -= 1;
                        if arg == 0 {
                            let parts = ["calling '".into(), name.into(), "' on bad self (".into(), message.into()];
                            let [a, b, c, d] = parts;
                            return Ok(self.error(&[a, b, c, d, ")".into()]));
                        }
                    }
                    name
                }
                None if MODULES_NAME_FUNCTIONS && debug::push_global_function_name(self.0, ci)? => {
                    self.to_bytes(-1)?.unwrap_or(b"?")
                }
                None => b"?",
            };
            Ok(self.error(&[
                if extra { "bad extra argument #".into() } else { "bad argument #".into() },
                arg.into(),
                " to '".into(),
                name.into(),
                "' (".into(),
                message.into(),
                ")".into(),
            ]))
        }
    }

    /// "bad argument #n to 'f' (X expected, got Y)".
    #[cold]
    #[inline(never)]
    pub fn type_error(self, arg: i32, expected: &[u8]) -> Thrown {
        match self.build_type_error(arg, expected) {
            Ok(thrown) | Err(thrown) => thrown,
        }
    }

    fn build_type_error(self, arg: i32, expected: &[u8]) -> Fallible<Thrown> {
        let got = if !HAS_TYPE_NAMES {
            self.type_name(self.type_of(arg)).as_bytes()
        } else if self.get_metafield(arg, b"__name")? == types::STRING {
            self.to_bytes(-1)?.unwrap_or_default()
        } else if self.value(arg).tag == tag::LIGHT_USERDATA {
            b"light userdata"
        } else {
            self.type_name(self.type_of(arg)).as_bytes()
        };
        self.push_parts(&[expected.into(), " expected, got ".into(), got.into()])?;
        let message = self.to_bytes(-1)?.unwrap_or_default();
        Ok(self.arg_error(arg, message))
    }

    #[cold]
    fn expected(self, arg: i32, code: i32) -> Thrown {
        self.type_error(arg, self.type_name(code).as_bytes())
    }

    #[inline]
    pub fn check_any(self, arg: i32) -> Fallible<()> {
        if self.is_none(arg) { Err(self.arg_error(arg, b"value expected")) } else { Ok(()) }
    }

    #[inline]
    pub fn check_type(self, arg: i32, code: i32) -> Fallible<()> {
        if self.type_of(arg) == code { Ok(()) } else { Err(self.expected(arg, code)) }
    }

    #[inline(always)]
    pub fn check_integer(self, arg: i32) -> Fallible<i64> {
        match usual_integer(self.value(arg)) {
            Some(n) => Ok(n),
            None => self.convert_integer(arg),
        }
    }

    #[cold]
    #[inline(never)]
    fn convert_integer(self, arg: i32) -> Fallible<i64> {
        match self.to_integer(arg) {
            Some(n) => Ok(n),
            None if self.is_number(arg) => Err(self.arg_error(arg, b"number has no integer representation")),
            None => Err(self.expected(arg, types::NUMBER)),
        }
    }

    #[inline(always)]
    pub fn check_number(self, arg: i32) -> Fallible<f64> {
        let v = self.value(arg);
        if v.is_float() { Ok(v.as_float()) } else { self.convert_number(arg) }
    }

    #[inline(never)]
    fn convert_number(self, arg: i32) -> Fallible<f64> {
        match self.to_number(arg) {
            Some(n) => Ok(n),
            None => Err(self.expected(arg, types::NUMBER)),
        }
    }

    /// `luaL_checklstring`; valid while the argument is on the stack.
    #[inline]
    pub fn check_bytes<'a>(self, arg: i32) -> Fallible<&'a [u8]> {
        match self.to_bytes(arg)? {
            Some(bytes) => Ok(bytes),
            None => Err(self.expected(arg, types::STRING)),
        }
    }

    #[inline]
    pub fn opt_integer(self, arg: i32, default: i64) -> Fallible<i64> {
        if self.is_none_or_nil(arg) { Ok(default) } else { self.check_integer(arg) }
    }

    #[inline]
    pub fn opt_number(self, arg: i32, default: f64) -> Fallible<f64> {
        if self.is_none_or_nil(arg) { Ok(default) } else { self.check_number(arg) }
    }

    #[inline]
    pub fn opt_bytes(self, arg: i32, default: &[u8]) -> Fallible<&[u8]> {
        if self.is_none_or_nil(arg) { Ok(default) } else { self.check_bytes(arg) }
    }

    /// Index of the argument in `options`; "invalid option 'x'".
    pub fn check_option(self, arg: i32, default: Option<&[u8]>, options: &[&[u8]]) -> Fallible<usize> {
        let name = match default {
            Some(default) => self.opt_bytes(arg, default)?,
            None => self.check_bytes(arg)?,
        };
        // Options are C strings to those who compare them: a NUL ends them.
        let name = name.split(|&b| b == 0).next().unwrap_or_default();
        match options.iter().position(|&option| option == name) {
            Some(found) => Ok(found),
            None => Err(self.option_error(arg, name)),
        }
    }

    #[cold]
    pub(crate) fn option_error(self, arg: i32, name: &[u8]) -> Thrown {
        if let Err(thrown) = self.push_parts(&["invalid option '".into(), name.into(), "'".into()]) {
            return thrown;
        }
        match self.to_bytes(-1) {
            Ok(message) => self.arg_error(arg, message.unwrap_or_default()),
            Err(thrown) => thrown,
        }
    }

    #[inline]
    pub fn arg_check(self, condition: bool, arg: i32, message: &str) -> Fallible<()> {
        if condition { Ok(()) } else { Err(self.arg_error(arg, message.as_bytes())) }
    }
}
