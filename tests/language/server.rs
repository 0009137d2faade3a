//! The server: what came in, what goes out, in either protocol, in one piece or as a stream.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use serde_json::{Value, json};

use super::brain::{Asked, good};
use crate::github::http::{Reply, Request};

/// What a request meets.
#[derive(Clone)]
pub enum Act {
    /// The model replies with this, whatever it is.
    Say(String),
    /// What a careful model says, changed.
    Change(fn(&mut Value)),
    /// The reply ends because it is too long.
    Cut,
    /// The server answers with a status.
    Status(u16, &'static str, Option<(&'static str, &'static str)>),
    /// Half of the reply, and the rest when the test says so.
    Slow,
    /// Silence until the server goes.
    Hang,
    /// The connection ends within the answer.
    Torn,
    /// The stream ends without its end.
    Unended,
    /// So many megabytes.
    Huge(usize),
}

#[derive(Default)]
struct Shared {
    /// By the number of the request, from 0; what is not here gets a careful reply.
    script: Mutex<BTreeMap<usize, Act>>,
    /// For every request from the one of this number on.
    after: Mutex<Option<(usize, Act)>>,
    log: Mutex<Vec<Request>>,
    came: Condvar,
    silent: Mutex<Vec<TcpStream>>,
    /// It knows nothing of schemas.
    plain: AtomicBool,
    over: AtomicBool,
    /// What is slow may end.
    released: Mutex<bool>,
    release: Condvar,
}

pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
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

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    pub fn on(&self, nth: usize, act: Act) {
        self.shared.script.lock().unwrap().insert(nth, act);
    }

    pub fn from(&self, nth: usize, act: Act) {
        *self.shared.after.lock().unwrap() = Some((nth, act));
    }

    pub fn heal(&self) {
        *self.shared.after.lock().unwrap() = None;
        self.shared.script.lock().unwrap().clear();
    }

    pub fn plain(&self) {
        self.shared.plain.store(true, Ordering::SeqCst);
    }

    pub fn log(&self) -> Vec<Request> {
        self.shared.log.lock().unwrap().clone()
    }

    /// Until so many requests have come.
    pub fn wait(&self, count: usize) {
        let log = self.shared.log.lock().unwrap();
        drop(self.shared.came.wait_while(log, |log| log.len() < count).unwrap());
    }

    /// What is slow ends.
    pub fn release(&self) {
        *self.shared.released.lock().unwrap() = true;
        self.shared.release.notify_all();
    }

    pub fn forget(&self) {
        self.shared.log.lock().unwrap().clear();
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log().iter().map(|request| Asked::of(&request.body)).collect()
    }

    pub fn steps(&self) -> Vec<&'static str> {
        self.asked().iter().map(Asked::step).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts, which then sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        let Some(request) = Request::read(&stream) else { return };
        let number = {
            let mut log = self.log.lock().unwrap();
            log.push(request.clone());
            self.came.notify_all();
            log.len() - 1
        };
        let held = request.body.get("response_format").or(request.body.get("tools")).is_some();
        if held && self.plain.load(Ordering::SeqCst) {
            let refusal =
                json!({ "error": { "message": "response_format and tools are not supported by this model" } });
            return Reply::new(400, refusal).write(&stream);
        }
        let mut reply = good(&Asked::of(&request.body));
        let end = |text: &str, ended: bool| Spoken { request: &request, text, ended, cut: false }.write(&stream);
        match self.act(number) {
            None => end(&reply.to_string(), true),
            Some(Act::Say(text)) => end(&text, true),
            Some(Act::Change(change)) => {
                change(&mut reply);
                end(&reply.to_string(), true);
            }
            Some(Act::Unended) => end(&reply.to_string(), false),
            Some(Act::Cut) => {
                Spoken { request: &request, text: "{\"assets\": [", ended: true, cut: true }.write(&stream)
            }
            Some(Act::Huge(megabytes)) => end(&"x".repeat(megabytes << 20), true),
            Some(Act::Slow) => {
                let text = reply.to_string();
                let whole = Spoken { request: &request, text: &text, ended: true, cut: false }.whole();
                let (first, rest) = whole.split_at(whole.floor_char_boundary(whole.len() / 2));
                send(&stream, first);
                drop(self.release.wait_while(self.released.lock().unwrap(), |released| !*released).unwrap());
                send(&stream, rest);
            }
            Some(Act::Hang) => self.silent.lock().unwrap().push(stream),
            Some(Act::Torn) => send(&stream, "HTTP/1.1 200 X\r\nContent-Length: 9000\r\n\r\n{\"choices\": ["),
            Some(Act::Status(status, message, header)) => {
                let reply = Reply::new(status, json!({ "error": { "message": message } }));
                let reply = header.into_iter().fold(reply, |reply, (name, value)| reply.header(name, value));
                reply.write(&stream);
            }
        }
    }

    fn act(&self, number: usize) -> Option<Act> {
        let after = self.after.lock().unwrap().clone().filter(|(from, _)| number >= *from).map(|(_, act)| act);
        self.script.lock().unwrap().get(&number).cloned().or(after)
    }
}

