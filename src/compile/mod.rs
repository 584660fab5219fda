//! Syntax tree to prototype.
//!
//! The parser hands over each function when it is complete, innermost first, and of the main function each statement when it
//! is complete ([`tree::Consumer`]); one pass over the tree emits the instructions.
//!
//! Registers are a stack: active local variables at the bottom, temporaries above. Each expression is compiled towards a
//! register, which only its last instruction writes; until then the register counts as free when it is a temporary, and
//! holds the old value when it is a local variable.

mod assignments;
mod code;
mod conditions;
mod constants;
mod expressions;
mod generator;
mod globals;
mod jumps;
mod loops;
mod operators;
mod statements;
mod suffixes;
mod tables;

use crate::gc;
use crate::memory::{Heap, Kind, List};
use crate::object::{Fallible, LuaClosure, Proto, Str, Thread, Value};
use crate::syntax;
use crate::syntax::tree::{self, Field, Function, Seq, Stat, Target};
use crate::version;
use crate::vm::input::Input;
use core::ptr;
use generator::Generator;
use tables::OpenTable;

/// Parses and compiles a source chunk. The result is pushed on the stack as a closure whose upvalues are not set up yet
/// (`upvalue_count` of them, pointers null). Errors are `Thrown::Syntax` or `Memory`; what the parser had pushed stays on
/// the stack for the caller's protected call to drop, which also restores the count of nested calls.
///
/// # Safety
/// `l` is live and has [`crate::object::thread::MIN_STACK`] free slots; `name` is reachable.
pub unsafe fn compile(l: *mut Thread, input: &mut Input, name: *mut Str) -> Fallible<*mut LuaClosure> {
    // SAFETY: `l` is live and has free slots, `name` is reachable. Errors of the reader arrive as values, too, so that the
    // count is always taken back.
    unsafe {
        let g = (*l).global;
        (*g).compilers += 1;
        let outcome = compile_chunk(l, input, name);
        (*g).compilers -= 1;
        outcome
    }
}

/// See [`compile`].
unsafe fn compile_chunk(l: *mut Thread, input: &mut Input, name: *mut Str) -> Fallible<*mut LuaClosure> {
    // SAFETY: the closure is on the stack and keeps the prototypes; pushing is within the free slots.
    unsafe {
        let g = (*l).global;
        let closure = LuaClosure::new(g, version::HAS_ENV_UPVALUE as u8)?;
        Value::store((*l).top, Value::object(closure));
        (*l).top = (*l).top.add(1);
        let holder = Proto::new(g)?;
        (*closure).proto = holder;
        gc::barrier_object(g, closure.cast(), holder.cast());
        (*holder).source = name;
        gc::barrier_object(g, holder.cast(), name.cast());
        let (main, inner) = (Generator::new(l, name), Generator::new(l, name));
        let tables = List::new(&raw mut (*g).heap);
        let mut compiler = Compiler { l, holder, waiting: 0, source: name, main, inner, tables };
        syntax::parse(l, input, name, &mut compiler)?;
        let main = compiler.take_main();
        (*closure).proto = main;
        gc::barrier_object(g, closure.cast(), main.cast());
        // The lexer's table of strings.
        (*l).top = (*l).top.sub(1);
        Ok(closure)
    }
}

/// Takes functions from the parser.
///
/// Finished prototypes wait in the `protos` array of `holder`, which the closure on the stack keeps alive, until the
/// function around them is finished. The array's unused places are null.
struct Compiler {
    l: *mut Thread,
    holder: *mut Proto,
    waiting: usize,
    source: *mut Str,
    /// The main function, which is compiled while the others are.
    main: Generator,
    /// One of the others.
    inner: Generator,
    /// The main function's tables that are open.
    tables: List<OpenTable>,
}

