//! Compares what two sides said and shows the first difference of each stream.

use crate::Verdict;
use crate::process::Outcome;

/// Are the two outcomes equal byte for byte?
pub fn equal(reference: &Outcome, ours: &Outcome) -> Verdict {
    let mut found = String::new();
    for (stream, expected, got) in
        [("stdout", &reference.stdout, &ours.stdout), ("stderr", &reference.stderr, &ours.stderr)]
    {
        if expected != got {
            found += &difference(stream, expected, got);
        }
    }
    if reference.ending != ours.ending {
        found += &format!("ending: expected {}, got {}\n", reference.ending, ours.ending);
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The first lines in which the two differ, from one line before.
pub fn difference(what: &str, expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (lines(expected), lines(got));
    let first = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut text = format!("{what} differs at line {}\n", first + 1);
    if first > 0 {
        text += &format!("      {}\n", expected[first - 1]);
    }
    for (sign, side) in [("expected", &expected), ("got     ", &got)] {
        for line in side.iter().skip(first).take(4) {
            text += &format!("  {sign} {line}\n");
        }
        if side.len() <= first {
            text += &format!("  {sign} (nothing more)\n");
        }
    }
    text
}

fn lines(bytes: &[u8]) -> Vec<String> {
    bytes.split(|byte| *byte == b'\n').map(|line| line.escape_ascii().to_string()).collect()
}
