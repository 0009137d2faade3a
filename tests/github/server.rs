//! The server: a thread that accepts, a thread a request, faults on command, and a log.

use std::collections::VecDeque;
use std::fs::OpenOptions;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use redan::remote::{Access, Github, Patience, Proxies, Repository, Token};

use super::http::{Reply, Request};
use super::world::World;

/// What a request meets instead of an answer.
#[derive(Debug, Clone)]
pub enum Fault {
    Answer(Reply),
    /// Silence until the server goes.
    Hang,
    /// The work is done, and the answer lost: this instead.
    After(Reply),
    /// Waits until as many requests have come here, then goes on as usual.
    Meet(Arc<Barrier>),
    /// The answer, and then somebody does something.
    Meanwhile(fn(&mut World)),
}

/// A fault for the next request of this method whose path ends like this.
struct Trap {
    method: &'static str,
    end: String,
    fault: Fault,
}

struct Shared {
    world: Mutex<World>,
    traps: Mutex<VecDeque<Trap>>,
    log: Mutex<Vec<Request>>,
    silent: Mutex<Vec<TcpStream>>,
    cut: Mutex<Option<(usize, bool)>>,
    over: AtomicBool,
    prefix: &'static str,
}

/// A running server; it ends with the test that holds it.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

/// The token of a workflow.
pub const WORKFLOW: &str = "ghs_of_the_workflow_0123456789";
/// A person's own token.
pub const PERSONAL: &str = "ghp_of_ada_0123456789";

impl Server {
    pub fn start(world: World) -> Server {
        Server::below("", world)
    }

    /// As an Enterprise server has it, with everything below a path.
    pub fn below(prefix: &'static str, world: World) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            traps: Mutex::default(),
            log: Mutex::default(),
            silent: Mutex::default(),
            cut: Mutex::default(),
            over: AtomicBool::new(false),
            prefix,
        });
        let inside = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if inside.over.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&inside);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Server { port, shared }
    }

    pub fn api(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.shared.prefix)
    }

    pub fn access(&self, token: &str) -> Access {
        let patience = Patience { timeout: Duration::from_secs(20), pause: Duration::ZERO, ..Patience::default() };
        Access { api: self.api(), token: Token::new(token), proxies: Proxies::default(), patience }
    }

    pub fn github(&self) -> Github {
        Github::open(&self.access(WORKFLOW), Repository::parse("acme/pay").unwrap()).unwrap()
    }

    /// The next request of this method whose path ends like this meets the fault; faults wait in line.
    pub fn trap(&self, method: &'static str, end: &str, fault: Fault) {
        self.shared.traps.lock().unwrap().push_back(Trap { method, end: end.to_owned(), fault });
    }

    /// The run ends at the request after `nth` more: unanswered, or carried out and then unanswered. Whoever asks is told
    /// that the token has expired, which ends a run at once.
    pub fn cut(&self, nth: usize, after: bool) {
        *self.shared.cut.lock().unwrap() = Some((nth, after));
    }

    /// Nothing ends any more; whether the end was reached.
    pub fn heal(&self) -> bool {
        self.shared.cut.lock().unwrap().take().is_none()
    }

    pub fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.shared.world.lock().unwrap())
    }

    /// What was asked so far: `METHOD path`.
    pub fn asked(&self) -> Vec<String> {
        self.shared.log.lock().unwrap().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// Requests that change something.
    pub fn writes(&self) -> Vec<String> {
        let graphql =
            |request: &Request| request.body["query"].as_str().is_some_and(|query| query.starts_with("query"));
        let log = self.shared.log.lock().unwrap();
        let writes = log.iter().filter(|request| request.method != "GET" && !graphql(request));
        writes.map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    pub fn log(&self) -> Vec<Request> {
        self.shared.log.lock().unwrap().clone()
    }

    /// Starts the log anew; what was asked is recorded all the same.
    pub fn forget(&self) {
        record(&std::mem::take(&mut *self.shared.log.lock().unwrap()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        record(&self.log());
        self.shared.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts, which then sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        let Some(mut request) = Request::read(&stream) else { return };
        let Some(path) = self.inside(&request.path) else {
            return Reply::refuse(404, "Not Found: outside of the API").write(&stream);
        };
        request.path = path;
        self.log.lock().unwrap().push(request.clone());
        match self.fault(&request) {
            None => self.answer(&request).write(&stream),
            Some(Fault::Answer(reply)) => reply.write(&stream),
            Some(Fault::Hang) => self.silent.lock().unwrap().push(stream),
            Some(Fault::After(reply)) => {
                self.answer(&request);
                reply.write(&stream);
            }
            Some(Fault::Meet(barrier)) => {
                let reply = self.answer(&request);
                barrier.wait();
                reply.write(&stream);
            }
            Some(Fault::Meanwhile(happens)) => {
                let reply = self.answer(&request);
                happens(&mut self.world.lock().unwrap());
                reply.write(&stream);
            }
        }
    }

    fn answer(&self, request: &Request) -> Reply {
        self.world.lock().unwrap().answer(request)
    }

    fn fault(&self, request: &Request) -> Option<Fault> {
        if let Some(cut) = self.cutting() {
            return Some(cut);
        }
        let mut traps = self.traps.lock().unwrap();
        let fits = |trap: &Trap| trap.method == request.method && request.path.ends_with(&trap.end);
        let at = traps.iter().position(fits)?;
        traps.remove(at).map(|trap| trap.fault)
    }

    fn cutting(&self) -> Option<Fault> {
        let mut cut = self.cut.lock().unwrap();
        let expired = Reply::refuse(401, "Bad credentials");
        match cut.as_mut()? {
            (0, after) => {
                let after = *after;
                *cut = None;
                Some(if after { Fault::After(expired) } else { Fault::Answer(expired) })
            }
            (left, _) => {
                *left -= 1;
                None
            }
        }
    }

    /// The path below the prefix; GraphQL lies beside `/api/v3`, not in it.
    fn inside(&self, path: &str) -> Option<String> {
        let graphql = if self.prefix.is_empty() { "/graphql" } else { "/api/graphql" };
        if path == graphql {
            return Some("/graphql".to_owned());
        }
        path.strip_prefix(self.prefix).filter(|below| below.starts_with("/repos/")).map(str::to_owned)
    }
}

/// Requests as lines of JSON in the file that `REDAN_REQUESTS` names, for a check against GitHub's own description.
fn record(log: &[Request]) {
    let Ok(path) = std::env::var("REDAN_REQUESTS") else { return };
    let lines = log.iter().map(|request| {
        let query: serde_json::Map<String, serde_json::Value> =
            request.query.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
        let line = serde_json::json!({
            "method": request.method, "path": request.path, "query": query, "body": request.body,
        });
        format!("{line}\n")
    });
    let text: String = lines.collect();
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}
