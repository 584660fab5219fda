//! What the optimiser made of the instruction handlers. The design stands on handlers that end in an indirect jump and
//! keep everything in registers, and on versions that are told apart when the library is built and never while it runs:
//! if a change, or another compiler, breaks that, it is to be seen here and not in a benchmark some day.

use crate::places::Places;
use crate::process::tool;
use crate::{Check, Verdict};
use std::collections::BTreeMap;

/// Handlers that programs live in. They may contain no call and nothing that touches the native stack.
const FAST: &[&str] = &[
    "loads::move_",
    "loads::load_i",
    "loads::load_f",
    "loads::load_k",
    "loads::load_true",
    "loads::load_false",
    "loads::get_upval",
    "tables::get_field",
    "tables::get_table",
    "tables::get_tab_up",
    "tables::get_i",
    "tables::self_k",
    "tables::set_field",
    "tables::set_table",
    "tables::set_i",
    "arith::add",
    "arith::sub",
    "arith::mul",
    "arith::div",
    "arith::mod_",
    "arith::add_k",
    "arith::sub_k",
    "arith::mul_k",
    "arith::div_k",
    "arith::add_i",
    "arith::sub_i",
    "arith::band",
    "arith::bor",
    "arith::bxor",
    "arith::unm",
    "arith::not",
    "arith::len",
    "branches::jump",
    "branches::jump_if",
    "branches::jump_if_not",
    "branches::jump_eq_k",
    "branches::jump_lt",
    "branches::jump_not_lt",
    "branches::jump_le",
    "branches::jump_not_le",
    "branches::jump_lt_i",
    "branches::jump_not_lt_i",
    "calls::call",
    "calls::return_0",
    "calls::return_1",
    "loops::for_prep",
    "loops::for_loop",
    "loops::tfor_loop",
];

/// What the names of quick forms' handlers begin with.
const QUICK: &str = "quick::";

pub fn collect(places: &Places) -> Vec<Check> {
    let places = places.clone();
    let run = move || {
        let code = match handlers(&places) {
            Ok(code) => code,
            Err(trouble) => return vec![("machine/handlers".to_string(), Err(trouble))],
        };
        let mut verdicts: Vec<_> = FAST.iter().map(|name| (format!("machine/{name}"), check(&code, name))).collect();
        verdicts.push(("machine/quick forms".into(), check_quick_forms(&code)));
        verdicts.push(("machine/no version at run time".into(), check_no_version(&code)));
        verdicts
    };
    vec![Check { name: "machine".into(), run: Box::new(run) }]
}

/// The instructions of every handler in the shared library, by name.
fn handlers(places: &Places) -> Result<BTreeMap<String, Vec<String>>, String> {
    let library = places.library_file(&places.ours, "so.0").display().to_string();
    let text = tool("objdump", &["-d", "--no-show-raw-insn", &library])?;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if let Some((_, symbol)) = line.strip_suffix(">:").and_then(|head| head.split_once('<')) {
            current = handler_name(symbol);
        } else if let (Some(name), Some((_, instruction))) = (&current, line.split_once(":\t")) {
            found.entry(name.clone()).or_default().push(instruction.trim().to_string());
        }
    }
    if found.is_empty() { Err("the library shows no handlers".into()) } else { Ok(found) }
}

/// `_ZN5relua2vm8handlers5loads5move_17h...E` is `loads::move_`; the handlers of quick forms differ in their hash.
fn handler_name(symbol: &str) -> Option<String> {
    if let Some(hash) = symbol.strip_prefix("_ZN5relua2vm5quick7handler17h") {
        return Some(format!("{QUICK}{hash}"));
    }
    let mut rest = symbol.strip_prefix("_ZN5relua2vm8handlers")?;
    let mut parts = Vec::new();
    while let Some(end) = rest.find(|c: char| !c.is_ascii_digit()).filter(|&end| end > 0) {
        let len: usize = rest[..end].parse().ok()?;
        parts.push(rest.get(end..end + len)?);
        rest = &rest[end + len..];
    }
    (parts.len() == 3).then(|| format!("{}::{}", parts[0], parts[1]))
}

fn check(code: &BTreeMap<String, Vec<String>>, name: &str) -> Verdict {
    let instructions = code.get(name).ok_or("no such handler in the library")?;
    let jumps = |i: &String| (i.starts_with("jmp") && i.contains('*')) || i.starts_with("br\tx");
    if !instructions.iter().any(jumps) {
        return Err(format!("does not end in an indirect jump:\n{}", instructions.join("\n")));
    }
    let stack = |i: &&String| {
        ["push", "pop", "call", "bl\t"].iter().any(|op| i.starts_with(op)) || i.contains("%rsp") || i.contains("[sp")
    };
    match instructions.iter().find(stack) {
        Some(first) => Err(format!("uses the native stack ({first}):\n{}", instructions.join("\n"))),
        None => Ok(()),
    }
}

/// The handlers of quick forms may call what computes the result, but go on to the next instruction by a jump.
fn check_quick_forms(code: &BTreeMap<String, Vec<String>>) -> Verdict {
    let calls =
        |i: &&String| (i.starts_with("call") && i.contains("*") && !i.contains("(%rip)")) || i.starts_with("blr");
    let mut found = 0;
    for (_, instructions) in code.iter().filter(|(name, _)| name.starts_with(QUICK)) {
        found += 1;
        if let Some(first) = instructions.iter().find(calls) {
            return Err(format!("calls what it should jump to ({first}):\n{}", instructions.join("\n")));
        }
    }
    if found < 10 { Err(format!("only {found} found")) } else { Ok(()) }
}

/// No handler, however slow, asks which Lua this is. A version could come from memory or be compared with a number: so
/// nothing is read from a fixed address but constants of floating-point instructions (x86-64: relative to `rip`; taking an
/// address or calling through the linker's table is no reading), and none of the versions' numbers occurs.
fn check_no_version(code: &BTreeMap<String, Vec<String>>) -> Verdict {
    let harmless = |i: &str| i.contains("%xmm") || ["lea", "call", "jmp"].iter().any(|op| i.starts_with(op));
    let loads = |i: &&String| i.contains("(%rip)") && !harmless(i);
    let numbers =
        |i: &&String| (501..=505).any(|n| i.contains(&format!("$0x{n:x},")) || i.ends_with(&format!("#{n:#x}")));
    let mut found = String::new();
    for (name, instructions) in code {
        for instruction in instructions.iter().filter(|i| loads(i) || numbers(i)) {
            found += &format!("{name}: {instruction}\n");
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}
