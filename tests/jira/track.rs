//! Tickets as issues of Jira: the built program against the server, in both flavours.

use std::path::Path;

use serde_json::{Value, json};

use super::server::Server;
use super::world::{Issue, World, refuse};
use crate::github::http::Reply;
use crate::scratch::{Output, Scratch};
use crate::tier::{cases, say};

const MODEL: &str = "threat-models/link-shortener/model.toml";
const CONTROLS: &str = "threat-models/link-shortener/controls.toml";
pub(super) const TICKETS: &str = "threat-models/link-shortener/tickets.toml";
pub(super) const TOKEN: &str = "jira_of_ada_0123456789";

const MORE: &str = "\n[controls.C4]\ndescription = \"Links that are not used for a year are taken down\"\n\
    [controls.C4.covers.2]\nA2 = [\"T1\"]\n\
    \n[controls.C5]\ndescription = \"Sign-on is asked for again [~lin] {panic} before a link changes\"\n\
    [controls.C5.covers.2]\nA1 = [\"T1\"]\n";

pub(super) struct Board {
    pub scratch: Scratch,
    pub server: Server,
    cloud: bool,
}

impl Board {
    pub fn new(cloud: bool) -> Board {
        Board::with(cloud, "")
    }

    pub fn with(cloud: bool, settings: &str) -> Board {
        let server = Server::start(World::new(cloud));
        let scratch = Scratch::new();
        for name in ["redan.toml", MODEL, CONTROLS] {
            let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
            scratch.write(name, &std::fs::read_to_string(place).unwrap());
        }
        let kind = if cloud { "cloud" } else { "data-center" };
        let track =
            format!("\n[track.jira]\nsite = \"{}\"\nproject = \"PAY\"\ndeployment = \"{kind}\"\n", server.site());
        scratch.write("redan.toml", &(scratch.read("redan.toml") + &track + settings));
        scratch.write(CONTROLS, &(scratch.read(CONTROLS) + MORE));
        scratch.commit("Add the threat model");
        Board { scratch, server, cloud }
    }

    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let mail = self.cloud.then(|| ("JIRA_EMAIL", "ada@acme.example".to_owned()));
        mail.into_iter().chain([("JIRA_TOKEN", TOKEN.to_owned())]).collect()
    }

    pub fn track(&self, what: &str, more: &[&str]) -> Output {
        self.scratch.redan_with(&self.variables(), &[&["track", what, "--to", "jira"], more].concat())
    }

    /// From now on this is refused, each time.
    pub fn refuse(&self, method: &'static str, end: &str, status: u16, message: &str) {
        self.server.world(|world| world.refuses.push((method, end.to_owned(), refuse(status, message))));
    }

    pub fn sync(&self) -> Output {
        let run = self.track("sync", &[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        run
    }

    pub fn settles(&self) -> Output {
        let run = self.sync();
        self.quiet();
        run
    }

    pub fn quiet(&self) {
        self.server.forget();
        let again = self.sync();
        assert_eq!(self.server.writes(), Vec::<String>::new(), "{}", again.stdout);
    }

    pub fn edit(&self, line: &[&str]) {
        let run = self.scratch.redan(line);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        self.scratch.commit(&line.join(" "));
    }

    pub fn tickets(&self, control: &str) -> Vec<Issue> {
        let line = format!("redan:end link-shortener/{control} ");
        self.server
            .world(|world| world.issues.iter().filter(|issue| says(&issue.description, &line)).cloned().collect())
    }

    pub fn ticket(&self, control: &str) -> Issue {
        let found = self.tickets(control);
        assert_eq!(found.len(), 1, "{control}: {found:?}");
        found[0].clone()
    }

    pub fn change(&self, control: &str, change: impl FnOnce(&mut Issue)) {
        let id = self.ticket(control).id;
        self.server.world(|world| change(world.issues.iter_mut().find(|issue| issue.id == id).unwrap()));
    }

    pub fn states(&self) -> Vec<String> {
        let short = |control: &str| {
            let all: Vec<&str> = self.tickets(control).iter().map(|issue| issue.status).collect();
            format!("{control} {}", all.join("+"))
        };
        ["C2", "C4", "C5"].map(short).to_vec()
    }
}

pub(super) fn says(text: &Value, what: &str) -> bool {
    text.to_string().contains(what)
}

fn paragraph(text: &str) -> Value {
    json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
}

#[test]
fn a_ticket_follows_its_control_in_both_flavours() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        assert_eq!(board.states(), ["C2 To Do", "C4 To Do", "C5 To Do"]);
        let first = board.ticket("C2");
        assert_eq!((first.project.as_str(), first.labels.as_slice()), ("PAY", ["redan".to_owned()].as_slice()));
        assert!(board.scratch.read(TICKETS).contains(&format!("[jira.C2]\nticket = \"{}\"", first.key)));
        board.edit(&["status", "C2", "implemented"]);
        board.settles();
        board.edit(&["remove", "A2", "--reason", "the page is gone"]);
        board.settles();
        assert_eq!(board.states(), ["C2 Done", "C4 Won't Do", "C5 To Do"], "C4 is an orphan");
        assert_eq!(board.ticket("C4").said.len(), 1);
        assert!(says(&board.ticket("C4").said[0], "protects nothing any more"), "{:?}", board.ticket("C4").said);
        board.edit(&["restore", "A2"]);
        board.edit(&["status", "C2", "not_implemented"]);
        board.settles();
        assert_eq!(board.states(), ["C2 To Do", "C4 To Do", "C5 To Do"]);
        assert_eq!(board.ticket("C2").key, first.key);
        board.edit(&["remove", "C4", "--reason", "no [~lin] need"]);
        board.settles();
        assert_eq!(board.ticket("C4").said.len(), 2);
        if !cloud {
            assert!(says(&board.ticket("C4").said[1], "no \\\\[\\\\~lin\\\\] need"), "{}", board.ticket("C4").said[1]);
        }
    }
}

