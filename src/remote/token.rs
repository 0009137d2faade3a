//! A token that never prints.

use std::fmt;

use super::RemoteError;

/// A secret that opens a host. No format shows it, and [`Token::redact`] takes it out of other people's words.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// What stands in place of a secret.
const HIDDEN: &str = "[token]";

impl Token {
    /// A token as it came in.
    pub fn new(text: &str) -> Token {
        Token(text.trim().to_owned())
    }

    /// The text without the token, whoever wrote it.
    pub fn redact(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, HIDDEN) }
    }

    /// The secret itself; one that cannot travel in a header is refused, without being repeated.
    pub(super) fn expose(&self) -> Result<&str, RemoteError> {
        let fits = !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic());
        let wrong =
            || RemoteError::Settings { message: "the token is empty or holds characters no token has".to_owned() };
        if fits { Ok(&self.0) } else { Err(wrong()) }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_prints() {
        let token = Token::new(" ghs_secret\n");
        assert_eq!(format!("{token:?} {:?}", Some(&token)), "[token] Some([token])");
        assert_eq!(token.redact("bad credentials: ghs_secret, ghs_secret"), "bad credentials: [token], [token]");
    }

    #[test]
    fn what_cannot_be_a_header_is_refused_and_not_repeated() {
        for text in ["", "  ", "a b", "ghs_\u{e9}", "ghs_a\r\nX-Evil: 1"] {
            let refused = Token::new(text).expose().unwrap_err().to_string();
            assert_eq!(refused, "the token is empty or holds characters no token has");
        }
    }
}
