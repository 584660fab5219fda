//! Tells the library how it may execute: by tail calls where the optimiser turns them into jumps, else
//! by the portable loop (docs/architecture.md, "Dispatch").

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let get = |name: &str| std::env::var(name).unwrap_or_default();
    let optimised = matches!(get("OPT_LEVEL").as_str(), "2" | "3");
    let known_target = matches!(get("CARGO_CFG_TARGET_ARCH").as_str(), "x86_64" | "aarch64");
    if optimised && known_target {
        println!("cargo:rustc-cfg=relua_tail_calls");
    }
}
