//! `[engine]`: the language model that may be asked.

use toml::de::DeValue;

use super::{Held, Reader, shown};
use crate::finding::codes;

/// Keys of `[engine]`, with what they mean.
pub(in crate::store) const ENGINE: [(&str, &str); 7] = [
    (
        "use",
        "Whose protocol, and which model: `openai/…` (also what speaks its protocol: llama.cpp, Ollama, vLLM), `anthropic/…`, `github/…` (GitHub Models). `offline` when absent.",
    ),
    ("url", "Where it is: `http://127.0.0.1:11434/v1`. The vendor's own address when absent."),
    (
        "key",
        "The environment variable that holds the key; its name ends with `_KEY` or `_TOKEN`. `OPENAI_API_KEY`, `ANTHROPIC_API_KEY` or `GITHUB_TOKEN` when absent, and none for a `url` of one's own.",
    ),
    ("stream", "Let replies come in pieces. `true` when absent."),
    ("timeout", "Seconds that one request may take. `300` when absent."),
    ("tries", "Requests for one reply before giving up, where the server fails or does not answer. `4` when absent."),
    (
        "price",
        "What a million tokens cost, for the estimate: `{ input = 1.25, output = 10 }`, in whatever one pays in.",
    ),
];
/// Keys of `price`.
const PRICE: [&str; 2] = ["input", "output"];

/// A service by the word that `source` begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    OpenAi,
    Anthropic,
    Github,
}

/// Which language model: `openai/gpt-5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    pub service: Service,
    /// As the server calls it; it may have slashes of its own.
    pub model: String,
}

impl Which {
    pub fn parse(text: &str) -> Option<Which> {
        let (service, model) = text.split_once('/')?;
        let legal = |c: char| c.is_ascii_alphanumeric() || "-_.:/@+".contains(c);
        if model.is_empty() || model.len() > 100 || !model.chars().all(legal) {
            return None;
        }
        let service = match service {
            "openai" => Service::OpenAi,
            "anthropic" => Service::Anthropic,
            "github" => Service::Github,
            _ => return None,
        };
        Some(Which { service, model: model.to_owned() })
    }

    /// What `source` and the provenance say.
    pub fn name(&self) -> String {
        format!("{}/{}", self.service.word(), self.model)
    }
}

impl Service {
    pub fn word(self) -> &'static str {
        match self {
            Service::OpenAi => "openai",
            Service::Anthropic => "anthropic",
            Service::Github => "github",
        }
    }
}

/// `[engine]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Engine {
    /// Absent = the knowledge base that is built in.
    pub which: Option<Which>,
    pub url: Option<String>,
    pub key: Option<String>,
    pub stream: Option<bool>,
    pub timeout: Option<u32>,
    pub tries: Option<u32>,
    pub price: Option<Price>,
}

/// What tokens cost, in millionths of whatever one pays in, by the million.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    pub input: u64,
    pub output: u64,
}

/// Whether a variable may be named as one that holds a key.
fn holds_a_key(name: &str) -> bool {
    let legal = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    name.bytes().all(legal) && (name.ends_with("_KEY") || name.ends_with("_TOKEN"))
}

impl Reader<'_> {
    pub(super) fn engine(&mut self, held: &Held<'_>) -> Engine {
        let mut engine = Engine::default();
        for (name, held) in self.known(held, "engine", &ENGINE.map(|(key, _)| key)) {
            match name {
                "use" => engine.which = self.which(held),
                "url" => engine.url = self.line(held, name),
                "key" => engine.key = self.key(held),
                "stream" => engine.stream = self.flag(held, name),
                "timeout" => engine.timeout = self.count(held, "`timeout`").map(|seconds| seconds.max(1)),
                "tries" => engine.tries = self.count(held, "`tries`").map(|tries| tries.clamp(1, 10)),
                _ => engine.price = self.price(held),
            }
        }
        engine
    }

    fn which(&mut self, held: &Held<'_>) -> Option<Which> {
        let line = self.line(held, "use")?;
        let which = Which::parse(&line);
        if which.is_none() && line != "offline" {
            let message = format!("`{}` is no engine", shown(&line));
            let help = "`offline`, or a service with its model: openai/gpt-5, anthropic/…, github/openai/gpt-4.1";
            let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message).help(help);
            self.findings.push(found);
        }
        which
    }

    /// A key itself has no place in a file.
    fn key(&mut self, held: &Held<'_>) -> Option<String> {
        let line = self.line(held, "key")?;
        if holds_a_key(&line) {
            return Some(line);
        }
        let message = "`key` must name an environment variable, and never hold a key".to_owned();
        let help = "capitals, and `_KEY` or `_TOKEN` at the end: key = \"OPENAI_API_KEY\"";
        let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message).help(help);
        self.findings.push(found);
        None
    }

    fn flag(&mut self, held: &Held<'_>, key: &str) -> Option<bool> {
        match held.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                self.tell(&codes::VALUE_TYPE, held.span(), format!("`{key}` must be true or false"));
                None
            }
        }
    }

    fn price(&mut self, held: &Held<'_>) -> Option<Price> {
        let mut price = Price::default();
        for (name, held) in self.known(held, "engine.price", &PRICE) {
            let number = match held.get_ref() {
                DeValue::Integer(number) => millionths(number.as_str()),
                DeValue::Float(number) => millionths(number.as_str()),
                _ => None,
            };
            let Some(number) = number else {
                self.tell(&codes::VALUE_TYPE, held.span(), format!("`{name}` must be a number: 1.25"));
                return None;
            };
            match name {
                "input" => price.input = number,
                _ => price.output = number,
            }
        }
        Some(price)
    }
}

/// `1.25` as 1250000.
fn millionths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > 6 || whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<6}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_are_named_like_this() {
        let name = |text: &str| Which::parse(text).map(|which| (which.service, which.model));
        assert_eq!(name("openai/gpt-5"), Some((Service::OpenAi, "gpt-5".to_owned())));
        assert_eq!(name("github/openai/gpt-4.1"), Some((Service::Github, "openai/gpt-4.1".to_owned())));
        for text in ["gpt-5", "openai/", "openai/a b", "openai/a\"b", "other/x", "/x"] {
            assert_eq!(name(text), None, "{text}");
        }
        assert_eq!(Which::parse("openai/qwen3:8b").unwrap().name(), "openai/qwen3:8b");
    }

    #[test]
    fn a_key_is_named_and_never_written() {
        assert!(holds_a_key("OPENAI_API_KEY") && holds_a_key("GITHUB_TOKEN"));
        for text in ["sk-abc", "PATH", "openai_api_key", "", "A KEY", "A=_KEY"] {
            assert!(!holds_a_key(text), "{text}");
        }
    }

    #[test]
    fn prices_are_exact() {
        assert_eq!(["1.25", "10", "0.000001", "0.1"].map(millionths), [1_250_000, 10_000_000, 1, 100_000].map(Some));
        assert_eq!(["-1", "1e3", "inf", ".5", "0.0000001"].map(millionths), [None; 5]);
    }
}
