//! The test driver: runs every check there is, or those that are asked for, and counts.
//!
//! ```text
//! tests/run                      everything, for all versions of Lua
//! tests/run lua options          two categories
//! tests/run lua/strings          the checks whose name begins with this, for all versions
//! tests/run 5.3/lua/strings      for one version; so does LUA=5.3 tests/run lua/strings
//! tests/run -l                   only the names
//! tests/run -v lua               tells what passed, too
//! ```
//!
//! A *check* is one independently reported test case, called `version/category/file/name`. Most are differential:
//! the same thing is done with our library and with the reference, and what comes out must be equal byte for
//! byte. The last line is plain: `N passed, N failed`.
//!
//! | Category | What is checked |
//! |---|---|
//! | `packaging` | symbols, sonames, headers, layout of C structures, static library, installation |
//! | `machine` | the machine code of the instruction handlers |
//! | `lua` | differential: the scripts of `tests/lua` and `tests/lua5.x` |
//! | `options` | differential: command lines of the programs (`tests/options`) |
//! | `capi` | differential: the C programs of `capi-tests`, and whether they call every exported function |
//! | `mixed` | differential: libraries of two versions in one process |
//! | `memory` | refused memory, small native stacks, valgrind |
//! | `watched` | the scripts and C programs under AddressSanitizer, for two versions |
//! | `portable` | the scripts and C programs on the build for other processors, for two versions |
//! | `footprint` | memory in use, compared with the reference's |
//! | `programs` | programs of Debian on the library |
//! | `unit` | `cargo test` |

mod calls;
mod capi;
mod compare;
mod footprint;
mod machine;
mod memory;
mod mixed;
mod packaging;
mod places;
mod portable;
mod process;
mod programs;
mod scripts;
mod unit;
mod watched;

use places::{Places, VERSIONS};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a check came to: nothing to complain about, or what was found.
pub type Verdict = Result<(), String>;

/// One case, ready to run: a name below the version's, and the doing.
pub struct Check {
    pub name: String,
    pub run: Box<dyn Fn() -> Vec<(String, Verdict)> + Send + Sync>,
}

impl Check {
    /// A check that reports under its own name.
    pub fn single(name: impl Into<String>, run: impl Fn() -> Verdict + Send + Sync + 'static) -> Check {
        let name = name.into();
        let reported = name.clone();
        Check { name, run: Box::new(move || vec![(reported.clone(), run())]) }
    }
}

type Collect = fn(&Places) -> Vec<Check>;

/// The categories in the order they run, cheap and telling ones first.
const CATEGORIES: &[(&str, Collect)] = &[
    ("packaging", packaging::collect),
    ("machine", machine::collect),
    ("lua", scripts::collect_lua),
    ("options", scripts::collect_options),
    ("capi", capi::collect),
    ("mixed", mixed::collect),
    ("memory", memory::collect),
    ("watched", watched::collect),
    ("portable", portable::collect),
    ("footprint", footprint::collect),
    ("programs", programs::collect),
    ("unit", unit::collect),
];

fn main() -> ExitCode {
    let mut request = Request::default();
    let mut only_list = false;
    for word in std::env::args().skip(1) {
        match word.as_str() {
            "-l" => only_list = true,
            "-v" => request.verbose = true,
            _ => request.names.push(word),
        }
    }
    let only = std::env::var("LUA").ok().filter(|only| !only.is_empty());
    let mut score = Score::default();
    for version in VERSIONS {
        let named = only.as_ref().is_none_or(|only| only.split_whitespace().any(|word| word == *version));
        if !named || !request.names_version(version) {
            continue;
        }
        request.version = version;
        match Places::find(version) {
            Ok(places) => run_version(&places, &request, only_list, &mut score),
            Err(trouble) => score.add(&format!("{version}/places"), vec![(format!("{version}/places"), Err(trouble))]),
        }
    }
    if only_list {
        return ExitCode::SUCCESS;
    }
    for name in &score.failures {
        println!("FAILED {name}");
    }
    println!("{} passed, {} failed", score.passed, score.failures.len());
    if score.failures.is_empty() && score.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_version(places: &Places, request: &Request, only_list: bool, score: &mut Score) {
    for (category, collect) in CATEGORIES {
        if !request.touches(category) {
            continue;
        }
        let mut checks = collect(places);
        checks.retain(|check| request.touches(&check.name));
        if only_list {
            checks.iter().for_each(|check| println!("{}/{}", places.version, check.name));
        } else {
            score.add(&format!("{}/{category}", places.version), run_all(&checks, request));
        }
    }
}

/// What is to be run, and for which version at the moment.
#[derive(Default)]
struct Request {
    version: &'static str,
    names: Vec<String>,
    verbose: bool,
}

impl Request {
    /// Is anything wanted of this version? What has no version's number in front stands for all of them.
    fn names_version(&self, version: &str) -> bool {
        let of_another = |word: &String| VERSIONS.iter().any(|other| *other != version && word.starts_with(other));
        self.names.is_empty() || !self.names.iter().all(of_another)
    }

    /// Does one of the wanted names lie on the way to this one, or this one on the way to it?
    fn touches(&self, name: &str) -> bool {
        let full = format!("{}/{name}", self.version);
        let meets = |word: &str, name: &str| name.starts_with(word) || word.starts_with(name);
        self.names.is_empty() || self.names.iter().any(|word| meets(word, name) || meets(word, &full))
    }

    /// Is the check wanted itself?
    fn wants(&self, name: &str) -> bool {
        let full = format!("{}/{name}", self.version);
        self.names.is_empty() || self.names.iter().any(|word| name.starts_with(word) || full.starts_with(word))
    }
}

#[derive(Default)]
struct Score {
    passed: usize,
    failures: Vec<String>,
}

impl Score {
    fn add(&mut self, category: &str, results: Vec<(String, Verdict)>) {
        let (mut passed, mut failed) = (0, 0);
        for (name, verdict) in results {
            match verdict {
                Ok(()) => passed += 1,
                Err(_) => {
                    failed += 1;
                    self.failures.push(name);
                }
            }
        }
        self.passed += passed;
        if passed + failed > 0 {
            println!("{category}: {passed} of {} passed", passed + failed);
        }
    }
}

/// Runs the checks on as many threads as there are processors; complains as soon as something fails, and
/// returns the results in the order of the checks.
fn run_all(checks: &[Check], request: &Request) -> Vec<(String, Verdict)> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, |count| count.get());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(check) = checks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index = next.load(Ordering::Relaxed);
                    for (name, verdict) in (check.run)() {
                        if !request.wants(&name) {
                            continue;
                        }
                        let name = format!("{}/{name}", request.version);
                        let mut results = results.lock().expect("a worker has panicked");
                        match &verdict {
                            Err(trouble) => println!("--- {name}\n{}", trouble.trim_end()),
                            Ok(()) if request.verbose => println!("ok  {name}"),
                            Ok(()) => {}
                        }
                        results.push((index, name, verdict));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().expect("a worker has panicked");
    results.sort_by_key(|(index, ..)| *index);
    results.into_iter().map(|(_, name, verdict)| (name, verdict)).collect()
}
