//! Times, and the table form of dates.

use crate::object::value::types;
use crate::object::{Fallible, Value, number};
use crate::stdlib::io::stdio;
use crate::version::{
    DATE_FIELDS_FILL_INTS, HAS_INTEGERS, TIME_NORMALISES_FIELDS, UNKNOWN_TIMES_ARE_NIL, YEAR_COMES_FIRST,
};
use crate::vm::State;
use libc::{time_t, tm};

/// The time now.
pub fn now() -> time_t {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a place for the result.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut time) };
    time.tv_sec
}

/// `os.clock()`: processor time in seconds.
pub fn clock(l: State) -> Fallible<i32> {
    // POSIX fixes the unit at a millionth of a second.
    const CLOCKS_PER_SEC: f64 = 1e6;
    // SAFETY: no arguments.
    l.push_number(unsafe { stdio::clock() } as f64 / CLOCKS_PER_SEC);
    Ok(1)
}

/// A time as an argument.
pub fn check_time(l: State, arg: i32) -> Fallible<time_t> {
    if !HAS_INTEGERS {
        return Ok(number::truncate(l.check_number(arg)?));
    }
    let t = l.check_integer(arg)?;
    #[allow(clippy::unnecessary_cast)] // `time_t` has 32 bits on some systems
    l.arg_check((t as time_t) as i64 == t, arg, "time out-of-bounds")?;
    Ok(t as time_t)
}

/// `os.difftime(t2, t1)`
pub fn difftime(l: State) -> Fallible<i32> {
    let (to, from) = if HAS_INTEGERS {
        (check_time(l, 1)?, check_time(l, 2)?)
    } else {
        // The reference looks at the second argument first.
        let from = if l.is_none_or_nil(2) { 0 } else { check_time(l, 2)? };
        (check_time(l, 1)?, from)
    };
    // SAFETY: no pointers.
    l.push_number(unsafe { libc::difftime(to, from) });
    Ok(1)
}

/// `os.time([table])`: now, or the time of a date, whose fields are normalised.
pub fn time(l: State) -> Fallible<i32> {
    let t = if l.is_none_or_nil(1) {
        now()
    } else {
        l.check_type(1, types::TABLE)?;
        l.set_top(1);
        let mut date = if TIME_NORMALISES_FIELDS { date_from_table(l)? } else { date_from_old_table(l)? };
        // SAFETY: a complete date.
        let t = unsafe { libc::mktime(&raw mut date) };
        if TIME_NORMALISES_FIELDS {
            set_fields(l, &date)?;
        }
        t
    };
    if t == -1 && UNKNOWN_TIMES_ARE_NIL {
        l.push_nil();
        return Ok(1);
    }
    if t == -1 {
        return Err(l.error(&[b"time result cannot be represented in this installation".into()]));
    }
    #[allow(clippy::unnecessary_cast)]
    l.push_integer(t as i64);
    Ok(1)
}

/// Reads the date in the table on top.
fn date_from_table(l: State) -> Fallible<tm> {
    // SAFETY: all-zero bytes are a valid `tm`.
    let mut date: tm = unsafe { core::mem::zeroed() };
    let mut read = [
        (&raw mut date.tm_year, &b"year"[..], None, 1900),
        (&raw mut date.tm_mon, b"month", None, 1),
        (&raw mut date.tm_mday, b"day", None, 0),
        (&raw mut date.tm_hour, b"hour", Some(12), 0),
        (&raw mut date.tm_min, b"min", Some(0), 0),
        (&raw mut date.tm_sec, b"sec", Some(0), 0),
    ];
    if !YEAR_COMES_FIRST {
        read.reverse();
    }
    for (to, name, default, offset) in read {
        let value = field(l, name, default, offset)?;
        // SAFETY: a field of the date above.
        unsafe { to.write(value) };
    }
    date.tm_isdst = daylight_field(l)?;
    Ok(date)
}

/// The field that says whether it is daylight saving time: unknown (negative) unless it is there.
fn daylight_field(l: State) -> Fallible<i32> {
    let known = l.get_field(-1, b"isdst")? != types::NIL;
    let value = if known { l.to_boolean(-1) as i32 } else { -1 };
    l.pop(1);
    Ok(value)
}

/// As [`date_from_table`] where fields that are no numbers count as missing, and nothing is checked.
fn date_from_old_table(l: State) -> Fallible<tm> {
    let field = |name: &[u8], default: Option<i32>| {
        l.get_field(-1, name)?;
        let value = l.to_integer(-1).map(|n| n as i32).or(default);
        l.pop(1);
        value.ok_or_else(|| l.error(&[b"field '".into(), name.into(), b"' missing in date table".into()]))
    };
    // SAFETY: all-zero bytes are a valid `tm`.
    let mut date: tm = unsafe { core::mem::zeroed() };
    date.tm_sec = field(b"sec", Some(0))?;
    date.tm_min = field(b"min", Some(0))?;
    date.tm_hour = field(b"hour", Some(12))?;
    date.tm_mday = field(b"day", None)?;
    date.tm_mon = field(b"month", None)?.wrapping_sub(1);
    date.tm_year = field(b"year", None)?.wrapping_sub(1900);
    date.tm_isdst = daylight_field(l)?;
    Ok(date)
}

/// A field of the date in the table on top, less `offset`, which is what C counts from.
fn field(l: State, name: &[u8], default: Option<i32>, offset: i64) -> Fallible<i32> {
    let kind = l.get_field(-1, name)?;
    let value = match (l.to_integer(-1), default) {
        (Some(n), _) => {
            let in_range = if DATE_FIELDS_FILL_INTS {
                if n >= 0 { n - offset <= i32::MAX as i64 } else { i32::MIN as i64 + offset <= n }
            } else {
                n.unsigned_abs() <= i32::MAX as u64 / 2
            };
            if !in_range {
                return Err(l.error(&[b"field '".into(), name.into(), b"' is out-of-bound".into()]));
            }
            (n - offset) as i32
        }
        _ if kind != types::NIL => {
            return Err(l.error(&[b"field '".into(), name.into(), b"' is not an integer".into()]));
        }
        (None, Some(default)) => default,
        (None, None) => {
            return Err(l.error(&[b"field '".into(), name.into(), b"' missing in date table".into()]));
        }
    };
    l.pop(1);
    Ok(value)
}

/// Sets all fields of the table on top.
pub fn set_fields(l: State, date: &tm) -> Fallible<()> {
    let mut fields: [(&[u8], i32, i64); 8] = [
        (b"year", date.tm_year, 1900),
        (b"month", date.tm_mon, 1),
        (b"day", date.tm_mday, 0),
        (b"hour", date.tm_hour, 0),
        (b"min", date.tm_min, 0),
        (b"sec", date.tm_sec, 0),
        (b"yday", date.tm_yday, 1),
        (b"wday", date.tm_wday, 1),
    ];
    if !YEAR_COMES_FIRST {
        // The order in which `pairs` finds them depends on it.
        fields[..6].reverse();
        fields[6..].reverse();
    }
    for (name, value, offset) in fields {
        l.push(Value::whole(value as i64 + offset));
        l.set_field(-2, name)?;
    }
    // A negative value means that it is not known.
    if date.tm_isdst >= 0 {
        l.push_boolean(date.tm_isdst != 0);
        l.set_field(-2, b"isdst")?;
    }
    Ok(())
}
