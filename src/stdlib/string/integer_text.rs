//! Integers in `string.format`, as C's `printf` writes them.

use crate::object::Fallible;
use crate::stdlib::builder::{Builder, decimal};

/// Flags, width and precision of a conversion.
#[derive(Clone, Copy, Default, Debug)]
pub struct Spec {
    pub left: bool,
    pub plus: bool,
    pub space: bool,
    pub zero: bool,
    pub alternative: bool,
    pub width: usize,
    pub precision: Option<usize>,
}

impl Spec {
    /// Sets what a flag stands for.
    pub fn flag(&mut self, flag: u8) {
        match flag {
            b'-' => self.left = true,
            b'+' => self.plus = true,
            b' ' => self.space = true,
            b'#' => self.alternative = true,
            _ => self.zero = true,
        }
    }
}

/// Most digits of an integer: 22 in octal.
const MAX_DIGITS: usize = 24;

/// Adds `n` as `%d` (`i`), `%u`, `%o`, `%x` or `%X` does.
pub fn add_integer(out: &mut Builder, spec: &Spec, conversion: u8, n: i64) -> Fallible<()> {
    let mut digits = [0; MAX_DIGITS];
    let signed = matches!(conversion, b'd' | b'i');
    let magnitude = if signed { n.unsigned_abs() } else { n as u64 };
    let text = digits_of(magnitude, conversion, spec, &mut digits);
    let prefix: &[u8] = match conversion {
        b'd' | b'i' => sign(spec, n < 0),
        b'x' if spec.alternative && n != 0 => b"0x",
        b'X' if spec.alternative && n != 0 => b"0X",
        _ => b"",
    };
    let mut zeros = spec.precision.unwrap_or(1).saturating_sub(text.len());
    if conversion == b'o' && spec.alternative && zeros == 0 && text.first() != Some(&b'0') {
        zeros = 1;
    }
    add_number(out, spec, spec.precision.is_none(), prefix, zeros, text)
}

/// Adds a number of which the parts are there: blanks, prefix, zeros, text, blanks. The flag for zeros turns blanks
/// before it into zeros behind the prefix, if `fills`.
pub fn add_number(
    out: &mut Builder,
    spec: &Spec,
    fills: bool,
    prefix: &[u8],
    mut zeros: usize,
    text: &[u8],
) -> Fallible<()> {
    let mut blanks = spec.width.saturating_sub(prefix.len() + zeros + text.len());
    if spec.zero && !spec.left && fills {
        zeros += core::mem::take(&mut blanks);
    }
    if !spec.left {
        out.fill(b' ', blanks)?;
    }
    out.add(prefix)?;
    out.fill(b'0', zeros)?;
    out.add(text)?;
    if spec.left { out.fill(b' ', blanks) } else { Ok(()) }
}

/// The sign of a number that is written with one.
pub fn sign(spec: &Spec, negative: bool) -> &'static [u8] {
    match negative {
        true => b"-",
        false if spec.plus => b"+",
        false if spec.space => b" ",
        false => b"",
    }
}

/// The digits of `n`; none for zero with precision zero.
fn digits_of<'a>(mut n: u64, conversion: u8, spec: &Spec, digits: &'a mut [u8; MAX_DIGITS]) -> &'a [u8] {
    if n == 0 && spec.precision == Some(0) {
        return &[];
    }
    let mut start = MAX_DIGITS;
    if !matches!(conversion, b'o' | b'x' | b'X') {
        let mut text = [0; 20];
        let first = decimal(n, &mut text);
        start = MAX_DIGITS - (text.len() - first);
        if let (Some(to), Some(from)) = (digits.get_mut(start..), text.get(first..)) {
            to.copy_from_slice(from);
        }
    } else {
        let (shift, alphabet) = match conversion {
            b'o' => (3, b"0123456789abcdef"),
            b'x' => (4, b"0123456789abcdef"),
            _ => (4, b"0123456789ABCDEF"),
        };
        let mask = (1 << shift) - 1;
        for place in digits.iter_mut().rev() {
            *place = alphabet.get((n & mask) as usize).copied().unwrap_or(b'0');
            n >>= shift;
            start -= 1;
            if n == 0 {
                break;
            }
        }
    }
    digits.get(start..).unwrap_or(&[])
}
