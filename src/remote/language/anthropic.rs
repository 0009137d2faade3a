//! Messages. Source: Anthropic's public description of its API, version 2023-06-01. A reply is held to a schema as the input of the one
//! tool that the model has to use; nothing runs when it does.

use serde_json::{Value, json};

use super::events::Event;
use super::{Answer, Form, Host, Prompt, in_words};

pub(super) fn path(rest: &str) -> String {
    if rest.ends_with("/v1") { format!("{rest}/messages") } else { format!("{rest}/v1/messages") }
}

pub(super) fn headers(token: Option<&str>) -> Vec<(&'static str, String)> {
    let key = token.map(|token| ("x-api-key", token.to_owned()));
    std::iter::once(("anthropic-version", "2023-06-01".to_owned())).chain(key).collect()
}

pub(super) fn body(host: &Host, prompt: &Prompt, form: Form) -> Value {
    let said = prompt.turns.iter().map(|turn| {
        let role = if turn.ours { "user" } else { "assistant" };
        json!({ "role": role, "content": turn.text })
    });
    let messages: Vec<Value> = said.collect();
    let mut body = json!({
        "model": host.model,
        "max_tokens": prompt.most,
        "system": in_words(prompt, form),
        "messages": messages,
        "stream": host.stream,
    });
    if form == Form::Schema {
        body["tools"] = json!([{ "name": "reply", "description": "Takes the reply.", "input_schema": prompt.schema }]);
        body["tool_choice"] = json!({ "type": "tool", "name": "reply" });
    }
    body
}

/// A reply that came as a whole. Fails with what is wrong with it.
pub(super) fn answer(value: &Value) -> Result<Answer, String> {
    let blocks = value["content"].as_array().ok_or("there is no message in it")?;
    let input = blocks.iter().find(|block| block["type"] == "tool_use").map(|block| block["input"].to_string());
    let words = || blocks.iter().filter_map(|block| block["text"].as_str()).collect::<String>();
    let cut = ended(&value["stop_reason"])?.unwrap_or(false);
    let usage = &value["usage"];
    let tokens = usage["input_tokens"].as_u64().zip(usage["output_tokens"].as_u64());
    Ok(Answer { text: input.unwrap_or_else(words), cut, tokens })
}

/// A reply that came in pieces.
pub(super) fn gather(events: &[Event]) -> Result<Answer, String> {
    let (mut input, mut words, mut end, mut over) = (String::new(), String::new(), None, false);
    let (mut before, mut after) = (None, None);
    for event in events {
        let piece: Value = serde_json::from_str(&event.data).map_err(|error| error.to_string())?;
        match piece["type"].as_str().unwrap_or_default() {
            "error" => return Err(piece["error"]["message"].as_str().unwrap_or("the server broke off").to_owned()),
            "message_start" => before = piece["message"]["usage"]["input_tokens"].as_u64(),
            "content_block_delta" => {
                input.extend(piece["delta"]["partial_json"].as_str());
                words.extend(piece["delta"]["text"].as_str());
            }
            "message_delta" => {
                end = ended(&piece["delta"]["stop_reason"])?.or(end);
                after = piece["usage"]["output_tokens"].as_u64().or(after);
            }
            "message_stop" => over = true,
            _ => {}
        }
    }
    let cut = end.filter(|_| over).ok_or("the stream ended before the reply did")?;
    let text = if input.is_empty() { words } else { input };
    Ok(Answer { text, cut, tokens: before.zip(after) })
}

/// Whether a reply that ended was cut; nothing where it goes on.
fn ended(reason: &Value) -> Result<Option<bool>, String> {
    match reason.as_str() {
        None => Ok(None),
        Some("refusal") => Err("the model declined".to_owned()),
        Some(reason) => Ok(Some(reason == "max_tokens")),
    }
}
