//! `table.sort`: quicksort with the median of three as pivot.
//!
//! The algorithm makes the comparisons and exchanges of PUC Lua's in the same order, so that inconsistent order
//! functions give the same results. It is written once ([`sort_range`]) over two kinds of sequences: any list by
//! API calls, its elements in stack slots meanwhile ([`General`]), and arrays of strings or numbers in order by `<`,
//! where nothing can interfere ([`Direct`]). Arrays of integers, and of floats whose order is total, have only one
//! sorted form and are left to the standard library's sort.

use super::{READ_WRITE_LENGTH, get, length, plain, set};
use crate::gc::prefetch;
use crate::object::value::types;
use crate::object::{Fallible, Slot, Str, Table, Thrown, Value, tag};
use crate::version::SORT_IS_PLAIN;
use crate::vm::{State, meta};
use core::cmp::Ordering;

/// Ranges at least this long may take a pivot by chance after a bad partition.
const RANDOM_FROM: u32 = 100;

/// `table.sort(list [, comp])`
pub fn sort(l: State) -> Fallible<i32> {
    let n = length(l, 1, READ_WRITE_LENGTH)?;
    let check_function = || if l.is_none_or_nil(2) { Ok(()) } else { l.check_type(2, types::FUNCTION) };
    if SORT_IS_PLAIN {
        check_function()?;
    }
    if n > 1 {
        if !SORT_IS_PLAIN {
            l.arg_check(n < i32::MAX as i64, 1, "array too big")?;
            check_function()?;
        }
        l.set_top(2);
        if l.value(2).is_nil() && sort_directly(l, n as u32)? {
            return Ok(0);
        }
        // Slots 3 to 5 hold elements.
        l.set_top(5);
        sort_range(&mut General { l, by_function: !l.value(2).is_nil() }, 1, n as u32, 0)?;
    }
    Ok(0)
}

/// Elements in hand.
#[derive(Clone, Copy)]
enum Hand {
    Pivot,
    Low,
    High,
}

/// How many comparisons ahead of its use an element is brought into the cache.
const AHEAD: u32 = 4;

/// A sequence with indices from 1, and a place for each of the elements in hand.
trait Sequence {
    /// The element at `i`, if there is one, will be compared soon.
    #[inline(always)]
    fn expect(&self, _i: u32) {}
    /// It will be compared very soon, and has been expected.
    #[inline(always)]
    fn expect_more(&self, _i: u32) {}
    fn take(&mut self, hand: Hand, i: u32) -> Fallible<()>;
    fn put(&mut self, i: u32, hand: Hand) -> Fallible<()>;
    fn less(&mut self, a: Hand, b: Hand) -> Fallible<bool>;
    fn invalid_order(&self) -> Thrown;
}

/// Sorts `low..=high`. `chance` is zero until a partition was bad.
fn sort_range<S: Sequence>(s: &mut S, mut low: u32, mut high: u32, mut chance: u32) -> Fallible<()> {
    use Hand::*;
    while low < high {
        s.take(Low, low)?;
        s.take(High, high)?;
        exchange_if_less(s, (High, high), (Low, low))?;
        if high - low == 1 {
            break;
        }
        let middle = if SORT_IS_PLAIN || high - low < RANDOM_FROM || chance == 0 {
            // As C's unsigned arithmetic; lengths are below 2^31.
            low.wrapping_add(high) / 2
        } else {
            let quarter = (high - low) / 4;
            chance % (quarter * 2) + (low + quarter)
        };
        s.take(High, middle)?;
        s.take(Low, low)?;
        if s.less(High, Low)? {
            s.put(middle, Low)?;
            s.put(low, High)?;
        } else {
            s.take(Low, high)?;
            exchange_if_less(s, (Low, high), (High, middle))?;
        }
        if high - low == 2 {
            break;
        }
        s.take(Pivot, middle)?;
        s.take(High, high - 1)?;
        s.put(middle, High)?;
        s.put(high - 1, Pivot)?;
        let border = partition(s, low, high)?;
        // The smaller part by recursion: its depth is logarithmic.
        let smaller;
        if border - low < high - border {
            sort_range(s, low, border - 1, chance)?;
            smaller = border - low;
            low = border + 1;
        } else {
            sort_range(s, border + 1, high, chance)?;
            smaller = high - border;
            high = border - 1;
        }
        if low < high && (high - low) / 128 > smaller {
            chance = by_chance();
        }
    }
    Ok(())
}