#[test]
fn a_control_that_folds_into_another_hands_over() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        let heir = board.ticket("C5");
        board.edit(&["cover", "C5", "CO-A2-T1", "--group", "2"]);
        board.edit(&["remove", "C4", "--replaced-by", "C5", "--reason", "one rule for both"]);
        board.settles();
        assert_eq!(board.states(), ["C2 To Do", "C4 Won't Do", "C5 To Do"]);
        let told = &board.ticket("C4").said[0];
        assert!(says(told, "In its place") && says(told, "C5"), "{:?}", board.ticket("C4").said);
        let now = board.ticket("C5");
        let covers = now.description.to_string().replace('\\', "").contains("CO-A2-T1");
        assert!(now.key == heir.key && covers, "{}", now.description);
    }
}

#[test]
fn what_people_write_stays() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        board.change("C4", |issue| match &mut issue.description {
            Value::String(text) => *text = format!("Ask [~lin] first.\r\n\r\n{text}\r\n\r\nA year is long."),
            document => {
                let nodes = document["content"].as_array_mut().unwrap();
                nodes.insert(0, paragraph("Ask first."));
                nodes.push(json!({ "type": "panel", "attrs": { "panelType": "info" }, "content": [paragraph("A year is long.")] }));
            }
        });
        board.quiet();
        board.edit(&[
            "edit",
            "C4",
            "--set",
            "description=Links that are not used for one year are taken down",
            "--renamed-because",
            "clearer",
        ]);
        board.settles();
        let ticket = board.ticket("C4");
        assert!(ticket.summary.starts_with("Links that are not used for one year"), "{}", ticket.summary);
        match &ticket.description {
            Value::String(text) => {
                assert!(text.starts_with("Ask [~lin] first.\r\n\r\nredan:begin link-shortener/C4\n"), "{text}");
                assert!(text.ends_with("\r\n\r\nA year is long.") && text.contains("for one year"), "{text}");
            }
            document => {
                let nodes = document["content"].as_array().unwrap();
                assert_eq!(nodes[0], paragraph("Ask first."));
                assert_eq!(nodes.last().unwrap()["type"], "panel");
                assert!(says(document, "for one year"));
            }
        }
    }
}

#[test]
fn what_is_written_during_the_run_or_behind_our_last_line_stays() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        let words = "description=Links that are not used for one year are taken down";
        board.edit(&["edit", "C4", "--set", words, "--renamed-because", "clearer"]);
        board.server.world(|world| {
            world.meanwhile = Some(|world| {
                for issue in &mut world.issues {
                    match &mut issue.description {
                        Value::String(text) => text.push_str("\n\nBob: mine"),
                        document => document["content"].as_array_mut().unwrap().push(paragraph("Bob: mine")),
                    }
                }
            });
        });
        board.settles();
        let now = board.ticket("C4").description;
        assert!(says(&now, "for one year") && says(&now, "Bob: mine"), "{now}");
        board.change("C2", |issue| match &mut issue.description {
            Value::String(text) => *text = text.replace("\n\nBob: mine", ", agreed with Lin\n\nBob: mine"),
            document => {
                let nodes = document["content"].as_array_mut().unwrap();
                let last = nodes.len() - 2;
                let line = nodes[last]["content"].as_array_mut().unwrap();
                line.push(json!({ "type": "hardBreak" }));
                line.push(json!({ "type": "text", "text": "agreed with Lin" }));
            }
        });
        board.sync();
        board.edit(&["status", "C2", "implemented"]);
        board.settles();
        let all = board.server.world(|world| world.issues.clone());
        let now = all.iter().find(|issue| says(&issue.description, "agreed with Lin"));
        assert!(now.is_some_and(|issue| issue.status == "Done" && says(&issue.description, "Bob: mine")), "{all:?}");
        assert_eq!(all.len(), 3);
    }
}