impl Compiler {
    /// A new prototype with its children, the last of those waiting.
    unsafe fn new_proto(&mut self, function: &Function) -> Fallible<*mut Proto> {
        // SAFETY: the holder is reachable; its array is replaced by a larger one with null in the new places.
        unsafe {
            let (g, holder) = ((*self.l).global, self.holder);
            let capacity = (*holder).proto_count as usize;
            if self.waiting == capacity {
                let grown = (capacity * 2).max(8);
                let size = size_of::<*mut Proto>();
                let old = (*holder).protos.cast::<u8>();
                let heap = &raw mut (*g).heap;
                let new = if old.is_null() {
                    Heap::allocate(heap, grown * size, Kind::Other)?
                } else {
                    Heap::reallocate(heap, old, capacity * size, grown * size)?
                };
                (*holder).protos = new.as_ptr().cast();
                ptr::write_bytes((*holder).protos.add(capacity), 0, grown - capacity);
                (*holder).proto_count = grown as u32;
            }
            let proto = Proto::new(g)?;
            (*holder).protos.add(self.waiting).write(proto);
            self.waiting += 1;
            gc::barrier_object(g, holder.cast(), proto.cast());
            (*proto).source = self.source;
            self.adopt(proto, function.children as usize)?;
            Ok(proto)
        }
    }

    /// The waiting prototypes that belong to the function whose prototype is the last one.
    unsafe fn adopt(&mut self, parent: *mut Proto, children: usize) -> Fallible<()> {
        // SAFETY: the last `children + 1` places of the array are in use; `parent` is the last.
        unsafe {
            let g = (*self.l).global;
            let Some(first) = self.waiting.checked_sub(children + 1) else { return Ok(()) };
            if children > 0 {
                let bytes = children * size_of::<*mut Proto>();
                let array = Heap::allocate(&raw mut (*g).heap, bytes, Kind::Other)?.as_ptr().cast::<*mut Proto>();
                let from = (*self.holder).protos.add(first);
                ptr::copy_nonoverlapping(from, array, children);
                (*parent).protos = array;
                (*parent).proto_count = children as u32;
                for n in 0..children {
                    gc::barrier_object(g, parent.cast(), (*array.add(n)).cast());
                }
                ptr::write_bytes(from, 0, children + 1);
                from.write(parent);
            }
            self.waiting = first + 1;
            Ok(())
        }
    }

    /// The main function, which is all that waits in the end.
    unsafe fn take_main(&mut self) -> *mut Proto {
        // SAFETY: the parser has given the main function last.
        unsafe { *(*self.holder).protos }
    }
}

impl tree::Consumer for Compiler {
    unsafe fn function(&mut self, function: &Function) -> Fallible<()> {
        // SAFETY: the strings of the tree are reachable by the lexer's table.
        unsafe {
            self.inner.function(function)?;
            let proto = self.new_proto(function)?;
            self.inner.finish(function, proto)?;
            gc::check(self.l)
        }
    }

    unsafe fn begin(&mut self, line: u32) -> Fallible<()> {
        self.main.begin(line)
    }

    unsafe fn statements(&mut self, list: Seq<Stat>) -> Fallible<()> {
        self.main.statements(list)
    }

    unsafe fn target(&mut self, target: &Target) -> Fallible<()> {
        self.main.place_ahead = Some(self.main.place(target)?);
        Ok(())
    }

    unsafe fn open_table(&mut self, line: u32) -> Fallible<()> {
        if let Some(outer) = self.tables.last_mut() {
            self.main.make_room(outer)?;
        }
        Ok(self.tables.push(self.main.open_table(line)?)?)
    }

    unsafe fn field(&mut self, field: &Field, last: bool) -> Fallible<()> {
        match self.tables.last_mut() {
            Some(table) => self.main.field(table, field, last),
            None => Ok(()),
        }
    }

    unsafe fn close_table(&mut self, end_line: u32) -> Fallible<u32> {
        match self.tables.pop() {
            Some(table) => self.main.close_table(&table, end_line),
            None => Ok(0),
        }
    }

    unsafe fn end(&mut self, main: &Function) -> Fallible<()> {
        // SAFETY: as `function`.
        unsafe {
            self.main.end(main)?;
            let proto = self.new_proto(main)?;
            self.main.finish(main, proto)?;
            gc::check(self.l)
        }
    }
}
