//! The host's allocator with the collector's byte accounts.
//!
//! Invariants: `total() == ` the sum of the sizes of all live blocks; every block is released with
//! exactly the size it was last given (so hosts may use sized allocators); a refusal changes nothing.
//!
//! A state made on the internal allocator ([`super::classes`]) calls it directly, small sizes inline. When the host
//! replaces the allocator of such a state, its function must not get blocks that it cannot know: those in the
//! internal allocator's chunks are recognised by their address and released there.

use super::classes::{self, Classes};
use core::ffi::c_void;
use core::ptr::{self, NonNull};

/// `lua_Alloc` (manual §4.6): allocates, resizes and frees.
pub type Allocator =
    unsafe extern "C-unwind" fn(ud: *mut c_void, ptr: *mut c_void, old: usize, new: usize) -> *mut c_void;

/// The host's allocator refused, even after an emergency collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

/// What a new block is for: `lua_Alloc` gets this code as the old size of a block that does not exist yet.
#[derive(Clone, Copy)]
#[repr(usize)]
pub enum Kind {
    Other = 0,
    String = 4,
    Table = 5,
    Function = 6,
    Userdata = 7,
    Thread = 8,
}

/// A state's memory: the host's functions and the accounts.
#[repr(C)]
pub struct Heap {
    /// Bytes allocated and not yet paid for by collector work; a step is due when it is positive.
    pub debt: isize,
    /// `total bytes in use - debt`: only the sum has a meaning of its own.
    base: isize,
    /// The internal allocator while it is in use, else null.
    classes: *mut Classes,
    /// The host's function; what the host gets to see while `classes` is in use.
    allocator: Allocator,
    userdata: *mut c_void,
    /// The internal allocator that belongs to the state, in use or not; else null.
    owned: *mut Classes,
    /// Runs a full collection without finalizers; `None` while the state is being built or torn down.
    emergency: Option<unsafe fn(*mut Heap)>,
}

impl Heap {
    /// An empty account on the host's allocator, or, given [`classes::allocate`], on that internal one, which then
    /// belongs to the heap's state.
    pub fn new(allocator: Allocator, userdata: *mut c_void) -> Heap {
        let mut heap = Heap {
            debt: 0,
            base: 0,
            classes: ptr::null_mut(),
            allocator,
            userdata,
            owned: ptr::null_mut(),
            emergency: None,
        };
        if allocator as usize == classes::allocate as *const () as usize {
            heap.classes = userdata.cast();
            heap.owned = heap.classes;
            heap.allocator = classes::plain;
            heap.userdata = ptr::null_mut();
        }
        heap
    }

    /// The internal allocator to [`classes::destroy`] when the state is closed and all its memory released, or
    /// null.
    pub fn owned_classes(&self) -> *mut c_void {
        self.owned.cast()
    }

    /// Sets what runs before an allocation is given up.
    pub fn set_emergency(&mut self, collect: Option<unsafe fn(*mut Heap)>) {
        self.emergency = collect;
    }

    /// The host's function and its opaque pointer (`lua_getallocf`).
    pub fn allocator(&self) -> (Allocator, *mut c_void) {
        (self.allocator, self.userdata)
    }

    /// Replaces the host's function (`lua_setallocf`). The internal allocator, if there is one, is then only used to
    /// release what it gave out.
    pub fn set_allocator(&mut self, allocator: Allocator, userdata: *mut c_void) {
        let same = allocator as usize == self.allocator as usize && userdata == self.userdata;
        if !same {
            self.classes = ptr::null_mut();
        }
        self.allocator = allocator;
        self.userdata = userdata;
    }

    /// Bytes in use.
    pub fn total(&self) -> usize {
        (self.base + self.debt) as usize
    }

    /// Many blocks have been released: the end of a sweep.
    pub fn note_sweep(&mut self) {
        if !self.classes.is_null() {
            // SAFETY: the internal allocator lives as long as the heap; all of the state's blocks are its.
            unsafe { classes::note_use(self.classes, self.total()) }
        }
    }

    /// Sets the debt without changing the total.
    pub fn set_debt(&mut self, debt: isize) {
        self.base = self.total() as isize - debt;
        self.debt = debt;
    }

