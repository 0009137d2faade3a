//! The members of a list or an inline table with everything between them: spaces, line ends, commas
//! and comments stay where they are when members come and go.

use std::ops::Range;

/// A bracketed sequence taken apart.
pub(super) struct Sequence {
    open: String,
    pieces: Vec<Piece>,
    /// Whether a comma follows the last member.
    comma: bool,
    /// Between the last member and the closing bracket.
    trail: String,
    close: String,
    eol: &'static str,
}

/// A member: what leads to it, itself, what stands between it and its comma, and the comment behind
/// the comma that speaks about it.
struct Piece {
    lead: String,
    body: String,
    tail: String,
    post: String,
}

impl Piece {
    /// The comments above and behind it, each as it stood; empty without one.
    fn comments(&self) -> String {
        let above = if self.lead.contains('#') { self.lead.trim_end() } else { "" };
        let behind = [&self.tail, &self.post].map(|text| if text.contains('#') { text.trim() } else { "" });
        let behind = behind.into_iter().filter(|text| !text.is_empty());
        let lead = own_line(&self.lead);
        behind.fold(above.to_owned(), |kept, comment| kept + &lead + comment)
    }
}

impl Sequence {
    /// `span` is the value with its brackets, `members` are the bytes of its members in order.
    pub(super) fn read(text: &str, span: &Range<usize>, members: &[Range<usize>], eol: &'static str) -> Sequence {
        let inner = span.start + 1..span.end - 1;
        let mut sequence = Sequence {
            open: text[span.start..inner.start].to_owned(),
            pieces: Vec::new(),
            comma: false,
            trail: String::new(),
            close: text[inner.end..span.end].to_owned(),
            eol,
        };
        let mut done = inner.start;
        for member in members {
            let lead = sequence.gap(&text[done..member.start]);
            let body = text[member.clone()].to_owned();
            sequence.pieces.push(Piece { lead, body, tail: String::new(), post: String::new() });
            done = member.end;
        }
        sequence.trail = sequence.gap(&text[done..inner.end]);
        sequence
    }

    /// Gives the last piece what belongs to it of the text behind it; the rest is handed back.
    fn gap(&mut self, gap: &str) -> String {
        let Some(last) = self.pieces.last_mut() else { return gap.to_owned() };
        let comma = comma(gap);
        self.comma = comma.is_some();
        let rest = match comma {
            Some(at) => {
                gap[..at].clone_into(&mut last.tail);
                &gap[at + 1..]
            }
            None => gap,
        };
        let (post, rest) = rest.split_at(comment_behind(rest));
        post.clone_into(&mut last.post);
        rest.to_owned()
    }

    pub(super) fn replace(&mut self, at: usize, body: String) {
        self.pieces[at].body = body;
    }

    pub(super) fn insert(&mut self, at: usize, body: String) {
        let lead = match self.pieces.len() {
            0 => self.first_lead(),
            _ if at == 0 => self.front_lead(),
            1 => next_lead(&self.pieces[0].lead),
            count => own_line(&self.pieces[at.min(count - 1)].lead),
        };
        self.pieces.insert(at, Piece { lead, body, tail: String::new(), post: String::new() });
    }

    fn first_lead(&mut self) -> String {
        if self.trail.contains('#') {
            self.comma = true;
            let lead = format!("{}{}  ", self.trail.trim_end(), self.eol);
            self.eol.clone_into(&mut self.trail);
            return lead;
        }
        let pad = if self.open == "{" { " " } else { "" };
        pad.clone_into(&mut self.trail);
        pad.to_owned()
    }

    /// A comment behind the opening bracket stays there, one above the first member stays above it.
    fn front_lead(&mut self) -> String {
        let first = &mut self.pieces[0];
        if !first.lead.contains('\n') {
            return std::mem::replace(&mut first.lead, " ".to_owned());
        }
        let own = own_line(&first.lead);
        let (behind, rest) = first.lead.split_at(comment_behind(&first.lead));
        let lead = format!("{behind}{own}");
        first.lead = rest.to_owned();
        lead
    }

