//! Build settings that the library's source cannot know: how it may execute, where modules are looked for, and the C
//! part of the variadic functions.
//!
//! - `relua_tail_calls`: handlers of instructions call each other in tail position, where the optimiser turns that into
//!   jumps; otherwise the portable loop runs (docs/architecture.md, "Dispatch").
//! - `relua_setjmp`: errors leave C functions by `longjmp`; on processors without a guarded call of their own, and when
//!   `RELUA_BOUNDARY` (environment) is `setjmp`.
//! - `RELUA_ROOT` (environment, default `/usr/local/`): the prefix of the default module paths.
//! - `RELUA_MULTIARCH` (environment, default none): on Debian and its kin, the name of the directory in `/usr/lib` for
//!   this machine, such as `x86_64-linux-gnu`. When set, the default module paths are those of the system's own Lua
//!   packages, so that `require` finds modules installed there. `make` sets it where it applies.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    choose_dispatch();
    choose_boundary();
    set_module_paths();
    compile_variadic_functions();
}

fn env(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn choose_dispatch() {
    let optimised = matches!(env("OPT_LEVEL").as_str(), "2" | "3");
    let known_target = matches!(env("CARGO_CFG_TARGET_ARCH").as_str(), "x86_64" | "aarch64");
    // A sanitizer gives functions stack frames, which calls in tail position must not have.
    let sanitized = env("CARGO_ENCODED_RUSTFLAGS").contains("sanitizer");
    if optimised && known_target && !sanitized {
        println!("cargo:rustc-cfg=relua_tail_calls");
    }
}

fn choose_boundary() {
    println!("cargo:rerun-if-env-changed=RELUA_BOUNDARY");
    println!("cargo:rerun-if-changed=src/vm/boundary.c");
    let known_target = matches!(env("CARGO_CFG_TARGET_ARCH").as_str(), "x86_64" | "aarch64");
    if !known_target || env("RELUA_BOUNDARY") == "setjmp" {
        println!("cargo:rustc-cfg=relua_setjmp");
        cc::Build::new().file("src/vm/boundary.c").flag_if_supported("-fexceptions").compile("relua_boundary");
    }
}

/// The minor version by the feature that is on: 4 for `lua54`.
fn minor_version() -> u32 {
    [1, 2, 3, 5].into_iter().find(|n| !env(&format!("CARGO_FEATURE_LUA5{n}")).is_empty()).unwrap_or(4)
}

fn set_module_paths() {
    println!("cargo:rerun-if-env-changed=RELUA_ROOT");
    println!("cargo:rerun-if-env-changed=RELUA_MULTIARCH");
    let minor = minor_version();
    let mut root = env("RELUA_ROOT");
    if root.is_empty() {
        root = "/usr/local/".into();
    }
    if !root.ends_with('/') {
        root.push('/');
    }
    let multiarch = env("RELUA_MULTIARCH");
    let system = !multiarch.is_empty();

    let share = format!("{root}share/lua/5.{minor}/");
    let lib = format!("{root}lib/lua/5.{minor}/");
    let mut lua = Vec::new();
    for directory in [&share, &lib] {
        lua.push(format!("{directory}?.lua"));
        lua.push(format!("{directory}?/init.lua"));
    }
    let mut native = vec![format!("{lib}?.so")];
    if system {
        lua.push(format!("/usr/share/lua/5.{minor}/?.lua"));
        lua.push(format!("/usr/share/lua/5.{minor}/?/init.lua"));
        native.push(format!("/usr/lib/{multiarch}/lua/5.{minor}/?.so"));
        native.push(format!("/usr/lib/lua/5.{minor}/?.so"));
    }
    native.push(format!("{lib}loadall.so"));
    // The current directory came first in 5.1, and has had an `init.lua` since 5.3.
    if minor == 1 {
        lua.insert(0, "./?.lua".into());
        native.insert(0, "./?.so".into());
    } else {
        lua.push("./?.lua".into());
        if minor >= 3 {
            lua.push("./?/init.lua".into());
        }
        native.push("./?.so".into());
    }
    println!("cargo:rustc-env=RELUA_PATH_DEFAULT={}", lua.join(";"));
    println!("cargo:rustc-env=RELUA_CPATH_DEFAULT={}", native.join(";"));
}

fn compile_variadic_functions() {
    println!("cargo:rerun-if-changed=src/capi/variadic.c");
    cc::Build::new()
        .file("src/capi/variadic.c")
        .define("LUA_VERSION_NUM", format!("50{}", minor_version()).as_str())
        .flag_if_supported("-fexceptions")
        .compile("relua_variadic");
}
