//! Libraries of two versions in one process (`tests/mixed`): a host linked with the library of the version under test
//! loads plugins that are linked with each of the others. The same is done with the reference libraries, and both must
//! say the same.

use crate::places::{Places, VERSIONS};
use crate::process::{self, Outcome, tool};
use crate::{Check, Verdict, compare};
use std::path::Path;

const SECONDS: u64 = 300;

pub fn collect(places: &Places) -> Vec<Check> {
    let others = VERSIONS.iter().filter(|version| **version != places.version);
    let check_with = |version: &&'static str| {
        let (places, other) = (places.clone(), *version);
        Check::single(format!("mixed/plugin of {other}"), move || check(&places, other))
    };
    // Where only one version is built, there is nothing to mix.
    others.filter(|version| places.of(version).library_file(&places.ours, "so.0").exists()).map(check_with).collect()
}

fn check(places: &Places, other: &'static str) -> Verdict {
    let reference = run(places, other, false)?;
    if !reference.ok() {
        return Err(format!("not even the reference gets through:\n{}", reference.text()));
    }
    compare::equal(&reference, &run(places, other, true)?)
}

/// Builds host and plugin for one side and runs them there.
fn run(places: &Places, other: &'static str, ours: bool) -> Result<Outcome, String> {
    let directory = places.fresh(&format!("mixed {other} {ours}"));
    let (host, plugin) = (directory.join("host"), directory.join("plugin.so"));
    build(places, "host.c", &host, ours, &["-rdynamic"])?;
    build(&places.of(other), "plugin.c", &plugin, ours, &["-shared", "-fPIC"])?;
    let mut command = process::command(&host.display().to_string(), &directory, Path::new("/nonexistent"));
    Ok(process::run(command.arg(&plugin), &directory, SECONDS))
}

fn build(places: &Places, source: &str, product: &Path, ours: bool, flags: &[&str]) -> Verdict {
    let prefix = if ours { &places.ours } else { &places.reference };
    let source = places.root.join("tests/mixed").join(source).display().to_string();
    let headers = crate::capi::headers(places, ours);
    let library = places.library_file(prefix, "so.0").display().to_string();
    let path = format!("-Wl,-rpath,{}", prefix.join("lib").display());
    let product = product.display().to_string();
    let mut arguments = vec!["-O1", "-o", &product, &source, &headers, &library, &path, "-ldl"];
    arguments.extend(flags);
    tool("cc", &arguments).map(drop)
}
