//! The place in the text: the current byte and what is at hand behind it.
//!
//! A text comes in pieces. The current byte always lies in the present one: the next piece is asked for as soon as the last
//! byte of this one is consumed, which is when the reference asks, too.

use crate::object::Fallible;
use crate::vm::input::Input;
use core::slice;

pub struct Cursor<'a> {
    /// The present piece from the current byte on; empty at the end of the text.
    piece: slice::Iter<'a, u8>,
    input: &'a mut Input,
}

impl<'a> Cursor<'a> {
    /// At the beginning of what `input` still has.
    ///
    /// # Safety
    /// While the cursor is used, only it asks `input` for pieces.
    pub unsafe fn new(input: &'a mut Input) -> Fallible<Cursor<'a>> {
        let mut cursor = Cursor { piece: [].iter(), input };
        cursor.next_piece()?;
        Ok(cursor)
    }

    /// The byte to look at, `None` at the end.
    #[inline(always)]
    pub fn current(&self) -> Option<u8> {
        self.at_hand().first().copied()
    }

    /// The current byte and those behind it, up to the end of the piece. They stay until the next piece is asked for.
    #[inline(always)]
    pub fn at_hand(&self) -> &'a [u8] {
        self.piece.as_slice()
    }

    /// Goes to the next byte.
    #[inline(always)]
    pub fn advance(&mut self) -> Fallible<()> {
        self.piece.next();
        self.ensure_piece()
    }

    /// Goes on by `n` of the bytes at hand.
    #[inline(always)]
    pub fn skip(&mut self, n: usize) -> Fallible<()> {
        self.pass(n);
        self.ensure_piece()
    }

    /// Goes on by `n` bytes, behind which there are others at hand.
    #[inline(always)]
    pub fn skip_within(&mut self, n: usize) {
        debug_assert!(n < self.at_hand().len());
        self.pass(n);
    }

    /// Asks for the next piece when this one is used up.
    #[inline(always)]
    fn ensure_piece(&mut self) -> Fallible<()> {
        if self.at_hand().is_empty() { self.next_piece() } else { Ok(()) }
    }

    #[inline(always)]
    fn pass(&mut self, n: usize) {
        self.piece = self.at_hand().get(n..).unwrap_or(&[]).iter();
    }

    #[cold]
    #[inline(never)]
    fn next_piece(&mut self) -> Fallible<()> {
        // SAFETY: the bytes are not used after the next piece has been asked for, here, and nobody else asks.
        self.piece = unsafe { self.input.take_piece()? }.iter();
        Ok(())
    }
}
