//! A page: what a subject has to say, before any format.

/// A page of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub blocks: Vec<Block>,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(Line),
    Text(Line),
    List(Vec<Line>),
    Table(Table),
    /// A line with more behind it, for those who want it.
    Fold(Line, Vec<Block>),
}

/// Rows under optional column heads; every row has as many cells as the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Line>>,
}

/// One line of spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Span>);

/// Text with a tone. The text may be anybody's: formats neutralise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
    /// Where the text leads; an address of ours, never one from a file.
    pub address: Option<String>,
}

/// What a span means; every format shows it in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Id,
    Added,
    Removed,
    /// Words that came into a text, marked even where there is no colour.
    Inserted,
    /// Words that left a text, marked likewise.
    Deleted,
    Good,
    Warning,
    Bad,
    /// Something to type: a command of ours.
    Command,
}

impl Line {
    pub fn plain(text: impl Into<String>) -> Line {
        Line::default().and(Tone::Plain, text)
    }

    pub fn of(tone: Tone, text: impl Into<String>) -> Line {
        Line::default().and(tone, text)
    }

    #[must_use]
    pub fn and(mut self, tone: Tone, text: impl Into<String>) -> Line {
        self.0.push(Span { text: text.into(), tone, address: None });
        self
    }

    /// A sentence of ours, in which names and commands stand between backticks: they become code. What is between them may be
    /// anybody's, and a backtick without a partner stays one.
    #[must_use]
    pub fn sentence(mut self, tone: Tone, text: &str) -> Line {
        let mut rest = text;
        while let Some((before, (code, after))) =
            rest.split_once('`').and_then(|(before, inner)| Some((before, inner.split_once('`')?)))
        {
            self = self.and(tone, before).and(if code.is_empty() { tone } else { Tone::Command }, code);
            rest = after;
        }
        self.and(tone, rest)
    }

    /// Text that leads somewhere, where the format has links.
    #[must_use]
    pub fn link(mut self, text: impl Into<String>, address: Option<String>) -> Line {
        self.0.push(Span { text: text.into(), tone: Tone::Plain, address });
        self
    }
}

impl Page {
    pub fn heading(&mut self, line: Line) {
        self.blocks.push(Block::Heading(line));
    }

    pub fn text(&mut self, line: Line) {
        self.blocks.push(Block::Text(line));
    }

    /// Adds a list, or nothing when it is empty.
    pub fn list(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::List(lines));
        }
    }

    /// Adds a line with more behind it, or the line alone when there is no more.
    pub fn fold(&mut self, line: Line, more: Page) {
        match more.blocks.is_empty() {
            true => self.text(line),
            false => self.blocks.push(Block::Fold(line, more.blocks)),
        }
    }

    /// Adds a table, or nothing when it has no rows.
    pub fn table(&mut self, head: &[&'static str], rows: Vec<Vec<Line>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Table { head: head.to_vec(), rows }));
        }
    }
}
