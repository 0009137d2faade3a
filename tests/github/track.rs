//! Tickets as issues on GitHub: the built program against the server.

use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Barrier};

use super::http::Reply;
use super::server::{Fault, Server, WORKFLOW};
use super::tickets::{Fate, Ticket};
use super::world::World;
use crate::scratch::{Output, Scratch};
use crate::tier::{cases, say};

pub(super) const MODEL: &str = "threat-models/link-shortener/model.toml";
pub(super) const CONTROLS: &str = "threat-models/link-shortener/controls.toml";
pub(super) const TICKETS: &str = "threat-models/link-shortener/tickets.toml";

/// Four planned controls; C4 is alone on A2.
const MORE: &str = "\n[controls.C4]\ndescription = \"Links that are not used for a year are taken down\"\n\
    [controls.C4.covers.2]\nA2 = [\"T1\"]\n\
    \n[controls.C5]\ndescription = \"Sign-on is asked for again @before a #12 link changes\"\n\
    [controls.C5.covers.2]\nA1 = [\"T1\"]\n\
    \n[controls.C6]\ndescription = \"Targets are checked against a list of known bad hosts\"\n\
    [controls.C6.covers.depth]\nA1 = [\"T1\"]\n";

pub(super) struct Board {
    pub scratch: Scratch,
    pub server: Server,
}

impl Board {
    pub fn new() -> Board {
        Board::with("", "")
    }

