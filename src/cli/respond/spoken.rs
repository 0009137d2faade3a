//! Which commands, and which of their options, may be typed in a comment.

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::cli::command;
use crate::report::comment::SPOKEN;

/// What a line comes to.
pub enum Order {
    /// Words, without anything done.
    Say(String),
    /// A command of ours, as words without the program, and whether it may change something.
    Run { words: Vec<String>, writes: bool },
}

/// Options that say where to work, who acts or how to print: all of that is the comment's own. And those that speak to a language model,
/// which costs money and writes where it is told to.
const REFUSED: [&str; 9] = ["directory", "by", "at", "format", "engine", "ask_judge", "record", "replay", "yes"];

/// Parses the words as the command line would; nothing is run. The refusal is for whoever typed it.
pub fn admitted(words: &[String]) -> Result<Order, String> {
    match words {
        [] => return Ok(Order::Say(overview())),
        [help] if help == "help" => return Ok(Order::Say(overview())),
        [help, verb] if help == "help" => return admitted(&[verb.clone(), "--help".to_owned()]),
        _ => {}
    }
    let line = std::iter::once("redan").chain(words.iter().map(String::as_str));
    let matches = match command().try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => return Ok(Order::Say(error.to_string())),
        Err(error) => return Err(error.to_string()),
    };
    let verb = matches.subcommand_name().unwrap_or_default();
    if !SPOKEN.contains(&verb) {
        return Err(format!("`{verb}` is nothing to be done in a comment; /redan help lists what is"));
    }
    match refused(&matches) {
        Some(option) => Err(format!("--{option} may not be said in a comment")),
        None => Ok(Order::Run { words: words.to_vec(), writes: verb != "ask" && !trial(&matches) }),
    }
}

/// Whether the change is to be shown only.
fn trial(matches: &ArgMatches) -> bool {
    let here = matches.try_get_one::<bool>("dry_run").is_ok_and(|asked| asked == Some(&true));
    here || matches.subcommand().is_some_and(|(_, inner)| trial(inner))
}

/// The first option that was typed and may not be.
fn refused(matches: &ArgMatches) -> Option<&'static str> {
    let typed = |name: &&&str| {
        let known = matches.ids().any(|id| id.as_str() == **name);
        known && matches.value_source(name) == Some(ValueSource::CommandLine)
    };
    let here = REFUSED.iter().find(typed).copied();
    here.or_else(|| matches.subcommand().and_then(|(_, inner)| refused(inner)))
}

fn overview() -> String {
    let root = command();
    let verbs = SPOKEN.iter().filter_map(|verb| root.find_subcommand(verb));
    let lines = verbs.map(|verb| {
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        format!("/redan {:<20} {about}\n", verb.get_name())
    });
    let lines: String = lines.collect();
    format!("{lines}/redan help VERB says more. One line a command; all of them make one commit, or none does.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_no_edit_of_a_model_is_refused() {
        for line in [
            "init",
            "demo",
            "comment --pr 1",
            "respond",
            "merge-driver a b c 7 d",
            "check",
            "man",
            "schema",
            "list",
            "completions bash",
            "merge-driver",
        ] {
            assert!(admitted(&words(line)).is_err(), "{line}");
        }
    }

    #[test]
    fn options_that_reach_outside_are_refused() {
        for line in [
            "-C /etc fix",
            "fix -C /etc",
            "fix --directory=/etc",
            "remove A1 --reason x --by mallory@example.org",
            "remove A1 --reason x --at 2020-01-01",
            "remove A1 --reason x --format json",
            "add asset --name x --by mallory",
            "refine x --yes",
            "refine x --engine openai/gpt-5",
            "ask x --record ../../out",
            "ask x --replay /etc",
        ] {
            let why = admitted(&words(line)).err().unwrap_or_default();
            assert!(why.ends_with("may not be said in a comment"), "{line}: {why}");
        }
    }

    /// Every option of every verb that may be typed was looked at; a new one is looked at when this fails.
    #[test]
    fn every_option_that_may_be_typed_is_known() {
        let mut seen = std::collections::BTreeSet::new();
        let root = command();
        let mut open: Vec<clap::Command> =
            SPOKEN.iter().map(|verb| root.find_subcommand(verb).expect("a verb of ours").clone()).collect();
        while let Some(verb) = open.pop() {
            let options = verb.get_arguments().filter(|argument| !REFUSED.contains(&argument.get_id().as_str()));
            seen.extend(options.filter_map(|argument| argument.get_long()).map(str::to_owned));
            open.extend(verb.get_subcommands().cloned());
        }
        let known = KNOWN.split_whitespace().map(str::to_owned).collect();
        assert_eq!(seen, known, "is it harmless in the mouth of anybody who may write? then add it here");
    }

    const KNOWN: &str = "archetype as-of boundaries capability choose components covers description distinct dry-run evidence \
        excludes expires group impact kind likelihood like model name no-factors objectives owner passes path position \
        properties \
        protects rationale reason renamed-because replaced-by repo review-by rule sealed set statement status to upheld-by words";

    #[test]
    fn help_is_said_and_not_run() {
        for line in ["help", "help add", "add --help", "add asset --help"] {
            assert!(matches!(admitted(&words(line)), Ok(Order::Say(_))), "{line}");
        }
        let Ok(Order::Say(text)) = admitted(&[]) else { panic!("no overview") };
        assert!(text.lines().any(|line| line.starts_with("/redan cover ")), "{text}");
    }
}
