//! As much of HTTP/1.1 as a test needs: one request a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// What came in.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// Without host and query.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub token: String,
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Request {
    pub fn read(stream: &TcpStream) -> Option<Request> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let headers = headers(&mut reader);
        let find = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let body = match find("content-length").and_then(|length| length.parse().ok()) {
            Some(length) => exactly(&mut reader, length),
            None if find("transfer-encoding").is_some() => chunks(&mut reader),
            None => Vec::new(),
        };
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let token = find("authorization").unwrap_or_default().trim_start_matches("Bearer ").to_owned();
        Some(Request {
            method,
            path: path.to_owned(),
            query: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            token,
            headers,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        })
    }

    pub fn number(&self, name: &str) -> Option<usize> {
        self.query.iter().find(|(key, _)| key == name)?.1.parse().ok()
    }
}

fn headers(reader: &mut impl BufRead) -> Vec<(String, String)> {
    let lines = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let pairs = lines.filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        Some((key.to_lowercase(), value.trim().to_owned()))
    });
    pairs.collect()
}

fn exactly(reader: &mut impl Read, length: usize) -> Vec<u8> {
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap_or_default();
    body
}

fn chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        let size = reader.read_line(&mut line).ok().and_then(|_| usize::from_str_radix(line.trim(), 16).ok());
        let Some(size @ 1..) = size else { return body };
        body.extend(exactly(reader, size));
        exactly(reader, 2);
    }
}

/// What goes out.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Value,
}

impl Reply {
    pub fn new(status: u16, body: Value) -> Reply {
        Reply { status, headers: Vec::new(), body }
    }

    pub fn refuse(status: u16, message: &str) -> Reply {
        Reply::new(
            status,
            serde_json::json!({ "message": message, "documentation_url": "https://docs.github.com/rest" }),
        )
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    pub fn write(&self, mut stream: &TcpStream) {
        let body = if self.body.is_null() { String::new() } else { self.body.to_string() };
        let mut text = format!("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n", self.status, body.len());
        text.push_str("Content-Type: application/json; charset=utf-8\r\nDate: Fri, 27 Nov 2026 06:00:00 GMT\r\n");
        self.headers.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value}\r\n")));
        // A client that went away is no failure of the server.
        let _ = stream.write_all(format!("{text}\r\n{body}").as_bytes());
    }
}
