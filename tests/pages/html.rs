//! Pages as HTML files: nothing but our own tags, and nothing that loads or runs.

use redan::render::{Block, Line, Page, html};

use super::hostile::TEXTS;
use super::markdown::TONES;

const TAGS: [&str; 24] = [
    "<p>",
    "</p>",
    "<h2>",
    "</h2>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<strong>",
    "</strong>",
    "<code>",
    "</code>",
    "<ins>",
    "</ins>",
    "<del>",
    "</del>",
    "<span class=\"dim\">",
    "<span class=\"good\">",
    "<span class=\"warning\">",
    "<span class=\"bad\">",
    "</span>",
    "<br>",
    "<details open>",
    "<summary>",
];
const MORE: [&str; 2] = ["</summary>", "</details>"];

#[test]
fn nothing_becomes_more_than_text() {
    for text in TEXTS {
        for tone in TONES {
            let line = || Line::of(tone, *text);
            let fold = Block::Fold(line(), vec![Block::Heading(line())]);
            let page = Page { blocks: vec![Block::Text(line()), Block::List(vec![line()]), fold] };
            let document = html(text, &page);
            let (head, body) = document.split_once("<body>").unwrap();
            assert!(head.contains("default-src 'none'") && !document.contains("<script"), "{document}");
            let mut rest = body.strip_suffix("</body>\n</html>\n").unwrap().to_owned();
            TAGS.iter().chain(&MORE).for_each(|tag| rest = rest.replace(tag, ""));
            assert!(!rest.contains('<') && !rest.contains('>'), "{rest}");
            assert!(!rest.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{rest:?}");
        }
    }
}
