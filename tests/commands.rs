//! docs/commands.md is what the command line says of itself.

use clap::Command;

use crate::schema::generated::hold;

#[test]
fn the_reference_is_fresh() {
    hold("docs/commands.md", &reference(&redan::cli::command()));
}

#[test]
fn every_command_and_every_flag_says_what_it_does() {
    let mut silent = Vec::new();
    let root = redan::cli::command();
    let mut open = vec![(root.get_name().to_owned(), root)];
    while let Some((name, command)) = open.pop() {
        let arguments = command.get_arguments().filter(|argument| argument.get_help().is_none());
        silent.extend(arguments.map(|argument| format!("{name} {}", argument.get_id())));
        if command.get_about().is_none() {
            silent.push(name.clone());
        }
        open.extend(command.get_subcommands().map(|sub| (format!("{name} {}", sub.get_name()), sub.clone())));
    }
    let known = ["format", "shell", "status", "help"];
    silent.retain(|line| !known.iter().any(|word| line.ends_with(word)));
    assert_eq!(silent, Vec::<String>::new(), "give each a doc comment");
}

fn reference(root: &Command) -> String {
    let mut page = String::from(
        "# Commands\n\n<!-- generated from the command line; rewrite with `cargo bless` -->\n\n\
         Results go to stdout, everything else to stderr. `-C DIR` runs as if started in that folder.\n\n\
         | exit | meaning |\n|---|---|\n\
         | 0 | done, nothing at or above `--fail-on` |\n\
         | 1 | findings at or above `--fail-on`, or an edit refused by a rule |\n\
         | 2 | wrong usage or wrong `redan.toml` |\n\
         | 3 | no model found |\n\
         | 4 | the history needed for the answer is not here; the message has the exact command |\n\
         | 5 | environment: files, Git, another host, an internal error |\n\
         | 6 | a language model is needed and there is none |\n",
    );
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        section(&mut page, command, "redan");
    }
    page
}

fn section(page: &mut String, command: &Command, parent: &str) {
    let name = format!("{parent} {}", command.get_name());
    let mut shown = command.clone().bin_name(&name).disable_help_flag(true).term_width(100);
    page.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", shown.render_long_help().to_string().trim()));
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        section(page, inner, &name);
    }
}

#[test]
fn the_command_line_is_sound() {
    redan::cli::command().debug_assert();
}
