//! What is wrong in the model, or in a ticket, costs nobody a ticket.

use super::track::{Board, CONTROLS, MODEL, TICKETS};

/// Nothing was written and nothing is closed; the run says why, and ends with 1.
fn left_alone(board: &Board, why: &str) {
    board.server.forget();
    let run = board.track("sync", &[]);
    assert_eq!((run.code, board.server.writes()), (1, vec![]), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("link-shortener: left alone: ") && run.stdout.contains(why), "{}", run.stdout);
    assert!(run.stderr.contains("redan check"), "{}", run.stderr);
    assert_eq!(board.states(), ["C2 open", "C4 open", "C5 open", "C6 open"]);
}

#[test]
fn a_model_that_cannot_be_read_whole_keeps_its_tickets() {
    let board = Board::new();
    board.settles();
    let file = board.scratch.read(TICKETS);
    for (path, there, broken, why) in [
        (MODEL, "format = 1", "format = 2", "model.toml:"),
        (MODEL, "[assets.A2]", "[assets.A2", "model.toml:"),
        (MODEL, "[assets.A2]", "[asset.A2]", "model.toml:"),
        (CONTROLS, "A2 = [\"T1\"]", "A2 = [\"T1\"", "controls.toml:"),
        (CONTROLS, "A2 = [\"T1\"]", "A9 = [\"T1\"]", "A9"),
    ] {
        let whole = board.scratch.read(path);
        assert!(whole.contains(there), "{there}");
        board.scratch.write(path, &whole.replacen(there, broken, 1));
        board.scratch.commit("Break it");
        left_alone(&board, why);
        board.scratch.write(path, &whole);
        board.scratch.commit("Repair it");
    }
    assert_eq!(board.scratch.read(TICKETS), file);
    board.quiet();
    // The file of links is a cache: a slip in it holds nothing up.
    board.scratch.write(TICKETS, &file.replacen("of = \"", "of = \"x", 1));
    board.scratch.commit("Break the cache");
    board.quiet();
}

#[test]
fn a_block_that_somebody_pasted_is_theirs() {
    let board = Board::new();
    board.settles();
    let pasted = board.ticket("C2").body;
    let own = board.ticket("C4");
    let at = |body: &str| {
        board.server.world(|world| {
            let there = world.tickets.iter_mut().find(|issue| issue.number == own.number).unwrap();
            if !body.is_empty() {
                body.clone_into(&mut there.body);
            }
            (there.open, there.body.clone())
        })
    };
    let both = format!("As in\n\n{pasted}\n\n{}", own.body);
    at(&both);
    board.quiet();
    // Our own block in it is kept up to date, and the other stays as it was pasted.
    let edit = "description=Links that are not used for one year are taken down";
    board.edit(&["edit", "C4", "--set", edit, "--renamed-because", "clearer"]);
    board.settles();
    let (open, now) = at("");
    assert!(open && now.starts_with(&format!("As in\n\n{pasted}\n\n")) && now.contains("for one year"), "{now}");
    // Without the link nobody knows which of the two it is for.
    board.scratch.write(TICKETS, "format = 1\n");
    board.server.forget();
    let run = board.sync();
    assert_eq!((board.server.writes(), board.server.world(|world| world.tickets.len())), (vec![], 4), "{}", run.stdout);
    let told = format!("{} for link-shortener/C4: its text names another control", own.at());
    assert!(run.stdout.contains(&told), "{}", run.stdout);
    assert_eq!(at(""), (true, now));
}

#[test]
fn a_ticket_that_got_the_words_of_another_is_no_twin() {
    let board = Board::new();
    board.settles();
    let (pasted, own) = (board.ticket("C2").body, board.ticket("C4"));
    board.change("C4", |issue| pasted.clone_into(&mut issue.body));
    board.server.forget();
    let run = board.sync();
    assert_eq!(board.server.writes(), Vec::<String>::new(), "{}", run.stdout);
    assert!(
        run.stdout.contains(&format!("{} for link-shortener/C4: its text names another", own.at())),
        "{}",
        run.stdout
    );
    assert_eq!(board.server.world(|world| world.tickets.len()), 4);
}
