//! Chat completions. Source: the public OpenAPI description of the API of OpenAI, which llama.cpp, Ollama, vLLM and GitHub Models follow.

use serde_json::{Value, json};

use super::events::Event;
use super::{Answer, Form, Host, Prompt, in_words};

pub(super) fn path(rest: &str) -> String {
    format!("{rest}/chat/completions")
}

pub(super) fn headers(token: Option<&str>) -> Vec<(&'static str, String)> {
    token.map(|token| ("authorization", format!("Bearer {token}"))).into_iter().collect()
}

/// `turned`: the limit goes by its other name. OpenAI and GitHub know the newer one, most other servers both or the older.
pub(super) fn body(host: &Host, prompt: &Prompt, form: Form, turned: bool) -> Value {
    let system = json!({ "role": "system", "content": in_words(prompt, form) });
    let said = prompt.turns.iter().map(|turn| {
        let role = if turn.ours { "user" } else { "assistant" };
        json!({ "role": role, "content": turn.text })
    });
    let messages: Vec<Value> = std::iter::once(system).chain(said).collect();
    let mut body = json!({ "model": host.model, "messages": messages, "stream": host.stream });
    let newer = [".openai.com", "models.github.ai"].iter().any(|name| host.url.contains(name));
    body[if newer == turned { "max_tokens" } else { "max_completion_tokens" }] = prompt.most.into();
    match form {
        Form::Schema => {
            let schema = json!({ "name": "reply", "strict": true, "schema": prompt.schema });
            body["response_format"] = json!({ "type": "json_schema", "json_schema": schema });
        }
        Form::Json => body["response_format"] = json!({ "type": "json_object" }),
        Form::Words => {}
    }
    body
}

/// A reply that came as a whole. Fails with what is wrong with it.
pub(super) fn answer(value: &Value) -> Result<Answer, String> {
    let choice = &value["choices"][0];
    refused(&choice["message"])?;
    let text = said(&choice["message"]["content"]).ok_or("there is no message in it")?;
    let cut = ended(&choice["finish_reason"])?.unwrap_or(false);
    Ok(Answer { text, cut, tokens: tokens(&value["usage"]) })
}

/// A reply that came in pieces.
pub(super) fn gather(events: &[Event]) -> Result<Answer, String> {
    let (mut answer, mut end) = (Answer::default(), None);
    for event in events {
        if event.data == "[DONE]" {
            end = end.or(Some(false));
            continue;
        }
        let piece: Value = serde_json::from_str(&event.data).map_err(|error| error.to_string())?;
        if let Some(error) = piece.get("error").filter(|error| !error.is_null()) {
            return Err(error["message"].as_str().unwrap_or("the server broke off").to_owned());
        }
        let choice = &piece["choices"][0];
        refused(&choice["delta"])?;
        answer.text.extend(said(&choice["delta"]["content"]));
        end = ended(&choice["finish_reason"])?.or(end);
        answer.tokens = tokens(&piece["usage"]).or(answer.tokens);
    }
    answer.cut = end.ok_or("the stream ended before the reply did")?;
    Ok(answer)
}

/// Text, or parts of text.
fn said(content: &Value) -> Option<String> {
    match content {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => Some(parts.iter().filter_map(|part| part["text"].as_str()).collect()),
        _ => None,
    }
}

fn refused(message: &Value) -> Result<(), String> {
    message["refusal"].as_str().map_or(Ok(()), |words| Err(format!("the model declined: {words}")))
}

/// Whether a reply that ended was cut; nothing where it goes on.
fn ended(reason: &Value) -> Result<Option<bool>, String> {
    match reason.as_str() {
        None => Ok(None),
        Some("content_filter") => Err("a filter of the server held it back".to_owned()),
        Some(reason) => Ok(Some(reason == "length")),
    }
}

fn tokens(usage: &Value) -> Option<(u64, u64)> {
    usage["prompt_tokens"].as_u64().zip(usage["completion_tokens"].as_u64())
}
