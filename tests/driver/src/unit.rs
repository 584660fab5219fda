//! The library's own unit tests, by cargo.

use crate::places::Places;
use crate::{Check, Verdict};
use std::process::{Command, Stdio};

pub fn collect(places: &Places) -> Vec<Check> {
    let root = places.root.clone();
    let feature = format!("lua{}", places.version.replace('.', ""));
    let target = root.join("target").join(places.version);
    vec![Check {
        name: "unit".into(),
        run: Box::new(move || {
            let manifest = root.join("Cargo.toml");
            let mut cargo = Command::new("cargo");
            cargo.args(["test", "--lib", "--no-default-features", "--features", &feature, "--manifest-path"]);
            cargo.arg(&manifest).arg("--target-dir").arg(&target).stdin(Stdio::null());
            let output = match cargo.output() {
                Ok(output) => output,
                Err(trouble) => return vec![("unit/cargo".into(), Err(trouble.to_string()))],
            };
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let mut results: Vec<(String, Verdict)> = text.lines().filter_map(|line| result(line, &text)).collect();
            let whole = if output.status.success() {
                Ok(())
            } else {
                let said = String::from_utf8_lossy(&output.stderr);
                Err(format!("cargo test: {}\n{}", output.status, said))
            };
            results.push(("unit/cargo".into(), whole));
            results
        }),
    }]
}

/// Reads a line `test name ... ok`.
fn result(line: &str, whole: &str) -> Option<(String, Verdict)> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    match verdict {
        "ok" => Some((format!("unit/{name}"), Ok(()))),
        "ignored" => None,
        _ => Some((format!("unit/{name}"), Err(whole.into()))),
    }
}