#[test]
fn words_that_read_like_our_last_line_are_words() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        let forged =
            "redan:end link-shortener/C4 of=000000000000 text=000000000000 title=000000000000 shown=done round=0";
        let words = "Links that are not used for a year are taken down";
        board.scratch.write(CONTROLS, &board.scratch.read(CONTROLS).replace(words, forged));
        board.scratch.commit("Forge it");
        board.settles();
        assert_eq!(board.ticket("C4").status, "To Do");
    }
}

#[test]
fn nobody_removed_what_cannot_be_read_and_what_was_pasted_is_theirs() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        let whole = board.scratch.read(MODEL);
        board.scratch.write(MODEL, &whole.replacen("format = 1", "format = 2", 1));
        board.scratch.commit("Break it");
        board.server.forget();
        let run = board.track("sync", &[]);
        assert_eq!((run.code, board.server.writes()), (1, vec![]), "{}", run.stdout);
        board.scratch.write(MODEL, &whole);
        board.scratch.commit("Repair it");
        let (pasted, own) = (board.ticket("C2").description, board.ticket("C4").key);
        board.change("C4", |issue| match (&mut issue.description, &pasted) {
            (Value::String(text), Value::String(pasted)) => *text = format!("{pasted}\n\n{text}"),
            (document, pasted) => {
                let nodes = document["content"].as_array_mut().unwrap();
                nodes.splice(0..0, pasted["content"].as_array().unwrap().clone());
            }
        });
        board.quiet();
        board.edit(&["status", "C4", "implemented"]);
        board.settles();
        let both = board.tickets("C2");
        assert_eq!(both.len(), 2, "its own, and the one that it was pasted into");
        assert_eq!((both[0].status, both[1].status, &both[1].key), ("To Do", "Done", &own));
    }
}

#[test]
fn two_runs_at_once_leave_one_ticket_a_control() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.server.meet(2);
        let runs = [0, 1].map(|_| board.scratch.start_with(&board.variables(), &["track", "sync", "--to", "jira"]));
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(board.server.world(|world| world.issues.len()), 6, "both saw none");
        assert_eq!(board.states(), ["C2 To Do", "C4 To Do", "C5 To Do"]);
        let twins: Vec<Issue> =
            board.server.world(|world| world.issues.iter().filter(|issue| issue.status != "To Do").cloned().collect());
        assert!(twins.len() == 3 && twins.iter().all(|twin| says(&twin.description, "Duplicate of PAY-")), "{twins:?}");
        board.quiet();
    }
}

#[test]
fn an_index_that_lags_makes_no_second_ticket() {
    let board = Board::new(true);
    board.server.world(|world| world.lags = true);
    board.sync();
    // The index still knows nothing of them; the file does.
    board.quiet();
    assert_eq!(board.server.world(|world| world.issues.len()), 3);
}

/// Three hundred in the full tier.
#[test]
fn tickets_are_listed_by_the_hundred() {
    let all = cases(110, 300) as usize;
    for cloud in [true, false] {
        let board = Board::new(cloud);
        let many = |nth| {
            format!(
                "\n[controls.C{nth}]\ndescription = \"Measure number {nth}\"\n[controls.C{nth}.covers.depth]\nA1 = [\"T1\"]\n"
            )
        };
        // C2, C4 and C5 are planned already.
        let many: String = (6..all + 3).map(many).collect();
        board.scratch.write(CONTROLS, &(board.scratch.read(CONTROLS) + &many));
        board.scratch.commit("Add many");
        let run = board.track("sync", &["--max-new", "300"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(board.server.world(|world| world.issues.len()), all);
        let first = board.server.searches();
        board.quiet();
        say(&format!("track: {all} tickets: {first} searches, then {}", board.server.searches()));
        let pages = all.div_ceil(100);
        assert!(first <= 2 * pages, "{first}");
        assert_eq!((board.server.searches(), board.server.asked().len()), (pages, pages), "nothing but searches");
    }
}

#[test]
fn what_happens_by_hand_is_left_and_proposed() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        board.change("C2", |issue| issue.status = "Done");
        board.change("C4", |issue| issue.status = "Won't Do");
        board.change("C5", |issue| issue.status = "In Progress");
        board.server.forget();
        let run = board.sync();
        assert_eq!(board.server.writes(), Vec::<String>::new());
        assert!(run.stdout.contains("redan status link-shortener/C2 implemented"), "{}", run.stdout);
        assert!(run.stdout.contains("somebody closed it as not planned"), "{}", run.stdout);
        assert!(!run.stdout.contains("link-shortener/C5"), "work in progress is open: {}", run.stdout);
    }
}

