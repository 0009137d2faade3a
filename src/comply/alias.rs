//! Spellings of references, as regular expressions that a pack brings along.

use regex::{Regex, RegexBuilder};

/// A compiled spelling. The engine works in linear time, and a program that would grow beyond the bound is refused.
#[derive(Debug, Clone)]
pub struct Alias {
    whole: Regex,
    anywhere: Regex,
}

/// Bytes of a compiled expression at most.
const LARGEST: usize = 1 << 20;
/// Characters of an expression at most.
const LONGEST: usize = 500;

impl Alias {
    /// Compiles a spelling; the error is one line for people.
    pub fn compile(text: &str) -> Result<Alias, String> {
        if text.chars().count() > LONGEST {
            return Err(format!("it has more than {LONGEST} characters"));
        }
        let build = |text: &str| {
            let built = RegexBuilder::new(text).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
            built.map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => "it grows too large when it is compiled".to_owned(),
                other => {
                    let said = other.to_string();
                    said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
                }
            })
        };
        let anywhere = build(text)?;
        if anywhere.capture_names().flatten().all(|name| name != "id") {
            return Err("it has no group `id` for the number of the requirement: (?<id>…)".to_owned());
        }
        Ok(Alias { whole: build(&format!("^(?:{text})$"))?, anywhere })
    }

    /// The number in a text that is this spelling and nothing else.
    pub fn read<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.whole.captures(text.trim()).and_then(|found| found.name("id")).map(|id| id.as_str())
    }

    /// The numbers in a longer text, in their order.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.anywhere.captures_iter(text).filter_map(|found| found.name("id")).map(|id| id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_too_large_is_refused() {
        let grows = "(?<id>(((a{1,200}){1,200}){1,200}){1,200})";
        assert_eq!(Alias::compile(grows).unwrap_err(), "it grows too large when it is compiled");
        let backtracks = Alias::compile("(?<id>(a+)+b)").unwrap();
        assert_eq!(backtracks.read(&"a".repeat(50_000)), None);
        assert!(Alias::compile("(?<id>").unwrap_err().contains("unclosed group"));
        assert!(Alias::compile("V1").unwrap_err().contains("no group"));
        assert!(Alias::compile(&format!("(?<id>{})", "a".repeat(600))).is_err());
    }
}
