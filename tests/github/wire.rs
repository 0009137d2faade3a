//! The room `remote` alone: each way a host can fail, and what comes of it.

use std::time::Duration;

use redan::remote::{Access, Github, Patience, Proxies, RemoteError, Repository, Suggestion, Token};
use serde_json::json;

use super::http::Reply;
use super::server::{Fault, Server, WORKFLOW};
use super::world::{PULL, World};

fn server() -> Server {
    Server::start(World::new("aaaa", "bbbb"))
}

fn told(result: Result<impl Sized, RemoteError>) -> RemoteError {
    result.err().unwrap()
}

#[test]
fn every_page_is_read() {
    let server = server();
    for nth in 0..250 {
        server.world(|world| world.say("ada", false, &format!("remark {nth}")));
    }
    let comments = server.github().comments(PULL).unwrap();
    assert_eq!((comments.len(), comments[249].body.as_str()), (250, "remark 249"));
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn requests_say_who_asks_and_for_which_version() {
    let server = server();
    server.github().pull(PULL).unwrap();
    let log = server.log();
    let header = |name: &str| {
        let values = log[0].headers.iter().filter(|(key, _)| key == name);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(header("x-github-api-version"), ["2022-11-28"]);
    assert_eq!(header("authorization"), [format!("Bearer {WORKFLOW}")]);
    assert!(header("user-agent").iter().any(|agent| agent.starts_with("redan/")), "{:?}", header("user-agent"));
}

#[test]
fn a_host_that_fails_twice_is_asked_a_third_time() {
    let server = server();
    for _ in 0..2 {
        server.trap("GET", "/comments", Fault::Answer(Reply::refuse(500, "oops")));
    }
    assert_eq!(server.github().comments(PULL).unwrap(), []);
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_host_that_goes_on_failing_is_given_up() {
    let server = server();
    for _ in 0..9 {
        server.trap("GET", "/comments", Fault::Answer(Reply::refuse(502, "oops")));
    }
    let error = told(server.github().comments(PULL));
    assert_eq!(error, RemoteError::Broken { what: "listing comments".to_owned(), status: 502 });
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn limits_are_waited_for() {
    let server = server();
    let limit =
        |status: u16| Reply::refuse(status, "You have exceeded a secondary rate limit").header("Retry-After", "0");
    server.trap("POST", "/comments", Fault::Answer(limit(429)));
    server.trap("POST", "/comments", Fault::Answer(limit(403)));
    let made = server.github().post_comment(PULL, "hello").unwrap();
    assert_eq!((made.body.as_str(), made.author.bot), ("hello", true));
    assert_eq!(server.world(|world| world.comments.len()), 1);
}

#[test]
fn a_limit_that_lasts_too_long_is_told() {
    let server = server();
    server.trap("GET", "/comments", Fault::Answer(Reply::refuse(429, "slow down").header("Retry-After", "3600")));
    let error = told(server.github().comments(PULL));
    assert_eq!(error.to_string(), "listing comments: the rate limit is used up; it asks to wait 3600 s");
    // The reset is counted from the answer's own date: no clock of ours is asked.
    let spent = Reply::refuse(403, "API rate limit exceeded").header("X-RateLimit-Remaining", "0");
    let reset = "1795759800";
    server.trap("GET", "/comments", Fault::Answer(spent.header("X-RateLimit-Reset", reset)));
    let error = told(server.github().comments(PULL));
    assert_eq!(error, RemoteError::Limited { what: "listing comments".to_owned(), seconds: Some(600) });
}

#[test]
fn refusals_have_their_own_names() {
    let server = server();
    server.world(|world| world.read_only = true);
    let error = told(server.github().post_comment(PULL, "hello"));
    assert!(matches!(&error, RemoteError::Forbidden { message, .. } if message.contains("integration")), "{error}");
    server.world(|world| world.read_only = false);
    let error = told(server.github().post_comment(PULL, &"x".repeat(65_537)));
    assert!(matches!(&error, RemoteError::Invalid { message, .. } if message.contains("too long")), "{error}");
    let error = told(server.github().pull(PULL + 1));
    assert!(matches!(error, RemoteError::Missing { .. }), "{error}");
}

#[test]
fn an_expired_token_is_told_and_not_shown() {
    let server = server();
    let access = Access { token: Token::new("ghs_expired"), ..server.access(WORKFLOW) };
    let github = Github::open(&access, Repository::parse("acme/pay").unwrap()).unwrap();
    let error = told(github.comments(PULL));
    assert_eq!(error.to_string(), "listing comments: the token is wrong or has expired (401)");
    // A host that repeats the token is not repeated.
    server.trap("GET", "/comments", Fault::Answer(Reply::refuse(422, "no such token: ghs_expired")));
    let error = told(github.comments(PULL));
    assert_eq!(error.to_string(), "listing comments: not accepted: no such token: [token]");
    assert!(!format!("{access:?}").contains("ghs_expired"));
}

#[test]
fn silence_ends() {
    let server = server();
    server.trap("GET", "/comments", Fault::Hang);
    let patience = Patience { timeout: Duration::from_millis(40), tries: 1, ..server.access(WORKFLOW).patience };
    let access = Access { patience, ..server.access(WORKFLOW) };
    let github = Github::open(&access, Repository::parse("acme/pay").unwrap()).unwrap();
    let error = told(github.comments(PULL));
    assert!(matches!(error, RemoteError::Unreachable { .. }), "{error}");
}

#[test]
fn nobody_at_home_is_told() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let access = Access { api: format!("http://{free}"), ..server().access(WORKFLOW) };
    let github = Github::open(&access, Repository::parse("acme/pay").unwrap()).unwrap();
    assert!(matches!(told(github.pull(PULL)), RemoteError::Unreachable { .. }));
}

#[test]
fn an_answer_that_is_no_answer_is_told() {
    let server = server();
    server.trap("GET", "/comments", Fault::Answer(Reply::new(200, json!({ "message": "hello" }))));
    server.trap("GET", "/comments", Fault::Answer(Reply::new(200, json!([{ "id": "no number" }]))));
    for _ in 0..2 {
        assert!(matches!(told(server.github().comments(PULL)), RemoteError::Unreadable { .. }));
    }
}

#[test]
fn an_enterprise_server_lies_below_a_path() {
    let server = Server::below("/api/v3", World::new("aaaa", "bbbb"));
    server.github().post_comment(PULL, "hello").unwrap();
    assert_eq!(server.github().comments(PULL).unwrap().len(), 1);
    assert_eq!(server.github().threads(PULL).unwrap(), []);
    assert_eq!(server.asked()[2], "POST /graphql");
}

#[test]
fn a_proxy_carries_what_it_should() {
    let (server, proxy) = (server(), server());
    let through = |except: Option<&str>| {
        let proxies = Proxies { http: Some(proxy.api()), https: None, except: except.map(str::to_owned) };
        let access = Access { proxies, ..server.access(WORKFLOW) };
        Github::open(&access, Repository::parse("acme/pay").unwrap()).unwrap()
    };
    // A proxy is asked for whole addresses, which this one does not know.
    assert!(matches!(told(through(None).pull(PULL)), RemoteError::Missing { .. }));
    assert_eq!(server.asked(), Vec::<String>::new());
    through(Some("127.0.0.1")).pull(PULL).unwrap();
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_review_is_not_posted_twice() {
    let server = server();
    server.world(|world| world.files.push(("a.toml".to_owned(), "@@ -1,2 +1,3 @@\n a\n+b\n c".to_owned())));
    server.trap("POST", "/reviews", Fault::After(Reply::refuse(502, "lost")));
    let suggestion = Suggestion { path: "a.toml".to_owned(), lines: (2, 3), body: "better".to_owned() };
    let error = told(server.github().review(PULL, "aaaa", std::slice::from_ref(&suggestion)));
    assert!(matches!(error, RemoteError::Broken { .. }), "{error}");
    assert_eq!(server.world(|world| world.reviews), 1);
    let threads = server.github().threads(PULL).unwrap();
    assert_eq!((threads.len(), threads[0].said[0].1.as_str()), (1, "better"));
    server.github().resolve(&threads[0].id).unwrap();
    assert!(server.github().threads(PULL).unwrap()[0].resolved);
    let outside = Suggestion { lines: (9, 9), ..suggestion };
    assert!(matches!(told(server.github().review(PULL, "aaaa", &[outside])), RemoteError::Invalid { .. }));
}