#[test]
fn what_is_closed_and_not_known_to_be_done_is_told_and_never_proposed() {
    let board = Board::with(true, "[track.jira.transitions]\ngone = \"Give up\"\n");
    board.settles();
    board.change("C2", |issue| issue.status = "Closed");
    let before = board.scratch.read(CONTROLS);
    let run = board.track("sync", &["--pull"]);
    assert_eq!((run.code, board.scratch.read(CONTROLS)), (0, before), "{}", run.stderr);
    assert!(run.stdout.contains("somebody closed it, and whether it was done is not known"), "{}", run.stdout);
    assert!(!run.stdout.contains("as completed"), "{}", run.stdout);
    // Removed, it is closed already, and there is no other way of closing it.
    board.edit(&["remove", "C2", "--reason", "no longer"]);
    board.settles();
    assert_eq!((board.states()[0].as_str(), board.ticket("C2").said.len()), ("C2 Closed", 1));
}

#[test]
fn a_clone_of_a_ticket_that_was_moved_is_the_clone() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        let clone = Issue { id: 20_000, key: "PAY-500".to_owned(), ..board.ticket("C4") };
        board.change("C4", |issue| {
            issue.former.push(std::mem::replace(&mut issue.key, "SEC-1".to_owned()));
            issue.project = "SEC".to_owned();
        });
        board.server.world(|world| world.issues.push(clone));
        board.settles();
        assert_eq!((board.ticket("C4").key.as_str(), board.ticket("C4").status), ("SEC-1", "To Do"));
        let closed = board.server.world(|world| world.issues.last().unwrap().clone());
        assert!(closed.status == "Won't Do" && says(&closed.description, "Duplicate of SEC-1"), "{closed:?}");
        assert!(board.scratch.read(TICKETS).contains("ticket = \"SEC-1\""));
        // An address leads there as well.
        board.change("C4", |issue| issue.labels.clear());
        let file = board.scratch.read(TICKETS);
        board.scratch.write(TICKETS, &file.replace("\"SEC-1\"", "\"https://jira.acme.example/browse/SEC-1\""));
        board.settles();
        assert_eq!(board.ticket("C4").labels.len(), 1);
    }
}

#[test]
fn moved_deleted_and_unlabelled_tickets() {
    for cloud in [true, false] {
        let board = Board::new(cloud);
        board.settles();
        let gone = board.ticket("C2").key;
        board.server.world(|world| world.issues.retain(|issue| issue.key != gone));
        board.change("C4", |issue| {
            issue.former.push(std::mem::replace(&mut issue.key, "SEC-1".to_owned()));
            issue.project = "SEC".to_owned();
        });
        board.change("C5", |issue| issue.labels.clear());
        let run = board.sync();
        assert!(
            run.stdout.contains(&format!("{gone} for link-shortener/C2: deleted, or moved out of sight")),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains("take C2 out of tickets.toml"), "{}", run.stdout);
        assert!(board.tickets("C2").is_empty());
        assert_eq!(board.ticket("C5").labels, ["redan"]);
        assert!(board.scratch.read(TICKETS).contains("ticket = \"SEC-1\""), "{}", board.scratch.read(TICKETS));
        board.quiet();
        let file = board.scratch.read(TICKETS);
        board.scratch.write(TICKETS, &file.replace(&format!("\"{gone}\""), "\"\""));
        board.settles();
        assert_eq!(board.ticket("C2").status, "To Do");
        // Moved or not, it is found without the file: a search looks everywhere.
        std::fs::remove_file(board.scratch.path().join(TICKETS)).unwrap();
        board.edit(&["status", "C4", "implemented"]);
        board.settles();
        assert_eq!((board.ticket("C4").key.as_str(), board.ticket("C4").status), ("SEC-1", "Done"));
    }
}

