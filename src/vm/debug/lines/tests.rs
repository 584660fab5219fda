//! Display names of chunks, and lines of instructions.

use super::{ID_SIZE, chunk_id, line_changed, line_of, next_line};
use crate::object::function::LINE_ABSOLUTE;
use crate::object::{AbsLine, Proto};
use crate::version::CHUNK_IDS_LEAVE_ROOM;

fn shows(source: &[u8], expected: &[u8]) {
    let mut id = [1; ID_SIZE];
    let length = unsafe { chunk_id(&mut id, source) };
    assert_eq!(&id[..length], expected);
    assert_eq!(id[length], 0);
}

#[test]
fn names_of_chunks() {
    shows(b"=stdin", b"stdin");
    shows(b"@file.lua", b"file.lua");
    shows(b"", b"[string \"\"]");
    shows(b"return 1", b"[string \"return 1\"]");
    shows(b"return 1\nreturn 2", b"[string \"return 1...\"]");
    shows(b"\n", b"[string \"...\"]");
    shows(&[&b"="[..], &[b'x'; 99]].concat(), &[b'x'; 59]);
    if CHUNK_IDS_LEAVE_ROOM {
        return;
    }
    shows(&[b'x'; 44], &[&b"[string \""[..], &[b'x'; 44], b"\"]"].concat());
    shows(&[b'x'; 45], &[&b"[string \""[..], &[b'x'; 45], b"...\"]"].concat());
    shows(&[&b"@"[..], &[b'x'; 59]].concat(), &[b'x'; 59]);
    shows(&[&b"@"[..], &[b'x'; 60]].concat(), &[&b"..."[..], &[b'x'; 56]].concat());
}

#[test]
fn lines_of_instructions() {
    let mut lines = [1, 0, LINE_ABSOLUTE, -3, 0, 2];
    let mut absolute = [AbsLine { pc: 2, line: 1000 }];
    unsafe {
        let mut p: Proto = core::mem::zeroed();
        p.line_defined = 10;
        assert_eq!(line_of(&p, 0), -1);
        p.lines = lines.as_mut_ptr();
        p.lines_len = 6;
        p.abs_lines = absolute.as_mut_ptr();
        p.abs_line_count = 1;
        let all = [11, 11, 1000, 997, 997, 999];
        let mut line = 10;
        for (pc, expected) in all.into_iter().enumerate() {
            assert_eq!(line_of(&p, pc), expected);
            line = next_line(&p, line, pc);
            assert_eq!(line, expected);
        }
        assert!(!line_changed(&p, 0, 1) && line_changed(&p, 1, 2) && !line_changed(&p, 3, 4) && line_changed(&p, 0, 5));
    }
}