    /// Takes a member out; comments that stood beside it stay.
    pub(super) fn remove(&mut self, at: usize) {
        let gone = self.pieces.remove(at);
        let count = self.pieces.len();
        let kept = gone.comments();
        let eol = self.eol;
        let after = self.pieces.get_mut(at).map_or(&mut self.trail, |next| &mut next.lead);
        match kept.is_empty() {
            false if after.contains('\n') => after.insert_str(0, &kept),
            false => *after = format!("{kept}{eol}{after}"),
            true if count == 0 && !after.contains('#') => after.clear(),
            true if at < count && !after.contains('#') => *after = gone.lead,
            true => {}
        }
        self.comma &= count > 0;
    }

    pub(super) fn into_text(self) -> String {
        let mut text = self.open;
        let count = self.pieces.len();
        for (at, piece) in self.pieces.into_iter().enumerate() {
            let comma = if at + 1 < count || self.comma { "," } else { "" };
            text.extend([&piece.lead, &piece.body, &piece.tail, comma, &piece.post]);
        }
        text + &self.trail + &self.close
    }
}

fn comma(gap: &str) -> Option<usize> {
    let mut comment = false;
    gap.bytes().position(|byte| {
        comment = byte == b'#' || (comment && byte != b'\n');
        byte == b',' && !comment
    })
}

/// How far a comment on the rest of the line reaches, without the line end; 0 without one.
fn comment_behind(rest: &str) -> usize {
    let line = rest.find('\n').map_or(rest, |end| rest[..end].trim_end_matches('\r'));
    if line.contains('#') { line.len() } else { 0 }
}

/// What leads to one more member on a line of its own, or beside the others.
fn own_line(lead: &str) -> String {
    let Some(newline) = lead.rfind('\n') else { return lead.to_owned() };
    let start = if lead[..newline].ends_with('\r') { newline - 1 } else { newline };
    lead[start..].to_owned()
}

fn next_lead(first: &str) -> String {
    if first.contains('\n') { own_line(first) } else { " ".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl Fn(&mut Sequence)) -> String {
        let tree = format!("x = {text}");
        let document = toml_edit::Document::parse(tree.as_str()).expect("TOML");
        let array = document["x"].as_array().expect("an array");
        let members: Vec<_> = array.iter().map(|item| item.span().expect("parsed")).collect();
        let mut sequence = Sequence::read(&tree, &array.span().expect("parsed"), &members, "\n");
        edit(&mut sequence);
        sequence.into_text()
    }

    #[test]
    fn members_on_one_line_come_and_go() {
        assert_eq!(edited("[1, 2]", |s| s.insert(2, "3".into())), "[1, 2, 3]");
        assert_eq!(edited("[1, 2]", |s| s.insert(0, "0".into())), "[0, 1, 2]");
        assert_eq!(edited("[ 1 ]", |s| s.insert(1, "2".into())), "[ 1, 2 ]");
        assert_eq!(edited("[1,2]", |s| s.insert(1, "9".into())), "[1,9,2]");
        assert_eq!(edited("[]", |s| s.insert(0, "1".into())), "[1]");
        assert_eq!(edited("[1, 2]", |s| s.remove(0)), "[2]");
        assert_eq!(edited("[1, 2 ]", |s| s.remove(1)), "[1 ]");
        assert_eq!(edited("[ 1, ]", |s| s.remove(0)), "[]");
    }

    #[test]
    fn comments_stay_where_they_speak() {
        let text = "[ # all\n  1,  # one\n  # about two\n  2,  # two\n  3  # three\n]";
        assert_eq!(edited(text, |s| s.remove(1)), "[ # all\n  1,  # one\n  # about two\n  # two\n  3  # three\n]");
        assert_eq!(edited(text, |s| s.remove(2)), "[ # all\n  1,  # one\n  # about two\n  2  # two\n  # three\n]");
        assert_eq!(
            edited(text, |s| s.insert(3, "4".into())),
            "[ # all\n  1,  # one\n  # about two\n  2,  # two\n  3,  # three\n  4\n]"
        );
        assert_eq!(
            edited(text, |s| s.insert(0, "0".into())),
            "[ # all\n  0,\n  1,  # one\n  # about two\n  2,  # two\n  3  # three\n]"
        );
    }
}
