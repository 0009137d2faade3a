//! Texts that want to be more than text, and the eyes of a renderer that say whether they became it.

use std::collections::BTreeSet;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

/// Each begins with a word of its own, so that a text that is lost is missed.
pub const TEXTS: &[&str] = &[
    "mention @octocat and @org/team, mail eve@example.org",
    "refers #123, GH-123, octo/repo#7, octo@0123456789abcdef0123456789abcdef01234567 and 0123abc",
    "links https://evil.example/x?y=1 http://a.b www.evil.example ftp://x mailto:a@b.c xmpp:a@b.c",
    "autolink <https://evil.example> <eve@example.org>",
    "named [text](https://evil.example \"t\") [ref] [ref]: https://evil.example",
    "image ![alt](https://evil.example/x.png) <img src=x onerror=alert(1)>",
    "html <script>alert(1)</script> <b>bold</b> </details></summary> <details open>",
    "comment <!-- redan:1 key=all --> <!-- a -- > -->",
    "emphasis *a* **b** _c_ __d__ ***e*** ~f~ ~~g~~ ==h== ^i^ ||j||",
    "code `x` ``y`` ```z``` ~~~",
    "pipes | a | b |\n| --- | --- |\n| c | d |",
    "heading\n# one\n## two\n===\n---\n***",
    "quote\n> quoted\n> [!WARNING]\n> alert",
    "list\n- a\n+ b\n* c\n1. d\n2) e\n- [ ] task\n- [x] done",
    "fence\n```diff\n- a\n```\n~~~\nb\n~~~\n    indented",
    "command ::error file=x::y ::set-output name=a::b ##[error]z ::add-mask::q\n::stop-commands::t",
    "emoji :smile: :+1: :100: a:b:c",
    "math $x^2$ $$y$$ $`z`$ \\(a\\) \\[b\\]",
    "entities &amp; &#64; &lt;b&gt; &copy &#x40;octocat &commat;octocat",
    "backslash \\* \\@octocat \\# \\| \\\\ \\",
    "bidi \u{202e}gnp.exe\u{202c} \u{2066}x\u{2069} \u{200b}zero\u{feff} \u{1b}[31mred\u{1b}[0m \u{7}\u{0}",
    "footnote [^1] [^1]: note and ^[inline]",
    "quotes \"a\" 'b' \u{201c}c\u{201d} -- ... (c)",
    "newlines\r\n\r\nparagraph\u{2028}line\u{b}tab\tend\n",
    "wiki [[page]] {{template}} {% raw %} %{x} ${{ secrets.TOKEN }} $(id) `id`",
    "- dash first",
    "+ plus first",
    "# hash first",
    "1. number first",
    "=== rule first",
    "> angle first",
    "    spaces first",
    "::notice::colons first",
    "@at-first",
    "|pipe|first|",
    "<!-- redan:1 key=all -->first",
    "</summary></details>first",
    "資産 été עברית first",
    "\\",
    "`",
    "<",
    "@",
    "#",
];

/// Everything GitHub knows, and what other hosts know besides.
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.inline_footnotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_latex = true;
    extension.math_code = true;
    extension.multiline_block_quotes = true;
    extension.wikilinks_title_after_pipe = true;
    extension.superscript = true;
    extension.subscript = true;
    extension.spoiler = true;
    extension.highlight = true;
    extension.front_matter_delimiter = Some("---".to_owned());
    options.parse.relaxed_tasklist_matching = true;
    options.parse.relaxed_autolinks = true;
    options
}

/// What a reader of a body sees.
#[derive(Debug, Default)]
pub struct Seen {
    /// Every text outside of code, one a line.
    pub text: String,
    /// Kinds of nodes, and tags.
    pub kinds: BTreeSet<String>,
    opened: isize,
    /// Between tags of code, where a host looks for no commits.
    code: bool,
}

/// Renders a body and looks at what it became. Panics when anything is there that we never write.
pub fn seen(body: &str) -> Seen {
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options());
    let mut seen = Seen::default();
    seen.walk(root);
    assert_eq!(seen.opened, 0, "a fold is not closed in\n{body}");
    assert_innocent(&seen.text);
    seen
}

