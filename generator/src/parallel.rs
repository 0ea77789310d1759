//! Runs work in parallel, on threads with large stacks.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, ScopedJoinHandle};

/// Deeply nested documents need more stack than a thread has by default. The system gives it as far as it is used.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// More threads than this wait for memory, not for each other.
const MOST_THREADS: usize = 16;

/// Does `work` on a thread with a large stack.
pub(crate) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let worker = Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
        // A system that gives no thread leaves nothing to go on with.
        match worker {
            Ok(worker) => joined(worker),
            Err(error) => panic!("no thread could be started: {error}"),
        }
    })
}

/// Does two things at once: `aside` on a thread with a large stack.
pub(crate) fn both<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let worker = Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, aside);
        let here = here();
        match worker {
            Ok(worker) => (joined(worker), here),
            Err(error) => panic!("no thread could be started: {error}"),
        }
    })
}

/// What `work` makes of each piece, in the order of the pieces.
///
/// The first worker is this very thread, which should have a large stack; a system that gives no further threads only
/// makes this slower.
pub(crate) fn map<P: Sync, R: Send>(pieces: &[P], work: impl Fn(&P) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match pieces.get(index) {
                Some(piece) => made.push((index, work(piece))),
                None => return made,
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let helpers = cores.min(MOST_THREADS).min(pieces.len()).saturating_sub(1);
    let mut made = std::thread::scope(|scope| {
        let helper = || Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, take);
        let helpers: Vec<_> = (0..helpers).map_while(|_| helper().ok()).collect();
        let mut made = take();
        made.extend(helpers.into_iter().flat_map(joined));
        made
    });
    made.sort_unstable_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, result)| result).collect()
}

/// The result of a thread; its panic is a panic of this one.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_order() {
        let pieces: Vec<usize> = (0..1000).collect();
        let expected: Vec<usize> = pieces.iter().map(|piece| piece * 2).collect();
        assert_eq!(map(&pieces, |piece| piece * 2), expected);
        assert!(map(&[], |piece: &usize| *piece).is_empty());
    }
}
