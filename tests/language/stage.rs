//! A repository with a description in it, and settings that name the server.

use super::server::Server;
use crate::scratch::{Output, Scratch};

pub const KEY: &str = "sk-test-0123456789abcdef0123456789";
pub const KIOSK: &str = "# Photo kiosk\n\nPeople upload pictures at a kiosk in the shop and pay by card. The kiosk software talks to a REST API, which\n\
    keeps orders in PostgreSQL. We never see card numbers: the terminal of our payment processor does.\n";
const MODEL: &str = "threat-models/photo-kiosk-prints/model.toml";
const CONTROLS: &str = "threat-models/photo-kiosk-prints/controls.toml";

pub struct Stage {
    pub scratch: Scratch,
    pub server: Server,
}

impl Stage {
    pub fn new() -> Stage {
        Stage::with("openai", "")
    }

    /// A service, and more lines of `[engine]`.
    pub fn with(service: &str, more: &str) -> Stage {
        let stage = Stage { scratch: Scratch::new(), server: Server::start() };
        stage.scratch.write("docs/kiosk.md", KIOSK);
        let url = stage.server.url();
        let url = if service == "anthropic" { url.trim_end_matches("/v1").to_owned() } else { url };
        let engine = format!("[engine]\nuse = \"{service}/test\"\nurl = \"{url}\"\nkey = \"TEST_KEY\"\n{more}");
        stage.scratch.write("redan.toml", &engine);
        stage.scratch.commit("Describe the kiosk");
        stage
    }

    pub fn redan(&self, arguments: &[&str]) -> Output {
        self.scratch.redan_with(&[("TEST_KEY", KEY.to_owned())], arguments)
    }

    pub fn generate(&self, more: &[&str]) -> Output {
        self.redan(&[&["generate", "--from", "docs/kiosk.md", "--yes"], more].concat())
    }

    /// A run that has to work; its two files.
    pub fn made(&self, more: &[&str]) -> (String, String) {
        let run = self.generate(more);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        (self.scratch.read(MODEL), self.scratch.read(CONTROLS))
    }

    /// Nothing is in the tree that was not there.
    pub fn untouched(&self) {
        let status = self.scratch.ok(&["status", "--porcelain", "--untracked-files=all"]).unwrap();
        assert_eq!(status, "");
    }

    /// A run that ends with this code and writes nothing; what it says on standard error.
    pub fn fails(&self, code: i32, more: &[&str]) -> String {
        let run = self.generate(more);
        assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
        assert!(!run.stderr.contains(KEY) && !run.stdout.contains(KEY));
        self.untouched();
        run.stderr
    }
}
