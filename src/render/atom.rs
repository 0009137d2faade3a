//! Feeds as Atom, RFC 4287.

use super::xml::escaped;

/// A feed of entries, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// An IRI that never changes.
    pub id: String,
    pub title: String,
    /// RFC 3339.
    pub updated: String,
    pub entries: Vec<Entry>,
}

/// One entry. The texts may be anybody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// An IRI that never changes.
    pub id: String,
    pub title: String,
    /// RFC 3339.
    pub updated: String,
    pub author: String,
    /// Left out where it is no address.
    pub email: String,
    pub summary: String,
}

/// The feed as a document.
pub fn atom(feed: &Feed) -> String {
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(&mut xml, 1, "id", &feed.id);
    element(&mut xml, 1, "title", &feed.title);
    element(&mut xml, 1, "updated", &feed.updated);
    element(&mut xml, 1, "generator", "redan");
    for entry in &feed.entries {
        xml.push_str("  <entry>\n");
        element(&mut xml, 2, "id", &entry.id);
        element(&mut xml, 2, "title", &entry.title);
        element(&mut xml, 2, "updated", &entry.updated);
        xml.push_str("    <author>\n");
        element(&mut xml, 3, "name", &entry.author);
        if entry.email.contains('@') {
            element(&mut xml, 3, "email", &entry.email);
        }
        xml.push_str("    </author>\n");
        element(&mut xml, 2, "summary", &entry.summary);
        xml.push_str("  </entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn element(xml: &mut String, depth: usize, name: &str, text: &str) {
    xml.push_str(&format!("{}<{name}>{}</{name}>\n", "  ".repeat(depth), escaped(text)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anybodys_text_stays_text() {
        let entry = Entry {
            id: "urn:x:1".to_owned(),
            title: "<script>&\u{0}\u{1b}\"'".to_owned(),
            updated: "2026-01-01T00:00:00Z".to_owned(),
            author: "A ]]> B".to_owned(),
            email: "nobody".to_owned(),
            summary: String::new(),
        };
        let feed = Feed {
            id: "urn:x".to_owned(),
            title: "t".to_owned(),
            updated: entry.updated.clone(),
            entries: vec![entry],
        };
        let xml = atom(&feed);
        assert!(xml.contains("<title>&lt;script&gt;&amp;\u{fffd}\u{fffd}&quot;&apos;</title>"), "{xml}");
        assert!(xml.contains("<name>A ]]&gt; B</name>") && !xml.contains("<email>"), "{xml}");
        assert_eq!(xml.matches("<entry>").count(), xml.matches("</entry>").count());
    }
}
