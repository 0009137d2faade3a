//! What is to be done about our comment: a value, worked out from the comments there are.

use crate::remote::Comment;

/// How to know our comment.
#[derive(Debug, Clone)]
pub struct Mine<'a> {
    /// What its body starts with.
    pub marker: &'a str,
    /// People whose comments are taken for ours too, where we post with a personal token.
    pub people: &'a [String],
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub act: Act,
    /// Younger comments of ours that say the same thing twice.
    pub drop: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Our comment says it already, or there is nothing to say and nobody was told anything.
    Nothing,
    Post(String),
    Edit {
        id: u64,
        body: String,
    },
}

/// Our comments, oldest first. A person who starts a comment with our marker keeps it.
pub fn ours<'c>(mine: &Mine<'_>, comments: &'c [Comment]) -> Vec<&'c Comment> {
    let known = |comment: &&Comment| {
        let author = &comment.author;
        comment.body.starts_with(mine.marker) && (author.bot || mine.people.contains(&author.login))
    };
    let mut ours: Vec<&Comment> = comments.iter().filter(known).collect();
    ours.sort_by_key(|comment| comment.id);
    ours
}

/// `say` gives the new body for the body that is there, or `None` when nobody has to be told anything.
pub fn plan(mine: &Mine<'_>, comments: &[Comment], say: impl Fn(Option<&str>) -> Option<String>) -> Plan {
    let ours = ours(mine, comments);
    let oldest = ours.first();
    let act = match (oldest, say(oldest.map(|comment| comment.body.as_str()))) {
        (None, Some(body)) => Act::Post(body),
        (Some(there), Some(body)) if !same(&there.body, &body) => Act::Edit { id: there.id, body },
        _ => Act::Nothing,
    };
    Plan { act, drop: ours.iter().skip(1).map(|comment| comment.id).collect() }
}

/// A host may change the ends of lines and of the whole text.
fn same(there: &str, body: &str) -> bool {
    there.replace("\r\n", "\n").trim_end() == body.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::Author;

    const MINE: Mine<'_> = Mine { marker: "<!-- redan:1 key=all -->", people: &[] };

    fn comment(id: u64, login: &str, bot: bool, body: &str) -> Comment {
        let author = Author { login: login.to_owned(), bot };
        Comment { id, body: body.to_owned(), author, url: String::new() }
    }

    fn planned(comments: &[Comment], body: Option<&str>) -> Plan {
        plan(&MINE, comments, |_| body.map(str::to_owned))
    }

    #[test]
    fn nothing_to_say_and_nobody_told_is_silence() {
        let people = [comment(1, "ada", false, "hello")];
        assert_eq!(planned(&people, None), Plan { act: Act::Nothing, drop: vec![] });
    }

    #[test]
    fn equal_bodies_are_not_written_again() {
        let there = [comment(5, "github-actions[bot]", true, "<!-- redan:1 key=all -->\r\nfine\r\n")];
        assert_eq!(planned(&there, Some("<!-- redan:1 key=all -->\nfine")).act, Act::Nothing);
        let body = "<!-- redan:1 key=all -->\nbad".to_owned();
        assert_eq!(planned(&there, Some(&body)).act, Act::Edit { id: 5, body });
    }

    #[test]
    fn the_oldest_of_ours_stays() {
        let body = "<!-- redan:1 key=all -->\nfine";
        let all = [comment(9, "b", true, body), comment(4, "a", true, body), comment(7, "b", true, body)];
        assert_eq!(planned(&all, Some(body)), Plan { act: Act::Nothing, drop: vec![7, 9] });
    }

    #[test]
    fn people_and_other_keys_are_left_alone() {
        let quoted = "<!-- redan:1 key=all -->\nlook at this";
        let all = [
            comment(1, "ada", false, quoted),
            comment(2, "bot", true, "> <!-- redan:1 key=all -->"),
            comment(3, "bot", true, "<!-- redan:1 key=payments -->"),
        ];
        assert_eq!(planned(&all, Some("x")), Plan { act: Act::Post("x".to_owned()), drop: vec![] });
        let ada = ["ada".to_owned()];
        let known = Mine { people: &ada, ..MINE };
        let plan = plan(&known, &all, |_| Some(quoted.to_owned()));
        assert_eq!(plan, Plan { act: Act::Nothing, drop: vec![] });
    }
}
