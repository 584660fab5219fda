//! Against the C library, on tricky and on random numbers.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)]
use super::*;
use std::ffi::CString;

fn by_strtod(text: &str) -> f64 {
    let c = CString::new(text).unwrap();
    unsafe { libc::strtod(c.as_ptr(), core::ptr::null_mut()) }
}

fn by_printf(f: f64, precision: u32) -> String {
    let mut buffer = [0u8; 64];
    let len = unsafe { libc::snprintf(buffer.as_mut_ptr().cast(), 64, c"%.*g".as_ptr(), precision as libc::c_int, f) };
    String::from_utf8(buffer[..len as usize].to_vec()).unwrap()
}

#[cfg(feature = "lua54")]
fn shown(v: Value) -> String {
    let mut out = [0; MAX_TEXT];
    let len = format(v, &mut out);
    String::from_utf8(out[..len].to_vec()).unwrap()
}

fn general(f: f64, precision: u32) -> String {
    let mut out = [0; MAX_TEXT];
    let len = format_general(f, precision, &mut out);
    String::from_utf8(out[..len].to_vec()).unwrap()
}

fn random_shift(n: u64) -> u64 {
    n & 127
}

struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    /// A float of one of several shapes.
    fn float(&mut self) -> f64 {
        let n = self.next();
        match n % 9 {
            8 => (n >> 11) as f64 * 2f64.powi((random_shift(n)) as i32),
            0 => f64::from_bits(self.next()),
            1 => (n >> 40) as f64,
            2 => (n >> 34) as f64 / 100.0,
            3 => (n >> 20) as f64 / 8.0,
            4 => (n >> 11) as f64 * 2f64.powi(-((n & 63) as i32) - 30),
            5 => (n >> 44) as f64 * 1e-7,
            6 => 10f64.powi((n >> 3 & 31) as i32 - 8),
            _ => (n >> 16 << 4) as f64 * 0.5,
        }
    }
}

const RUNS: usize = if cfg!(miri) { 60 } else { 300_000 };

#[test]
fn floats_are_written_as_by_printf() {
    if cfg!(miri) {
        return;
    }
    let mut random = Random(1);
    for _ in 0..RUNS {
        let f = random.float();
        for precision in [14, 15, 17] {
            assert_eq!(general(f, precision), by_printf(f, precision), "{f:e}");
        }
    }
    for f in
        [0.5, 1.5, 2.5, 1e14, 99999999999999.5, 99999999999998.5, 1e15, 0.0001, 0.00001, 9.99999999999995, 1e-4 - 1e-19]
    {
        for precision in 1..=17 {
            assert_eq!(general(f, precision), by_printf(f, precision), "{f:e}");
            assert_eq!(general(-f, precision), by_printf(-f, precision), "{f:e}");
        }
    }
}

