//! What the token may not do, and what GitHub does not take: one ticket's affair, or everybody's.

use super::http::Reply;
use super::server::Fault;
use super::tickets::{Fate, Ticket};
use super::track::{Board, TICKETS};

const OPEN: [&str; 4] = ["C2 open", "C4 open", "C5 open", "C6 open"];

fn number(board: &Board, control: &str) -> u64 {
    board.ticket(control).number
}

#[test]
fn a_ticket_that_may_not_be_changed_keeps_no_other_from_it() {
    let board = Board::new();
    board.settles();
    let ticket = number(&board, "C2");
    board.refuse("PATCH", &format!("/issues/{ticket}"), 403, "Must have admin rights to Repository.");
    for control in ["C2", "C4"] {
        board.edit(&["status", control, "implemented"]);
    }
    let run = board.sync();
    let said = format!(
        "acme/board#{ticket} for link-shortener/C2: bringing a ticket up to date: the token may not do this (403)"
    );
    assert!(run.stdout.contains(&said), "{}", run.stdout);
    assert_eq!(board.states(), ["C2 open", "C4 completed", "C5 open", "C6 open"]);
    // Nothing else is left to do, and that is refused: who looks at the workflow is to see it.
    let again = board.track("sync", &[]);
    assert_eq!((again.code, again.stderr.contains("(403)")), (5, true), "{}", again.stderr);
    board.server.world(|world| world.refuses.clear());
    board.settles();
    assert_eq!(board.states()[0], "C2 completed");
}

#[test]
fn what_is_not_closed_is_not_said_to_be_and_what_is_not_said_is_tried_again() {
    for (method, below, said, standing) in [
        ("PATCH", "", "bringing a ticket up to date", "C2 open"),
        ("POST", "/comments", "commenting on a ticket", "C2 not_planned"),
    ] {
        let board = Board::new();
        board.settles();
        let ticket = number(&board, "C2");
        board.refuse(method, &format!("/issues/{ticket}{below}"), 403, "The issue is locked.");
        board.edit(&["remove", "C2", "--reason", "no longer"]);
        board.edit(&["status", "C4", "implemented"]);
        let run = board.sync();
        let said = format!("acme/board#{ticket} for link-shortener/C2: {said}: the token may not do this (403)");
        assert!(run.stdout.contains(&said) && run.stdout.contains("issue is locked"), "{}", run.stdout);
        assert_eq!(board.states(), [standing, "C4 completed", "C5 open", "C6 open"]);
        assert_eq!(board.ticket("C2").said.len(), 0);
        board.server.world(|world| world.refuses.clear());
        board.settles();
        assert_eq!((board.states()[0].as_str(), board.ticket("C2").said.len()), ("C2 not_planned", 1));
    }
}

#[test]
fn three_refusals_in_a_row_are_everybodys() {
    let board = Board::new();
    board.settles();
    board.server.world(|world| world.read_only = true);
    for control in ["C2", "C4", "C5", "C6"] {
        board.edit(&["status", control, "implemented"]);
    }
    board.server.forget();
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes().len()), (5, 3), "{}", run.stderr);
    assert!(run.stderr.contains("(403)") && run.stderr.contains("issues: write"), "{}", run.stderr);
    assert_eq!(board.states(), OPEN);
}

#[test]
fn tickets_that_were_moved_to_where_nothing_may_be_written_count_for_themselves() {
    let board = Board::new();
    board.many(1);
    board.settles();
    for (nth, control) in (31..).zip(["C2", "C4", "C5"]) {
        let moved = board.ticket(control);
        board.change(control, |issue| issue.fate = Fate::Moved(nth));
        board.server.world(|world| {
            world.tickets.push(Ticket { repository: "acme/elsewhere", number: nth, fate: Fate::There, ..moved });
        });
        board.refuse("PATCH", &format!("acme/elsewhere/issues/{nth}"), 403, "Resource not accessible by integration");
        board.edit(&["status", control, "implemented"]);
    }
    board.edit(&["status", "C7", "implemented"]);
    let run = board.sync();
    assert!(run.stdout.contains("acme/elsewhere#31 for link-shortener/C2: bringing"), "{}", run.stdout);
    assert!(!board.ticket("C7").open, "behind three that are refused: {}", run.stdout);
    let again = board.sync();
    assert!(again.stdout.contains(": 0 done") && again.stdout.contains("acme/elsewhere#31"), "{}", again.stdout);
}

#[test]
fn a_new_ticket_that_is_not_taken_is_named_and_the_others_are_made() {
    let board = Board::new();
    board.server.trap("POST", "/issues", Fault::Answer(Reply::refuse(422, "Validation Failed")));
    let run = board.sync();
    assert!(
        run.stdout.contains("\n  link-shortener/C2: making a ticket: not accepted: Validation Failed"),
        "{}",
        run.stdout
    );
    assert_eq!(board.states(), ["C2 ", "C4 open", "C5 open", "C6 open"]);
    board.settles();
    assert_eq!(board.states(), OPEN);
}

#[test]
fn the_same_refusal_twice_ends_creations_and_names_the_setting() {
    let board = Board::with("", "\n[track.github]\ntype = \"Chore\"\n");
    let wrong = serde_json::json!({
        "message": "Validation Failed",
        "errors": [{ "resource": "Issue", "field": "type", "code": "invalid", "value": "Chore" }],
    });
    board.server.world(|world| world.refuses.push(("POST", "/issues".to_owned(), Reply::new(422, wrong))));
    let run = board.track("sync", &[]);
    let said = "making a ticket: not accepted: Validation Failed; type: invalid; is `Chore` a type of issues of this organisation? (type of [track.github] in redan.toml)";
    assert_eq!((run.code, run.stderr.contains(said)), (5, true), "{}", run.stderr);
    assert!(run.stdout.contains("2 more were not tried"), "{}", run.stdout);
    assert_eq!(board.server.writes().len(), 2);
}

#[test]
fn labels_that_are_dropped_in_silence_are_asked_for_again() {
    let board = Board::with("", "\n[track]\nlabels = [\"security\"]\n");
    board.server.world(|world| world.drops_labels = true);
    board.settles();
    assert_eq!(board.ticket("C2").labels, ["redan", "security"]);
    // Without the right to label, one ticket is made and no more: whoever does not know of it would make it again.
    let board = Board::new();
    board.server.world(|world| world.drops_labels = true);
    board.refuse("POST", "/labels", 403, "Must have push access to label");
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.world(|world| world.tickets.len())), (5, 1), "{}", run.stderr);
    assert!(run.stderr.contains("labelling a ticket: the token may not do this (403)"), "{}", run.stderr);
    assert!(run.stdout.contains("it was made, and then: labelling a ticket"), "{}", run.stdout);
    assert!(board.scratch.read(TICKETS).contains("acme/board#1001"), "it is found by the file");
}

#[test]
fn issues_that_are_turned_off_are_told_as_that() {
    let board = Board::new();
    board.refuse("GET", "/issues", 410, "Issues has been disabled in this repository.");
    let run = board.track("plan", &[]);
    let said = "Issues has been disabled in this repository. (410): turn Issues on in the settings of acme/board";
    assert_eq!((run.code, run.stderr.contains(said)), (5, true), "{}", run.stderr);
}

#[test]
fn a_changed_file_of_links_is_to_be_committed() {
    let board = Board::new();
    let said = "tickets.toml names these tickets now: commit it";
    assert!(board.sync().stderr.contains(said));
    assert!(!board.sync().stderr.contains(said));
}
