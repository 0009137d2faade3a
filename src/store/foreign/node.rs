//! Files of other tools in one shape: words, lists and tables, each with its line.

/// Lists and tables inside each other, at most.
pub(super) const DEEPEST: usize = 64;

/// A value and where it stands; what a table holds stands where its key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// From 1.
    pub line: usize,
    pub value: Leaf,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    Nothing,
    /// Whatever is no list and no table, as it is written.
    Word(String),
    List(Vec<Node>),
    /// In the order of the file. A key may be there more than once, as a block in HCL is.
    Table(Vec<(String, Node)>),
}

/// Why a text is not read: a sentence, and its line from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub line: usize,
    pub message: String,
}

impl Node {
    pub fn new(line: usize, value: Leaf) -> Node {
        Node { line, value }
    }

    /// What stands under a key, also where a YAML merge key brings it.
    pub fn at(&self, key: &str) -> Option<&Node> {
        let own = self.all(key).next();
        let merged = || {
            let brought = self.all("<<").flat_map(|node| match &node.value {
                Leaf::List(items) => items.as_slice(),
                _ => std::slice::from_ref(node),
            });
            brought.filter(|node| node.all("<<").next().is_none()).find_map(|node| node.all(key).next())
        };
        own.or_else(merged)
    }

    /// Everything that stands under a key.
    pub fn all<'n>(&'n self, key: &str) -> impl Iterator<Item = &'n Node> {
        self.rows().iter().filter(move |(own, _)| own == key).map(|(_, node)| node)
    }

    /// What a path of keys leads to.
    pub fn down(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.at(key))
    }

    pub fn word(&self) -> Option<&str> {
        match &self.value {
            Leaf::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The items of a list; of anything else, none.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Leaf::List(items) => items,
            _ => &[],
        }
    }

    /// The rows of a table; of anything else, none.
    pub fn rows(&self) -> &[(String, Node)] {
        match &self.value {
            Leaf::Table(rows) => rows,
            _ => &[],
        }
    }

    /// Keys of a table, or words of a list: what many formats let one write either way.
    pub fn names(&self) -> Vec<(&str, usize)> {
        let keys = self.rows().iter().map(|(key, node)| (key.as_str(), node.line));
        let words = self.items().iter().filter_map(|item| Some((item.word()?, item.line)));
        keys.chain(words).collect()
    }

    /// Every word below, with its line.
    pub fn words(&self) -> Vec<(&str, usize)> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            found.extend(node.word().map(|word| (word, node.line)));
            open.extend(node.items());
            open.extend(node.rows().iter().map(|(_, node)| node));
        }
        found.sort_by_key(|(_, line)| *line);
        found
    }
}

/// Bytes of a text as lines.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Lines {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte) + 1
    }
}
