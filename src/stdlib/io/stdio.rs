//! The parts of C's `<stdio.h>` that the libraries use, and a look into a `FILE`'s buffer.
//!
//! Reading a line byte by byte through `getc_unlocked` costs a call per byte, as that is a macro in C only. So
//! [`buffered`] shows the bytes that a `FILE` has already read, and [`consume`] takes some of them; where the layout of
//! `FILE` is not known both know of nothing, and reading goes byte by byte.

use core::ffi::{c_char, c_int, c_long};
pub use libc::FILE;

unsafe extern "C" {
    #[cfg_attr(target_vendor = "apple", link_name = "__stdinp")]
    #[cfg_attr(not(target_vendor = "apple"), link_name = "stdin")]
    static C_STDIN: *mut FILE;
    #[cfg_attr(target_vendor = "apple", link_name = "__stdoutp")]
    #[cfg_attr(not(target_vendor = "apple"), link_name = "stdout")]
    static C_STDOUT: *mut FILE;
    #[cfg_attr(target_vendor = "apple", link_name = "__stderrp")]
    #[cfg_attr(not(target_vendor = "apple"), link_name = "stderr")]
    static C_STDERR: *mut FILE;

    pub fn popen(command: *const c_char, mode: *const c_char) -> *mut FILE;
    pub fn pclose(file: *mut FILE) -> c_int;
    pub fn flockfile(file: *mut FILE);
    pub fn funlockfile(file: *mut FILE);
    pub fn getc_unlocked(file: *mut FILE) -> c_int;
    /// Processor time used, in units of `CLOCKS_PER_SEC`.
    pub fn clock() -> c_long;
}

/// The process's standard input.
pub fn stdin() -> *mut FILE {
    // SAFETY: set by the C library before `main`.
    unsafe { C_STDIN }
}

/// The process's standard output.
pub fn stdout() -> *mut FILE {
    // SAFETY: as `stdin`.
    unsafe { C_STDOUT }
}

/// The process's standard error output.
pub fn stderr() -> *mut FILE {
    // SAFETY: as `stdin`.
    unsafe { C_STDERR }
}

/// Writes all bytes; false when the C library reports less.
///
/// # Safety
/// `file` is open.
#[inline]
pub unsafe fn write(file: *mut FILE, bytes: &[u8]) -> bool {
    // SAFETY: the bytes are readable.
    unsafe { libc::fwrite(bytes.as_ptr().cast(), 1, bytes.len(), file) == bytes.len() }
}

/// Writes text to the standard error output at once (`lua_writestringerror`).
pub fn write_error(text: &[u8]) {
    // SAFETY: the standard error output is always there.
    unsafe {
        write(stderr(), text);
        libc::fflush(stderr());
    }
}

/// The text of an `errno`.
pub fn error_text(errno: c_int) -> &'static [u8] {
    // SAFETY: `strerror` returns a NUL-terminated text that stays until its next call; callers copy it at once.
    unsafe { core::ffi::CStr::from_ptr(libc::strerror(errno)).to_bytes() }
}

/// The beginning of glibc's `FILE`, which its `getc_unlocked` macro compiled into programs and which therefore never
/// changes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[repr(C)]
struct GnuFile {
    flags: c_int,
    read_ptr: *mut u8,
    read_end: *mut u8,
}

/// The bytes that are read but not yet consumed; valid until the next operation on the file.
///
/// # Safety
/// `file` is open, and locked if other threads use it.
#[inline]
pub unsafe fn buffered<'a>(file: *mut FILE) -> &'a [u8] {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: the C library keeps `read_ptr <= read_end` while the file is being read; else there is nothing to take.
    unsafe {
        let file = file.cast::<GnuFile>();
        let (from, to) = ((*file).read_ptr, (*file).read_end);
        if from < to {
            return core::slice::from_raw_parts(from, to.offset_from(from) as usize);
        }
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    let _ = file;
    &[]
}

/// Takes `n` bytes of what [`buffered`] showed.
///
/// # Safety
/// As [`buffered`]; it showed at least `n` bytes and nothing has happened to the file since.
#[inline]
pub unsafe fn consume(file: *mut FILE, n: usize) {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: `n` bytes lie between the two pointers, as `buffered` found, and nobody else uses the file.
    unsafe {
        let file = file.cast::<GnuFile>();
        (*file).read_ptr = (*file).read_ptr.add(n);
    }
    #[cfg(not(all(target_os = "linux", target_env = "gnu")))]
    let _ = (file, n);
}