/// Exchanges two elements in hand in the sequence, if the first is less than the second.
#[inline(always)]
fn exchange_if_less<S: Sequence>(s: &mut S, a: (Hand, u32), b: (Hand, u32)) -> Fallible<()> {
    if s.less(a.0, b.0)? {
        s.put(b.1, a.0)?;
        s.put(a.1, b.0)?;
    }
    Ok(())
}

/// Partitions `low..=high` around the pivot in hand, which is also at `high - 1`; `low` and `high` are in their
/// parts already. Returns where the pivot belongs, and is.
#[inline]
fn partition<S: Sequence>(s: &mut S, low: u32, high: u32) -> Fallible<u32> {
    use Hand::*;
    let (mut i, mut j) = (low, high - 1);
    loop {
        loop {
            i += 1;
            s.expect(i + AHEAD);
            s.expect_more(i + AHEAD / 2);
            s.take(Low, i)?;
            if !s.less(Low, Pivot)? {
                break;
            }
            if if SORT_IS_PLAIN { i >= high } else { i == high - 1 } {
                return Err(s.invalid_order());
            }
        }
        loop {
            j = j.wrapping_sub(1);
            s.expect(j.wrapping_sub(AHEAD));
            s.expect_more(j.wrapping_sub(AHEAD / 2));
            s.take(High, j)?;
            if !s.less(Pivot, High)? {
                break;
            }
            if if SORT_IS_PLAIN { j <= low || j > high } else { j < i } {
                return Err(s.invalid_order());
            }
        }
        if j < i {
            if SORT_IS_PLAIN {
                // What is there now, in case the order function has changed the list.
                s.take(Pivot, high - 1)?;
                s.take(Low, i)?;
            }
            s.put(high - 1, Low)?;
            s.put(i, Pivot)?;
            return Ok(i);
        }
        s.put(i, High)?;
        s.put(j, Low)?;
    }
}

/// The processor time used so far: as good as chance.
#[cold]
fn by_chance() -> u32 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is written, or left alone when there is no such clock.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    (time.tv_nsec as u32).wrapping_add(time.tv_sec as u32) | 1
}

#[cold]
fn invalid_order(l: State) -> Thrown {
    l.error(&[b"invalid order function for sorting".into()])
}

/// Any list, at index 1, with an order function at index 2 or nil. An element in hand lies in a stack slot.
struct General {
    l: State,
    by_function: bool,
}

impl Hand {
    fn slot(self) -> i32 {
        match self {
            Hand::Pivot => 3,
            Hand::Low => 4,
            Hand::High => 5,
        }
    }
}

impl General {
    /// The object at `i` of the array part, if there is one.
    #[inline(always)]
    fn object(&self, i: u32) -> Option<Value> {
        let t = plain(self.l, 1)?;
        // SAFETY: an argument, hence alive; the index is in its array part.
        unsafe {
            let index = i.wrapping_sub(1);
            if index >= (*t).array_len {
                return None;
            }
            Some(Slot::load((*t).array.add(index as usize))).filter(|v| v.is_collectable())
        }
    }
}

/// Elements are often objects with the fields to compare, anywhere in memory.
impl Sequence for General {
    #[inline(always)]
    fn expect(&self, i: u32) {
        if let Some(v) = self.object(i) {
            prefetch(v.as_pointer());
        }
    }

    #[inline(always)]
    fn expect_more(&self, i: u32) {
        if let Some(v) = self.object(i)
            && v.is_table()
        {
            // SAFETY: a live table.
            unsafe { prefetch((*v.as_table()).nodes) };
        }
    }

    #[inline]
    fn take(&mut self, hand: Hand, i: u32) -> Fallible<()> {
        let l = self.l;
        match plain(l, 1) {
            // SAFETY: an argument, hence alive; the slot is in this frame.
            Some(t) => unsafe { Value::store(l.at(hand.slot()).cast_mut(), get(t, i.into())) },
            None => {
                l.get_i(1, i.into())?;
                l.replace(hand.slot());
            }
        }
        Ok(())
    }