    pub fn with(prefix: &'static str, settings: &str) -> Board {
        let scratch = Scratch::new();
        for name in ["redan.toml", MODEL, CONTROLS] {
            let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
            scratch.write(name, &std::fs::read_to_string(place).unwrap());
        }
        scratch.write("redan.toml", &(scratch.read("redan.toml") + settings));
        scratch.write(CONTROLS, &(scratch.read(CONTROLS) + MORE));
        scratch.commit("Add the threat model");
        Board { scratch, server: Server::below(prefix, World::new("aaaa", "bbbb")) }
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("GITHUB_API_URL", self.server.api()),
            ("GITHUB_REPOSITORY", "acme/board".to_owned()),
            ("GITHUB_TOKEN", WORKFLOW.to_owned()),
        ]
    }

    pub fn track(&self, what: &str, more: &[&str]) -> Output {
        self.scratch.redan_with(&self.variables(), &[&["track", what, "--to", "github"], more].concat())
    }

    /// As another repository's workflow, or as nobody's, with tickets on the same board.
    pub fn track_as(&self, repository: Option<&str>, what: &str) -> Output {
        let variables = self.variables().into_iter().filter(|(name, _)| *name != "GITHUB_REPOSITORY");
        let said = repository.map(|repository| ("GITHUB_REPOSITORY", repository.to_owned()));
        let variables: Vec<(&str, String)> = variables.chain(said).collect();
        self.scratch.redan_with(&variables, &["track", what, "--to", "github", "--repository", "acme/board"])
    }

    /// In another clone of the repository.
    pub fn track_in(&self, folder: &str, what: &str) -> Output {
        self.scratch.redan_with(&self.variables(), &["-C", folder, "track", what, "--to", "github"])
    }

    /// More planned controls, C7 and on, all for one objective.
    pub fn many(&self, count: usize) {
        let one = |nth| {
            format!(
                "\n[controls.C{nth}]\ndescription = \"Measure number {nth}\"\n[controls.C{nth}.covers.depth]\nA1 = [\"T1\"]\n"
            )
        };
        let many: String = (7..7 + count).map(one).collect();
        self.scratch.write(CONTROLS, &(self.scratch.read(CONTROLS) + &many));
        self.scratch.commit("Add many");
    }

    /// From now on this is refused, each time.
    pub fn refuse(&self, method: &'static str, end: &str, status: u16, message: &str) {
        self.server.world(|world| world.refuses.push((method, end.to_owned(), Reply::refuse(status, message))));
    }

    pub fn start(&self) -> Child {
        self.scratch.start_with(&self.variables(), &["track", "sync", "--to", "github"])
    }

    pub fn sync(&self) -> Output {
        let run = self.track("sync", &[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        run
    }

    /// A run, and a second one that finds nothing to do.
    pub fn settles(&self) -> Output {
        let run = self.sync();
        self.quiet();
        run
    }

    pub fn quiet(&self) {
        self.server.forget();
        let again = self.sync();
        assert_eq!(self.server.writes(), Vec::<String>::new(), "{}", again.stdout);
        assert!(again.stdout.contains(": 0 done"), "{}", again.stdout);
    }

    /// An edit of the model that is committed at once.
    pub fn edit(&self, line: &[&str]) {
        let run = self.scratch.redan(line);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        self.scratch.commit(&line.join(" "));
    }

    /// The ticket of a control, which has one.
    pub fn ticket(&self, control: &str) -> Ticket {
        let found = self.tickets(control);
        assert_eq!(found.len(), 1, "{control}: {found:?}");
        found[0].clone()
    }

    pub fn tickets(&self, control: &str) -> Vec<Ticket> {
        let line = format!("<!-- redan:end link-shortener/{control} ");
        self.server.world(|world| {
            let ours = world.tickets.iter().filter(|issue| issue.body.lines().any(|text| text.starts_with(&line)));
            ours.cloned().collect()
        })
    }

    pub fn change(&self, control: &str, change: impl FnOnce(&mut Ticket)) {
        let number = self.ticket(control).number;
        self.server.world(|world| change(world.tickets.iter_mut().find(|issue| issue.number == number).unwrap()));
    }

    /// The state of every planned control's ticket in short.
    pub fn states(&self) -> Vec<String> {
        let short = |control: &str| {
            let all = self.tickets(control);
            let state = |issue: &Ticket| match (issue.open, issue.reason.as_deref()) {
                (true, _) => "open".to_owned(),
                (false, reason) => reason.unwrap_or_default().to_owned(),
            };
            format!("{control} {}", all.iter().map(state).collect::<Vec<_>>().join("+"))
        };
        ["C2", "C4", "C5", "C6"].map(short).to_vec()
    }
}

#[test]
fn planned_controls_get_tickets_and_nothing_is_written_twice() {
    let board = Board::new();
    let planned = board.track("plan", &[]);
    assert_eq!((planned.code, board.server.writes()), (0, vec![]), "{}", planned.stderr);
    assert!(planned.stdout.contains("acme/board at ") && planned.stdout.contains(": 4 to do"), "{}", planned.stdout);
    board.settles();
    assert_eq!(board.states(), ["C2 open", "C4 open", "C5 open", "C6 open"]);
    assert!(board.tickets("C1").is_empty() && board.tickets("C3").is_empty(), "what is implemented needs no ticket");
    let ticket = board.ticket("C5");
    assert_eq!(ticket.labels, ["redan"]);
    assert_eq!(ticket.title, "Sign-on is asked for again @before a #12 link changes (link-shortener C5)");
    for said in ["CO-A1-T1", "redan status link-shortener/C5 implemented", "/blob/"] {
        assert!(ticket.body.contains(said), "{said}: {}", ticket.body);
    }
    assert!(!ticket.body.contains("@before a #12"), "{}", ticket.body);
    let file = board.scratch.read(TICKETS);
    assert!(file.contains(&format!("[github.C5]\nticket = \"{}\"", ticket.at())), "{file}");
    assert_eq!(board.scratch.redan(&["check"]).code, 0);
}

#[test]
fn a_ticket_follows_its_control() {
    let board = Board::new();
    board.settles();
    let first = board.ticket("C2");
    board.edit(&["status", "C2", "implemented"]);
    board.settles();
    assert_eq!(board.states()[0], "C2 completed");
    board.edit(&["status", "C2", "not_implemented"]);
    board.settles();
    assert_eq!(board.states()[0], "C2 open");
    board.edit(&["remove", "C2", "--reason", "keys are bought @centrally"]);
    board.settles();
    let closed = board.ticket("C2");
    assert_eq!((closed.reason.as_deref(), closed.number), (Some("not_planned"), first.number));
    assert_eq!(closed.said.len(), 1);
    assert!(closed.said[0].body.contains("keys are bought"), "{}", closed.said[0].body);
    assert!(!closed.said[0].body.contains("@centrally"), "{}", closed.said[0].body);
    board.edit(&["restore", "C2"]);
    board.settles();
    let again = board.ticket("C2");
    assert_eq!((again.open, again.number, again.said.len()), (true, first.number, 1));
    // Removed a second time, it is explained a second time.
    board.edit(&["remove", "C2", "--reason", "really"]);
    board.settles();
    assert_eq!(board.ticket("C2").said.len(), 2);
}

#[test]
fn orphans_are_closed_and_come_back() {
    let board = Board::new();
    board.settles();
    board.edit(&["remove", "A2", "--reason", "the page is gone"]);
    board.settles();
    assert_eq!(board.states(), ["C2 open", "C4 not_planned", "C5 open", "C6 open"]);
    assert!(board.ticket("C4").said[0].body.contains("protects nothing any more: A2 is removed"));
    board.edit(&["restore", "A2"]);
    board.settles();
    assert_eq!(board.states()[1], "C4 open");
}

#[test]
fn a_control_that_folds_into_another_hands_over() {
    let board = Board::new();
    board.settles();
    let (old, heir) = (board.ticket("C4"), board.ticket("C5"));
    assert!(!heir.body.contains("CO-A2-T1"), "{}", heir.body);
    board.edit(&["cover", "C5", "CO-A2-T1", "--group", "2"]);
    board.edit(&["remove", "C4", "--replaced-by", "C5", "--reason", "one rule for both"]);
    board.settles();
    assert_eq!(board.states(), ["C2 open", "C4 not_planned", "C5 open", "C6 open"]);
    let said: Vec<String> = board.ticket("C4").said.iter().map(|comment| comment.body.clone()).collect();
    assert!(said.len() == 1 && said[0].contains("one rule for both. In its place: C5"), "{said:?}");
    let now = board.ticket("C5");
    assert!(now.number == heir.number && now.body.contains("CO-A2-T1"), "{}", now.body);
    board.edit(&["restore", "C4"]);
    board.settles();
    assert_eq!((board.states()[1].as_str(), board.ticket("C4").number), ("C4 open", old.number));
}

#[test]
fn a_model_that_is_renamed_or_retired_keeps_its_tickets() {
    let board = Board::new();
    board.settles();
    let numbers = |board: &Board| ["C2", "C4", "C5", "C6"].map(|control| board.ticket(control).number);
    let first = numbers(&board);
    board.edit(&["rename", "link-shortener", "Short & <b>links</b>"]);
    board.settles();
    assert!(board.ticket("C2").body.contains("of Short &amp; &lt;b&gt;links"), "{}", board.ticket("C2").body);
    board.edit(&["remove", "link-shortener", "--reason", "sold @abroad"]);
    board.settles();
    assert_eq!(board.states(), ["C2 not_planned", "C4 not_planned", "C5 not_planned", "C6 not_planned"]);
    let said = board.ticket("C2").said;
    assert!(said.len() == 1 && said[0].body.contains("is retired") && said[0].body.contains("sold"), "{said:?}");
    board.edit(&["restore", "link-shortener"]);
    board.settles();
    assert_eq!(
        (board.states(), numbers(&board)),
        (["C2 open", "C4 open", "C5 open", "C6 open"].map(str::to_owned).to_vec(), first)
    );
}

#[test]
fn controls_that_generation_folds_keep_one_ticket() {
    let board = Board::new();
    let asset = |name: &str, words: &str| {
        board.edit(&["add", "asset", "--name", name, "--description", words, "--properties", "C=high,I=high"]);
        board.edit(&["generate", "--controls", "link-shortener"]);
    };
    asset("Owner mail addresses", "Mail addresses of the owners of links");
    board.settles();
    let before: Vec<(u64, String)> =
        board.server.world(|world| world.tickets.iter().map(|issue| (issue.number, issue.title.clone())).collect());
    // What is proposed again for another asset folds into what is there: its ticket covers more.
    asset("Session cookies of staff", "Cookies that keep staff signed in");
    board.server.forget();
    let run = board.settles();
    let after: Vec<(u64, String)> =
        board.server.world(|world| world.tickets.iter().map(|issue| (issue.number, issue.title.clone())).collect());
    assert_eq!(after[..before.len()], before[..], "{}", run.stdout);
    let mut words: Vec<&str> =
        after.iter().filter_map(|(_, title)| title.rsplit_once(" (")).map(|(words, _)| words).collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count, "{after:?}");
    let grown = board.server.world(|world| {
        world.tickets.iter().filter(|issue| issue.body.contains("A3-") && issue.body.contains("A4-")).count()
    });
    assert!(grown > 0, "{}", run.stdout);
}

