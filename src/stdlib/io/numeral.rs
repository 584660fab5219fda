//! `read("n")`: the longest prefix of the file that may be a numeral.
//!
//! One byte of look-ahead is all that C gives back, so reading stops at the first byte that cannot continue a
//! numeral; whether what was read is one is decided afterwards ("0x" or "1e" are read, and fail).

use super::stdio::{self, FILE};
use crate::object::Fallible;
use crate::vm::State;
use core::ffi::c_int;

/// The longest numeral that is read.
const MAX_NUMERAL: usize = 200;

/// The numeral so far, and the byte after it.
struct Reader {
    file: *mut FILE,
    next: c_int,
    text: [u8; MAX_NUMERAL],
    len: usize,
    /// Longer than [`MAX_NUMERAL`]: reading stops, and fails.
    too_long: bool,
}

impl Reader {
    /// Takes the byte that is next; false when there is no room.
    fn take(&mut self) -> bool {
        match self.text.get_mut(self.len) {
            Some(to) => {
                *to = self.next as u8;
                self.len += 1;
                // SAFETY: the file is open and locked.
                self.next = unsafe { stdio::getc_unlocked(self.file) };
                true
            }
            None => {
                self.too_long = true;
                false
            }
        }
    }

    /// Takes the next byte if it is one of `set`.
    fn accept(&mut self, set: &[u8]) -> bool {
        u8::try_from(self.next).is_ok_and(|b| set.contains(&b)) && self.take()
    }

    /// Takes digits and returns how many.
    fn digits(&mut self, hexadecimal: bool) -> usize {
        let is_digit = |c: c_int| {
            u8::try_from(c).is_ok_and(|b| if hexadecimal { b.is_ascii_hexdigit() } else { b.is_ascii_digit() })
        };
        let mut count = 0;
        while is_digit(self.next) && self.take() {
            count += 1;
        }
        count
    }

    /// Takes a numeral.
    fn numeral(&mut self) {
        let mut count = 0;
        let mut hexadecimal = false;
        self.accept(b"+-");
        if self.accept(b"0") {
            hexadecimal = self.accept(b"xX");
            count = usize::from(!hexadecimal);
        }
        count += self.digits(hexadecimal);
        if self.accept(&[decimal_point(), b'.']) {
            count += self.digits(hexadecimal);
        }
        if count > 0 && self.accept(if hexadecimal { b"pP" } else { b"eE" }) {
            self.accept(b"+-");
            self.digits(false);
        }
    }
}

/// The locale's decimal point.
fn decimal_point() -> u8 {
    // SAFETY: `localeconv` returns a structure of C strings.
    unsafe { *(*libc::localeconv()).decimal_point.cast::<u8>() }
}

/// Pushes the number at the file's position, or nil and false.
pub fn read_number(l: State, file: *mut FILE) -> Fallible<bool> {
    let mut reader = Reader { file, next: 0, text: [0; MAX_NUMERAL], len: 0, too_long: false };
    // SAFETY: the file is open; nothing leaves while it is locked.
    unsafe {
        stdio::flockfile(file);
        loop {
            reader.next = stdio::getc_unlocked(file);
            if !matches!(u8::try_from(reader.next), Ok(b' ' | b'\t'..=b'\r')) {
                break;
            }
        }
        reader.numeral();
        libc::ungetc(reader.next, file);
        stdio::funlockfile(file);
    }
    let number = if reader.too_long { None } else { State::parse_number(&reader.text[..reader.len]) };
    match number {
        Some(number) => l.push(number),
        None => l.push_nil(),
    }
    Ok(number.is_some())
}
