//! Server-sent events, as far as language models use them. Source: the HTML standard, section 9.2, on their stream.

/// One event that came whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub data: String,
}

/// The events of an answer that is a stream of them; nothing where it is something else. An event counts when the empty line after it came.
pub(super) fn events(text: &str) -> Option<Vec<Event>> {
    let first = text.trim_start_matches('\u{feff}').trim_start();
    if !["data:", "event:", "id:", "retry:", ":"].iter().any(|start| first.starts_with(start)) {
        return None;
    }
    let (mut events, mut data) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.is_empty() && !data.is_empty() {
            events.push(Event { data: std::mem::take(&mut data).join("\n") });
        } else if let Some(value) = line.strip_prefix("data:") {
            data.push(value.strip_prefix(' ').unwrap_or(value).to_owned());
        }
    }
    Some(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(text: &str) -> Option<Vec<String>> {
        events(text).map(|events| events.into_iter().map(|event| event.data).collect())
    }

    #[test]
    fn events_end_with_an_empty_line() {
        assert_eq!(
            data("data: a\n\ndata:b\r\n\r\n: ping\n\nevent: x\ndata: c\ndata: d\n\n").unwrap(),
            ["a", "b", "c\nd"]
        );
        assert_eq!(data("data: a\n\ndata: half").unwrap(), ["a"]);
        assert_eq!(data("{\"data\": 1}"), None);
    }
}