#[test]
fn new_words_are_told_and_what_people_write_stays() {
    let board = Board::new();
    board.settles();
    board.change("C4", |issue| {
        issue.body = format!("Ask @lin first.\r\n\r\n{}\r\n\r\n- [ ] a year is long  ", issue.body)
    });
    board.change("C5", |issue| issue.title = "Sign-on, again".to_owned());
    board.quiet();
    for (control, words) in [
        ("C4", "Links that are not used for one year are taken down"),
        ("C5", "Sign-on is asked for again before a link is changed"),
    ] {
        board.edit(&["edit", control, "--set", &format!("description={words}"), "--renamed-because", "clearer"]);
    }
    board.settles();
    let ticket = board.ticket("C4");
    assert_eq!(ticket.title, "Links that are not used for one year are taken down (link-shortener C4)");
    assert!(
        ticket.body.starts_with("Ask @lin first.\r\n\r\n<!-- redan:begin link-shortener/C4 -->\n"),
        "{}",
        ticket.body
    );
    assert!(ticket.body.ends_with("-->\r\n\r\n- [ ] a year is long  "), "{}", ticket.body);
    assert!(ticket.body.contains("not used for one year"), "{}", ticket.body);
    assert_eq!(board.ticket("C5").title, "Sign-on, again", "a title that somebody gave is theirs");
    assert!(board.ticket("C5").body.contains("before a link is changed"));
}

