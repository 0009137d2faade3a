//! The book on disk, read and written by threads of their own while the repository is asked other things.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{JoinHandle, spawn};

use super::book::Book;
use super::cache::{self, Kept};

/// What is under way. Dropping it waits until what is to be kept is kept.
#[derive(Debug, Default)]
pub(in crate::history) struct Beside {
    reading: RefCell<Option<JoinHandle<Option<Kept>>>>,
    writing: RefCell<Option<JoinHandle<()>>>,
}

impl Beside {
    pub(super) fn foresee(&self, place: PathBuf) {
        self.reading.replace(Some(spawn(move || cache::read(&place))));
    }

    /// What was foreseen; `None` when nothing was, or when something was kept since.
    pub(super) fn read(&self) -> Option<Option<Kept>> {
        let reading = self.reading.take();
        if self.settle() {
            return None;
        }
        reading.map(|thread| thread.join().unwrap_or_default())
    }

    pub(super) fn write(&self, place: PathBuf, roots: Vec<String>, book: Arc<Book>) {
        self.settle();
        self.writing.replace(Some(spawn(move || cache::keep(&place, &roots, &book))));
    }

    /// Waits for what is being written; whether there was something.
    fn settle(&self) -> bool {
        // A cache that cannot be written is done without, whatever the reason.
        self.writing.take().map(JoinHandle::join).is_some()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.settle();
    }
}
