//! Format strings of `string.pack` and `string.unpack` (manual §6.4.2): what the options say about sizes,
//! alignment and byte order.

use crate::object::{Fallible, Thrown};
use crate::version::{STRING_SIZES_ARE_LARGE, UNPRINTABLE_BY_NUMBER};
use crate::vm::State;
use crate::vm::error::printable;

/// The largest integer in bytes.
pub const MAX_INTEGER: usize = 16;
/// Bytes of a Lua integer.
pub const INTEGER: usize = size_of::<i64>();
/// Alignment that `!` means: the strictest of C's basic types.
const NATIVE_ALIGN: usize = 8;
/// Sizes stay within C's `int`.
pub const MAX_SIZE: usize = if STRING_SIZES_ARE_LARGE { i64::MAX as usize } else { i32::MAX as usize };

/// What an option stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Signed,
    Unsigned,
    Float,
    Double,
    /// A string of fixed size.
    Chars,
    /// A string behind its length.
    Prefixed,
    /// A string with a NUL behind it.
    Terminated,
    Padding,
    /// Alignment as of the option that follows.
    Align,
    /// Spaces and settings.
    Nothing,
}

/// An option with its size and the padding needed before it, in bytes.
#[derive(Clone, Copy)]
pub struct Item {
    pub kind: Kind,
    pub size: usize,
    pub padding: usize,
}

/// A format string being read, and the settings so far.
pub struct Layout<'a> {
    l: State,
    rest: &'a [u8],
    pub little: bool,
    max_align: usize,
}

impl<'a> Layout<'a> {
    /// Reads up to the first NUL.
    pub fn new(l: State, format: &'a [u8]) -> Layout<'a> {
        let rest = format.split(|&c| c == 0).next().unwrap_or(format);
        Layout { l, rest, little: cfg!(target_endian = "little"), max_align: 1 }
    }

    /// The next option, for an item that would begin at byte `position`.
    pub fn next(&mut self, position: usize) -> Fallible<Option<Item>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (kind, size) = self.option()?;
        let mut align = size;
        if kind == Kind::Align {
            let invalid = b"invalid next option for option 'X'";
            if self.rest.is_empty() {
                return Err(self.l.arg_error(1, invalid));
            }
            let (next, next_size) = self.option()?;
            if next == Kind::Chars || next_size == 0 {
                return Err(self.l.arg_error(1, invalid));
            }
            align = next_size;
        }
        let mut padding = 0;
        if align > 1 && kind != Kind::Chars {
            align = align.min(self.max_align);
            if !align.is_power_of_two() {
                return Err(self.l.arg_error(1, b"format asks for alignment not power of 2"));
            }
            padding = align.wrapping_sub(position & (align - 1)) & (align - 1);
        }
        Ok(Some(Item { kind, size, padding }))
    }

    /// The next option and its size.
    fn option(&mut self) -> Fallible<(Kind, usize)> {
        let Some((&letter, rest)) = self.rest.split_first() else {
            return Ok((Kind::Nothing, 0));
        };
        self.rest = rest;
        Ok(match letter {
            b'b' => (Kind::Signed, 1),
            b'B' => (Kind::Unsigned, 1),
            b'h' => (Kind::Signed, size_of::<core::ffi::c_short>()),
            b'H' => (Kind::Unsigned, size_of::<core::ffi::c_short>()),
            b'l' => (Kind::Signed, size_of::<core::ffi::c_long>()),
            b'L' => (Kind::Unsigned, size_of::<core::ffi::c_long>()),
            b'j' => (Kind::Signed, INTEGER),
            b'J' => (Kind::Unsigned, INTEGER),
            b'T' => (Kind::Unsigned, size_of::<usize>()),
            b'f' => (Kind::Float, size_of::<f32>()),
            b'n' | b'd' => (Kind::Double, size_of::<f64>()),
            b'i' => (Kind::Signed, self.integer_size(size_of::<core::ffi::c_int>())?),
            b'I' => (Kind::Unsigned, self.integer_size(size_of::<core::ffi::c_int>())?),
            b's' => (Kind::Prefixed, self.integer_size(size_of::<usize>())?),
            b'c' => match self.number() {
                Some(size) => (Kind::Chars, size),
                None => return Err(self.l.error(&[b"missing size for format option 'c'".into()])),
            },
            b'z' => (Kind::Terminated, 0),
            b'x' => (Kind::Padding, 1),
            b'X' => (Kind::Align, 0),
            b' ' => (Kind::Nothing, 0),
            b'<' => self.setting(|s| s.little = true),
            b'>' => self.setting(|s| s.little = false),
            b'=' => self.setting(|s| s.little = cfg!(target_endian = "little")),
            b'!' => {
                self.max_align = self.integer_size(NATIVE_ALIGN)?;
                (Kind::Nothing, 0)
            }
            _ => return Err(self.invalid_option(letter)),
        })
    }

    fn setting(&mut self, set: fn(&mut Self)) -> (Kind, usize) {
        set(self);
        (Kind::Nothing, 0)
    }

    #[cold]
    fn invalid_option(&self, letter: u8) -> Thrown {
        let mut text = [0; 8];
        let shown = if UNPRINTABLE_BY_NUMBER { printable(letter, &mut text) } else { &[letter] };
        self.l.error(&[b"invalid format option '".into(), shown.into(), b"'".into()])
    }

    /// A decimal numeral, if there is one; it stops before it would pass [`MAX_SIZE`].
    fn number(&mut self) -> Option<usize> {
        let mut n = None;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            let so_far: usize = n.unwrap_or(0);
            if n.is_some() && so_far > (MAX_SIZE - 9) / 10 {
                break;
            }
            n = Some(so_far * 10 + (digit - b'0') as usize);
            self.rest = rest;
        }
        n
    }

    /// The size of an integer.
    fn integer_size(&mut self, default: usize) -> Fallible<usize> {
        let size = self.number().unwrap_or(default);
        if !(1..=MAX_INTEGER).contains(&size) {
            return Err(self.l.error(&[
                b"integral size (".into(),
                (size as i32).into(),
                b") out of limits [1,".into(),
                MAX_INTEGER.into(),
                b"]".into(),
            ]));
        }
        Ok(size)
    }
}
