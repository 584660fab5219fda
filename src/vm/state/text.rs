//! Short texts put together from pieces, for messages.

use super::State;
use crate::memory::List;
use crate::object::{Fallible, Value, number};
use core::mem::MaybeUninit;
use core::{ptr, slice};

/// Messages up to this length are put together without allocating.
const INLINE: usize = 512;

/// Text under construction. Not an object: it may be dropped at any time.
pub(crate) struct Text {
    /// The first `used` bytes are initialised.
    inline: [MaybeUninit<u8>; INLINE],
    used: usize,
    spilled: Option<List<u8>>,
    state: State,
}

impl Text {
    #[inline]
    pub(crate) fn new(state: State) -> Text {
        Text { inline: [const { MaybeUninit::uninit() }; INLINE], used: 0, spilled: None, state }
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) -> Fallible<()> {
        if let Some(list) = &mut self.spilled {
            return Ok(list.extend(bytes)?);
        }
        let end = self.used + bytes.len();
        if let Some(room) = self.inline.get_mut(self.used..end) {
            // SAFETY: as many bytes in both, apart.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), room.as_mut_ptr().cast(), bytes.len()) };
            self.used = end;
            return Ok(());
        }
        // SAFETY: the list dies before the state, in this call.
        let mut list = unsafe { List::new(self.state.heap()) };
        list.extend(self.bytes())?;
        list.extend(bytes)?;
        self.spilled = Some(list);
        Ok(())
    }

    /// Adds a number as `tostring` shows it.
    pub(crate) fn add_number(&mut self, n: Value) -> Fallible<()> {
        let mut text = [0; number::MAX_TEXT];
        let len = number::format(n, &mut text);
        self.add(&text[..len])
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.spilled {
            Some(list) => list,
            // SAFETY: so many are initialised.
            None => unsafe { slice::from_raw_parts(self.inline.as_ptr().cast(), self.used) },
        }
    }
}
