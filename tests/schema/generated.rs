//! Text that is generated, held against the text that is committed.

use std::path::{Path, PathBuf};

pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(project(path)).unwrap_or_default()
}

/// Whether the file holds this text; writes it when asked to bless.
pub fn is_fresh(path: &str, text: &str) -> bool {
    if read(path) == text {
        return true;
    }
    if std::env::var("REDAN_BLESS").is_ok_and(|value| value == "1") {
        std::fs::create_dir_all(project(path).parent().expect("a file has a folder"))
            .expect("the repository can be written to");
        std::fs::write(project(path), text).expect("the repository can be written to");
        return true;
    }
    false
}

/// Fails with the way out.
pub fn hold(path: &str, text: &str) {
    assert!(is_fresh(path, text), "{path} is stale: run REDAN_BLESS=1 cargo test schema, and review the diff");
}
