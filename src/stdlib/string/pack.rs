//! `string.pack` and `string.packsize`.

use super::layout::{INTEGER, Item, Kind, Layout, MAX_INTEGER, MAX_SIZE};
use crate::object::Fallible;
use crate::stdlib::builder::Builder;
use crate::version::STRING_SIZES_ARE_LARGE;
use crate::vm::State;

/// `string.pack(fmt, v1, v2, ...)`
pub fn pack(l: State) -> Fallible<i32> {
    let mut layout = Layout::new(l, l.check_bytes(1)?);
    // A missing last argument is nil in messages ("number expected, got nil"): the original separates its
    // arguments from its buffer by one.
    l.push_nil();
    let mut out = Builder::new(l);
    let mut arg = 1;
    let mut total = 0usize;
    while let Some(item) = layout.next(total)? {
        total = total.wrapping_add(item.padding).wrapping_add(item.size);
        out.fill(0, item.padding)?;
        if STRING_SIZES_ARE_LARGE {
            let size = item.size + item.padding;
            l.arg_check(size <= MAX_SIZE.saturating_sub(total), arg, "result too long")?;
        }
        match item.kind {
            Kind::Padding => out.byte(0)?,
            Kind::Align | Kind::Nothing => {}
            _ => {
                arg += 1;
                total = total.wrapping_add(pack_item(l, &mut out, item, layout.little, arg)?);
            }
        }
    }
    out.push()?;
    Ok(1)
}

/// Adds argument `arg`; returns how many bytes that took beyond the item's fixed size.
fn pack_item(l: State, out: &mut Builder, item: Item, little: bool, arg: i32) -> Fallible<usize> {
    let size = item.size;
    match item.kind {
        Kind::Signed => {
            let n = l.check_integer(arg)?;
            if size < INTEGER {
                let limit = 1i64 << (size * 8 - 1);
                l.arg_check(-limit <= n && n < limit, arg, "integer overflow")?;
            }
            pack_integer(out, n as u64, little, size, n < 0)?;
        }
        Kind::Unsigned => {
            let n = l.check_integer(arg)? as u64;
            if size < INTEGER {
                l.arg_check(n < 1 << (size * 8), arg, "unsigned overflow")?;
            }
            pack_integer(out, n, little, size, false)?;
        }
        Kind::Float => {
            let f = l.check_number(arg)? as f32;
            out.add(&if little { f.to_le_bytes() } else { f.to_be_bytes() })?;
        }
        Kind::Double => {
            let f = l.check_number(arg)?;
            out.add(&if little { f.to_le_bytes() } else { f.to_be_bytes() })?;
        }
        Kind::Chars => {
            let s = l.check_bytes(arg)?;
            l.arg_check(s.len() <= size, arg, "string longer than given size")?;
            out.add(s)?;
            out.fill(0, size - s.len())?;
        }
        Kind::Prefixed => {
            let s = l.check_bytes(arg)?;
            let fits = size >= size_of::<usize>() || s.len() < 1 << (size * 8);
            l.arg_check(fits, arg, "string length does not fit in given size")?;
            pack_integer(out, s.len() as u64, little, size, false)?;
            out.add(s)?;
            return Ok(s.len());
        }
        Kind::Terminated => {
            let s = l.check_bytes(arg)?;
            l.arg_check(!s.contains(&0), arg, "string contains zeros")?;
            out.add(s)?;
            out.byte(0)?;
            return Ok(s.len() + 1);
        }
        Kind::Padding | Kind::Align | Kind::Nothing => {}
    }
    Ok(0)
}

/// Adds `size` bytes of `n`, sign-extended if it is negative.
fn pack_integer(out: &mut Builder, n: u64, little: bool, size: usize, negative: bool) -> Fallible<()> {
    let wide = if negative { n as i64 as i128 } else { n as i128 };
    let mut bytes = wide.to_le_bytes();
    debug_assert!(size <= MAX_INTEGER);
    let used = bytes.get_mut(..size).unwrap_or(&mut []);
    if !little {
        used.reverse();
    }
    out.add(used)
}

/// `string.packsize(fmt)`
pub fn pack_size(l: State) -> Fallible<i32> {
    let mut layout = Layout::new(l, l.check_bytes(1)?);
    let mut total = 0;
    while let Some(Item { kind, size, padding }) = layout.next(total)? {
        l.arg_check(!matches!(kind, Kind::Prefixed | Kind::Terminated), 1, "variable-length format")?;
        let size = size + padding;
        l.arg_check(size <= MAX_SIZE && total <= MAX_SIZE - size, 1, "format result too large")?;
        total += size;
    }
    l.push_integer(total as i64);
    Ok(1)
}
