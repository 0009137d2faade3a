//! Command lines inside messages: exact, so that they can be pasted into a shell.

use crate::model::{Factor, Id, Model, ModelId};

/// What a person still has to fill in.
pub(super) const BLANK: &str = "…";

/// `redan <words> -m <model>`, quoted where a shell would stumble.
pub(super) fn on(model: &ModelId, words: &[&str]) -> String {
    format!("{} -m {model}", bare(words))
}

/// `redan <words>`, for commands about a whole model.
pub(super) fn bare(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| quote(word)).collect();
    format!("redan {}", words.join(" "))
}

pub(super) fn restore(model: &Model, id: Id) -> String {
    on(&model.id, &["restore", &id.to_string()])
}

/// `redan rate` of these factors; a level that is not known is left blank.
pub(super) fn rate(model: &Model, id: Id, sets: &[(Factor, Option<&str>)]) -> String {
    let mut words = vec!["rate".to_owned(), id.to_string()];
    for (factor, level) in sets {
        words.extend(["--set".to_owned(), format!("{}={}", factor.name(), level.unwrap_or(BLANK))]);
    }
    words.extend(["--reason".to_owned(), BLANK.to_owned()]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    on(&model.id, &words)
}

/// `redan edit ID --set field=value`.
pub(super) fn edit(model: &Model, id: Id, field: &str, value: &str) -> String {
    on(&model.id, &["edit", &id.to_string(), "--set", &format!("{field}={value}")])
}

fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=,@+%".contains(c);
    let tame = |c: char| !"\"$`\\!*".contains(c) && !c.is_control();
    match word {
        _ if !word.is_empty() && word.chars().all(plain) => word.to_owned(),
        _ if word.chars().all(tame) => format!("\"{word}\""),
        _ => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_back_the_word() {
        assert_eq!(quote("properties=C,I"), "properties=C,I");
        assert_eq!(quote("name=Refund queue"), "\"name=Refund queue\"");
        assert_eq!(quote("A1-*"), "'A1-*'");
        assert_eq!(quote("it's $5"), "'it'\\''s $5'");
        assert_eq!(quote(BLANK), "\"…\"");
        assert_eq!(quote(""), "\"\"");
    }
}
