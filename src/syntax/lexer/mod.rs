//! The lexer: bytes to tokens, one byte of look-ahead.
//!
//! Strings it creates are kept on the thread's stack for as long as the chunk is compiled ([`kept`]), which also makes
//! long ones unique, so that names are equal exactly when their addresses are. The buffer keeps the text of the token
//! read last, for error messages.

mod cursor;
mod escapes;
mod kept;
mod literals;
mod names;
mod words;

use super::token::{self, Token};
use crate::memory::List;
use crate::object::{Fallible, Str, Thread, Thrown, tag};
use crate::version::SEMANTIC_ERRORS_LOOK_BACK;
use crate::vm::error::{self, Part};
use crate::vm::input::Input;
use crate::{version, vm};
use cursor::Cursor;
use kept::Kept;
use names::{Key, Known, Names};

/// A lexer over a stream.
pub struct Lexer<'a> {
    pub l: *mut Thread,
    /// At the byte after the text read so far.
    cursor: Cursor<'a>,
    /// Line of the current byte.
    pub line: u32,
    /// Line of the token consumed last.
    pub last_line: u32,
    /// The token to look at.
    pub token: Token,
    ahead: Token,
    /// Text of the token read last, where it is not fixed: this name if it is not null, else the buffer.
    name: *mut Str,
    buffer: List<u8>,
    strings: Kept,
    names: Names,
    pub source: *mut Str,
}

const fn is_newline(byte: Option<u8>) -> bool {
    matches!(byte, Some(b'\n' | b'\r'))
}
const fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}
fn is_name_part(byte: u8) -> bool {
    NAME_PARTS[byte as usize]
}

/// Which bytes can be part of a name.
static NAME_PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        parts[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    parts
};

