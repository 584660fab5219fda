//! Tokens and how messages spell them.

use crate::object::Str;
use crate::version;

/// A token with its meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token {
    /// No token: before the first one, and in errors that are not about a token.
    None,
    /// A byte that stands for itself.
    Byte(u8),
    // ---- reserved words, in the order of `RESERVED`
    And,
    Break,
    Do,
    Else,
    Elseif,
    End,
    False,
    For,
    Function,
    Goto,
    If,
    In,
    Local,
    Nil,
    Not,
    Or,
    Repeat,
    Return,
    Then,
    True,
    Until,
    While,
    // ---- other symbols of several bytes
    Idiv,
    Concat,
    Dots,
    Equal,
    GreaterEqual,
    LessEqual,
    NotEqual,
    ShiftLeft,
    ShiftRight,
    DoubleColon,
    Eof,
    // ---- tokens with a value
    Float(f64),
    Integer(i64),
    Name(*mut Str),
    String(*mut Str),
}

/// The reserved words and their tokens; `Str::extra` of a reserved word is its place here, from 1.
pub const RESERVED: [(&[u8], Token); 22] = [
    (b"and", Token::And),
    (b"break", Token::Break),
    (b"do", Token::Do),
    (b"else", Token::Else),
    (b"elseif", Token::Elseif),
    (b"end", Token::End),
    (b"false", Token::False),
    (b"for", Token::For),
    (b"function", Token::Function),
    (b"goto", Token::Goto),
    (b"if", Token::If),
    (b"in", Token::In),
    (b"local", Token::Local),
    (b"nil", Token::Nil),
    (b"not", Token::Not),
    (b"or", Token::Or),
    (b"repeat", Token::Repeat),
    (b"return", Token::Return),
    (b"then", Token::Then),
    (b"true", Token::True),
    (b"until", Token::Until),
    (b"while", Token::While),
];

/// Whether the word of `token` is reserved in this version.
pub fn is_reserved(token: Token) -> bool {
    token != Token::Goto || version::HAS_GOTO
}

impl Token {
    /// How messages name the kind of token: reserved words and symbols with their quotes, others by description.
    /// `None` for a single byte, which [`super::lexer::Lexer`] spells.
    pub fn spelling(self) -> Option<&'static str> {
        Some(match self {
            Token::None | Token::Byte(_) => return None,
            Token::And => "'and'",
            Token::Break => "'break'",
            Token::Do => "'do'",
            Token::Else => "'else'",
            Token::Elseif => "'elseif'",
            Token::End => "'end'",
            Token::False => "'false'",
            Token::For => "'for'",
            Token::Function => "'function'",
            Token::Goto => "'goto'",
            Token::If => "'if'",
            Token::In => "'in'",
            Token::Local => "'local'",
            Token::Nil => "'nil'",
            Token::Not => "'not'",
            Token::Or => "'or'",
            Token::Repeat => "'repeat'",
            Token::Return => "'return'",
            Token::Then => "'then'",
            Token::True => "'true'",
            Token::Until => "'until'",
            Token::While => "'while'",
            Token::Idiv => "'//'",
            Token::Concat => "'..'",
            Token::Dots => "'...'",
            Token::Equal => "'=='",
            Token::GreaterEqual => "'>='",
            Token::LessEqual => "'<='",
            Token::NotEqual => "'~='",
            Token::ShiftLeft => "'<<'",
            Token::ShiftRight => "'>>'",
            Token::DoubleColon => "'::'",
            Token::Eof if version::OLD_SYNTAX_ERRORS => "'<eof>'",
            Token::Name(_) if version::OLD_SYNTAX_ERRORS => "'<name>'",
            Token::Eof => "<eof>",
            Token::Float(_) => "<number>",
            Token::Integer(_) => "<integer>",
            Token::Name(_) => "<name>",
            Token::String(_) => "<string>",
        })
    }
}
