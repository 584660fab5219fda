//! The package library (manual §6.3): `require` and the table `package`.
//!
//! | module | subject |
//! |---|---|
//! | `handles` (5.1: `handles51`) | the C libraries that are loaded |
//! | `module` | `module` and `package.seeall` (5.1 and 5.2) |
//! | [`native`] | loading C libraries and finding functions in them |
//! | `require` | `require` and the table `package` |
//! | `search` | paths, and the searchers that `require` asks |
//! | `v51` | `require` and the table `package` in 5.1 |

#[cfg(not(feature = "lua51"))]
mod handles;
#[cfg(feature = "lua51")]
mod handles51;
#[cfg(any(feature = "lua51", feature = "lua52"))]
mod module;
mod native;
#[cfg(not(feature = "lua51"))]
mod require;
mod search;
#[cfg(feature = "lua51")]
mod v51;

use crate::builtin;
use crate::memory::List;
use crate::object::Fallible;
use crate::object::Thrown;
use crate::stdlib::arguments::c_string;
use crate::version::PATHS_KEEP_SEPARATORS;
use crate::vm::State;
use core::ffi::CStr;

#[cfg(feature = "lua51")]
builtin!(pub static OPEN = v51::open);
#[cfg(not(feature = "lua51"))]
builtin!(pub static OPEN = require::open);

/// The value of an environment variable; `name` contains a NUL.
fn getenv(name: &[u8]) -> Option<&'static [u8]> {
    // SAFETY: the name ends in NUL; the value is copied before the environment changes.
    unsafe {
        let value = libc::getenv(name.as_ptr().cast());
        if value.is_null() { None } else { Some(CStr::from_ptr(value).to_bytes()) }
    }
}

/// Pushes a path with the default in place of the first `;;` (in old versions of each, between separators).
fn push_path(l: State, path: &[u8], default: &[u8]) -> Fallible<()> {
    if PATHS_KEEP_SEPARATORS {
        // `;;` becomes `;`, the default, `;`: first a mark takes its place, as the default may have a `;;`, too.
        l.gsub(path, b";;", b";\x01;")?;
        let marked = l.to_bytes(-1)?.unwrap_or_default();
        l.gsub(marked, b"\x01", default)?;
        l.remove(-2);
        return Ok(());
    }
    let Some(mark) = path.windows(2).position(|pair| pair == b";;") else {
        return l.push_bytes(path);
    };
    let (before, after) = (&path[..mark], &path[mark + 2..]);
    let mut text = l.buffer();
    if !before.is_empty() {
        text.add(before)?;
        text.byte(b';')?;
    }
    text.add(default)?;
    if !after.is_empty() {
        text.byte(b';')?;
        text.add(after)?;
    }
    text.push()
}

/// Appends `text` with `replacement` for every byte that is `mark`.
fn replace_into(out: &mut List<u8>, text: &[u8], mark: u8, replacement: &[u8]) -> Fallible<()> {
    let mut pieces = text.split(|&b| b == mark);
    out.extend(pieces.next().unwrap_or_default())?;
    for piece in pieces {
        out.extend(replacement)?;
        out.extend(piece)?;
    }
    Ok(())
}

/// Whether the file can be opened for reading; the name ends in NUL.
fn is_readable(name: &[u8]) -> bool {
    // SAFETY: a C string.
    unsafe {
        let file = libc::fopen(name.as_ptr().cast(), c"r".as_ptr());
        if !file.is_null() {
            libc::fclose(file);
        }
        !file.is_null()
    }
}

/// The loader of module number 1 has failed on a file; the reason is on top.
#[cold]
fn load_error(l: State, file: &CStr) -> Thrown {
    let texts = (l.to_bytes(1), l.to_bytes(-1));
    let (Ok(name), Ok(reason)) = texts else {
        return Thrown::Memory;
    };
    // SAFETY: Lua strings.
    let text = |t: Option<&'static [u8]>| unsafe { c_string(t.unwrap_or(b"\0")) }.to_bytes();
    l.error(&[
        b"error loading module '".into(),
        text(name).into(),
        b"' from file '".into(),
        file.to_bytes().into(),
        b"':\n\t".into(),
        text(reason).into(),
    ])
}
