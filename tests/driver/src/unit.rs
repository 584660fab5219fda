//! The library's own unit tests, by cargo; for 5.4 once more in the build for processors that have neither tail calls
//! nor a guarded call of their own.

use crate::places::Places;
use crate::{Check, Verdict};
use std::process::{Command, Stdio};

pub fn collect(places: &Places) -> Vec<Check> {
    let mut checks = vec![build(places, "unit", places.version, &[])];
    if places.version == "5.4" {
        checks.push(build(places, "unit with setjmp", "setjmp", &[("RELUA_BOUNDARY", "setjmp")]));
    }
    checks
}

fn build(places: &Places, name: &'static str, directory: &str, settings: &'static [(&str, &str)]) -> Check {
    let root = places.root.clone();
    let feature = format!("lua{}", places.version.replace('.', ""));
    let target = root.join("target").join(directory);
    Check {
        name: name.into(),
        run: Box::new(move || {
            let manifest = root.join("Cargo.toml");
            let mut cargo = Command::new("cargo");
            cargo.args(["test", "--lib", "--no-default-features", "--features", &feature, "--manifest-path"]);
            cargo.arg(&manifest).arg("--target-dir").arg(&target).stdin(Stdio::null());
            cargo.envs(settings.iter().copied());
            let output = match cargo.output() {
                Ok(output) => output,
                Err(trouble) => return vec![(format!("{name}/cargo"), Err(trouble.to_string()))],
            };
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let mut results: Vec<(String, Verdict)> =
                text.lines().filter_map(|line| result(name, line, &text)).collect();
            let whole = if output.status.success() {
                Ok(())
            } else {
                let said = String::from_utf8_lossy(&output.stderr);
                Err(format!("cargo test: {}\n{}", output.status, said))
            };
            results.push((format!("{name}/cargo"), whole));
            results
        }),
    }
}

/// Reads a line `test name ... ok`.
fn result(kind: &str, line: &str, whole: &str) -> Option<(String, Verdict)> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    match verdict {
        "ok" => Some((format!("{kind}/{name}"), Ok(()))),
        "ignored" => None,
        _ => Some((format!("{kind}/{name}"), Err(whole.into()))),
    }
}
