//! What a field may hold, as data. One table drives the reader of files, the JSON Schemas, the
//! command line's `--set`, the format reference and the canonical form behind digests.

use super::{Factor, Kind};

/// A named field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key in the file and on the command line.
    pub name: &'static str,
    /// What it means, for people: hover text in an editor, the format reference.
    pub doc: &'static str,
    pub shape: Shape,
    pub role: Role,
}

/// What a field is to the lifecycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says *which* thing this is: the judge looks at it before an edit passes.
    Identity,
    /// Part of the structural digest; a change makes a version.
    Structural,
    /// Base factors: structural, written once, changed by a revision only.
    Rating,
    /// Append-only rows.
    Rows,
    /// Everything that makes no version: notes, status, names, what people decided.
    Note,
}

/// The grammar of a field's value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string on one line.
    Line,
    /// A string, any number of lines.
    Prose,
    Flag,
    /// A whole number, 0 or more.
    Count,
    /// A date, or a date and time in UTC.
    When,
    /// The first 12 hex digits of a digest.
    Digest,
    Choice(&'static [&'static str]),
    /// An ID of one of these kinds.
    Reference(&'static [Kind]),
    /// `*`, or what the inner shape says, or a list of it.
    Wild(&'static Shape),
    Set(&'static Shape),
    List(&'static Shape),
    /// `{ C = "high", I = "low" }`, or `["C", "I"]` while nobody rated them.
    Properties,
    /// Factor = level.
    Levels(&'static [Factor]),
    /// Asset = its attackers.
    Pairs,
    /// Group number or `depth` = pairs.
    Covers,
    /// Free keys (framework@version), each a table of these fields.
    Keyed(&'static [Field]),
    Table(&'static [Field]),
    /// An array of tables.
    Rows(&'static [Field]),
}
