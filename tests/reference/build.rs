//! Hands the name of the target on to the program, which builds for the machine it runs on.

fn main() {
    println!("cargo:rustc-env=REFERENCE_TARGET={}", std::env::var("TARGET").unwrap_or_default());
}
