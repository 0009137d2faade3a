//! What Jira refuses in fields.

use serde_json::{Value, json};

use super::world::World;
use crate::github::http::Reply;

/// The refusal of fields, if they are refused.
pub fn wrong(world: &World, fields: &Value, new: bool) -> Option<Reply> {
    let mut errors = serde_json::Map::new();
    let project = fields["project"]["key"].as_str();
    if new && !project.is_some_and(|key| world.projects.contains(&key)) {
        errors.insert("project".to_owned(), json!("valid project is required"));
    }
    if new && fields["issuetype"]["name"] != "Task" {
        errors.insert("issuetype".to_owned(), json!("The issue type selected is invalid."));
    }
    let summary = fields["summary"].as_str();
    let bad = |text: &str| text.trim().is_empty() || text.contains('\n') || text.chars().count() > 255;
    if summary.is_some_and(bad) || (new && summary.is_none()) {
        errors.insert("summary".to_owned(), json!("The summary is invalid."));
    }
    if !fields["description"].is_null()
        && let Err(why) = text(world.cloud, &fields["description"])
    {
        errors.insert("description".to_owned(), json!(why));
    }
    let labels = fields["labels"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if labels.into_iter().any(|label| label.contains(' ') || label.is_empty()) {
        errors.insert("labels".to_owned(), json!("The label contains spaces which is invalid."));
    }
    (!errors.is_empty()).then(|| Reply::new(400, json!({ "errorMessages": [], "errors": errors })))
}

/// Whether a text is one of this flavour: a document on Cloud, a string on Data Center, 32,767 characters at most.
pub fn text(cloud: bool, text: &Value) -> Result<(), String> {
    let long = || Err("The entered text is too long. It exceeds the allowed limit of 32,767 characters.".to_owned());
    match (cloud, text) {
        (false, Value::String(text)) if text.chars().count() <= 32_767 => Ok(()),
        (false, Value::String(_)) => long(),
        (true, Value::Object(document)) => {
            if document.get("type") != Some(&json!("doc")) || document.get("version") != Some(&json!(1)) {
                return Err("INVALID_INPUT".to_owned());
            }
            if text.to_string().chars().count() > 4 * 32_767 {
                return long();
            }
            children(text, &TOP)
        }
        _ => Err("Operation value must be an Atlassian Document (see the Atlassian Document Format)".to_owned()),
    }
}

const TOP: [&str; 6] = ["paragraph", "heading", "bulletList", "table", "rule", "panel"];

/// The grammar of the nodes that redan writes, and of a few that people do.
fn children(node: &Value, allowed: &[&str]) -> Result<(), String> {
    for child in node["content"].as_array().into_iter().flatten() {
        let kind = child["type"].as_str().unwrap_or_default();
        if !allowed.contains(&kind) {
            return Err(format!("INVALID_INPUT: {kind} within {}", node["type"]));
        }
        match kind {
            "text" if child["text"].as_str().unwrap_or_default().is_empty() => {
                return Err("INVALID_INPUT: an empty text".to_owned());
            }
            "heading" if !child["attrs"]["level"].is_u64() => {
                return Err("INVALID_INPUT: a heading without level".to_owned());
            }
            "paragraph" | "heading" => children(child, &["text", "hardBreak", "mention"])?,
            "bulletList" => children(child, &["listItem"])?,
            "listItem" => children(child, &["paragraph", "bulletList"])?,
            "table" => children(child, &["tableRow"])?,
            "tableRow" => children(child, &["tableHeader", "tableCell"])?,
            "tableHeader" | "tableCell" => children(child, &["paragraph", "bulletList"])?,
            _ => {}
        }
    }
    Ok(())
}
