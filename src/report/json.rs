//! The envelope of every JSON answer: one object with the version of redan and of the schema.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use crate::model::Value;

/// A JSON answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answer<T> {
    /// The version of redan that answered.
    pub redan: &'static str,
    /// Name and number of this schema, such as `check/1`.
    pub schema: &'static str,
    #[serde(flatten)]
    pub body: T,
}

/// A JSON answer as pretty text with a final new line.
pub fn answer<T: Serialize>(schema: &'static str, body: T) -> Result<String, serde_json::Error> {
    let answer = Answer { redan: env!("CARGO_PKG_VERSION"), schema, body };
    serde_json::to_string_pretty(&answer).map(|text| text + "\n")
}

/// The same, written piece by piece: for answers that are large.
pub fn stream<T: Serialize>(to: &mut dyn Write, schema: &'static str, body: T) -> io::Result<()> {
    let answer = Answer { redan: env!("CARGO_PKG_VERSION"), schema, body };
    serde_json::to_writer_pretty(&mut *to, &answer)?;
    to.write_all(b"\n")
}

/// Every published schema of an answer, by file name without `.schema.json`.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("check-1", schema_for!(Answer<super::check::Check>)),
        ("ci-1", schema_for!(Answer<super::ci::Ci>)),
        ("ask-1", schema_for!(Answer<super::ask::Ask>)),
        ("assess-1", schema_for!(Answer<super::assess::Assess>)),
        ("coherence-1", schema_for!(Answer<super::check::Coherence>)),
        ("leverage-1", schema_for!(Answer<super::leverage::Leverage>)),
        ("design-leverage-1", schema_for!(Answer<super::leverage::Design>)),
        ("decisions-1", schema_for!(Answer<super::decisions::Decisions>)),
        ("act-1", schema_for!(Answer<super::act::Act>)),
        ("diff-1", schema_for!(Answer<super::diff::Diff>)),
        ("fix-1", schema_for!(Answer<super::fix::Fix>)),
        ("found-1", schema_for!(Answer<super::found::Found>)),
        ("list-1", schema_for!(Answer<super::list::List>)),
        ("log-1", schema_for!(Answer<super::log::Log>)),
        ("history-audit-1", schema_for!(Answer<super::ledger::Audit>)),
        ("history-status-1", schema_for!(Answer<super::vantage::Status>)),
        ("activity-1", schema_for!(Answer<super::activity::Activity>)),
        ("frameworks-1", schema_for!(Answer<super::comply::frameworks::Frameworks>)),
        ("framework-1", schema_for!(Answer<super::comply::frameworks::Framework>)),
        ("gaps-1", schema_for!(Answer<super::comply::gaps::Gaps>)),
        ("remedies-1", schema_for!(Answer<super::comply::remedies::Remedies>)),
        ("migration-1", schema_for!(Answer<super::comply::migration::Migration>)),
        ("mapping-1", schema_for!(Answer<super::comply::mapping::Mapping>)),
        ("ratings-1", schema_for!(Answer<super::ratings::Ratings>)),
        ("track-1", schema_for!(Answer<super::track::Track>)),
        ("trend-1", schema_for!(Answer<super::trend::Trend>)),
        ("sessions-1", schema_for!(Answer<super::sessions::Sessions>)),
        ("show-1", schema_for!(Answer<super::show::Show>)),
    ]
}

/// A value as JSON; dates and times are strings.
pub fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => text.clone().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::When(when) => when.to_string().into(),
        Value::List(items) => items.iter().map(self::value).collect(),
        Value::Table(table) => table.iter().map(|(key, item)| (key.clone(), self::value(item))).collect(),
    }
}
