//! Source text to syntax tree: lexer, tree, parser, name resolution.
//!
//! The parser reads the source once and hands each function over as soon as its `end` is read, the main function statement by
//! statement ([`tree::Consumer`]); what was handed over is dropped. All errors about syntax, names, labels and limits of
//! variables are raised here, in the order and with the lines and tokens that a one-pass compiler gives.

mod arena;
mod fold;
mod lexer;
mod parser;
mod scope;
mod token;
pub mod tree;

pub use parser::parse;

use crate::gc;
use crate::object::{Fallible, GcHeader, Str, Thread};

/// Creates the strings that are never collected: `_ENV` and the reserved words. For the making of a state, before
/// anything else can have interned them.
///
/// # Safety
/// `l` is the main thread of a state under construction, with its string table.
pub unsafe fn init(l: *mut Thread) -> Fallible<()> {
    // SAFETY: each string was just put into the list of objects when it is fixed.
    unsafe {
        let g = (*l).global;
        if (*g).env_name.is_null() {
            let env = Str::new(g, b"_ENV")?;
            gc::fix(g, env.cast::<GcHeader>());
            (*g).env_name = env;
        }
        for (index, (word, token)) in token::RESERVED.iter().enumerate() {
            if token::is_reserved(*token) {
                let word = Str::new(g, word)?;
                gc::fix(g, word.cast::<GcHeader>());
                (*word).extra = index as u8 + 1;
            }
        }
    }
    Ok(())
}
