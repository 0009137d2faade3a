//! What we ask of a language model: one prompt, one reply of a given shape. The protocols are those that vendors and local servers
//! share: chat completions as OpenAI describes them, and messages as Anthropic does.

mod anthropic;
mod events;
mod openai;

use std::cell::Cell;

use reqwest::Method;
use serde_json::Value;

use super::access::Base;
use super::http::{Call, Http, Way};
use super::line::unreadable;
use super::{Patience, Proxies, RemoteError, Token};

/// Which protocol a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    OpenAi,
    Anthropic,
}

/// Where a language model is, and which.
#[derive(Debug, Clone)]
pub struct Host {
    pub dialect: Dialect,
    /// What the paths of the protocol come after: `https://api.openai.com/v1`, `http://127.0.0.1:11434/v1`.
    pub url: String,
    /// As the server calls it.
    pub model: String,
    /// Servers on one's own machine ask for none.
    pub token: Option<Token>,
    /// Let the reply come in pieces, which keeps a slow one from running into the limits of what is between.
    pub stream: bool,
    pub proxies: Proxies,
    pub patience: Patience,
}

/// What a language model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Which step of the work it is, a word or two; completes "while …" in errors.
    pub step: String,
    pub system: String,
    /// Ours and the model's, ours first and last.
    pub turns: Vec<Turn>,
    /// The JSON Schema that the reply follows: objects with all keys required, lists, texts, words.
    pub schema: Value,
    /// The longest reply, in tokens.
    pub most: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// We said it; else the model did.
    pub ours: bool,
    pub text: String,
}

/// What a language model replied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Meant to be JSON, whatever it is.
    pub text: String,
    /// The reply was longer than it may be, and ends somewhere.
    pub cut: bool,
    /// Tokens in and out, where the server counts them.
    pub tokens: Option<(u64, u64)>,
}

/// How a reply is held to its schema; the next one is for servers that do not know the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The server keeps it to the schema.
    Schema,
    /// The server keeps it to JSON; the schema is in the words.
    Json,
    /// Words alone.
    Words,
}

/// An open way to one language model.
pub struct LanguageModel {
    http: Http,
    host: Host,
    url: String,
    form: Cell<Form>,
    /// The name of the limit has changed over time, and servers know one or the other: the other one is used.
    turned: Cell<bool>,
}

/// The longest answer that is read, in bytes: a stream spends some hundred on each word.
const MOST: usize = 8 << 20;

impl LanguageModel {
    /// Sends nothing yet.
    pub fn open(host: Host) -> Result<LanguageModel, RemoteError> {
        let Base { origin, rest, .. } = match host.token {
            Some(_) => Base::parse(&host.url)?,
            None => Base::open(&host.url)?,
        };
        let token = host.token.as_ref().map(Token::expose).transpose()?;
        let (path, headers) = match host.dialect {
            Dialect::OpenAi => (openai::path(&rest), openai::headers(token)),
            Dialect::Anthropic => (anthropic::path(&rest), anthropic::headers(token)),
        };
        let http = Http::open(Way {
            headers,
            secrets: host.token.iter().cloned().collect(),
            proxies: &host.proxies,
            patience: host.patience,
            words,
            most: MOST,
            // Texts go to the server that was announced and to no other.
            elsewhere: 0,
        })?;
        let (form, turned) = (Cell::new(Form::Schema), Cell::new(false));
        Ok(LanguageModel { http, url: format!("{origin}{path}"), host, form, turned })
    }

    /// Where prompts go.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// One reply. A server that does not know how to hold a reply to a schema is asked in words.
    pub fn say(&self, prompt: &Prompt) -> Result<Answer, RemoteError> {
        loop {
            let came = self.once(prompt);
            let Err(RemoteError::Invalid { message, .. }) = &came else { return came };
            if !self.simpler(message) {
                return came;
            }
        }
    }