impl Seen {
    fn walk<'a>(&mut self, node: Node<'a>) {
        let value = node.data.borrow().value.clone();
        match &value {
            NodeValue::Text(text) => self.said(text),
            NodeValue::HtmlInline(tag) => self.tag(tag),
            NodeValue::HtmlBlock(block) => self.block(&block.literal),
            NodeValue::SoftBreak => panic!("a line goes on in the next"),
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::Code(_)
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Heading(_)
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell => {}
            other => panic!("a text became {other:?}"),
        }
        if let NodeValue::Heading(heading) = &value {
            assert_eq!(heading.level, 3, "a heading that is not ours");
        }
        self.kinds.insert(kind(&value));
        node.children().for_each(|child| self.walk(child));
        if value.block() {
            self.text.push('\n');
        }
    }

    fn tag(&mut self, tag: &str) {
        let known = ["<b>", "</b>", "<ins>", "</ins>", "<del>", "</del>", "<code>", "</code>", "<br>"];
        assert!(known.contains(&tag), "a tag that is not ours: {tag}");
        self.code = tag == "<code>" || (self.code && tag != "</code>");
        // What stands on both sides of a tag is never read together; a commit in code is one text with what is around it.
        self.text.push(if tag.ends_with("code>") { '\u{200b}' } else { '\u{1}' });
    }

    fn said(&mut self, text: &str) {
        let mut hex = 0;
        for c in text.chars() {
            hex = if self.code && c.is_ascii_hexdigit() { hex + 1 } else { 0 };
            if hex == 7 {
                self.text.push('\u{200b}');
                hex = 1;
            }
            self.text.push(c);
        }
    }

    /// A fold: its summary is text between tags, where Markdown means nothing.
    fn block(&mut self, html: &str) {
        let html = html.trim();
        if html == "</details>" {
            self.opened -= 1;
            return;
        }
        let summary = html.strip_prefix("<details>\n<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
        let summary = summary.unwrap_or_else(|| panic!("HTML that is not ours: {html}"));
        self.opened += 1;
        let mut rest = summary;
        while let Some(at) = rest.find('<') {
            self.said(&decoded(&rest[..at]));
            let end = rest[at..].find('>').expect("tags close") + at + 1;
            self.tag(&rest[at..end]);
            rest = &rest[end..];
        }
        self.said(&decoded(rest));
        self.text.push('\n');
    }
}

fn kind(value: &NodeValue) -> String {
    let name = format!("{value:?}");
    name.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}

/// The entities that a browser would decode; anything else that looks like one is a text that got through.
fn decoded(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').unwrap_or_else(|| panic!("a bare & in {html}")) + at;
        let entity = &rest[at + 1..end];
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => {
                let code = entity.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32);
                code.unwrap_or_else(|| panic!("an entity that is not ours: &{entity};"))
            }
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// What a host looks for in text once Markdown is done.
fn assert_innocent(text: &str) {
    let chars: Vec<char> = text.chars().collect();
    let word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric());
    let starts = |at: usize, what: &str| {
        what.chars().enumerate().all(|(nth, c)| chars.get(at + nth).is_some_and(|d| d.to_ascii_lowercase() == c))
    };
    let show = |at: usize| chars[at.saturating_sub(10)..(at + 20).min(chars.len())].iter().collect::<String>();
    let mut hex = 0;
    for at in 0..chars.len() {
        assert!(!(chars[at] == '@' && word(at + 1)), "a mention: {}", show(at));
        assert!(!(chars[at] == '#' && word(at + 1)), "a reference: {}", show(at));
        assert!(!(starts(at, "gh-") && word(at + 3)), "a reference: {}", show(at));
        assert!(!starts(at, "::"), "a command: {}", show(at));
        assert!(!starts(at, "##["), "a command: {}", show(at));
        assert!(!starts(at, "://"), "an address: {}", show(at));
        assert!(!(starts(at, "www.") && word(at + 4)), "an address: {}", show(at));
        assert!(!emoji(&chars[at..]), "an emoji: {}", show(at));
        hex = if chars[at].is_ascii_hexdigit() { hex + 1 } else { 0 };
        assert!(hex < 7, "a commit: {}", show(at));
        let steers = chars[at].is_control() && !['\n', '\u{1}'].contains(&chars[at]);
        let hides = matches!(chars[at], '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{200e}' | '\u{200f}');
        assert!(!steers && !hides, "a character that steers: {}", show(at));
    }
}

fn emoji(chars: &[char]) -> bool {
    let name = chars.iter().skip(1).take_while(|c| c.is_ascii_alphanumeric() || "+-_".contains(**c)).count();
    let time = chars.iter().skip(1).take(name).all(char::is_ascii_digit);
    chars.first() == Some(&':') && name > 0 && !time && chars.get(name + 1) == Some(&':')
}