    #[inline]
    fn put(&mut self, i: u32, hand: Hand) -> Fallible<()> {
        let l = self.l;
        match plain(l, 1) {
            // SAFETY: the table is an argument, the value in the stack: both are reachable.
            Some(t) => unsafe { set(l, t, i.into(), l.value(hand.slot())) },
            None => {
                l.push_value(hand.slot());
                l.set_i(1, i.into())
            }
        }
    }

    #[inline]
    fn less(&mut self, a: Hand, b: Hand) -> Fallible<bool> {
        let l = self.l;
        if !self.by_function {
            return l.less_than(a.slot(), b.slot());
        }
        l.push_value(2);
        l.push_value(a.slot());
        l.push_value(b.slot());
        l.call(2, 1)?;
        let less = l.to_boolean(-1);
        l.pop(1);
        Ok(less)
    }

    fn invalid_order(&self) -> Thrown {
        invalid_order(self.l)
    }
}

/// The array part of a plain table. Comparisons cannot fail, collect or change anything, so elements in hand need
/// no stack slots.
struct Direct<F> {
    l: State,
    array: *mut Slot,
    less: F,
    hands: [Value; 3],
}

impl<F: Fn(Value, Value) -> bool> Sequence for Direct<F> {
    #[inline(always)]
    fn take(&mut self, hand: Hand, i: u32) -> Fallible<()> {
        // SAFETY: the partition stops at the ends of its range whatever `less` says.
        self.hands[hand as usize] = unsafe { Slot::load(self.array.add(i as usize - 1)) };
        Ok(())
    }
    #[inline(always)]
    fn put(&mut self, i: u32, hand: Hand) -> Fallible<()> {
        // SAFETY: as `take`.
        unsafe { Slot::store(self.array.add(i as usize - 1), self.hands[hand as usize]) };
        Ok(())
    }
    #[inline(always)]
    fn less(&mut self, a: Hand, b: Hand) -> Fallible<bool> {
        Ok((self.less)(self.hands[a as usize], self.hands[b as usize]))
    }
    fn invalid_order(&self) -> Thrown {
        invalid_order(self.l)
    }
}

/// What the elements of an array have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Uniform {
    Integers,
    /// Floats without NaN and negative zero.
    OrderedFloats,
    Strings,
    Mixed,
}

fn uniform(slots: &[Slot]) -> Uniform {
    let kind = |slot: &Slot| match slot.tag {
        tag::INTEGER => Uniform::Integers,
        tag::FLOAT if slot.value().as_float().is_nan() || slot.payload == (-0.0f64).to_bits() => Uniform::Mixed,
        tag::FLOAT => Uniform::OrderedFloats,
        tag::SHORT_STRING | tag::LONG_STRING => Uniform::Strings,
        _ => Uniform::Mixed,
    };
    let first = slots.first().map_or(Uniform::Mixed, kind);
    if slots.iter().all(|v| kind(v) == first) { first } else { Uniform::Mixed }
}

/// Sorts by `<` without the API, if the list allows it.
fn sort_directly(l: State, n: u32) -> Fallible<bool> {
    let Some(t) = plain(l, 1) else {
        return Ok(false);
    };
    // SAFETY: the table is an argument; nothing below allocates or runs Lua code, so its array stays, and
    // exchanging elements of one table needs no barrier.
    let slots: &mut [Slot] = unsafe {
        if n > (*t).array_len {
            return Ok(false);
        }
        Table::note_element(t, n as i64);
        core::slice::from_raw_parts_mut((*t).array, n as usize)
    };
    match uniform(slots) {
        Uniform::Integers => slots.sort_unstable_by_key(|slot| slot.value().as_integer()),
        Uniform::OrderedFloats => slots.sort_unstable_by(|a, b| {
            let (a, b) = (a.value().as_float(), b.value().as_float());
            a.partial_cmp(&b).unwrap_or(Ordering::Equal)
        }),
        Uniform::Strings => {
            // SAFETY: the strings are in the table, hence alive.
            let less = |a: Value, b: Value| unsafe {
                meta::compare_strings(Str::bytes(a.as_str()), Str::bytes(b.as_str())) == Ordering::Less
            };
            let mut s = Direct { l, array: slots.as_mut_ptr(), less, hands: [Value::NIL; 3] };
            sort_range(&mut s, 1, n, 0)?;
        }
        Uniform::Mixed => return Ok(false),
    }
    Ok(true)
}
