//! What history knows of a control, and whose repository it is.

use super::track::{Board, CONTROLS, TICKETS};
use crate::scratch::Output;

const OPEN: [&str; 4] = ["C2 open", "C4 open", "C5 open", "C6 open"];
const TRAINING: &str = "Employees get phishing training every quarter";
const LINKS: &str = "Links that are not used for a year are taken down";

/// The run of a workflow that has this much of the history.
fn cloned(board: &Board, depth: &[&str], what: &str) -> Output {
    let from = format!("file://{}", board.scratch.path().display());
    let to = board.scratch.path().join("../clone").display().to_string();
    let clone = [&["clone", "--quiet"], depth, &[from.as_str(), to.as_str()]].concat();
    let made = board.scratch.git(&clone);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let run = board.track_in(&to, what);
    std::fs::remove_dir_all(&to).unwrap();
    run
}

/// C4 means something else from now on, without anybody saying so.
fn turn(board: &Board) {
    board.scratch.write(CONTROLS, &board.scratch.read(CONTROLS).replace(LINKS, TRAINING));
    board.scratch.commit("Reuse an ID");
}

#[test]
fn a_ticket_about_something_else_is_left_alone() {
    let board = Board::new();
    board.settles();
    let before = board.ticket("C4");
    turn(&board);
    let links = board.scratch.read(TICKETS);
    for _ in 0..2 {
        board.server.forget();
        let run = board.sync();
        assert_eq!(board.server.writes(), Vec::<String>::new(), "{}", run.stdout);
        let said = format!(
            "{} for link-shortener/C4: it is about something else that C4 once was: redan check tells",
            before.at()
        );
        assert!(run.stdout.contains(&said), "{}", run.stdout);
    }
    assert_eq!((board.ticket("C4").body, board.scratch.read(TICKETS)), (before.body, links));
    assert!(board.scratch.redan(&["check"]).stdout.contains("id_re"), "{}", board.scratch.redan(&["check"]).stdout);
    let whole = cloned(&board, &[], "plan");
    assert!(whole.stdout.contains("it is about something else"), "{}{}", whole.stdout, whole.stderr);
}

#[test]
fn without_history_other_words_are_left_alone() {
    let board = Board::new();
    board.settles();
    assert!(cloned(&board, &["--depth=1"], "plan").stdout.contains(": 0 to do, 4 as they should be"));
    turn(&board);
    board.server.forget();
    let run = cloned(&board, &["--depth=1"], "sync");
    assert_eq!((run.code, board.server.writes()), (0, vec![]), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("is not at hand: fetch all of it"), "{}", run.stdout);
    assert!(run.stdout.contains("fetch-depth: 0"), "{}", run.stdout);
    assert_eq!(board.states(), OPEN);
}

#[test]
fn what_somebody_stood_up_for_needs_no_history() {
    let board = Board::new();
    board.settles();
    let edit = format!("description={TRAINING}");
    board.edit(&["edit", "C4", "--set", &edit, "--renamed-because", "training is what takes them down"]);
    let run = cloned(&board, &["--depth=1"], "sync");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(board.ticket("C4").body.contains(TRAINING), "{}", run.stdout);
}

