//! Memory for a thread that makes many small things and is waited for.
//!
//! The C library gives each thread a heap of its own, and makes it larger by a page or two whenever it is full: some 500
//! calls to the kernel for the definitions alone, each of which keeps the other threads from their own memory meanwhile.
//! What a heap was once made large enough for stays, so it is made so in one go. No memory is used for it before something
//! is written there.

use std::hint::black_box;

/// Smaller than what the C library asks the kernel for piece by piece.
const PIECE: usize = 96 * 1024;
/// What reading a dashboard or the definitions takes, twice over.
const PIECES: usize = 40;

/// Makes the heap of the thread that calls it large enough for what a start reads.
pub(super) fn make() {
    let pieces: [Vec<u8>; PIECES] = std::array::from_fn(|_| Vec::with_capacity(PIECE));
    drop(black_box(pieces));
}
