//! Runs that end at any request, asked and unanswered or carried out and unanswered: the next run makes them good.

use super::server::WORKFLOW;
use super::tickets::Ticket;
use super::track::{Board, TICKETS};
use crate::tier::{cases, say};

/// What makes something to do.
type Scene = (&'static str, fn(&Board));

const SCENES: [Scene; 10] = [
    ("create", |_| {}),
    ("implement", |board| {
        board.sync();
        board.edit(&["status", "C2", "implemented"]);
        board.change("C5", |issue| issue.labels.clear());
    }),
    ("remove", |board| {
        board.sync();
        board.edit(&["remove", "C4", "--reason", "no longer"]);
    }),
    ("orphan", |board| {
        board.sync();
        board.edit(&["remove", "A2", "--reason", "the page is gone"]);
    }),
    ("restore", |board| {
        board.sync();
        board.edit(&["remove", "A2", "--reason", "the page is gone"]);
        board.edit(&["status", "C2", "implemented"]);
        board.sync();
        board.edit(&["restore", "A2"]);
        board.edit(&["status", "C2", "not_implemented"]);
    }),
    ("rename", |board| {
        board.sync();
        let words = "description=Targets are checked against lists of known bad hosts";
        board.edit(&["edit", "C6", "--set", words, "--renamed-because", "clearer"]);
        board.edit(&["rename", "link-shortener", "Short links"]);
    }),
    ("retire", |board| {
        board.sync();
        board.edit(&["remove", "link-shortener", "--reason", "sold"]);
    }),
    ("fold", |board| {
        board.sync();
        board.edit(&["cover", "C5", "CO-A2-T1", "--group", "2"]);
        board.edit(&["remove", "C4", "--replaced-by", "C5", "--reason", "one rule for both"]);
    }),
    ("twin", |board| {
        board.sync();
        for control in ["C4", "C5"] {
            let copy = board.ticket(control);
            board.server.world(|world| world.tickets.push(Ticket { number: copy.number + 500, ..copy }));
        }
        board.edit(&["status", "C5", "implemented"]);
    }),
    ("nest", |board| {
        board.sync();
        board.server.world(|world| world.tickets.push(Ticket::plain(1)));
        let settings = board.scratch.read("redan.toml");
        board.scratch.write("redan.toml", &format!("{settings}\n[track.github]\nparent = 1\n"));
        board.many(2);
    }),
];

/// Everything there is, whatever the numbers.
fn standing(board: &Board) -> Vec<String> {
    let line = |issue: &Ticket| {
        let ends = issue.body.lines().find(|line| line.contains("redan:end ")).unwrap_or("a duplicate");
        let (title, said) = (&issue.title, issue.said.len());
        format!("{title} {} {:?} {:?} {:?} {said} {ends}", issue.open, issue.reason, issue.labels, issue.parent)
    };
    let mut lines: Vec<String> = board.server.world(|world| world.tickets.iter().map(line).collect());
    lines.sort();
    lines
}

#[test]
fn a_run_that_ends_anywhere_goes_on_where_it_ended() {
    // Every request in the full tier; in the quick one every fourth.
    let stride = cases(4, 1) as usize;
    for (nth, (name, before)) in SCENES.into_iter().enumerate() {
        let board = Board::new();
        before(&board);
        let world = board.server.world(|world| world.clone());
        let links = std::fs::read_to_string(board.scratch.path().join(TICKETS)).ok();
        let file = || match &links {
            Some(links) => board.scratch.write(TICKETS, links),
            None => drop(std::fs::remove_file(board.scratch.path().join(TICKETS))),
        };
        board.settles();
        let wanted = standing(&board);
        let mut ends = 0;
        for after in [false, true] {
            for request in (((nth + usize::from(after)) % 2).min(stride - 1)..).step_by(stride) {
                file();
                board.server.world(|there| *there = world.clone());
                board.server.forget();
                board.server.cut(request, after);
                let run = board.track("sync", &[]);
                if !board.server.heal() {
                    assert_eq!((run.code, standing(&board)), (0, wanted.clone()), "{name}: {}", run.stderr);
                    break;
                }
                ends += 1;
                assert_eq!(run.code, 5, "{name} {request} {after}: {}", run.stderr);
                assert!(!format!("{}{}", run.stdout, run.stderr).contains(WORKFLOW));
                if after {
                    // As if it had been killed, or in another checkout.
                    file();
                }
                board.settles();
                assert_eq!(standing(&board), wanted, "{name}, ended at {request}, {after}");
            }
        }
        say(&format!("track: {name}: a run was ended at {ends} requests"));
        assert!(ends >= 1, "{name}");
    }
}