#[test]
#[cfg(feature = "lua54")]
fn shown_as_in_lua() {
    let cases = [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (-1e13, "-10000000000000.0"),
        (1e14, "1e+14"),
        (1e100, "1e+100"),
        (0.1, "0.1"),
        (2.56789012345678, "2.5678901234568"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
        (5e-324, "4.9406564584125e-324"),
    ];
    for (f, text) in cases {
        if cfg!(miri) && !(1e-9..1e36).contains(&f.abs()) && f != 0.0 && f.is_finite() {
            continue;
        }
        assert_eq!(shown(Value::float(f)), text);
    }
    assert_eq!(shown(Value::float(f64::from_bits(0xFFF8 << 48))), "-nan");
    assert_eq!(shown(Value::float(f64::from_bits(0x7FF8 << 48))), "nan");
    for n in [0, 1, -1, 9, 10, 99, 100, 12345, i64::MAX, i64::MIN, -1000000] {
        assert_eq!(shown(Value::integer(n)), n.to_string());
    }
}

fn float_of(text: &str) -> Option<f64> {
    parse(text.as_bytes()).and_then(to_float)
}

#[test]
fn floats_are_read_as_by_strtod() {
    let mut random = Random(2);
    for n in 0..RUNS {
        let f = random.float();
        if !f.is_finite() {
            continue;
        }
        let texts = if n % 2 == 0 {
            [format!("{f:e}"), format!("{:.20e}", f), format!("{}", f)]
        } else {
            let (m, e) = (random.next() >> (random.next() & 63), random.next() as i64 % 1100);
            let at = format!("{m:x}").len() as u64;
            let point = (random.next() % at) as usize;
            let digits = format!("{m:x}");
            [
                format!("0x{m:x}p{e}"),
                format!("0x{}.{}p{e}", &digits[..point], &digits[point..]),
                format!("-0x{}.{}{:016x}1P{e}", &digits[..point], &digits[point..], random.next()),
            ]
        };
        for text in texts {
            if cfg!(miri) {
                let _ = float_of(&text).unwrap();
            } else {
                assert_eq!(float_of(&text).unwrap().to_bits(), by_strtod(&text).to_bits(), "{text}");
            }
        }
    }
}

#[test]
#[cfg(feature = "lua54")]
fn tricky_texts() {
    let int = |text: &str| parse(text.as_bytes()).filter(|v| v.is_integer()).map(Value::as_integer);
    assert_eq!(int(" 10 "), Some(10));
    assert_eq!(int("\t-0x10\n"), Some(-16));
    assert_eq!(int("+7"), Some(7));
    assert_eq!(int("9223372036854775807"), Some(i64::MAX));
    assert_eq!(int("-9223372036854775808"), Some(i64::MIN));
    assert_eq!(int("9223372036854775808"), None);
    assert_eq!(float_of("9223372036854775808"), Some(TWO_63));
    assert_eq!(float_of("-9223372036854775809"), Some(-TWO_63));
    assert_eq!(int("0xffffffffffffffffff"), Some(-1));
    assert_eq!(int("0x7fffffffffffffff"), Some(i64::MAX));
    assert_eq!(int("-0xffffffffffffffff"), Some(1));
    assert_eq!(int("00012"), Some(12));
    let floats = [
        ("0x.8", 0.5),
        ("0x8.", 8.0),
        ("0xA.8p1", 21.0),
        ("0x1p-1074", 5e-324),
        ("0x0.8p-1074", 0.0),
        ("0x0.81p-1074", 5e-324),
        ("0x1p99999999999999999999", f64::INFINITY),
        ("0x0p99999999999999999999", 0.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("5.e1", 50.0),
        ("1e+2", 100.0),
        ("1E-2", 0.01),
        ("1e400", f64::INFINITY),
        ("1e-99999999999999999999", 0.0),
        ("  0.25  ", 0.25),
    ];
    for (text, f) in floats {
        assert_eq!(float_of(text), Some(f), "{text}");
    }
    assert!(float_of("-0.0").unwrap().is_sign_negative());
    assert_eq!(int("-0"), Some(0));
    let wrong = [
        "",
        " ",
        "-",
        "+",
        "- 1",
        "--1",
        "0x",
        "-0x",
        "0x.",
        "0xp1",
        "0x1p",
        "0x1p+",
        "1e",
        "1e+",
        ".",
        "e5",
        ".e5",
        "1.5.",
        "1..5",
        "inf",
        "nan",
        "-inf",
        "INF",
        "infinity",
        "0xinf",
        "1 2",
        "1\0",
        "\0",
        "1e5.0",
        "1_0",
        "0b1",
        "1f",
        "1d",
        "0x1.8p1.0",
        "0xg",
        "1e1e1",
        "0x1p1p1",
        "1,5",
    ];
    for text in wrong {
        assert!(parse(text.as_bytes()).is_none(), "{text:?}");
    }
}

#[test]
fn integer_division_rounds_down() {
    let values = [i64::MIN, i64::MIN + 1, -7, -2, -1, 0, 1, 2, 3, 7, i64::MAX - 1, i64::MAX];
    for a in values {
        for b in values.into_iter().filter(|b| *b != 0) {
            let exact = (a as i128).div_euclid(b as i128) - ((b < 0) && (a as i128).rem_euclid(b as i128) != 0) as i128;
            assert_eq!(int_idiv(a, b), exact as i64, "{a} // {b}");
            assert_eq!(int_mod(a, b), (a as i128 - exact * b as i128) as i64, "{a} % {b}");
        }
    }
    assert_eq!(float_mod(5.5, -2.0), -0.5);
    assert_eq!(float_mod(-5.5, 2.0), 0.5);
    assert_eq!(float_mod(-5.5, -2.0), -1.5);
    if version::FLOAT_MOD_IS_EXACT {
        assert_eq!(float_mod(1.0, f64::INFINITY), 1.0);
        assert_eq!(float_mod(-1.0, f64::INFINITY), f64::INFINITY);
    }
    assert!(float_mod(1.0, 0.0).is_nan());
}

#[test]
fn quick_remainders_are_exact() {
    let numbers =
        [0.0, 0.25, 0.7, 1.0, 1.5, 2.0, 3.0, 7.0, 10.1, 1e6, 65537.0, 1e15 + 0.5, 9007199254740993.0, 1e18, 1e19];
    let all = || numbers.iter().flat_map(|&n| [n, -n]).chain([f64::INFINITY, f64::NEG_INFINITY, f64::NAN]);
    for (a, b) in all().flat_map(|a| all().map(move |b| (a, b))) {
        if version::FLOAT_MOD_IS_EXACT
            && let Some(quick) = quick_float_mod(a, b)
        {
            let rest = a % b;
            let right = if (rest > 0.0 && b < 0.0) || (rest < 0.0 && b > 0.0) { rest + b } else { rest };
            assert_eq!(quick.to_bits(), right.to_bits(), "{a} % {b}");
        }
    }
}

#[test]
fn shifts() {
    assert_eq!(shift_left(1, 63), i64::MIN);
    assert_eq!(shift_left(1, 64), 0);
    assert_eq!(shift_left(-1, -1), i64::MAX);
    assert_eq!(shift_left(-1, -63), 1);
    assert_eq!(shift_left(-1, -64), 0);
    assert_eq!(shift_left(-1, i64::MIN), 0);
    assert_eq!(shift_right(-1, i64::MIN), 0);
    assert_eq!(shift_right(-1, 1), i64::MAX);
    assert_eq!(shift_right(1, -1), 2);
}

#[test]
fn rounding_to_integers() {
    let below = f64::from_bits(TWO_63.to_bits() - 1);
    assert_eq!(float_to_integer(TWO_63), None);
    assert_eq!(float_to_integer(-TWO_63), Some(i64::MIN));
    assert_eq!(float_to_integer(below), Some(below as i64));
    assert_eq!(float_to_integer(1.5), None);
    assert_eq!(float_to_integer_floor(-1.5), Some(-2));
    assert_eq!(float_to_integer_ceil(-1.5), Some(-1));
    assert_eq!(float_to_integer_floor(1.5), Some(1));
    assert_eq!(float_to_integer_ceil(1.5), Some(2));
    assert_eq!(float_to_integer_ceil(f64::NAN), None);
    assert_eq!(float_to_integer_floor(f64::INFINITY), None);
}

#[test]
fn comparisons_are_exact() {
    let floats = [
        0.0,
        -0.0,
        0.5,
        -0.5,
        9007199254740992.0,
        9007199254740993.0,
        -9007199254740994.0,
        TWO_63,
        -TWO_63,
        1e300,
        -1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        9223372036854774784.0,
    ];
    let integers =
        [0, 1, -1, (1 << 53) - 1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, i64::MAX, i64::MIN, i64::MAX - 1023];
    // An exact comparison in half units: every float here in range is a multiple of one half.
    let units = |f: f64| if f.abs() > 1e30 { f.signum() as i128 * i128::MAX } else { (f * 2.0) as i128 };
    for f in floats {
        for i in integers {
            let (a, b) = (i as i128 * 2, units(f));
            assert_eq!(int_lt_float(i, f), a < b, "{i} < {f}");
            assert_eq!(int_le_float(i, f), a <= b, "{i} <= {f}");
            assert_eq!(float_lt_int(f, i), b < a, "{f} < {i}");
            assert_eq!(float_le_int(f, i), b <= a, "{f} <= {i}");
            assert_eq!(integer_equals_float(i, f), a == b, "{i} == {f}");
        }
    }
    for i in integers {
        assert!(!int_lt_float(i, f64::NAN) && !int_le_float(i, f64::NAN));
        assert!(!float_lt_int(f64::NAN, i) && !float_le_int(f64::NAN, i));
    }
}

#[test]
fn rounding_agrees_with_the_c_library() {
    let mut samples =
        [0.0, 0.25, 0.5, 1.0, 1.5, 4_503_599_627_370_495.5, 4_503_599_627_370_496.0, 1e300, f64::MIN_POSITIVE];
    for _ in 0..2 {
        for x in samples {
            assert_eq!(real::floor(x).to_bits(), x.floor().to_bits(), "{x}");
            assert_eq!(real::ceil(x).to_bits(), x.ceil().to_bits(), "{x}");
            assert_eq!(real::trunc(x).to_bits(), x.trunc().to_bits(), "{x}");
        }
        samples = samples.map(|x| -x);
    }
    assert!(real::floor(f64::NAN).is_nan() && real::ceil(f64::INFINITY) == f64::INFINITY);
}
