//! The host's allocator with the collector's byte accounts.
//!
//! Invariants: `total() == ` the sum of the sizes of all live blocks; every block is released with
//! exactly the size it was last given (so hosts may use sized allocators); a refusal changes nothing.

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
    allocator: Allocator,
    userdata: *mut c_void,
    /// Runs a full collection without finalizers; `None` while the state is being built or torn down.
    emergency: Option<unsafe fn(*mut Heap)>,
}

impl Heap {
    /// An empty account on the host's allocator.
    pub const fn new(allocator: Allocator, userdata: *mut c_void) -> Heap {
        Heap { debt: 0, base: 0, allocator, userdata, emergency: None }
    }

    /// Sets what runs before an allocation is given up.
    pub fn set_emergency(&mut self, collect: Option<unsafe fn(*mut Heap)>) {
        self.emergency = collect;
    }

    /// The host's function and its opaque pointer (`lua_getallocf`).
    pub fn allocator(&self) -> (Allocator, *mut c_void) {
        (self.allocator, self.userdata)
    }

    /// Replaces the host's function (`lua_setallocf`).
    pub fn set_allocator(&mut self, allocator: Allocator, userdata: *mut c_void) {
        self.allocator = allocator;
        self.userdata = userdata;
    }

    /// Bytes in use.
    pub fn total(&self) -> usize {
        (self.base + self.debt) as usize
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
        unsafe { Self::request(this, ptr::null_mut(), kind as usize, 0, size) }
    }

    /// Resizes a block (`block` is null and `old` zero for none yet); `new > 0`. On failure the block is
    /// as it was. A shrinking request that the host refuses also fails.
    ///
    /// # Safety
    /// As `allocate`; `block` is a live block of exactly `old` bytes of this heap.
    #[inline]
    pub unsafe fn reallocate(
        this: *mut Heap,
        block: *mut u8,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: passed on from the caller.
        unsafe { Self::request(this, block, old, old, new) }
    }

    /// Releases a block (nothing happens for null).
    ///
    /// # Safety
    /// `block` is null (with `size` 0) or a live block of exactly `size` bytes of this heap, not used afterwards.
    #[inline]
    pub unsafe fn free(this: *mut Heap, block: *mut u8, size: usize) {
        // SAFETY: `this` is live; the block is the caller's to give back.
        unsafe {
            if !block.is_null() {
                if cfg!(any(feature = "gc-stress", feature = "gc-stress-emergency")) {
                    block.write_bytes(0xA5, size);
                }
                ((*this).allocator)((*this).userdata, block.cast(), size, 0);
                (*this).debt -= size as isize;
            }
        }
    }

    #[inline]
    unsafe fn request(
        this: *mut Heap,
        block: *mut u8,
        told: usize,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: see the callers; the host's function keeps the contract of `lua_Alloc`.
        unsafe {
            if cfg!(feature = "gc-stress-emergency")
                && let Some(collect) = (*this).emergency
            {
                collect(this);
            }
            let got = ((*this).allocator)((*this).userdata, block.cast(), told, new);
            match NonNull::new(got.cast::<u8>()) {
                Some(got) => {
                    (*this).debt += new as isize - old as isize;
                    Ok(got)
                }
                None => Self::retry(this, block, told, old, new),
            }
        }
    }

    #[cold]
    unsafe fn retry(
        this: *mut Heap,
        block: *mut u8,
        told: usize,
        old: usize,
        new: usize,
    ) -> Result<NonNull<u8>, OutOfMemory> {
        // SAFETY: as `request`.
        unsafe {
            let Some(collect) = (*this).emergency else {
                return Err(OutOfMemory);
            };
            collect(this);
            let got = ((*this).allocator)((*this).userdata, block.cast(), told, new);
            let got = NonNull::new(got.cast::<u8>()).ok_or(OutOfMemory)?;
            (*this).debt += new as isize - old as isize;
            Ok(got)
        }
    }
}
