//! What the account may not do, and what Jira does not take, in both flavours.

use super::track::Board;
use super::world::refuse;

#[test]
fn what_may_not_be_edited_led_on_or_commented_is_told_and_the_rest_is_done() {
    for cloud in [true, false] {
        for (method, below, said, remarks) in [
            ("PUT", "", "bringing a ticket up to date", 1),
            ("POST", "/transitions", "leading a ticket through its workflow", 0),
            ("POST", "/comment", "commenting on a ticket", 0),
        ] {
            let board = Board::new(cloud);
            board.settles();
            let key = board.ticket("C2").key;
            board.refuse(method, &format!("issue/{key}{below}"), 403, "You do not have permission to do this.");
            board.edit(&["remove", "C2", "--reason", "no longer"]);
            board.edit(&["status", "C4", "implemented"]);
            let run = board.sync();
            let said = format!("{key} for link-shortener/C2: {said}: the token may not do this (403)");
            assert!(run.stdout.contains(&said), "{said}: {}", run.stdout);
            let first = if below == "/transitions" { "C2 To Do" } else { "C2 Won't Do" };
            assert_eq!(board.states(), [first, "C4 Done", "C5 To Do"]);
            assert_eq!(board.ticket("C2").said.len(), remarks, "nobody is told that it is closed before it is");
            let again = board.track("sync", &[]);
            assert_eq!((again.code, again.stderr.contains("(403)")), (5, true), "{}", again.stderr);
            board.server.world(|world| world.refuses.clear());
            board.settles();
            assert_eq!((board.states()[0].as_str(), board.ticket("C2").said.len()), ("C2 Won't Do", 1));
        }
    }
}

#[test]
fn an_account_that_may_only_look_is_refused_three_times() {
    let board = Board::new(true);
    board.settles();
    board.server.world(|world| world.read_only = true);
    // Every ticket has other words now.
    let edit = "description=Short links of the campaign";
    board.edit(&["edit", "A1", "--set", edit, "--renamed-because", "shorter"]);
    board.edit(&["rename", "link-shortener", "Links"]);
    board.server.forget();
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes().len()), (5, 3), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("edit and transition issues"), "{}", run.stderr);
}

#[test]
fn a_project_that_takes_no_more_issues_is_asked_twice() {
    let board = Board::new(false);
    board.server.instead("/issue", refuse(400, "Something is wrong with this one."));
    let run = board.sync();
    assert!(
        run.stdout.contains("\n  link-shortener/C2: making a ticket: not accepted: Something is"),
        "{}",
        run.stdout
    );
    assert_eq!(board.states(), ["C2 ", "C4 To Do", "C5 To Do"]);
    board.settles();
    let board = Board::new(false);
    board.refuse("POST", "issue", 400, "Field 'risk' is required.");
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes().len()), (5, 2), "{}", run.stderr);
    assert!(run.stdout.contains("1 more were not tried"), "{}", run.stdout);
}

#[test]
fn a_transition_that_wants_more_is_told_and_nobody_is_told_that_it_was_taken() {
    let board = Board::new(true);
    board.settles();
    let key = board.ticket("C2").key;
    board.refuse("POST", &format!("issue/{key}/transitions"), 400, "Resolution is required.");
    board.edit(&["remove", "C2", "--reason", "no longer"]);
    let run = board.track("sync", &[]);
    assert!(run.stdout.contains("not accepted: Resolution is required."), "{}", run.stdout);
    assert_eq!((board.states()[0].as_str(), board.ticket("C2").said.len()), ("C2 To Do", 0));
}

#[test]
fn an_interface_that_is_no_more_says_what_to_use() {
    let board = Board::new(true);
    board.server.instead("/search/jql", refuse(410, "The requested API has been removed. Please migrate."));
    let run = board.track("plan", &[]);
    let said = "listing tickets: not accepted: The requested API has been removed. Please migrate. (410)";
    assert_eq!((run.code, run.stderr.contains(said)), (5, true), "{}", run.stderr);
}
