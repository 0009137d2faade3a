//! Tickets below a parent: whether there is one, and how many more it takes.

use super::http::Reply;
use super::server::Fault;
use super::tickets::{Fate, Ticket};
use super::track::Board;
use crate::tier::{cases, say};

const PARENT: &str = "\n[track.github]\nparent = 1\n";

fn board() -> Board {
    let board = Board::with("", PARENT);
    board.server.world(|world| world.tickets.push(Ticket::plain(1)));
    board
}

fn below(board: &Board) -> usize {
    board.server.world(|world| world.tickets.iter().filter(|issue| issue.parent == Some(1)).count())
}

#[test]
fn a_parent_that_is_not_there_is_found_before_anything_is_made() {
    let board = Board::with("", PARENT);
    for what in ["plan", "sync"] {
        let run = board.track(what, &[]);
        let said = "looking for the parent acme/board#1 (parent of [track.github]): not there, or hidden";
        assert_eq!((run.code, run.stderr.contains(said)), (5, true), "{}", run.stderr);
    }
    assert_eq!(board.server.writes(), Vec::<String>::new());
    board.server.world(|world| {
        world.tickets.push(Ticket { fate: Fate::Moved(3), ..Ticket::plain(1) });
        world.tickets.push(Ticket { repository: "acme/elsewhere", ..Ticket::plain(3) });
    });
    let run = board.track("sync", &[]);
    assert_eq!((run.code, run.stderr.contains("it was moved to acme/elsewhere#3")), (2, true), "{}", run.stderr);
    assert_eq!(board.server.writes(), Vec::<String>::new());
}

/// Three hundred in the full tier.
#[test]
fn a_full_parent_is_asked_once_and_told() {
    let all = cases(106, 300) as usize;
    let board = board();
    board.many(all - 4);
    let run = board.track("sync", &["--max-new", "300"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let said = format!("the parent takes no more sub-issues: {} of these tickets stand beside it", all - 100);
    assert!(run.stdout.contains(&said), "{}", run.stdout);
    assert_eq!(below(&board), 100);
    let refused = "POST /repos/acme/board/issues/1/sub_issues";
    assert_eq!(board.server.writes().iter().filter(|line| *line == refused).count(), 100, "nothing is tried in vain");
    board.server.forget();
    let again = board.track("sync", &[]);
    assert_eq!((again.code, board.server.writes()), (0, vec![]), "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.contains(&said) && again.stdout.contains(&format!(": 0 done, {all} as")), "{}", again.stdout);
    let asked = board.server.asked();
    assert_eq!(asked.len(), (all + 1).div_ceil(100) + 1, "{asked:?}");
    say(&format!("track: {all} tickets and a full parent: {} requests without a change", asked.len()));
    // There is room again: as many as fit go below, and no more is tried.
    let free = |world: &mut super::world::World| {
        let mut full = world.tickets.iter_mut().filter(|issue| issue.parent == Some(1));
        (0..2).for_each(|_| full.next().unwrap().fate = Fate::Hidden);
        world.tickets.iter_mut().filter(|issue| issue.fate == Fate::Hidden).for_each(|issue| issue.parent = None);
    };
    board.server.world(free);
    board.server.forget();
    let run = board.track("sync", &[]);
    assert_eq!((run.code, below(&board)), (0, 100), "{}", run.stdout);
    assert_eq!(board.server.writes(), vec![refused; 2]);
}

#[test]
fn a_parent_that_fills_meanwhile_costs_nobody_a_ticket() {
    let board = board();
    let full = || Fault::Answer(Reply::refuse(422, "Parent cannot have more than 100 sub-issues"));
    board.server.trap("POST", "/sub_issues", full());
    board.server.trap("POST", "/sub_issues", full());
    let run = board.sync();
    assert!(
        run.stdout.contains("it was made, and then: putting a ticket below its parent: not accepted"),
        "{}",
        run.stdout
    );
    assert_eq!(
        (board.states(), below(&board)),
        (["C2 open", "C4 open", "C5 open", "C6 open"].map(str::to_owned).to_vec(), 2)
    );
    board.settles();
    assert_eq!(below(&board), 4);
}

#[test]
fn a_parent_that_takes_none_is_tried_twice_and_holds_nothing_up() {
    let board = Board::new();
    board.settles();
    board.server.world(|world| world.tickets.push(Ticket::plain(1)));
    board.refuse("POST", "/issues/1/sub_issues", 422, "Sub-issues are nested too deep");
    let settings = board.scratch.read("redan.toml");
    board.scratch.write("redan.toml", &(settings + PARENT));
    board.edit(&["status", "C6", "implemented"]);
    board.server.forget();
    let run = board.sync();
    assert!(run.stdout.contains("nested too deep; 2 more were not tried, since two were refused so"), "{}", run.stdout);
    let writes = board.server.writes();
    assert_eq!(writes.iter().filter(|line| line.ends_with("/sub_issues")).count(), 2, "{writes:?}");
    assert_eq!(board.states(), ["C2 open", "C4 open", "C5 open", "C6 completed"]);
}
