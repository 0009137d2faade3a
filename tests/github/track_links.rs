//! Where a line of tickets.toml leads that somebody wrote by hand, or that no list shows.

use super::tickets::{Fate, Ticket};
use super::track::{Board, TICKETS};

fn links(lines: &[(&str, &str)]) -> String {
    let line = |(control, at): &(&str, &str)| format!("[github.{control}]\nticket = \"{at}\"\nof = \"000000000000\"\n");
    format!("format = 1\n{}", lines.iter().map(line).collect::<String>())
}

#[test]
fn what_bears_neither_our_label_nor_our_lines_is_nobodys_ticket() {
    let board = Board::new();
    board.server.world(|world| {
        world.tickets.push(Ticket { repository: "acme/elsewhere", ..Ticket::plain(1) });
        world.tickets.push(Ticket { pull: true, labels: vec!["redan".to_owned()], ..Ticket::plain(2) });
    });
    let file = links(&[("C4", "acme/elsewhere#1"), ("C5", "acme/board#2")]);
    board.scratch.write(TICKETS, &file);
    for _ in 0..2 {
        let run = board.sync();
        for (at, control) in [("acme/elsewhere#1", "C4"), ("acme/board#2", "C5")] {
            let said = format!("{at} for link-shortener/{control}: it is none of ours");
            assert!(run.stdout.contains(&said), "{}", run.stdout);
        }
    }
    assert_eq!(board.states(), ["C2 open", "C4 ", "C5 ", "C6 open"]);
    let theirs = board.server.world(|world| world.tickets[..2].to_vec());
    assert!(theirs.iter().all(|issue| issue.body.is_empty() && issue.open), "{theirs:?}");
    assert_eq!((theirs[0].labels.len(), theirs[1].labels.len()), (0, 1));
    assert!(board.scratch.read(TICKETS).contains("acme/elsewhere#1"), "the line is a person's to mend");
    // An issue that bears the label is one that lost our lines; two lines to the same one say nothing.
    board.server.world(|world| world.tickets.push(Ticket { labels: vec!["redan".to_owned()], ..Ticket::plain(3) }));
    board.scratch.write(TICKETS, &links(&[("C4", "acme/board#3"), ("C5", "acme/board#3")]));
    board.server.forget();
    let run = board.sync();
    assert_eq!((board.server.writes(), run.stdout.matches("acme/board#3 for").count()), (vec![], 2), "{}", run.stdout);
    board.scratch.write(TICKETS, &links(&[("C4", "acme/board#3")]));
    board.settles();
    assert_eq!((board.ticket("C4").number, board.ticket("C5").number > 1000), (3, true));
}

#[test]
fn a_link_is_read_however_it_is_written_and_refused_where_it_names_nothing() {
    let board = Board::new();
    board.settles();
    let file = board.scratch.read(TICKETS);
    let old = board.ticket("C4");
    for written in [
        format!("#{}", old.number),
        format!("https://github.com/acme/board/issues/{}", old.number),
        format!("Acme/Board#{}", old.number),
    ] {
        board.change("C4", |issue| issue.labels.clear());
        board.scratch.write(TICKETS, &file.replace(&old.at(), &written));
        board.settles();
        assert_eq!((board.ticket("C4").labels.len(), board.scratch.read(TICKETS)), (1, file.clone()), "{written}");
    }
    board.change("C4", |issue| issue.labels.clear());
    for written in ["4 or so", "https://github.com/acme/board/pull/4", "PAY-4"] {
        let odd = file.replace(&old.at(), written);
        board.scratch.write(TICKETS, &odd);
        board.server.forget();
        let run = board.sync();
        assert!(run.stdout.contains(&format!("{written} for link-shortener/C4: tickets.toml names no ticket")));
        assert_eq!((board.server.writes(), board.scratch.read(TICKETS)), (vec![], odd), "{}", run.stdout);
    }
    assert_eq!(board.server.world(|world| world.tickets.len()), 4);
}

#[test]
fn a_copy_of_a_ticket_that_is_elsewhere_is_the_copy() {
    let board = Board::new();
    board.settles();
    let moved = board.ticket("C4");
    board.change("C4", |issue| {
        issue.fate = Fate::Moved(3);
        issue.body.clear();
    });
    let there = Ticket { repository: "acme/elsewhere", number: 3, ..moved.clone() };
    board.server.world(|world| world.tickets.push(there.clone()));
    board.settles();
    board.server.world(|world| world.tickets.push(Ticket { number: 2000, ..moved.clone() }));
    board.settles();
    assert_eq!(board.ticket("C4").at(), there.at());
    let copy = board.server.world(|world| world.tickets.last().unwrap().clone());
    assert!(!copy.open && copy.body.contains("Duplicate of acme/elsewhere#3"), "{}", copy.body);
    assert!(board.scratch.read(TICKETS).contains("acme/elsewhere#3"));
    // The same at home: what lost its label is still the older one.
    let old = board.ticket("C5");
    board.change("C5", |issue| issue.labels.clear());
    board.server.world(|world| world.tickets.push(Ticket { number: 2001, ..old.clone() }));
    board.settles();
    assert_eq!((board.ticket("C5").number, board.ticket("C5").labels), (old.number, old.labels));
}

#[test]
fn upper_and_lower_case_name_the_same_repository() {
    let board = Board::with("", "\n[track.github]\nrepository = \"Acme/Board\"\nparent = 1\n");
    board.server.world(|world| world.tickets.push(Ticket::plain(1)));
    board.settles();
    assert_eq!(["C2", "C4", "C5", "C6"].map(|control| board.ticket(control).parent), [Some(1); 4]);
}
