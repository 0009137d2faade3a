//! What is not known any more once our lines are lost: whose title it is, and who set the state.

use super::track::{Board, CONTROLS};

fn lose(board: &Board, control: &str, title: &str) {
    board.change(control, |issue| {
        issue.body = "We do it in sprint 12.".to_owned();
        if !title.is_empty() {
            title.clone_into(&mut issue.title);
        }
    });
}

#[test]
fn a_title_of_somebodys_outlives_our_lines() {
    let board = Board::new();
    board.settles();
    lose(&board, "C4", "Clean up dead links");
    board.settles();
    assert_eq!(board.ticket("C4").title, "Clean up dead links");
    // Ours is still known as ours.
    lose(&board, "C6", "");
    board.settles();
    for (control, words) in [
        ("C4", "Links that are not used for one year are taken down"),
        ("C6", "Targets are checked against lists of known bad hosts"),
    ] {
        board.edit(&["edit", control, "--set", &format!("description={words}"), "--renamed-because", "clearer"]);
    }
    board.settles();
    assert_eq!(board.ticket("C4").title, "Clean up dead links");
    assert_eq!(board.ticket("C6").title, "Targets are checked against lists of known bad hosts (link-shortener C6)");
}

#[test]
fn a_state_that_nobody_is_known_for_is_left_and_proposes_nothing() {
    let board = Board::new();
    board.settles();
    let file = |board: &Board| board.scratch.read(CONTROLS);
    lose(&board, "C2", "");
    board.edit(&["status", "C2", "implemented"]);
    let before = file(&board);
    for _ in 0..3 {
        let run = board.track("sync", &["--pull"]);
        assert_eq!((run.code, file(&board)), (0, before.clone()), "{}", run.stderr);
        assert!(run.stdout.contains("our lines were lost, so who left it open is not known"), "{}", run.stdout);
        assert!(!run.stdout.contains("redan status") && !run.stdout.contains("somebody"), "{}", run.stdout);
    }
    assert_eq!(board.states()[0], "C2 open");
    board.quiet();
    // From here on it is known again.
    board.change("C2", |issue| (issue.open, issue.reason) = (false, Some("completed".to_owned())));
    let run = board.settles();
    assert!(!run.stdout.contains("link-shortener/C2:"), "{}", run.stdout);
    board.change("C2", |issue| issue.open = true);
    assert!(board.sync().stdout.contains("redan status link-shortener/C2 not_implemented"));
}

#[test]
fn what_is_opened_again_and_gone_promises_no_proposal() {
    let board = Board::new();
    board.settles();
    board.edit(&["remove", "C4", "--reason", "no longer"]);
    board.settles();
    board.change("C4", |issue| issue.open = true);
    let run = board.track("sync", &["--pull"]);
    assert!(run.stdout.contains("the control is gone: restore it (redan restore link-shortener/C4)"), "{}", run.stdout);
    assert!(!run.stdout.contains("--pull takes it over"), "{}", run.stdout);
    // The same where our lines went before it was removed.
    board.change("C5", |issue| issue.body.clear());
    board.edit(&["remove", "C5", "--reason", "no longer"]);
    for _ in 0..2 {
        let run = board.sync();
        assert!(run.stdout.contains("for link-shortener/C5: our lines were lost"), "{}", run.stdout);
    }
    assert_eq!((board.states()[2].as_str(), board.ticket("C5").said.len()), ("C5 open", 0));
}