impl<'a> Lexer<'a> {
    /// A lexer of `input`. Pushes the table of strings.
    ///
    /// # Safety
    /// `l` is live and has free stack slots; `source` is reachable.
    pub unsafe fn new(l: *mut Thread, input: &'a mut Input, source: *mut Str) -> Fallible<Lexer<'a>> {
        // SAFETY: the table is pushed before anything else is allocated.
        unsafe {
            let strings = Kept::new(l)?;
            let heap = &raw mut (*(*l).global).heap;
            let cursor = Cursor::new(input)?;
            let names = Names::new(heap, cursor.at_hand().len())?;
            Ok(Lexer {
                l,
                cursor,
                line: 1,
                last_line: 1,
                token: Token::None,
                ahead: Token::None,
                name: core::ptr::null_mut(),
                buffer: List::new(heap),
                strings,
                names,
                source,
            })
        }
    }

    /// Goes on to the next token.
    pub fn advance(&mut self) -> Fallible<()> {
        self.last_line = self.line;
        if let Token::None = self.ahead {
            return self.scan();
        }
        self.token = core::mem::replace(&mut self.ahead, Token::None);
        Ok(())
    }

    /// The token after the current one. At most once per token.
    pub fn look_ahead(&mut self) -> Fallible<Token> {
        let token = self.token;
        self.scan()?;
        self.ahead = core::mem::replace(&mut self.token, token);
        Ok(self.ahead)
    }

    /// Consumes the current token if it is a name and `=` is the token after it. That one is looked at in any case. (As
    /// `look_ahead` and `advance`, but without copies of what was just written.)
    #[inline(always)]
    pub fn key(&mut self) -> Fallible<Option<*mut Str>> {
        let Token::Name(name) = self.token else { return Ok(None) };
        self.scan()?;
        if self.token == Token::Byte(b'=') {
            self.last_line = self.line;
            return Ok(Some(name));
        }
        self.ahead = core::mem::replace(&mut self.token, Token::Name(name));
        Ok(None)
    }

    /// The unique string with these bytes, kept for as long as the chunk is compiled.
    pub fn string(&mut self, bytes: &[u8]) -> Fallible<*mut Str> {
        // SAFETY: the thread is live, and the bytes are not part of an object.
        unsafe { self.strings.intern(self.l, bytes) }
    }

    // ---- errors

    /// A syntax error at the current token.
    #[cold]
    pub fn error(&mut self, message: &[Part]) -> Thrown {
        self.error_near(message, self.token)
    }

    /// An error that is not about a token.
    #[cold]
    pub fn error_without_token(&mut self, message: &[Part]) -> Thrown {
        if SEMANTIC_ERRORS_LOOK_BACK {
            self.line = self.last_line;
        }
        self.error_near(message, Token::None)
    }

    /// "X expected" at the current token.
    #[cold]
    pub fn error_expected(&mut self, token: Token) -> Thrown {
        let mut spelling = [0; SPELLING];
        self.error(&[Part::Bytes(spell(token, &mut spelling)), Part::Bytes(b" expected")])
    }

    #[cold]
    pub(super) fn error_near(&mut self, message: &[Part], near: Token) -> Thrown {
        let mut id = [0; vm::debug::SYNTAX_ID_SIZE];
        let mut byte = [0; SPELLING];
        let mut parts = [const { Part::Bytes(b"") }; 16];
        // SAFETY: the source and the strings of the message are reachable.
        unsafe {
            let len = vm::debug::chunk_id(&mut id, Str::bytes(self.source));
            let buffer = if self.name.is_null() { &*self.buffer } else { Str::bytes(self.name) };
            let text = &buffer[..buffer.iter().position(|&b| b == 0).unwrap_or(buffer.len())];
            let (before, near, after): (&[u8], &[u8], &[u8]) = match near {
                // A zero byte is not shown either, as in the reference.
                Token::None | Token::Byte(0) => (b"", b"", b""),
                Token::Name(_) | Token::String(_) | Token::Float(_) | Token::Integer(_) => (b" near '", text, b"'"),
                other => (b" near ", spell(other, &mut byte), b""),
            };
            let head = [Part::Bytes(&id[..len]), Part::Bytes(b":"), Part::Int(self.line as i64), Part::Bytes(b": ")];
            let tail = [Part::Bytes(before), Part::Bytes(near), Part::Bytes(after)];
            let all = head.iter().chain(message).chain(&tail);
            for (place, part) in parts.iter_mut().zip(all) {
                *place = *part;
            }
            error::syntax(self.l, &parts)
        }
    }

    // ---- bytes

    /// The byte to look at, `None` at the end.
    #[inline(always)]
    fn current(&self) -> Option<u8> {
        self.cursor.current()
    }

    #[inline(always)]
    fn next(&mut self) -> Fallible<()> {
        self.cursor.advance()
    }

    #[inline(always)]
    fn save(&mut self, byte: u8) -> Fallible<()> {
        Ok(self.buffer.push(byte)?)
    }

    /// Adds the current byte, if there is one, to the buffer and goes on.
    #[inline(always)]
    fn save_and_next(&mut self) -> Fallible<()> {
        if let Some(byte) = self.current() {
            self.save(byte)?;
            self.next()?;
        }
        Ok(())
    }

    /// Consumes the current byte and those at hand behind it up to one that `stops` marks. They are saved if `save`.
    #[inline(always)]
    fn run(&mut self, save: bool, stops: impl Fn(u64) -> u64) -> Fallible<()> {
        let text = self.cursor.at_hand();
        let n = text.len().min(1 + words::before(text.get(1..).unwrap_or(&[]), stops));
        if save {
            self.buffer.extend(&text[..n])?;
        }
        self.cursor.skip(n)
    }

    /// Drops the last `n` bytes of the buffer.
    fn unsave(&mut self, n: usize) {
        let len = self.buffer.len().saturating_sub(n);
        self.buffer.truncate(len);
    }

    fn next_if(&mut self, byte: u8) -> Fallible<bool> {
        let found = self.current() == Some(byte);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    /// Skips a line break: one of `\n`, `\r`, `\n\r`, `\r\n`.
    fn skip_newline(&mut self) -> Fallible<()> {
        let old = self.current();
        self.next()?;
        if is_newline(self.current()) && self.current() != old {
            self.next()?;
        }
        self.line = self.line.wrapping_add(1);
        if self.line >= i32::MAX as u32 {
            return Err(self.error_without_token(&[Part::Bytes(b"chunk has too many lines")]));
        }
        Ok(())
    }

    // ---- tokens

    /// Reads a token into `token`. (A result would be copied in pieces of other sizes than it was written in, for which
    /// processors wait.)
    fn scan(&mut self) -> Fallible<()> {
        self.buffer.clear();
        self.name = core::ptr::null_mut();
        loop {
            let Some(byte) = self.current() else { return self.found(Token::Eof) };
            match byte {
                b'\n' | b'\r' => self.skip_newline()?,
                b' ' | b'\t' | 0x0b | 0x0c => {
                    self.next()?;
                    if self.current() == Some(b' ') {
                        self.skip_spaces()?;
                    }
                }
                b'-' => {
                    self.next()?;
                    if self.current() != Some(b'-') {
                        return self.found(Token::Byte(b'-'));
                    }
                    self.skip_comment()?;
                }
                b'[' => return self.scan_bracket(),
                b'=' => return self.either(b'=', Token::Equal, byte),
                b'<' => {
                    self.next()?;
                    let token = if self.next_if(b'=')? {
                        Token::LessEqual
                    } else if version::HAS_BITWISE_OPERATORS && self.next_if(b'<')? {
                        Token::ShiftLeft
                    } else {
                        Token::Byte(byte)
                    };
                    return self.found(token);
                }
                b'>' => {
                    self.next()?;
                    let token = if self.next_if(b'=')? {
                        Token::GreaterEqual
                    } else if version::HAS_BITWISE_OPERATORS && self.next_if(b'>')? {
                        Token::ShiftRight
                    } else {
                        Token::Byte(byte)
                    };
                    return self.found(token);
                }
                b'/' if version::HAS_INTEGERS => return self.either(b'/', Token::Idiv, byte),
                b'~' => return self.either(b'=', Token::NotEqual, byte),
                b':' if version::HAS_GOTO => return self.either(b':', Token::DoubleColon, byte),
                b'"' | b'\'' => return self.scan_quoted(byte),
                b'.' => return self.scan_dot(),
                b'0'..=b'9' => return self.scan_number(),
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.scan_name(),
                _ => {
                    self.next()?;
                    return self.found(Token::Byte(byte));
                }
            }
        }
    }

    /// Goes to the first byte after the current one that is no space.
    #[inline(never)]
    fn skip_spaces(&mut self) -> Fallible<()> {
        self.run(false, words::no_space)
    }

    /// `double` if the byte after the current one is `second`, else the current byte.
    #[inline(always)]
    fn either(&mut self, second: u8, double: Token, single: u8) -> Fallible<()> {
        self.next()?;
        let token = if self.next_if(second)? { double } else { Token::Byte(single) };
        self.found(token)
    }

    #[inline(always)]
    fn found(&mut self, token: Token) -> Fallible<()> {
        self.token = token;
        Ok(())
    }

    fn scan_dot(&mut self) -> Fallible<()> {
        self.save_and_next()?;
        if self.next_dot()? {
            let token = if self.next_dot()? { Token::Dots } else { Token::Concat };
            return self.found(token);
        }
        match self.current() {
            Some(b'0'..=b'9') => self.scan_number(),
            _ => self.found(Token::Byte(b'.')),
        }
    }

    /// Passes a dot, or what is as good as one.
    fn next_dot(&mut self) -> Fallible<bool> {
        Ok(self.next_if(b'.')? || version::NUL_PASSES_FOR_ANY && self.next_if(0)?)
    }

    #[inline(always)]
    fn scan_name(&mut self) -> Fallible<()> {
        let text = self.cursor.at_hand();
        let Some((key, len)) = Key::of(text) else { return self.scan_long_name() };
        match self.names.find(key) {
            Some(&Known { name, reserved, .. }) => {
                self.name = name;
                self.name_or_word(name, reserved);
            }
            None => self.new_name(key, &text[..len])?,
        }
        self.cursor.skip_within(len);
        Ok(())
    }

    /// A name that is not known yet, in the piece at hand.
    #[inline(never)]
    fn new_name(&mut self, key: Key, text: &[u8]) -> Fallible<()> {
        // SAFETY: as `string`; the piece stays until the next one is asked for. The name is kept, or a reserved word.
        unsafe {
            let name = Str::new((*self.l).global, text)?;
            self.found_name(name)?;
            self.names.add(key, name);
        }
        Ok(())
    }

    /// A name that is long, or near to the end of the piece at hand.
    #[inline(never)]
    fn scan_long_name(&mut self) -> Fallible<()> {
        while self.current().is_some_and(is_name_part) {
            self.run(true, words::no_name)?;
        }
        // SAFETY: as `string`.
        self.found_name(unsafe { Str::new((*self.l).global, &self.buffer)? })
    }

    /// A new name, or a reserved word.
    fn found_name(&mut self, name: *mut Str) -> Fallible<()> {
        self.name = name;
        // SAFETY: the string is live; `extra` of a short string is the place of its reserved word.
        let reserved = unsafe { if (*name).tag == tag::SHORT_STRING { (*name).extra } else { 0 } };
        let mut name = name;
        if reserved == 0 {
            // SAFETY: as `string`; nothing was allocated since the string was got.
            name = unsafe { self.strings.keep(self.l, name)? };
        }
        self.name_or_word(name, reserved);
        Ok(())
    }

    /// Not one value for either kind, for the reason given at `scan`.
    #[inline(always)]
    fn name_or_word(&mut self, name: *mut Str, reserved: u8) {
        match (reserved as usize).checked_sub(1).and_then(|index| token::RESERVED.get(index)) {
            Some((_, token)) => self.token = *token,
            None => self.token = Token::Name(name),
        }
    }
}

/// Room for what [`spell`] writes.
pub const SPELLING: usize = 12;

/// The spelling of a byte in 5.1: control characters by their code, others as they are.
fn spell_as_c(token: Token, buffer: &mut [u8; SPELLING]) -> &[u8] {
    let Token::Byte(byte) = token else { return b"" };
    if !byte.is_ascii_control() {
        buffer[..3].copy_from_slice(&[b'\'', byte, b'\'']);
        return &buffer[..3];
    }
    let digits = [b'0' + byte / 100, b'0' + byte / 10 % 10, b'0' + byte % 10];
    let skip = if byte < 10 { 2 } else { (byte < 100) as usize };
    let mut len = 0;
    for &b in b"'char(".iter().chain(&digits[skip..]).chain(b")'") {
        buffer[len] = b;
        len += 1;
    }
    &buffer[..len]
}

/// A token's kind as messages show it; `buffer` is for those that are a byte.
pub fn spell(token: Token, buffer: &mut [u8; SPELLING]) -> &[u8] {
    if let Some(fixed) = token.spelling() {
        return fixed.as_bytes();
    }
    if version::OLD_SYNTAX_ERRORS {
        return spell_as_c(token, buffer);
    }
    let Token::Byte(byte) = token else { return b"" };
    if (b' '..=b'~').contains(&byte) {
        buffer[..3].copy_from_slice(&[b'\'', byte, b'\'']);
        return &buffer[..3];
    }
    let digits = [b'0' + byte / 100, b'0' + byte / 10 % 10, b'0' + byte % 10];
    let skip = if byte < 10 { 2 } else { (byte < 100) as usize };
    let mut len = 0;
    let (before, after): (&[u8], &[u8]) = if version::HAS_INTEGERS { (b"'<\\", b">'") } else { (b"char(", b")") };
    for &b in before.iter().chain(&digits[skip..]).chain(after) {
        buffer[len] = b;
        len += 1;
    }
    &buffer[..len]
}
