//! Where patterns match, and which errors they end in.

use super::*;
use crate::version::PATTERN_DEPTH;

fn find(subject: &[u8], pattern_with_nul: &[u8]) -> Result<Option<(usize, usize)>, PatternError> {
    let pattern = &pattern_with_nul[..pattern_with_nul.len() - 1];
    let mut m = unsafe { Matcher::new(subject, pattern) };
    match m.search(0, FAIL) {
        (_, ERROR) => Err(m.error()),
        (_, FAIL) => Ok(None),
        found => Ok(Some(found)),
    }
}

#[test]
fn items_and_repetitions() {
    assert_eq!(find(b"hello world", b"o w\0"), Ok(Some((4, 7))));
    assert_eq!(find(b"aaab", b"a*b\0"), Ok(Some((0, 4))));
    assert_eq!(find(b"aaa", b"a-$\0"), Ok(Some((0, 3))));
    assert_eq!(find(b"xx123yy", b"%d+\0"), Ok(Some((2, 5))));
    assert_eq!(find(b"xx123yy", b"[^%d]+$\0"), Ok(Some((5, 7))));
    assert_eq!(find(b"key = value", b"^x\0"), Ok(None));
    assert_eq!(find(b"", b"a?\0"), Ok(Some((0, 0))));
    assert_eq!(find(b"THE (quick) fox", b"%((%a+)%)\0"), Ok(Some((4, 11))));
    assert_eq!(find(b"a]b", b"[]]\0"), Ok(Some((1, 2))));
    assert_eq!(find(b"a-b", b"[a-]-b\0"), Ok(Some((0, 3))));
}

#[test]
fn constructs() {
    assert_eq!(find(b"x(a(b)c)y", b"%b()\0"), Ok(Some((1, 8))));
    assert_eq!(find(b"THE END", b"%f[%a]%a+$\0"), Ok(Some((4, 7))));
    assert_eq!(find(b"say \"hi\" 'x'", b"([\"'])(.-)%1\0"), Ok(Some((4, 8))));
    assert_eq!(find(b"ab", b"()b\0"), Ok(Some((1, 2))));
}

#[test]
fn errors_only_where_matching_gets_to() {
    assert_eq!(find(b"a", b"b[\0"), Ok(None));
    assert_eq!(find(b"b", b"b[\0"), Err(PatternError::MissingBracket));
    assert_eq!(find(b"a", b"[a\0"), Err(PatternError::MissingBracket));
    assert_eq!(find(b"a", b"[%\0"), Err(PatternError::MissingBracket));
    assert_eq!(find(b"a", b"%\0"), Err(PatternError::EndsWithEscape));
    assert_eq!(find(b"a", b"%1\0"), Err(PatternError::CaptureIndex(1)));
    assert_eq!(find(b"a", b"a)\0"), Err(PatternError::UnopenedCapture));
    assert_eq!(find(b"a", b"%ba\0"), Err(PatternError::MissingBalanceArguments));
    assert_eq!(find(b"a", b"%fa\0"), Err(PatternError::MissingFrontierSet));
    let many = [[b'('; 33].as_slice(), b"\0"].concat();
    assert_eq!(find(b"a", &many), Err(PatternError::TooManyCaptures));
    let depth = PATTERN_DEPTH as usize + 100;
    let deep = [b"a?".repeat(depth).as_slice(), b"\0"].concat();
    assert_eq!(find(&b"a".repeat(depth), &deep), Err(PatternError::TooComplex));
    assert_eq!(find(b"", &deep), Ok(Some((0, 0))));
}
