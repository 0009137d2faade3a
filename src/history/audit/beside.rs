//! The book on disk, read and written by threads of their own while the repository is asked other things.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread::{JoinHandle, spawn};

use super::cache::{self, Kept};

/// What is under way, for every handle of one repository. Dropping the last waits until what is to be kept is kept.
#[derive(Debug, Default)]
pub(in crate::history) struct Beside {
    reading: Under<Option<Kept>>,
    writing: Under<()>,
}

/// A thread, if there is one.
type Under<T> = Mutex<Option<JoinHandle<T>>>;

impl Beside {
    pub(super) fn foresee(&self, place: PathBuf) {
        put(&self.reading, spawn(move || cache::read(&place)));
    }

    /// What was foreseen; `None` when nothing was, or when something was written since.
    pub(super) fn read(&self) -> Option<Option<Kept>> {
        let reading = take(&self.reading);
        if self.settle() {
            return None;
        }
        reading.map(|thread| thread.join().unwrap_or_default())
    }

    pub(super) fn write(&self, work: impl FnOnce() + Send + 'static) {
        self.settle();
        put(&self.writing, spawn(work));
    }

    /// Waits for what is being written; whether there was something.
    pub(super) fn settle(&self) -> bool {
        // What cannot be written is done without, whatever the reason.
        take(&self.writing).map(JoinHandle::join).is_some()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.settle();
    }
}

fn put<T>(place: &Under<T>, thread: JoinHandle<T>) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
}

fn take<T>(place: &Under<T>) -> Option<JoinHandle<T>> {
    place.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[cfg(test)]
mod tests {
    use std::mem::forget;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread::yield_now;

    use super::*;

    #[test]
    fn whoever_waits_finds_it_written() {
        let settled = |beside: Beside| {
            assert!(beside.settle());
            forget(beside);
        };
        for wait in [settled, drop] {
            let (written, beside) = (Arc::new(AtomicBool::new(false)), Beside::default());
            let flag = Arc::clone(&written);
            beside.write(move || {
                (0..1000).for_each(|_| yield_now());
                flag.store(true, Ordering::SeqCst);
            });
            wait(beside);
            assert!(written.load(Ordering::SeqCst));
        }
    }
}
