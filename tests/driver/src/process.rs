//! Runs a program in a fixed environment, for a limited time, and keeps what it says.

use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a program left behind.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// `exit N`, `signal N` or `time is up`.
    pub ending: String,
}

impl Outcome {
    pub fn ok(&self) -> bool {
        self.ending == "exit 0"
    }

    /// Everything, for a complaint.
    pub fn text(&self) -> String {
        format!("{}{}{}", String::from_utf8_lossy(&self.stdout), String::from_utf8_lossy(&self.stderr), self.ending)
    }
}

/// A command in the fixed environment: C locale, UTC, no LUA_* variables. The library is looked for in
/// `libraries` first.
pub fn command(program: &str, directory: &Path, libraries: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
        .env("HOME", directory)
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .env("LD_LIBRARY_PATH", libraries)
        .current_dir(directory);
    command
}

/// Runs it with an empty standard input. Its output goes through files in `directory`, so that
/// a child that outlives it cannot keep us waiting.
pub fn run(command: &mut Command, directory: &Path, seconds: u64) -> Outcome {
    let (out, err) = (directory.join(".stdout"), directory.join(".stderr"));
    let files = File::create(&out).and_then(|out| File::create(&err).map(|err| (out, err)));
    let Ok((stdout, stderr)) = files else {
        return failure(format!("cannot write in {}", directory.display()));
    };
    command.stdin(Stdio::null()).stdout(stdout).stderr(stderr).process_group(0);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(trouble) => return failure(format!("{command:?}: {trouble}")),
    };
    let start = Instant::now();
    let mut pause = Duration::from_micros(300);
    let ending = loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                break match (status.code(), status.signal()) {
                    (Some(code), _) => format!("exit {code}"),
                    (None, signal) => format!("signal {}", signal.unwrap_or(0)),
                };
            }
            Ok(None) if start.elapsed() < Duration::from_secs(seconds) => std::thread::sleep(pause),
            _ => {
                // By the shell: a program of that name need not be installed.
                let _ = Command::new("sh").args(["-c", &format!("kill -KILL -{}", child.id())]).status();
                let _ = child.wait();
                break "time is up".into();
            }
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    };
    Outcome { stdout: fs::read(out).unwrap_or_default(), stderr: fs::read(err).unwrap_or_default(), ending }
}

/// Runs a tool and returns its standard output as text, or what went wrong.
pub fn tool(program: &str, arguments: &[&str]) -> Result<String, String> {
    let made = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = made.map_err(|trouble| format!("{program}: {trouble}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{program} {}: {}\n{said}", arguments.join(" "), output.status))
    }
}

fn failure(trouble: String) -> Outcome {
    Outcome { stdout: Vec::new(), stderr: trouble.into_bytes(), ending: "not started".into() }
}
