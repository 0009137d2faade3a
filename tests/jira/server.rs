//! The server: a thread that accepts, a thread a request, an end on command, and a log.

use std::fs::OpenOptions;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use super::world::World;
use crate::github::http::{Reply, Request};

struct Shared {
    world: Mutex<World>,
    log: Mutex<Vec<Request>>,
    /// How many requests are still answered, and whether the one behind them is carried out.
    cut: Mutex<Option<(usize, bool)>>,
    /// The next so many searches wait for each other.
    meet: Mutex<(usize, Option<Arc<Barrier>>)>,
    /// Answers that come first, for requests whose path ends so.
    instead: Mutex<Vec<(String, Reply)>>,
    over: AtomicBool,
}

/// A running server; it ends with the test that holds it.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

impl Server {
    pub fn start(world: World) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            log: Mutex::default(),
            cut: Mutex::default(),
            meet: Mutex::default(),
            instead: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let inside = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if inside.over.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&inside);
                thread::spawn(move || shared.serve(&stream));
            }
        });
        Server { port, shared }
    }

    /// Below a path, as Data Center often is.
    pub fn site(&self) -> String {
        format!("http://127.0.0.1:{}/jira", self.port)
    }

    pub fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.shared.world.lock().unwrap())
    }

    pub fn cut(&self, nth: usize, after: bool) {
        *self.shared.cut.lock().unwrap() = Some((nth, after));
    }

    pub fn heal(&self) -> bool {
        self.shared.cut.lock().unwrap().take().is_none()
    }

    pub fn meet(&self, count: usize) {
        *self.shared.meet.lock().unwrap() = (count, Some(Arc::new(Barrier::new(count))));
    }

    pub fn instead(&self, end: &str, reply: Reply) {
        self.shared.instead.lock().unwrap().push((end.to_owned(), reply));
    }

    pub fn asked(&self) -> Vec<String> {
        self.shared.log.lock().unwrap().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// Requests that change something; a search is asked for by POST.
    pub fn writes(&self) -> Vec<String> {
        self.asked().into_iter().filter(|line| !line.starts_with("GET ") && !line.contains("/search")).collect()
    }

    pub fn searches(&self) -> usize {
        self.asked().iter().filter(|line| line.contains("/search")).count()
    }

    /// Starts the log anew; what was asked is recorded all the same.
    pub fn forget(&self) {
        record(&std::mem::take(&mut *self.shared.log.lock().unwrap()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        record(&self.shared.log.lock().unwrap());
        self.shared.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts, which then sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn serve(&self, stream: &TcpStream) {
        let Some(mut request) = Request::read(stream) else { return };
        request.path = request.path.trim_start_matches("/jira").to_owned();
        self.log.lock().unwrap().push(request.clone());
        let expired = Reply::new(401, serde_json::json!({ "errorMessages": ["Client must be authenticated"] }));
        match self.cutting() {
            Some(false) => return expired.write(stream),
            Some(true) => {
                self.world.lock().unwrap().answer(&request);
                return expired.write(stream);
            }
            None => {}
        }
        if let Some(reply) = self.other(&request.path) {
            return reply.write(stream);
        }
        let reply = self.world.lock().unwrap().answer(&request);
        let barrier = self.meeting(&request.path);
        if let Some(barrier) = barrier {
            barrier.wait();
        }
        reply.write(stream);
    }

    fn cutting(&self) -> Option<bool> {
        let mut cut = self.cut.lock().unwrap();
        let (left, after) = cut.as_mut()?;
        if *left > 0 {
            *left -= 1;
            return None;
        }
        let after = *after;
        *cut = None;
        Some(after)
    }

    fn other(&self, path: &str) -> Option<Reply> {
        let mut instead = self.instead.lock().unwrap();
        let at = instead.iter().position(|(end, _)| path.ends_with(end.as_str()))?;
        Some(instead.remove(at).1)
    }

    fn meeting(&self, path: &str) -> Option<Arc<Barrier>> {
        let mut meet = self.meet.lock().unwrap();
        if !path.contains("/search") || meet.0 == 0 {
            return None;
        }
        meet.0 -= 1;
        meet.1.clone()
    }
}

/// Requests as lines of JSON in the file that `REDAN_JIRA_REQUESTS` names, for a check against Atlassian's own description.
fn record(log: &[Request]) {
    let Ok(path) = std::env::var("REDAN_JIRA_REQUESTS") else { return };
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