    /// A new block of `size > 0` bytes, aligned to 16.
    ///
    /// # Safety
    /// `this` is a live heap. May run an emergency collection: every object the caller holds must be
    /// reachable from a stack or the registry.
    #[inline]
    pub unsafe fn allocate(this: *mut Heap, size: usize, kind: Kind) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: a null pointer with any old size is a request for a new block (manual, lua_Alloc).
        unsafe {
            Self::stress(this);
            let classes = (*this).classes;
            if !classes.is_null()
                && size <= classes::MAX_SMALL
                && let Some(block) = NonNull::new(classes::take(classes, size))
            {
                (*this).debt += size as isize;
                return Ok(block);
            }
            Self::request(this, ptr::null_mut(), kind as usize, 0, size)
        }
    }

    /// Resizes a block (`block` is null and `old` zero for none yet); `new > 0`. On failure the block is
    /// as it was. A shrinking request that the host refuses also fails.
    ///
    /// # Safety
    /// As `allocate`; `block` is a live block of exactly `old` bytes of this heap.
    pub unsafe fn reallocate(
        this: *mut Heap,
        block: *mut u8,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: passed on from the caller.
        unsafe {
            Self::stress(this);
            Self::request(this, block, old, old, new)
        }
    }

    /// Releases a block (nothing happens for null).
    ///
    /// # Safety
    /// `block` is null (with `size` 0) or a live block of exactly `size` bytes of this heap, not used afterwards.
    #[inline]
    pub unsafe fn free(this: *mut Heap, block: *mut u8, size: usize) {
        // SAFETY: `this` is live; the block is the caller's to give back.
        unsafe {
            if block.is_null() {
                return;
            }
            if cfg!(any(feature = "gc-stress", feature = "gc-stress-emergency")) {
                block.write_bytes(0xA5, size);
            }
            (*this).debt -= size as isize;
            let classes = (*this).classes;
            if !classes.is_null() && size <= classes::MAX_SMALL {
                classes::give(classes, block, size);
            } else {
                Self::ask(this, block, size, size, 0);
            }
        }
    }

    /// With the feature `gc-stress-emergency` every allocation collects, as if the first attempt had failed.
    #[inline(always)]
    unsafe fn stress(this: *mut Heap) {
        // SAFETY: as `request`.
        unsafe {
            if cfg!(feature = "gc-stress-emergency")
                && let Some(collect) = (*this).emergency
            {
                collect(this);
            }
        }
    }

    /// Asks whoever is responsible for the block. `told` is the old size as `lua_Alloc` wants it.
    #[inline(never)]
    unsafe fn ask(this: *mut Heap, block: *mut u8, told: usize, old: usize, new: usize) -> *mut u8 {
        // SAFETY: see the callers; the host's function keeps the contract of `lua_Alloc`.
        unsafe {
            if !(*this).classes.is_null() {
                return classes::resize((*this).classes, block, old, new);
            }
            let owned = (*this).owned;
            if !owned.is_null() && !block.is_null() && old <= classes::MAX_SMALL && classes::owns(owned, block) {
                return Self::emigrate(this, block, old, new);
            }
            ((*this).allocator)((*this).userdata, block.cast(), told, new).cast()
        }
    }

    /// Resizes or releases a block of the internal allocator when the host's has taken its place.
    #[cold]
    unsafe fn emigrate(this: *mut Heap, block: *mut u8, old: usize, new: usize) -> *mut u8 {
        // SAFETY: as `ask`; the new block is at least as large as what is copied.
        unsafe {
            let mut target = ptr::null_mut::<u8>();
            if new != 0 {
                target = ((*this).allocator)((*this).userdata, ptr::null_mut(), Kind::Other as usize, new).cast();
                if target.is_null() {
                    return target;
                }
                ptr::copy_nonoverlapping(block, target, old.min(new));
            }
            classes::give((*this).owned, block, old);
            target
        }
    }

    unsafe fn request(
        this: *mut Heap,
        block: *mut u8,
        told: usize,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: see the callers.
        unsafe {
            let mut got = Self::ask(this, block, told, old, new);
            if got.is_null()
                && let Some(collect) = (*this).emergency
            {
                collect(this);
                got = Self::ask(this, block, told, old, new);
            }
            let got = NonNull::new(got).ok_or(OutOfMemory)?;
            (*this).debt += new as isize - old as isize;
            Ok(got)
        }
    }
}