#[test]
fn what_happens_by_hand_is_left_and_proposed() {
    let board = Board::new();
    board.settles();
    board.change("C2", |issue| (issue.open, issue.reason) = (false, Some("completed".to_owned())));
    board.change("C4", |issue| (issue.open, issue.reason) = (false, Some("not_planned".to_owned())));
    board.server.forget();
    let run = board.sync();
    assert_eq!(board.server.writes(), Vec::<String>::new());
    assert!(run.stdout.contains("somebody closed it as completed"), "{}", run.stdout);
    assert!(run.stdout.contains("somebody closed it as not planned"), "{}", run.stdout);
    assert!(run.stdout.contains("redan status link-shortener/C2 implemented"), "{}", run.stdout);
    assert!(!run.stdout.contains("redan status link-shortener/C4"), "{}", run.stdout);
    let pulled = board.track("sync", &["--pull"]);
    assert_eq!(pulled.code, 0, "{}", pulled.stderr);
    assert!(pulled.stderr.contains("review and commit it"), "{}", pulled.stderr);
    assert!(board.scratch.read(CONTROLS).contains("security key\"\nstatus = \"implemented\""), "in the working tree");
    board.scratch.commit("Take it over");
    board.settles();
    assert_eq!(board.states(), ["C2 completed", "C4 not_planned", "C5 open", "C6 open"]);
    // And the other way round.
    board.change("C2", |issue| issue.open = true);
    let run = board.sync();
    assert!(run.stdout.contains("redan status link-shortener/C2 not_implemented"), "{}", run.stdout);
    assert_eq!(board.states()[0], "C2 open");
}