#[test]
fn a_workflow_without_a_way_is_told() {
    let board = Board::new(false);
    board.settles();
    board.edit(&["status", "C2", "implemented"]);
    board.settles();
    board.server.world(|world| world.closed_for_good = true);
    board.edit(&["status", "C2", "not_implemented"]);
    let run = board.sync();
    assert!(
        run.stdout.contains("its status has no transition for a control that is open; there are: none"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("[track.jira.transitions] open ="), "{}", run.stdout);
    // Nobody is told that a ticket is closed where nothing leads there.
    let stays = format!("{}/transitions", board.ticket("C4").key);
    board.server.instead(&stays, Reply::new(200, json!({ "transitions": [] })));
    board.edit(&["remove", "C4", "--reason", "no longer"]);
    let run = board.sync();
    assert_eq!(run.stdout.matches("no transition for a control that is gone").count(), 1, "{}", run.stdout);
    assert_eq!((board.states()[1].as_str(), board.ticket("C4").said.len()), ("C4 To Do", 0));
    // Once there is a way, it is taken.
    board.server.world(|world| world.closed_for_good = false);
    board.settles();
    assert_eq!(board.states()[0], "C2 To Do");
}

#[test]
fn transitions_components_type_and_parent_are_as_configured() {
    let settings = "components = [\"Gateway\"]\nparent = \"PAY-900\"\n[track.jira.transitions]\ngone = \"Finish\"\ndone = \"Ship it\"\n";
    let board = Board::with(true, settings);
    let run = board.track("sync", &[]);
    let said = "looking for PAY-900 (parent of [track.jira]): not there, or hidden from this token (404)";
    assert_eq!((run.code, board.server.writes(), run.stderr.contains(said)), (5, vec![], true), "{}", run.stderr);
    board.server.world(|world| world.issues.push(Issue::plain("PAY-900", 900)));
    board.settles();
    let ticket = board.ticket("C2");
    assert_eq!(
        (ticket.components.as_slice(), ticket.parent.as_deref()),
        (["Gateway".to_owned()].as_slice(), Some("PAY-900"))
    );
    board.edit(&["remove", "C4", "--reason", "no longer"]);
    board.edit(&["status", "C2", "implemented"]);
    let run = board.sync();
    assert_eq!(board.states(), ["C2 To Do", "C4 Done", "C5 To Do"]);
    assert!(
        run.stdout.contains(
            "no transition `Ship it` for a control that is done; there are: Start (to In Progress), Finish (to Done)"
        ),
        "{}",
        run.stdout
    );
}

#[test]
fn what_jira_refuses_ends_the_run_with_words() {
    let board = Board::with(true, "");
    board.server.world(|world| world.projects = vec!["SEC"]);
    let run = board.track("sync", &[]);
    assert_eq!(
        (run.code, run.stderr.contains("looking for the project PAY: not there, or hidden from this token (404)")),
        (5, true),
        "{}",
        run.stderr
    );
    assert_eq!(board.server.writes(), Vec::<String>::new());
    board.server.world(|world| {
        world.projects = vec!["PAY"];
        world.read_only = true;
    });
    let run = board.track("sync", &[]);
    assert!(run.stderr.contains("(403): You do not have permission to create issues"), "{}", run.stderr);
    board.server.instead("/search/jql", refuse(429, "Rate limit exceeded.").header("Retry-After", "3600"));
    let run = board.track("sync", &[]);
    assert!(run.stderr.contains("asks to wait 3600 s"), "{}", run.stderr);
    let wrong = vec![("JIRA_EMAIL", "ada@acme.example".to_owned()), ("JIRA_TOKEN", "wrong_secret_0123".to_owned())];
    let run = board.scratch.redan_with(&wrong, &["track", "plan", "--to", "jira"]);
    assert_eq!(run.code, 5);
    assert!(run.stderr.contains("(401)") && run.stderr.contains("JIRA_TOKEN"), "{}", run.stderr);
    assert!(!run.stderr.contains("wrong_secret") && !run.stderr.contains("d3Jvbmd"), "{}", run.stderr);
    let run = board.scratch.redan(&["track", "plan", "--to", "jira"]);
    assert_eq!((run.code, run.stderr.contains("there is no token for Jira")), (5, true), "{}", run.stderr);
    let kind = Board::with(true, "type = \"Story\"\n");
    let run = kind.track("sync", &[]);
    assert!(
        run.stderr.contains("making a ticket: not accepted: issuetype: The issue type selected is invalid. (type of [track.jira] in redan.toml)"),
        "{}",
        run.stderr
    );
}