/// A reply of the model, on its way out.
struct Spoken<'a> {
    request: &'a Request,
    text: &'a str,
    /// The last event is there.
    ended: bool,
    /// The limit ended it.
    cut: bool,
}

impl Spoken<'_> {
    fn write(&self, stream: &TcpStream) {
        send(stream, &self.whole());
    }

    fn whole(&self) -> String {
        let anthropic = self.request.path.ends_with("/messages");
        let body = match (anthropic, self.request.body["stream"] == true) {
            (false, false) => self.completion().to_string(),
            (false, true) => self.chunks(),
            (true, false) => self.message().to_string(),
            (true, true) => self.events(),
        };
        let kind = if self.request.body["stream"] == true { "text/event-stream" } else { "application/json" };
        let head = format!(
            "HTTP/1.1 200 X\r\nContent-Length: {}\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        head + &body
    }

    fn pieces(&self) -> Vec<String> {
        let letters: Vec<char> = self.text.chars().collect();
        // A reply of megabytes would be all frames.
        letters.chunks((letters.len() / 40).max(17)).map(|piece| piece.iter().collect()).collect()
    }

    fn reason(&self, usual: &'static str, cut: &'static str) -> &'static str {
        if self.cut { cut } else { usual }
    }

    fn completion(&self) -> Value {
        let choice = json!({ "index": 0, "message": { "role": "assistant", "content": self.text }, "finish_reason": self.reason("stop", "length") });
        json!({ "object": "chat.completion", "choices": [choice], "usage": { "prompt_tokens": 1000, "completion_tokens": 200 } })
    }

    fn chunks(&self) -> String {
        let chunk = |delta: Value, reason: Value| {
            let choice = json!({ "index": 0, "delta": delta, "finish_reason": reason });
            format!("data: {}\n\n", json!({ "object": "chat.completion.chunk", "choices": [choice] }))
        };
        let mut out =
            String::from(": a remark\n\n") + &chunk(json!({ "role": "assistant", "content": "" }), Value::Null);
        out.extend(self.pieces().into_iter().map(|piece| chunk(json!({ "content": piece }), Value::Null)));
        if self.ended {
            out += &chunk(json!({}), self.reason("stop", "length").into());
            let usage = json!({ "choices": [], "usage": { "prompt_tokens": 1000, "completion_tokens": 200 } });
            out += &format!("data: {usage}\n\ndata: [DONE]\n\n");
        }
        out
    }

    /// With a tool where one has to be used, which takes an object.
    fn block(&self) -> Option<Value> {
        self.request.body.get("tools")?;
        serde_json::from_str::<Value>(self.text).ok().filter(Value::is_object)
    }

    fn message(&self) -> Value {
        let content = match self.block() {
            Some(input) => json!([{ "type": "tool_use", "id": "toolu_1", "name": "reply", "input": input }]),
            None => json!([{ "type": "text", "text": self.text }]),
        };
        json!({
            "type": "message", "role": "assistant", "content": content,
            "stop_reason": self.reason("end_turn", "max_tokens"), "usage": { "input_tokens": 1000, "output_tokens": 200 },
        })
    }

    fn events(&self) -> String {
        let event = |value: Value| format!("event: {}\ndata: {value}\n\n", value["type"].as_str().unwrap());
        let mut out = event(
            json!({ "type": "message_start", "message": { "usage": { "input_tokens": 1000, "output_tokens": 1 } } }),
        );
        out += &event(json!({ "type": "ping" }));
        let tool = self.block().is_some();
        out.extend(self.pieces().into_iter().map(|piece| {
            let delta = match tool {
                true => json!({ "type": "input_json_delta", "partial_json": piece }),
                false => json!({ "type": "text_delta", "text": piece }),
            };
            event(json!({ "type": "content_block_delta", "index": 0, "delta": delta }))
        }));
        if self.ended {
            let reason = self.reason("end_turn", "max_tokens");
            out += &event(
                json!({ "type": "message_delta", "delta": { "stop_reason": reason }, "usage": { "output_tokens": 200 } }),
            );
            out += &event(json!({ "type": "message_stop" }));
        }
        out
    }
}

fn send(mut stream: &TcpStream, text: &str) {
    // A client that went away is no failure of the server.
    let _ = stream.write_all(text.as_bytes());
}
