//! `string.unpack`.

use super::layout::{INTEGER, Item, Kind, Layout};
use super::start_position;
use crate::object::Fallible;
use crate::version::{UNPACK_CHECKS_TERMINATOR, UNPACK_CLIPS_POSITIONS};
use crate::vm::State;

/// `string.unpack(fmt, s [, pos])`
pub fn unpack(l: State) -> Fallible<i32> {
    let format = l.check_bytes(1)?;
    let data = l.check_bytes(2)?;
    let start = l.opt_integer(3, 1)?;
    let inside = UNPACK_CLIPS_POSITIONS || start > 0 || (start < 0 && start.unsigned_abs() <= data.len() as u64);
    let mut at = if inside { start_position(start, data.len()) - 1 } else { usize::MAX };
    l.arg_check(at <= data.len(), 3, "initial position out of string")?;
    let mut layout = Layout::new(l, format);
    let mut results = 0;
    while let Some(item) = layout.next(at)? {
        let fits = data.len().checked_sub(at).is_some_and(|left| item.padding + item.size <= left);
        l.arg_check(fits, 2, "data string too short")?;
        at += item.padding;
        l.need_stack(2, "too many results")?;
        if !matches!(item.kind, Kind::Padding | Kind::Align | Kind::Nothing) {
            results += 1;
            at += unpack_item(l, item, data.get(at..).unwrap_or(&[]), layout.little)?;
        }
        at += item.size;
    }
    l.push_integer(at as i64 + 1);
    Ok(results + 1)
}

/// Pushes the item at the start of `data`, which has at least its fixed size; returns how many bytes it takes
/// beyond that.
fn unpack_item(l: State, item: Item, data: &[u8], little: bool) -> Fallible<usize> {
    let fixed = data.get(..item.size).unwrap_or(&[]);
    let rest = data.get(item.size..).unwrap_or(&[]);
    match item.kind {
        Kind::Signed | Kind::Unsigned => {
            l.push_integer(integer(l, fixed, little, item.kind == Kind::Signed)?);
        }
        Kind::Float => {
            let bytes = fixed.try_into().unwrap_or([0; 4]);
            let f = if little { f32::from_le_bytes(bytes) } else { f32::from_be_bytes(bytes) };
            l.push_number(f.into());
        }
        Kind::Double => {
            let bytes = fixed.try_into().unwrap_or([0; 8]);
            l.push_number(if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) });
        }
        Kind::Chars => l.push_bytes(fixed)?,
        Kind::Prefixed => {
            let len = integer(l, fixed, little, false)? as usize;
            let Some(s) = rest.get(..len) else {
                if !UNPACK_CHECKS_TERMINATOR && len.wrapping_add(fixed.len()) <= fixed.len() {
                    // Here the sum of length and position wraps around, so that the length passes for a good one.
                    return Err(l.error(&[b"memory allocation error: block too big".into()]));
                }
                return Err(l.arg_error(2, b"data string too short"));
            };
            l.push_bytes(s)?;
            return Ok(len);
        }
        Kind::Terminated => {
            let Some(len) = data.iter().position(|&c| c == 0) else {
                if !UNPACK_CHECKS_TERMINATOR {
                    // The NUL behind every string ends it.
                    l.push_bytes(data)?;
                    return Ok(data.len() + 1);
                }
                return Err(l.arg_error(2, b"unfinished string for format 'z'"));
            };
            l.push_bytes(data.get(..len).unwrap_or(&[]))?;
            return Ok(len + 1);
        }
        Kind::Padding | Kind::Align | Kind::Nothing => {}
    }
    Ok(0)
}

/// The integer in `bytes` (at most 16): an error when it has more significant bytes than a Lua integer.
fn integer(l: State, bytes: &[u8], little: bool, signed: bool) -> Fallible<i64> {
    let mut wide = [0u8; 16];
    for (i, to) in wide.iter_mut().enumerate().take(bytes.len()) {
        let from = if little { i } else { bytes.len() - 1 - i };
        *to = bytes.get(from).copied().unwrap_or(0);
    }
    let wide = u128::from_le_bytes(wide);
    if bytes.len() < INTEGER {
        let unused = 64 - 8 * bytes.len() as u32;
        let n = (wide as u64) << unused;
        return Ok(if signed { n as i64 >> unused } else { (n >> unused) as i64 });
    }
    let n = wide as i64;
    let unused = 128 - 8 * bytes.len() as u32;
    // The bytes beyond must repeat the sign, or be zero.
    let expected = if signed { (n as i128 as u128) << unused >> unused } else { n as u64 as u128 };
    if wide != expected {
        let size = bytes.len();
        return Err(l.error(&[size.into(), b"-byte integer does not fit into Lua Integer".into()]));
    }
    Ok(n)
}