#[test]
fn two_repositories_with_a_model_of_one_name_are_told_apart() {
    let board = Board::new();
    let first = board.track_as(Some("acme/one"), "sync");
    assert_eq!(first.code, 0, "{}", first.stderr);
    board.server.forget();
    let other = board.track_as(Some("acme/Two"), "sync");
    assert_eq!((other.code, board.server.writes()), (1, vec![]), "{}{}", other.stdout, other.stderr);
    let said =
        "link-shortener: left alone: its tickets are kept by acme/one (acme/board#1001 says so), and this is acme/two";
    assert!(other.stdout.contains(said), "{}", other.stdout);
    // Who does not know where it is keeps what is there, and a label of one's own is a way out.
    let nobody = board.track_as(None, "sync");
    assert_eq!((nobody.code, board.server.writes()), (0, vec![]), "{}", nobody.stderr);
    let settings = board.scratch.read("redan.toml");
    board.scratch.write("redan.toml", &format!("{settings}\n[track]\nlabel = \"two\"\n"));
    board.scratch.commit("Say a label");
    let copied = board.track_as(Some("acme/two"), "sync");
    assert_eq!(
        (copied.code, board.server.writes()),
        (1, vec![]),
        "by tickets.toml, which came from there: {}",
        copied.stdout
    );
    std::fs::remove_file(board.scratch.path().join(TICKETS)).unwrap();
    assert!(board.track_as(Some("acme/two"), "plan").stdout.contains(": 4 to do"));
    // So is saying that it had another name.
    board.scratch.write("redan.toml", &format!("{settings}\n[track]\nworkspace = \"acme/one\"\n"));
    board.scratch.commit("Say who we were");
    let same = board.track_as(Some("acme/two"), "sync");
    assert_eq!((same.code, board.server.writes()), (0, vec![]), "{}{}", same.stdout, same.stderr);
}

#[test]
fn two_workspaces_of_one_repository_are_told_apart() {
    let board = Board::new();
    board.settles();
    std::fs::create_dir_all(board.scratch.path().join("services/pay")).unwrap();
    for name in ["redan.toml", "threat-models"] {
        board.scratch.ok(&["mv", name, "services/pay/"]).unwrap();
    }
    board.scratch.commit("Move the workspace");
    board.server.forget();
    let run = board.track_in("services/pay", "sync");
    assert_eq!((run.code, board.server.writes()), (1, vec![]), "{}", run.stderr);
    let said = "kept by acme/board (acme/board#1001 says so), and this is acme/board/services/pay";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    let settings = board.scratch.read("services/pay/redan.toml");
    board.scratch.write("services/pay/redan.toml", &(settings + "\n[track]\nworkspace = \"acme/board\"\n"));
    board.scratch.commit("Say who we were");
    let run = board.track_in("services/pay", "sync");
    assert_eq!((run.code, run.stdout.contains(": 0 done, 4 as")), (0, true), "{}{}", run.stdout, run.stderr);
}

#[test]
fn tickets_from_before_there_were_names_are_found_and_named() {
    let board = Board::new();
    board.track_as(None, "sync");
    assert!(!board.ticket("C2").body.contains(" repo="), "{}", board.ticket("C2").body);
    let numbers: Vec<u64> = board.server.world(|world| world.tickets.iter().map(|issue| issue.number).collect());
    board.settles();
    assert_eq!(board.server.world(|world| world.tickets.iter().map(|issue| issue.number).collect::<Vec<_>>()), numbers);
    assert!(board.ticket("C2").body.contains(" repo=acme/board -->"), "{}", board.ticket("C2").body);
}

#[test]
fn the_file_is_linked_where_the_clone_came_from() {
    for (address, wanted) in [
        ("git@github.com:acme/pay.git", Some("https://github.com/acme/pay/blob/")),
        ("https://acme.ghe.com/acme/pay", Some("https://acme.ghe.com/acme/pay/blob/")),
        ("https://gitlab.example/acme/pay.git", None),
        ("/srv/git/pay.git", None),
    ] {
        let board = Board::new();
        board.scratch.git(&["remote", "add", "origin", address]);
        let run = board.track_as(None, "sync");
        assert_eq!(run.code, 0, "{}", run.stderr);
        let body = board.ticket("C2").body;
        let commit = board.scratch.git(&["rev-parse", "HEAD"]).stdout.trim().to_owned();
        match wanted {
            Some(wanted) => assert!(body.contains(&format!("href=\"{wanted}{commit}/{CONTROLS}#L")), "{body}"),
            None => assert!(!body.contains("/blob/") && body.contains("controls.toml, line"), "{body}"),
        }
    }
}
