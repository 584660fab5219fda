//! Numerals, quoted and long strings, comments.

use super::super::token::Token;
use super::{Lexer, is_name_part, is_name_start, is_newline, words};
use crate::object::{Fallible, number, tag};
use crate::version;
use crate::vm::error::Part;

/// What `[`, `=`… before a long string turned out to be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Bracket {
    /// One bracket.
    Single,
    /// Two brackets with `level` equals signs between them (the second is the current byte).
    Long { level: usize },
    /// Equals signs without a second bracket.
    Broken,
}

impl Lexer<'_> {
    /// Reads `-` `-` and what follows up to the end of the comment; the second `-` is the current byte.
    #[inline(never)]
    pub(super) fn skip_comment(&mut self) -> Fallible<()> {
        self.next()?;
        if self.current() == Some(b'[') {
            let bracket = self.skip_bracket()?;
            self.buffer.clear();
            if let Bracket::Long { level } = bracket {
                self.read_long(level, true)?;
                self.buffer.clear();
                return Ok(());
            }
        }
        while !is_newline(self.current()) && self.current().is_some() {
            self.run(false, words::newline)?;
        }
        Ok(())
    }

    #[inline(never)]
    pub(super) fn scan_bracket(&mut self) -> Fallible<()> {
        match self.skip_bracket()? {
            Bracket::Single => self.found(Token::Byte(b'[')),
            Bracket::Broken => {
                Err(self
                    .error_near(&[Part::Bytes(b"invalid long string delimiter")], Token::String(core::ptr::null_mut())))
            }
            Bracket::Long { level } => {
                self.read_long(level, false)?;
                let (start, end) = (level + 2, self.buffer.len().saturating_sub(level + 2));
                let bytes = self.buffer.get(start..end).unwrap_or(b"");
                // SAFETY: as `Lexer::string`; the buffer is not part of an object.
                let string = unsafe { self.strings.intern(self.l, bytes)? };
                self.found(Token::String(string))
            }
        }
    }

    /// Saves `[=*` or `]=*` and looks for the second bracket.
    fn skip_bracket(&mut self) -> Fallible<Bracket> {
        let bracket = self.current();
        self.save_and_next()?;
        let mut level = 0;
        while self.current() == Some(b'=') {
            self.save_and_next()?;
            level += 1;
        }
        Ok(if self.current() == bracket {
            Bracket::Long { level }
        } else if level == 0 {
            Bracket::Single
        } else {
            Bracket::Broken
        })
    }

    /// Reads a long string or comment from its second bracket on; the buffer gets the whole string.
    fn read_long(&mut self, level: usize, comment: bool) -> Fallible<()> {
        let line = self.line;
        self.save_and_next()?;
        if is_newline(self.current()) {
            self.skip_newline()?;
        }
        loop {
            match self.current() {
                None => {
                    let what: &[u8] = if comment { b"unfinished long comment" } else { b"unfinished long string" };
                    let start = [Part::Bytes(b" (starting at line "), Part::Int(line as i64), Part::Bytes(b")")];
                    let [a, b, c] = start;
                    return Err(if version::UNFINISHED_TELLS_START {
                        self.error_near(&[Part::Bytes(what), a, b, c], Token::Eof)
                    } else {
                        self.error_near(&[Part::Bytes(what)], Token::Eof)
                    });
                }
                Some(b'[') if version::OLD_SYNTAX_ERRORS => {
                    if self.skip_bracket()? == (Bracket::Long { level }) {
                        self.save_and_next()?;
                        if level == 0 {
                            let message = b"nesting of [[...]] is deprecated";
                            return Err(self.error_near(&[Part::Bytes(message)], Token::Byte(b'[')));
                        }
                    }
                }
                Some(b']') => {
                    if self.skip_bracket()? == (Bracket::Long { level }) {
                        return self.save_and_next();
                    }
                }
                Some(b'\n' | b'\r') => {
                    self.save(b'\n')?;
                    self.skip_newline()?;
                    if comment {
                        self.buffer.clear();
                    }
                }
                Some(_) => {
                    self.run(!comment, |word| {
                        let opening = if version::OLD_SYNTAX_ERRORS { words::equal(word, b'[') } else { 0 };
                        words::newline(word) | words::equal(word, b']') | opening
                    })?;
                }
            }
        }
    }

    #[inline(never)]
    pub(super) fn scan_quoted(&mut self, quote: u8) -> Fallible<()> {
        self.save_and_next()?;
        loop {
            match self.current() {
                None => return Err(self.error_near(&[Part::Bytes(b"unfinished string")], Token::Eof)),
                Some(b'\n' | b'\r') => {
                    let near = Token::String(core::ptr::null_mut());
                    return Err(self.error_near(&[Part::Bytes(b"unfinished string")], near));
                }
                Some(b'\\') => self.read_escape()?,
                Some(byte) if byte == quote => {
                    self.save_and_next()?;
                    break;
                }
                Some(_) => {
                    self.run(true, |word| {
                        words::equal(word, quote) | words::equal(word, b'\\') | words::newline(word)
                    })?;
                }
            }
        }
        let bytes = self.buffer.get(1..self.buffer.len() - 1).unwrap_or(b"");
        // SAFETY: as `Lexer::string`; the buffer is not part of an object.
        let string = unsafe { self.strings.intern(self.l, bytes)? };
        self.found(Token::String(string))
    }

    /// Reads a numeral; a dot before it may be in the buffer. Accepts much more than numerals and leaves the
    /// judgement to the conversion.
    #[inline(never)]
    pub(super) fn scan_number(&mut self) -> Fallible<()> {
        if let Some(n) = self.short_integer()? {
            return self.found(if version::HAS_INTEGERS { Token::Integer(n) } else { Token::Float(n as f64) });
        }
        let first = self.current();
        self.save_and_next()?;
        let hexadecimal = first == Some(b'0') && matches!(self.current(), Some(b'x' | b'X'));
        if version::OLD_NUMERALS {
            self.read_old_numeral()?;
        } else {
            if hexadecimal {
                self.save_and_next()?;
            }
            self.read_numeral(hexadecimal)?;
        }
        let mut text: &[u8] = &self.buffer;
        if version::NUL_PASSES_FOR_ANY {
            text = text.split(|byte| *byte == 0).next().unwrap_or(text);
        }
        match number::parse(text) {
            Some(value) if value.tag == tag::INTEGER => self.found(Token::Integer(value.as_integer())),
            Some(value) => self.found(Token::Float(value.as_float())),
            None => Err(self.error_near(&[Part::Bytes(b"malformed number")], Token::Float(0.0))),
        }
    }

    /// Reads a numeral that is nothing but a few decimal digits, if it is one.
    #[inline(always)]
    fn short_integer(&mut self) -> Fallible<Option<i64>> {
        /// So many digits are exact in a float, too.
        const MOST: usize = 15;
        if !self.buffer.is_empty() {
            return Ok(None);
        }
        let text = self.cursor.at_hand();
        let len = words::before(text, words::no_digit);
        let ends = |next: &u8| !is_name_part(*next) && *next != b'.' && *next != 0;
        if len > MOST || !text.get(len).is_some_and(ends) {
            return Ok(None);
        }
        let digits = &text[..len];
        self.buffer.extend(digits)?;
        self.cursor.skip_within(len);
        Ok(Some(digits.iter().fold(0, |n, digit| n * 10 + (digit - b'0') as i64)))
    }

    fn read_numeral(&mut self, hexadecimal: bool) -> Fallible<()> {
        let exponent: &[u8] = if hexadecimal { b"pP" } else { b"eE" };
        loop {
            if self.save_if(exponent)? {
                self.save_if(b"+-")?;
                if version::NUMERALS_END_AFTER_LETTER {
                    continue;
                }
            }
            match self.current() {
                Some(byte) if byte.is_ascii_hexdigit() || byte == b'.' => self.save_and_next()?,
                // A letter that touches the numeral makes it wrong.
                Some(byte) if version::NUMERALS_END_AFTER_LETTER && is_name_start(byte) => return self.save_and_next(),
                _ => return Ok(()),
            }
        }
    }

    /// 5.1: digits and dots, an exponent, then letters and digits.
    fn read_old_numeral(&mut self) -> Fallible<()> {
        while let Some(b'0'..=b'9' | b'.') = self.current() {
            self.save_and_next()?;
        }
        if self.save_if(b"eE")? {
            self.save_if(b"+-")?;
        }
        while let Some(byte) = self.current() {
            if !is_name_part(byte) {
                break;
            }
            self.save_and_next()?;
        }
        Ok(())
    }

    /// Takes the current byte if it is one of these.
    fn save_if(&mut self, wanted: &[u8]) -> Fallible<bool> {
        match self.current() {
            Some(byte) if wanted.contains(&byte) || version::NUL_PASSES_FOR_ANY && byte == 0 => {
                self.save_and_next()?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}
