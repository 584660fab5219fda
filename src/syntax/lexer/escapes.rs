//! Escape sequences in quoted strings (manual §3.1).

use super::super::token::Token;
use super::{Lexer, is_newline};
use crate::object::{Fallible, Thrown};
use crate::version;
use crate::vm::error::Part;

impl Lexer<'_> {
    /// Reads an escape sequence from its backslash on; the buffer gets what it stands for. While it is being read the buffer
    /// holds its text, for messages.
    pub(super) fn read_escape(&mut self) -> Fallible<()> {
        self.save_and_next()?;
        let Some(byte) = self.current() else {
            // The end of the text is an error of the string.
            return Ok(());
        };
        let value = match byte {
            b'a' => 0x07,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'x' if version::HAS_HEXADECIMAL_ESCAPES => self.read_hexadecimal()?,
            b'u' if version::HAS_UTF8_ESCAPES => return self.read_utf8(),
            b'\n' | b'\r' => {
                self.skip_newline()?;
                self.unsave(1);
                return self.save(b'\n');
            }
            b'\\' | b'"' | b'\'' => byte,
            b'z' if version::HAS_HEXADECIMAL_ESCAPES => return self.skip_blanks(),
            b'0'..=b'9' => return self.read_decimal(),
            _ if version::UNKNOWN_ESCAPES_ARE_LITERAL => byte,
            _ => return Err(self.error_in_escape(b"invalid escape sequence")),
        };
        self.next()?;
        self.unsave(1);
        self.save(value)
    }

    /// `\z` and the blanks after it.
    fn skip_blanks(&mut self) -> Fallible<()> {
        self.unsave(1);
        self.next()?;
        while let Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) = self.current() {
            if is_newline(self.current()) {
                self.skip_newline()?;
            } else {
                self.next()?;
            }
        }
        Ok(())
    }

    /// `\xXX`: leaves the last digit as the current byte.
    fn read_hexadecimal(&mut self) -> Fallible<u8> {
        let high = self.hex_digit()?;
        let low = self.hex_digit()?;
        self.unsave(2);
        Ok(high << 4 | low)
    }

    /// Saves the current byte; the next one has to be a hexadecimal digit.
    fn hex_digit(&mut self) -> Fallible<u8> {
        self.save_and_next()?;
        match self.current_hex_digit() {
            Some(digit) => Ok(digit),
            None => Err(self.error_in_escape(b"hexadecimal digit expected")),
        }
    }

    fn current_hex_digit(&self) -> Option<u8> {
        Some((self.current()? as char).to_digit(16)? as u8)
    }

    /// `\u{XXX}`
    fn read_utf8(&mut self) -> Fallible<()> {
        let mut saved = 4;
        self.save_and_next()?;
        if self.current() != Some(b'{') {
            return Err(self.error_in_escape(b"missing '{'"));
        }
        let mut code = self.hex_digit()? as u32;
        loop {
            self.save_and_next()?;
            let Some(digit) = self.current_hex_digit() else { break };
            saved += 1;
            if code > version::MAX_UTF8_ESCAPE >> 4 {
                return Err(self.error_in_escape(b"UTF-8 value too large"));
            }
            code = code << 4 | digit as u32;
        }
        if self.current() != Some(b'}') {
            return Err(self.error_in_escape(b"missing '}'"));
        }
        self.next()?;
        self.unsave(saved);
        self.save_utf8(code)
    }

    /// Saves a code point in UTF-8, up to six bytes of it.
    fn save_utf8(&mut self, mut code: u32) -> Fallible<()> {
        if code < 0x80 {
            return self.save(code as u8);
        }
        // Continuation bytes from the last to the first; the lead byte takes what then fits into it.
        let mut bytes = [0u8; 6];
        let mut at = bytes.len();
        let mut lead_max = 0x3f;
        while code > lead_max {
            at -= 1;
            bytes[at] = 0x80 | (code & 0x3f) as u8;
            code >>= 6;
            lead_max >>= 1;
        }
        at -= 1;
        bytes[at] = (!lead_max << 1) as u8 | code as u8;
        Ok(self.buffer.extend(&bytes[at..])?)
    }

    /// `\ddd`
    fn read_decimal(&mut self) -> Fallible<()> {
        let mut code = 0u32;
        let mut digits = 0;
        while let Some(digit @ b'0'..=b'9') = self.current() {
            if digits == 3 {
                break;
            }
            code = code * 10 + (digit - b'0') as u32;
            digits += 1;
            self.save_and_next()?;
        }
        if code > 0xff {
            if version::OLD_SYNTAX_ERRORS {
                // What is shown ends before the backslash.
                self.unsave(digits + 1);
                let near = Token::String(core::ptr::null_mut());
                return Err(self.error_near(&[Part::Bytes(b"escape sequence too large")], near));
            }
            return Err(self.error_in_escape(b"decimal escape too large"));
        }
        self.unsave(digits + 1);
        self.save(code as u8)
    }

    /// Forgets what stands before the escape sequence that is being read.
    fn keep_escape(&mut self) {
        let start = self.buffer.iter().rposition(|&byte| byte == b'\\').unwrap_or(0);
        let end = self.buffer.len();
        self.buffer.copy_within(start..end, 0);
        self.buffer.truncate(end - start);
    }

    /// An error whose text ends with the current byte.
    #[cold]
    fn error_in_escape(&mut self, message: &[u8]) -> Thrown {
        if version::ESCAPE_ERRORS_SHOW_ESCAPE {
            self.keep_escape();
        }
        // A decimal one has been read.
        let complete = version::ESCAPE_ERRORS_SHOW_ESCAPE && message.starts_with(b"decimal");
        if !complete && let Err(thrown) = self.save_and_next() {
            return thrown;
        }
        self.error_near(&[Part::Bytes(message)], Token::String(core::ptr::null_mut()))
    }
}
