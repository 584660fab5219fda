//! Numbers: conversions between integers, floats and text, and the arithmetic that is not one machine
//! instruction. All of it is pure; errors (division by zero) are the caller's.

/// Whether an integer and a float are mathematically equal.
pub fn integer_equals_float(i: i64, f: f64) -> bool {
    float_to_integer(f) == Some(i)
}

/// The integer with exactly this value, if there is one.
#[inline]
pub fn float_to_integer(f: f64) -> Option<i64> {
    // Both bounds are exact doubles; the comparison also refuses NaN.
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&f) {
        let i = f as i64;
        if i as f64 == f { Some(i) } else { None }
    } else {
        None
    }
}

/// The number that the whole of `text` spells, as the lexer reads it, with white space around.
pub fn parse(_text: &[u8]) -> Option<super::Value> {
    unimplemented!()
}

/// Longest text that [`format`] writes.
pub const MAX_TEXT: usize = 44;

/// Writes an integer or float as `tostring` shows it and returns how many bytes that is.
pub fn format(_number: super::Value, _out: &mut [u8; MAX_TEXT]) -> usize {
    unimplemented!()
}