#[test]
fn two_runs_at_once_leave_one_ticket_a_control() {
    let board = Board::new();
    let both = Arc::new(Barrier::new(2));
    for _ in 0..2 {
        board.server.trap("GET", "/issues", Fault::Meet(Arc::clone(&both)));
    }
    for run in [0, 1].map(|_| board.start()) {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(board.server.world(|world| world.tickets.len()), 8, "both saw none");
    assert_eq!(board.states(), ["C2 open", "C4 open", "C5 open", "C6 open"]);
    let twins: Vec<Ticket> =
        board.server.world(|world| world.tickets.iter().filter(|issue| !issue.open).cloned().collect());
    assert_eq!(twins.len(), 4);
    assert!(
        twins
            .iter()
            .all(|twin| twin.reason.as_deref() == Some("duplicate") && twin.body.contains("Duplicate of acme/board#"))
    );
    for control in ["C2", "C4", "C5", "C6"] {
        let kept = board.ticket(control);
        let closed = twins.iter().filter(|twin| twin.title == kept.title).collect::<Vec<_>>();
        assert!(closed.len() == 1 && closed[0].number > kept.number, "the older one of {control} stays: {closed:?}");
    }
    board.quiet();
}

/// Three hundred in the full tier.
#[test]
fn tickets_are_listed_by_the_hundred() {
    let board = Board::new();
    let all = cases(110, 300) as usize;
    // C2, C4, C5 and C6 are planned already.
    board.many(all - 4);
    let capped = board.track("sync", &["--max-new", "2"]);
    let waiting = format!("{} more controls wait for a ticket: a run makes 2 at most", all - 2);
    assert!(capped.stdout.contains(&waiting), "{}", capped.stdout);
    assert!(capped.stdout.contains(&format!("--max-new {all}")), "{}", capped.stdout);
    board.server.forget();
    let run = board.track("sync", &["--max-new", "300"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let count = |fits: fn(&str) -> bool| board.server.asked().iter().filter(|line| fits(line)).count();
    let (lists, reads) = (|line: &str| line == "GET /repos/acme/board/issues", |line: &str| line.starts_with("GET "));
    let made = board.server.world(|world| world.tickets.len());
    say(&format!("track: {made} tickets: {} list requests of {} reads", count(lists), count(reads)));
    assert_eq!((made, count(reads)), (all, count(lists)));
    // The host lists a pull request among them.
    let pages = (all + 1).div_ceil(100);
    assert!(count(lists) <= 2 * pages, "{}", count(lists));
    board.server.forget();
    let again = board.track("sync", &[]);
    assert_eq!((board.server.writes(), count(lists), count(reads)), (vec![], pages, pages), "{}", again.stdout);
}

#[test]
fn a_lost_file_is_written_again() {
    let board = Board::new();
    board.settles();
    let file = board.scratch.read(TICKETS);
    board.scratch.write(TICKETS, &file.replace("board#1001", "board#4711"));
    board.quiet();
    assert_eq!(board.scratch.read(TICKETS), file);
    std::fs::remove_file(board.scratch.path().join(TICKETS)).unwrap();
    board.quiet();
    assert_eq!(board.scratch.read(TICKETS), file);
}

#[test]
fn deleted_moved_and_unlabelled_tickets() {
    let board = Board::new();
    board.settles();
    let old = board.ticket("C2").at();
    board.change("C2", |issue| issue.fate = Fate::Deleted);
    board.change("C4", |issue| issue.fate = Fate::Hidden);
    board.change("C6", |issue| issue.labels.clear());
    let moved = board.ticket("C5");
    board.change("C5", |issue| issue.fate = Fate::Moved(3));
    board.server.world(|world| {
        world.tickets.push(Ticket { repository: "acme/elsewhere", number: 3, fate: Fate::There, ..moved.clone() });
    });
    let run = board.sync();
    assert!(run.stdout.contains(&format!("{old} for link-shortener/C2: it was deleted")), "{}", run.stdout);
    assert!(run.stdout.contains("out of sight of this token"), "{}", run.stdout);
    assert_eq!(board.tickets("C4").len(), 1, "no second one while the first may be there");
    assert_eq!(board.ticket("C6").labels, ["redan"]);
    assert_eq!(board.tickets("C2").len(), 2, "the deleted one, and a new one");
    assert!(board.scratch.read(TICKETS).contains("ticket = \"acme/elsewhere#3\""), "{}", board.scratch.read(TICKETS));
    board.quiet();
    // A ticket that moved is kept up to date where it is now.
    board.edit(&["status", "C5", "implemented"]);
    board.sync();
    assert!(
        board.server.writes().contains(&"PATCH /repos/acme/elsewhere/issues/3".to_owned()),
        "{:?}",
        board.server.writes()
    );
}

#[test]
fn our_block_comes_back_where_somebody_took_it_away() {
    let board = Board::new();
    board.settles();
    let number = board.ticket("C4").number;
    board.change("C4", |issue| issue.body = "Just do it.".to_owned());
    board.settles();
    let ticket = board.ticket("C4");
    assert_eq!(ticket.number, number);
    assert!(ticket.body.starts_with("Just do it.\n\n<!-- redan:begin link-shortener/C4 -->"), "{}", ticket.body);
}

#[test]
fn what_the_host_refuses_ends_the_run_with_words() {
    let board = Board::new();
    board.server.world(|world| world.read_only = true);
    let run = board.track("sync", &[]);
    assert_eq!(run.code, 5);
    assert!(run.stderr.contains("making a ticket: the token may not do this (403)"), "{}", run.stderr);
    assert!(run.stderr.contains("issues: write"), "{}", run.stderr);
    let gone = board.track("sync", &["--repository", "acme/nowhere"]);
    assert_eq!(
        (gone.code, gone.stderr.contains("listing tickets: not there, or hidden from this token (404)")),
        (5, true),
        "{}",
        gone.stderr
    );
    let slow = Reply::refuse(403, "You have exceeded a secondary rate limit").header("Retry-After", "3600");
    board.server.trap("GET", "/issues", Fault::Answer(slow));
    let run = board.track("sync", &[]);
    assert!(run.stderr.contains("asks to wait 3600 s"), "{}", run.stderr);
    let wrong = board.scratch.redan_with(
        &[("GITHUB_TOKEN", "ghp_secret_0123".to_owned()), ("GITHUB_API_URL", board.server.api())],
        &["track", "plan", "--to", "github", "--repository", "acme/board"],
    );
    assert_eq!(wrong.code, 5);
    assert!(!format!("{}{}", wrong.stdout, wrong.stderr).contains("ghp_secret"), "{}", wrong.stderr);
    let unsaid = board.scratch.redan(&["track", "plan", "--to", "github"]);
    assert_eq!((unsaid.code, unsaid.stderr.contains("[track.github] repository")), (2, true), "{}", unsaid.stderr);
}

#[test]
fn settings_say_what_a_ticket_looks_like() {
    let settings = "\n[track]\nlabel = \"threat-model\"\nlabels = [\"security\"]\ntitle = \"[{name}] {control} {description}\"\n\
        leave_out = [\"place\", \"objectives\"]\nmax_new = 1\n[track.github]\nrepository = \"acme/elsewhere\"\ntype = \"Task\"\n";
    let board = Board::with("/api/v3", settings);
    let run = board.sync();
    assert!(run.stdout.contains("3 more controls wait"), "{}", run.stdout);
    let issue = board.server.world(|world| world.tickets[0].clone());
    assert_eq!((issue.repository, issue.kind.as_deref()), ("acme/elsewhere", Some("Task")));
    assert_eq!(issue.labels, ["threat-model", "security"]);
    assert!(issue.title.starts_with("[Link Shortener] C"), "{}", issue.title);
    assert!(!issue.body.contains("CO-A") && !issue.body.contains("/blob/"), "{}", issue.body);
}

#[test]
fn new_tickets_go_below_a_parent() {
    let board = Board::with("", "\n[track.github]\nparent = 1\n");
    board.server.world(|world| world.tickets.push(Ticket::plain(1)));
    board.server.trap("POST", "/sub_issues", Fault::Answer(Reply::refuse(401, "Bad credentials")));
    assert_eq!(board.track("sync", &[]).code, 5);
    board.settles();
    let parents: Vec<Option<u64>> = ["C2", "C4", "C5", "C6"].map(|control| board.ticket(control).parent).to_vec();
    assert_eq!(parents, vec![Some(1); 4]);
}

#[test]
fn only_what_was_asked_for_is_touched() {
    let board = Board::new();
    let run = board.track("sync", &["--only", "C4,link-shortener/C5"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(board.states(), ["C2 ", "C4 open", "C5 open", "C6 "]);
    let twice = board.track("plan", &["-m", "link-shortener", "-m", "Link Shortener"]);
    assert!(twice.stdout.contains(": 2 to do"), "a model that is named twice is one model: {}", twice.stdout);
    board.sync();
    assert_eq!(board.states(), ["C2 open", "C4 open", "C5 open", "C6 open"]);
    let json = board.track("sync", &["--dry-run", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&answer["schema"], &answer["performed"], &answer["unchanged"]),
        (&"track/1".into(), &false.into(), &4.into())
    );
    let one = board.track("plan", &["--only", "C4"]);
    assert!(!one.stdout.contains("left alone") && one.stdout.contains(": 0 to do, 1 as"), "{}", one.stdout);
    let unknown = board.track("plan", &["--only", "C99"]);
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
}
