//! What docs/tickets.md says of people and hosts that no other page of these tests plays.

use std::sync::{Arc, Barrier};

use super::http::Reply;
use super::server::Fault;
use super::tickets::Ticket;
use super::track::{Board, CONTROLS, TICKETS};
use super::world::World;

const OPEN: [&str; 4] = ["C2 open", "C4 open", "C5 open", "C6 open"];

#[test]
fn tiers_and_requirements_are_brought_up_to_date() {
    let board = Board::new();
    board.settles();
    assert!(board.ticket("C4").body.contains("| `CO-A2-T1` | medium |"), "{}", board.ticket("C4").body);
    let rate = ["--set", "prevalence=rare", "--set", "complexity=high", "--reason", "links got longer"];
    board.edit(&[&["rate", "T1"], rate.as_slice()].concat());
    let run = board.settles();
    assert!(board.ticket("C4").body.contains("| `CO-A2-T1` | low |"), "{}{}", run.stdout, board.ticket("C4").body);
    let row = "description = \"Links that are not used for a year are taken down\"\nrequirements = [{ req = \"asvs@5.0.0:V14.2.7\", cover = \"full\", state = \"accepted\" }]";
    let controls = board.scratch.read(CONTROLS);
    board.scratch.write(CONTROLS, &controls.replace(row.lines().next().unwrap(), row));
    board.scratch.commit("Map it");
    board.settles();
    assert!(board.ticket("C4").body.contains("- `asvs@5.0.0:V14.2.7` (full)"), "{}", board.ticket("C4").body);
}

#[test]
fn the_highest_tiers_come_first_and_labels_of_people_stay() {
    let board = Board::new();
    let run = board.track("sync", &["--max-new", "3"]);
    assert_eq!((run.code, board.states()), (0, ["C2 open", "C4 ", "C5 open", "C6 open"].map(str::to_owned).to_vec()));
    board.change("C5", |issue| issue.labels.extend(["later".to_owned(), "q3".to_owned()]));
    board.edit(&["status", "C5", "implemented"]);
    board.settles();
    assert_eq!(board.ticket("C5").labels, ["redan", "later", "q3"]);
}

#[test]
fn without_the_file_what_lost_its_label_or_our_lines_is_made_again() {
    let board = Board::new();
    board.settles();
    board.change("C4", |issue| issue.labels.clear());
    board.change("C5", |issue| issue.body = "Just do it.".to_owned());
    std::fs::remove_file(board.scratch.path().join(TICKETS)).unwrap();
    board.settles();
    assert_eq!(board.server.world(|world| world.tickets.len()), 6);
    assert_eq!(board.states(), ["C2 open", "C4 open+open", "C5 open", "C6 open"]);
}

#[test]
fn making_a_ticket_is_asked_for_once() {
    let board = Board::new();
    board.server.trap("POST", "/issues", Fault::After(Reply::refuse(502, "lost")));
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes().len()), (5, 1), "{}", run.stderr);
    board.settles();
    assert_eq!(
        (board.states(), board.server.world(|world| world.tickets.len())),
        (OPEN.map(str::to_owned).to_vec(), 4)
    );
}

#[test]
fn a_ticket_that_goes_away_during_the_run_is_told() {
    let board = Board::new();
    board.settles();
    for control in ["C2", "C4"] {
        board.edit(&["status", control, "implemented"]);
    }
    let at = board.ticket("C2").number;
    board.server.trap("PATCH", &format!("/issues/{at}"), Fault::Answer(Reply::refuse(410, "This issue was deleted")));
    let run = board.sync();
    assert!(
        run.stdout.contains("for link-shortener/C2: bringing a ticket up to date: it was deleted (410)"),
        "{}",
        run.stdout
    );
    assert_eq!(board.states(), ["C2 open", "C4 completed", "C5 open", "C6 open"]);
}

#[test]
fn two_runs_that_close_at_once_may_say_so_twice() {
    let board = Board::new();
    board.settles();
    board.edit(&["remove", "C4", "--reason", "no longer"]);
    let both = Arc::new(Barrier::new(2));
    for _ in 0..2 {
        board.server.trap("GET", "/issues", Fault::Meet(Arc::clone(&both)));
    }
    for run in [0, 1].map(|_| board.start()) {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let ticket = board.ticket("C4");
    assert_eq!((ticket.reason.as_deref(), ticket.said.len()), (Some("not_planned"), 2));
    board.quiet();
}

#[test]
fn what_a_ticket_says_is_taken_over_under_the_rules_of_any_edit() {
    let board = Board::new();
    board.settles();
    board.change("C2", |issue| (issue.open, issue.reason) = (false, Some("completed".to_owned())));
    assert_eq!(board.scratch.redan(&["remove", "C2", "--reason", "not committed yet"]).code, 0);
    let run = board.track("sync", &["--pull"]);
    assert_eq!((run.code, run.stderr.contains("link-shortener/C2 stays as it is: ")), (1, true), "{}", run.stderr);
    let plan = board.track("plan", &["--pull"]);
    assert!(plan.code == 0 && plan.stdout.contains("redan status link-shortener/C2 implemented"), "{}", plan.stdout);
}

#[test]
fn what_is_written_during_the_run_stays() {
    let board = Board::new();
    board.settles();
    let words = "description=Links that are not used for one year are taken down";
    board.edit(&["edit", "C4", "--set", words, "--renamed-because", "clearer"]);
    let copy = board.ticket("C5");
    board.server.world(|world| world.tickets.push(Ticket { number: copy.number + 500, ..copy }));
    let bob = |world: &mut World| {
        for issue in &mut world.tickets {
            issue.body.push_str("\n\nBob: I start on Monday.");
            issue.title.push_str(", Bob");
        }
    };
    board.server.trap("GET", "/issues", Fault::Meanwhile(bob));
    board.settles();
    assert!(board.ticket("C4").body.contains("for one year"), "{}", board.ticket("C4").body);
    assert!(
        board.ticket("C4").title.starts_with("Links that are not used for a year")
            && board.ticket("C4").title.ends_with(", Bob")
    );
    let all = board.server.world(|world| world.tickets.clone());
    assert!(all.len() == 5 && all.iter().all(|issue| issue.body.ends_with("\n\nBob: I start on Monday.")), "{all:?}");
    assert!(all[4].body.contains("Duplicate of"), "{}", all[4].body);
}

#[test]
fn a_workflow_of_another_repository_takes_nothing_over() {
    let board = Board::new();
    board.scratch.git(&["remote", "add", "origin", "https://github.com/acme/pay.git"]);
    board.settles();
    let body = board.ticket("C4").body;
    assert!(body.contains("repo=acme/pay -->") && body.contains("github.com/acme/pay/blob/"), "{body}");
    board.scratch.git(&["remote", "set-url", "origin", "https://github.com/acme/shop.git"]);
    board.server.forget();
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes()), (1, vec![]), "{}", run.stdout);
    assert!(run.stdout.contains("its tickets are kept by acme/pay"), "{}", run.stdout);
}
