//! How much memory programs take, with our library and with the reference: each piece of `tests/memory/footprint.lua`
//! prints what `collectgarbage("count")` says of what it has built, and the process's largest size without the pages of
//! files, both in KiB. Ours must not exceed the reference's by more than a tenth.
//!
//! What a process takes before it runs anything is left out: it is measured by the piece named `nothing`.

use crate::places::Places;
use crate::process;
use crate::scripts::{self, Piece};
use crate::{Check, Verdict};
use std::fs;
use std::path::Path;

const SECONDS: u64 = 120;
/// KiB by which an allocator's granularity may shift a size.
const SLACK: f64 = 256.0;
/// How often each size is measured.
const RUNS: usize = 3;

/// In KiB.
#[derive(Clone, Copy)]
struct Footprint {
    counted: f64,
    peak: f64,
}

pub fn collect(places: &Places) -> Vec<Check> {
    let file = places.root.join("tests/memory/footprint.lua");
    let pieces = scripts::pieces_for(places, &file);
    let Some(nothing) = pieces.iter().find(|piece| piece.name == "nothing").map(|piece| piece.text.clone()) else {
        return Vec::new();
    };
    let check = |piece: Piece| {
        let name = format!("footprint/{}", piece.name);
        let (places, nothing) = (places.clone(), nothing.clone());
        Check::single(name.clone(), move || compare(&places, &name, &nothing, &piece.text))
    };
    pieces.into_iter().filter(|piece| piece.name != "nothing").map(check).collect()
}

fn compare(places: &Places, name: &str, nothing: &str, text: &str) -> Verdict {
    let above = |side: &str, prefix: &Path| -> Result<Footprint, String> {
        let bare = typical(places, name, side, prefix, nothing)?;
        let full = typical(places, name, side, prefix, text)?;
        Ok(Footprint { counted: full.counted - bare.counted, peak: full.peak - bare.peak })
    };
    let theirs = above("reference", &places.reference)?;
    let ours = above("ours", &places.ours)?;
    for (what, ours, theirs) in [("counted", ours.counted, theirs.counted), ("peak", ours.peak, theirs.peak)] {
        if ours > theirs * 1.1 + SLACK {
            return Err(format!("{what}: {ours} KiB, the reference takes {theirs}"));
        }
    }
    Ok(())
}

/// Sizes vary a little from run to run, with the seed of the strings' hashes and where the system puts things: the median
/// of each.
fn typical(places: &Places, name: &str, side: &str, prefix: &Path, text: &str) -> Result<Footprint, String> {
    let runs: Vec<Footprint> =
        (0..RUNS).map(|_| measure(places, name, side, prefix, text)).collect::<Result<_, _>>()?;
    let median = |part: fn(&Footprint) -> f64| {
        let mut sizes: Vec<f64> = runs.iter().map(part).collect();
        sizes.sort_by(f64::total_cmp);
        sizes[RUNS / 2]
    };
    Ok(Footprint { counted: median(|run| run.counted), peak: median(|run| run.peak) })
}

fn measure(places: &Places, name: &str, side: &str, prefix: &Path, text: &str) -> Result<Footprint, String> {
    let directory = places.fresh(&format!("{name} {side}"));
    fs::write(directory.join("footprint.lua"), text).map_err(|trouble| trouble.to_string())?;
    let program = places.bin(side).join(format!("lua{}", places.version));
    let mut command = process::command(&program.to_string_lossy(), &directory, &prefix.join("lib"));
    let outcome = process::run(command.arg("footprint.lua"), &directory, SECONDS);
    let said = String::from_utf8_lossy(&outcome.stdout).into_owned();
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers[..] {
        [counted, peak] if outcome.ok() => Ok(Footprint { counted, peak }),
        _ => Err(outcome.text()),
    }
}