    fn once(&self, prompt: &Prompt) -> Result<Answer, RemoteError> {
        let what = format!("asking {} for {}", self.host.model, prompt.step);
        let form = self.form.get();
        let body = match self.host.dialect {
            Dialect::OpenAi => openai::body(&self.host, prompt, form, self.turned.get()),
            Dialect::Anthropic => anthropic::body(&self.host, prompt, form),
        };
        // A reply that was lost is paid for twice at most; nothing is changed by asking again.
        let call =
            Call { method: Method::POST, url: self.url.clone(), body: Some(&body), what: &what, repeatable: true };
        let text = self.http.text(&call)?;
        let read = match (self.host.dialect, events::events(&text)) {
            (Dialect::OpenAi, None) => openai::answer(&whole(&what, &text)?),
            (Dialect::OpenAi, Some(events)) => openai::gather(&events),
            (Dialect::Anthropic, None) => anthropic::answer(&whole(&what, &text)?),
            (Dialect::Anthropic, Some(events)) => anthropic::gather(&events),
        };
        let answer = read.map_err(|message| unreadable(&what, &self.hidden(&message)))?;
        let text = self.host.token.as_ref().map_or(answer.text.clone(), |token| token.redact(&answer.text));
        Ok(Answer { text, ..answer })
    }

    /// Whether there is another way to say it, after a refusal in these words.
    fn simpler(&self, message: &str) -> bool {
        let said = message.to_lowercase();
        if said.contains("max_tokens") || said.contains("max_completion_tokens") {
            return !self.turned.replace(true) && self.host.dialect == Dialect::OpenAi;
        }
        let about_form = said.is_empty() || SHAPES.iter().any(|word| said.contains(word));
        let next = match self.form.get() {
            Form::Schema => Form::Json,
            Form::Json => Form::Words,
            Form::Words => return false,
        };
        if about_form {
            self.form.set(next);
        }
        about_form
    }

    fn hidden(&self, text: &str) -> String {
        let text = self.host.token.as_ref().map_or_else(|| text.to_owned(), |token| token.redact(text));
        text.chars().take(300).collect()
    }
}

/// Words of refusals that are about the shape of the reply.
const SHAPES: [&str; 8] =
    ["response_format", "json_schema", "json_object", "schema", "tool", "structured", "grammar", "format"];

fn whole(what: &str, text: &str) -> Result<Value, RemoteError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, &error.to_string()))
}

/// The words that ask for a shape where the server does not hold to it.
fn in_words(prompt: &Prompt, form: Form) -> String {
    match form {
        Form::Schema => prompt.system.clone(),
        Form::Json | Form::Words => format!(
            "{}\n\nReply with one JSON object and nothing else. It follows this JSON Schema:\n{}",
            prompt.system.trim_end(),
            prompt.schema
        ),
    }
}

/// The words of a refusal, wherever the server puts them.
fn words(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let places = [&value["error"]["message"], &value["error"], &value["message"], &value["detail"]];
    let said = places.into_iter().find_map(Value::as_str).unwrap_or_else(|| text.trim());
    said.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_servers_without_a_key() {
        let open = |url: &str, token: Option<&str>| {
            LanguageModel::open(Host {
                dialect: Dialect::OpenAi,
                url: url.to_owned(),
                model: "m".to_owned(),
                token: token.map(Token::new),
                stream: true,
                proxies: Proxies::default(),
                patience: Patience::default(),
            })
            .map(|host| host.url)
            .map_err(|error| error.to_string())
        };
        let service = "http://ollama:11434/v1";
        assert_eq!(open(service, None).unwrap(), "http://ollama:11434/v1/chat/completions");
        assert!(open(service, Some("sk-1")).unwrap_err().contains("would show the token to everybody on the way"));
        assert!(open("http://127.0.0.1:11434/v1", Some("sk-1")).is_ok());
        assert!(open("ftp://ollama/v1", None).is_err());
    }
}
