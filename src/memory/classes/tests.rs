#![allow(clippy::disallowed_types, clippy::disallowed_macros)]
use super::*;
use crate::memory::{Heap, Kind};

struct Random(u64);
impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }
}

/// Live blocks with their sizes; each is filled with a byte of its own.
struct Model {
    heap: *mut Heap,
    blocks: Vec<(*mut u8, usize, u8)>,
    random: Random,
}

impl Model {
    fn new(heap: *mut Heap) -> Model {
        Model { heap, blocks: Vec::new(), random: Random(99) }
    }
    fn size(&mut self) -> usize {
        match self.random.below(10) {
            0 => 1 + self.random.below(3000),
            1..=3 => 1 + self.random.below(600),
            _ => 1 + self.random.below(100),
        }
    }
    unsafe fn check(&self, block: (*mut u8, usize, u8), len: usize) {
        unsafe {
            assert!(core::slice::from_raw_parts(block.0, len).iter().all(|b| *b == block.2));
        }
    }
    unsafe fn step(&mut self, grow: usize) {
        unsafe {
            let what = self.random.below(10);
            if what < grow || self.blocks.is_empty() {
                let size = self.size();
                let block = Heap::allocate(self.heap, size, Kind::Other).unwrap().as_ptr();
                // Miri aligns tiny blocks of malloc as little as C allows.
                assert!((block as usize).is_multiple_of(16) || cfg!(miri) && size < 16);
                let fill = self.random.below(256) as u8;
                ptr::write_bytes(block, fill, size);
                self.blocks.push((block, size, fill));
                return;
            }
            let index = self.random.below(self.blocks.len());
            let block = self.blocks[index];
            self.check(block, block.1);
            if what < 8 {
                self.blocks.swap_remove(index);
                Heap::free(self.heap, block.0, block.1);
            } else {
                let size = self.size();
                let moved = Heap::reallocate(self.heap, block.0, block.1, size).unwrap().as_ptr();
                self.check((moved, size, block.2), size.min(block.1));
                ptr::write_bytes(moved, block.2, size);
                self.blocks[index] = (moved, size, block.2);
            }
        }
    }
    unsafe fn free_all(&mut self) {
        unsafe {
            for block in core::mem::take(&mut self.blocks) {
                self.check(block, block.1);
                Heap::free(self.heap, block.0, block.1);
            }
            assert_eq!((*self.heap).total(), 0);
        }
    }
}

const STEPS: usize = if cfg!(miri) { 800 } else { 100_000 };

#[test]
fn random_operations() {
    unsafe {
        let mut heap = Heap::new(allocate, create());
        let heap = &raw mut heap;
        let mut model = Model::new(heap);
        for n in 0..STEPS {
            model.step(if (n / (STEPS / 8)).is_multiple_of(2) { 7 } else { 4 });
        }
        model.free_all();
        destroy((*heap).owned_classes());
    }
}

#[test]
fn another_allocator_takes_over() {
    unsafe {
        let mut heap = Heap::new(allocate, create());
        let heap = &raw mut heap;
        assert!((*heap).allocator().1.is_null());
        let mut model = Model::new(heap);
        for _ in 0..STEPS / 10 {
            model.step(7);
        }
        let (function, ud) = (*heap).allocator();
        (*heap).set_allocator(function, ud);
        for _ in 0..STEPS / 10 {
            model.step(7);
        }
        // A host that does not know our blocks.
        (*heap).set_allocator(plain, ptr::without_provenance_mut(1));
        for _ in 0..STEPS / 10 {
            model.step(6);
        }
        (*heap).set_allocator(function, ud);
        for _ in 0..STEPS / 10 {
            model.step(6);
        }
        model.free_all();
        destroy((*heap).owned_classes());
    }
}

#[test]
fn free_chunks_are_given_back() {
    unsafe {
        let this = create().cast::<Classes>();
        let count = if cfg!(miri) { 200 } else { 100_000 };
        for size in [16, 48, 64, 200, 512] {
            let blocks: Vec<_> = (0..count).map(|_| take(this, size)).collect();
            assert!(blocks.iter().all(|b| owns(this, *b)));
            let footprint = (*this).chunks.footprint();
            assert!(cfg!(miri) || footprint < size * count * 5 / 4 + (3 << 20), "{footprint}");
            blocks.iter().for_each(|b| give(this, *b, size));
            note_use(this, 0);
        }
        chunks::scavenge(this);
        assert!((*this).chunks.footprint() <= 64 << 10);
        assert!(!owns(this, ptr::null()));
        destroy(this.cast());
    }
}
