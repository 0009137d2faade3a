//! Runs that end at any request, asked and unanswered or carried out and unanswered: the next run makes them good.

use super::track::{Board, TICKETS, TOKEN};
use super::world::Issue;
use crate::tier::{cases, say};

/// What makes something to do.
type Scene = (&'static str, fn(&Board));

const SCENES: [Scene; 9] = [
    ("create", |_| {}),
    ("implement", |board| {
        board.sync();
        board.edit(&["status", "C2", "implemented"]);
        board.change("C5", |issue| issue.labels.clear());
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
        let words = "description=Links that nobody follows for a year are taken down";
        board.edit(&["edit", "C4", "--set", words, "--renamed-because", "clearer"]);
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
        let copy = board.ticket("C4");
        let twin = Issue { id: copy.id + 500, key: "PAY-500".to_owned(), ..copy };
        board.server.world(|world| world.issues.push(twin));
    }),
    ("nest", |board| {
        board.sync();
        board.server.world(|world| world.issues.push(Issue::plain("PAY-900", 900)));
        let settings = board.scratch.read("redan.toml");
        board.scratch.write("redan.toml", &settings.replace("[track.jira]\n", "[track.jira]\nparent = \"PAY-900\"\n"));
        board.scratch.commit("Say a parent");
    }),
];

/// Everything there is, whatever the keys.
fn standing(board: &Board) -> Vec<String> {
    let line = |issue: &Issue| {
        let text = issue.description.to_string();
        let ends = text.find("redan:end ").and_then(|at| text[at..].split('"').next()).unwrap_or("a duplicate");
        let (summary, status, said) = (&issue.summary, issue.status, issue.said.len());
        format!("{summary} {status} {:?} {:?} {said} {ends}", issue.labels, issue.parent)
    };
    let mut lines: Vec<String> = board.server.world(|world| world.issues.iter().map(line).collect());
    lines.sort();
    lines
}

fn ends(cloud: bool) {
    // Every request in the full tier; in the quick one every sixth.
    let stride = cases(6, 1) as usize;
    for (nth, (name, before)) in SCENES.into_iter().enumerate() {
        let board = Board::new(cloud);
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
                assert!(!format!("{}{}", run.stdout, run.stderr).contains(TOKEN));
                if after {
                    // As if it had been killed, or in another checkout.
                    file();
                }
                board.settles();
                assert_eq!(standing(&board), wanted, "{name}, ended at {request}, {after}");
            }
        }
        say(&format!("track: {name}: a run was ended at {ends} requests"));
    }
}

#[test]
fn a_run_on_cloud_that_ends_anywhere_goes_on_where_it_ended() {
    ends(true);
}

#[test]
fn a_run_on_data_center_that_ends_anywhere_goes_on_where_it_ended() {
    ends(false);
}
