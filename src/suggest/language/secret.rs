//! Secrets in texts that leave the machine: what looks like one is taken out first. A description should hold none; files do.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands in place of a secret.
const HIDDEN: &str = "[secret removed]";

/// Each with the group that is the secret.
static SECRETS: LazyLock<Vec<(Regex, usize)>> = LazyLock::new(|| {
    let patterns = [
        (r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)", 0),
        (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", 0),
        (r"\b(?:gh[pousr]_[A-Za-z0-9_]{16,}|github_pat_[A-Za-z0-9_]{16,}|glpat-[A-Za-z0-9_-]{16,})", 0),
        (r"\b(?:sk|pk|rk)[-_](?:live_|test_|ant-|proj-)?[A-Za-z0-9_-]{16,}", 0),
        (r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}", 0),
        (r"\b(?:AIza[0-9A-Za-z_-]{30,}|ya29\.[0-9A-Za-z_-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,})", 0),
        (r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*", 0),
        (r"\b[A-Za-z][A-Za-z0-9+.-]*://[^/\s:@]*:([^/\s@]+)@", 1),
        (
            r#"(?i)\b[A-Za-z0-9_.-]*(?:passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[A-Za-z0-9_-]*["']?\s*(?::|=|:=|=>)\s*["']?([^\s"'<>{}$,;]{6,})"#,
            1,
        ),
        // What is assigned in the manner of an environment is a value, also where it looks like a word.
        (r#"\b([A-Z][A-Z0-9_]*(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_KEY)[A-Z0-9_]*)=([^\s"'<>{}$,;]{4,})"#, 2),
        (r#"(?i)\b(?:password|passphrase|secret) is ([^\s"'<>{}$,;]{6,})"#, 1),
        (r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/-]{16,}=*)", 1),
    ];
    let compiled = patterns.into_iter().map(|(text, group)| (Regex::new(text).expect("a pattern of our own"), group));
    compiled.collect()
});

/// The text without what looks like a secret, and how many of them it held.
pub fn hide(text: &str) -> (String, usize) {
    let (mut text, mut count) = (text.to_owned(), 0);
    for (pattern, group) in SECRETS.iter() {
        let replaced = pattern.replace_all(&text, |found: &Captures<'_>| {
            let (whole, secret) = (&found[0], found.get(*group).map_or("", |secret| secret.as_str()));
            if secret.is_empty() || secret.contains(HIDDEN) || "[secret".contains(secret) || said(*group, secret) {
                return whole.to_owned();
            }
            count += 1;
            whole.replace(secret, HIDDEN)
        });
        text = replaced.into_owned();
    }
    (text, count)
}

/// `Token: required` is prose: what follows a key word has to look like no word.
fn said(group: usize, secret: &str) -> bool {
    group == 1
        && secret.chars().all(|c| c.is_alphabetic() || ".-–—".contains(c))
        && secret.chars().skip(1).all(|c| !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out() {
        for (text, left) in [
            ("key AKIAIOSFODNN7EXAMPLE.", "key [secret removed]."),
            ("GH ghp_0123456789abcdefABCDEF0123", "GH [secret removed]"),
            ("use sk-proj-abcdef0123456789abcd now", "use [secret removed] now"),
            ("postgres://app:hunter2@db/pay", "postgres://app:[secret removed]@db/pay"),
            ("DB_PASSWORD=hunter2!x", "DB_PASSWORD=[secret removed]"),
            ("DB_PASSWORD=swordfish", "DB_PASSWORD=[secret removed]"),
            ("redis://:hunter2@cache", "redis://:[secret removed]@cache"),
            ("mongo_pwd: hunter22", "mongo_pwd: [secret removed]"),
            ("the admin password is hunter22", "the admin password is [secret removed]"),
            ("  api_key: \"abc123def456\"", "  api_key: \"[secret removed]\""),
            ("Authorization: Bearer abcdefghijklmnop0123", "Authorization: Bearer [secret removed]"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nx", "[secret removed]\nx"),
        ] {
            assert_eq!(hide(text), (left.to_owned(), 1), "{text}");
        }
    }

    #[test]
    fn prose_stays() {
        for text in [
            "The API token is a bearer token; a password: required.",
            "Passwords are hashed. Tokens = bearer",
            "secret: rotated",
            "The password is hashed.",
            "see https://example.org/a:b@c",
            "",
        ] {
            assert_eq!(hide(text), (text.to_owned(), 0), "{text}");
        }
    }
}
