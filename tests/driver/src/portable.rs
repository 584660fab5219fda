//! The library as it is on processors for which it has neither tail calls nor a guarded call of its own: the loop over
//! handlers, and errors that leave C by `longjmp`. It is built beside the other one, and the scripts and C programs
//! run on it again: for one of the later versions, and for the one that differs most from it.

use crate::places::Places;
use crate::{Check, Verdict, capi, scripts};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

const VERSIONS: &[&str] = &["5.1", "5.4"];

pub fn collect(places: &Places) -> Vec<Check> {
    if !VERSIONS.contains(&places.version) {
        return Vec::new();
    }
    let portable = Places {
        ours: places.root.join("build/portable").join(places.version),
        scratch: places.scratch.join("portable"),
        ..places.clone()
    };
    let mut checks = scripts::collect_lua(&portable);
    checks.extend(capi::collect(&portable));
    // The first check to run builds; the others wait for it.
    let built = Arc::new(OnceLock::new());
    let on_portable = |check: Check| {
        let (built, portable) = (built.clone(), portable.clone());
        let name = format!("portable/{}", check.name);
        let run = move || {
            if let Err(trouble) = built.get_or_init(|| build(&portable)) {
                return vec![(format!("portable/{}", check.name), Err(trouble.clone()))];
            }
            (check.run)().into_iter().map(|(name, verdict)| (format!("portable/{name}"), verdict)).collect()
        };
        Check { name, run: Box::new(run) }
    };
    checks.into_iter().map(on_portable).collect()
}

/// Without most of the optimiser there are no tail calls (build.rs).
fn build(places: &Places) -> Verdict {
    let mut make = Command::new("make");
    make.args(["-s", "all", &format!("LUA={}", places.version), &format!("DIST={}", places.ours.display())]);
    make.arg("-C").arg(&places.root).stdin(Stdio::null());
    make.env("CARGO_TARGET_DIR", places.root.join("target/portable")).env("RELUA_BOUNDARY", "setjmp");
    make.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
    let output = make.output().map_err(|trouble| format!("make: {trouble}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    places.link_programs()
}
