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

/// 5.2 names a library function after the place where it happens to find it first, in an order that changes from run to
/// run: of several names one is put for all of them.
pub fn same_names(version: &str, mut outcome: Outcome) -> Outcome {
    const NAMES: [(&str, &str); 3] = [("'_G.", "'"), ("'table.unpack'", "'unpack'"), ("'loadstring'", "'load'")];
    if version == "5.2" {
        for stream in [&mut outcome.stdout, &mut outcome.stderr] {
            NAMES.iter().for_each(|(name, usual)| replace(stream, name.as_bytes(), usual.as_bytes()));
        }
    }
    outcome
}

fn replace(text: &mut Vec<u8>, what: &[u8], with: &[u8]) {
    let mut at = 0;
    while let Some(found) = text[at..].windows(what.len()).position(|window| window == what) {
        text.splice(at + found..at + found + what.len(), with.iter().copied());
        at += found + with.len();
    }
}

/// The first lines in which the two differ, from one line before.
pub fn difference(what: &str, expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (lines(expected), lines(got));
    let first = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut text = format!("{what} differs at line {}\n", first + 1);
    if first > 0 {
        text += &format!("      {}\n", shortened(&expected[first - 1]));
    }
    for (sign, side) in [("expected", &expected), ("got     ", &got)] {
        for line in side.iter().skip(first).take(4) {
            text += &format!("  {sign} {}\n", shortened(line));
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

/// What a line is shown as: the middle of a very long one is left out.
fn shortened(line: &str) -> String {
    const ENDS: usize = 400;
    if line.len() <= 2 * ENDS {
        return line.to_string();
    }
    format!("{} [...] {}", &line[..ENDS], &line[line.len() - ENDS..])
}
