//! The test driver: runs every check there is, or those that are asked for, and counts.
//!
//! ```text
//! tests/run                      everything
//! tests/run lua options          two categories
//! tests/run lua/strings          the checks whose full name begins with this
//! tests/run -l                   only the names
//! ```
//!
//! A *check* is one independently reported test case, called `category/file/name`. Most are differential:
//! the same thing is done with our library and with the reference, and what comes out must be equal byte for
//! byte. The last line is plain: `N passed, N failed`.

mod capi;
mod compare;
mod machine;
mod memory;
mod packaging;
mod places;
mod process;
mod programs;
mod scripts;
mod unit;

use places::Places;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a check came to: nothing to complain about, or what was found.
pub type Verdict = Result<(), String>;

/// One case, ready to run: a name below the category's, and the doing.
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
    ("memory", memory::collect),
    ("programs", programs::collect),
    ("unit", unit::collect),
];

fn main() -> ExitCode {
    let mut wanted: Vec<String> = Vec::new();
    let mut only_list = false;
    let mut verbose = false;
    for word in std::env::args().skip(1) {
        match word.as_str() {
            "-l" => only_list = true,
            "-v" => verbose = true,
            _ => wanted.push(word),
        }
    }
    let places = match Places::find() {
        Ok(places) => places,
        Err(trouble) => {
            eprintln!("tests: {trouble}");
            return ExitCode::FAILURE;
        }
    };
    let mut score = Score::default();
    for (category, collect) in CATEGORIES {
        if !touches(&wanted, category) {
            continue;
        }
        let checks: Vec<Check> = collect(&places).into_iter().filter(|check| touches(&wanted, &check.name)).collect();
        if only_list {
            checks.iter().for_each(|check| println!("{}", check.name));
        } else {
            score.add(run_all(&checks, &wanted, verbose), category);
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

/// Does one of the wanted names lie on the way to this one, or this one on the way to it?
fn touches(wanted: &[String], name: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|word| name.starts_with(word.as_str()) || word.starts_with(name))
}

#[derive(Default)]
struct Score {
    passed: usize,
    failures: Vec<String>,
}

impl Score {
    fn add(&mut self, results: Vec<(String, Verdict)>, category: &str) {
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
        println!("{category}: {passed} of {} passed", passed + failed);
    }
}

/// Runs the checks on as many threads as there are processors; complains as soon as something fails, and
/// returns the results in the order of the checks.
fn run_all(checks: &[Check], wanted: &[String], verbose: bool) -> Vec<(String, Verdict)> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, |count| count.get());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(check) = checks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index = next.load(Ordering::Relaxed);
                    for (name, verdict) in (check.run)() {
                        if !wanted.is_empty() && !wanted.iter().any(|word| name.starts_with(word.as_str())) {
                            continue;
                        }
                        let mut results = results.lock().expect("a worker has panicked");
                        match &verdict {
                            Err(trouble) => println!("--- {name}\n{}", trouble.trim_end()),
                            Ok(()) if verbose => println!("ok  {name}"),
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
