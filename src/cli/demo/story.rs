//! What the demo shows, step by step.

use super::stage::Stage;
use crate::cli::failure::Failure;

const MODEL: &str = "threat-models/payment-gateway-api/model.toml";
const CONTROLS: &str = "threat-models/payment-gateway-api/controls.toml";

/// The model of `examples/payment-api`, carried along so that the demo needs no files.
const EXAMPLE: [(&str, &str); 2] = [
    (MODEL, include_str!("../../../examples/payment-api/threat-models/payment-gateway-api/model.toml")),
    (CONTROLS, include_str!("../../../examples/payment-api/threat-models/payment-gateway-api/controls.toml")),
];

/// Tells it all.
pub fn tell(stage: &mut Stage<'_>) -> Result<(), Failure> {
    begin(stage)?;
    lifecycle(stage)?;
    revival(stage)?;
    reuse(stage)?;
    rewrite(stage)?;
    across(stage)?;
    parallel(stage)?;
    assurance(stage)
}

fn begin(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("A repository, and a threat model in it")?;
    stage.git(&["init", "--quiet"])?;
    stage.redan(0, &["init"])?;
    for (path, text) in EXAMPLE {
        let text = text.replace("../../../../schema/", "../.schema/");
        stage.write(path, &text, "the payment example")?;
    }
    stage.redan(0, &["list"])?;
    stage.redan(0, &["check"])?;
    stage.say("Rows that do not say what they were decided about are stamped; such fixes are safe")?;
    stage.redan(0, &["fix"])?;
    stage.git(&["add", "."])?;
    stage.git(&["commit", "--quiet", "-m", "Add the threat model of the payment gateway"])
}

fn lifecycle(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("Honest rewording passes; ratings are revised, never overwritten")?;
    stage.redan(
        0,
        &["edit", "A9", "--set", "description=Daily files of cleared transactions, exchanged with the acquirer"],
    )?;
    stage.redan(
        0,
        &["rate", "A1", "--set", "blast_radius=isolated", "--reason", "tokens are now bound to one merchant"],
    )?;
    stage.say("Removal leaves a tombstone: the ID is never used again, objectives wait")?;
    stage.redan(0, &["remove", "A9", "--reason", "moved to the acquirer"])?;
    stage.git(&["commit", "--quiet", "-am", "Retire A9"])
}

fn revival(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("Restoring brings back the ID with every control that hung on it")?;
    stage.redan(0, &["restore", "A9", "--dry-run"])?;
    stage.say("Adding it again by name finds the tombstone and revives it")?;
    stage.redan(
        0,
        &[
            "add",
            "asset",
            "--name",
            "Settlement file",
            "--description",
            "Daily files of cleared transactions exchanged with the acquirer",
        ],
    )?;
    stage.git(&["commit", "--quiet", "-am", "A9 is back"])
}

fn reuse(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("A reuse by hand is caught: A9 was published, and now means another thing")?;
    let before = stage.read(MODEL)?;
    stage.write(
        MODEL,
        &before.replace("name = \"Settlement files\"", "name = \"Marketing newsletter\""),
        "A9 becomes something else",
    )?;
    stage.redan(1, &["check"])?;
    stage.write(MODEL, &before, "taken back")?;
    stage.redan(0, &["check"])
}

fn rewrite(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("The same by command is refused, with what to do instead")?;
    stage.redan(1, &["edit", "A1", "--set", "name=CI attestation bundle"])
}

/// The number comes back when neither HEAD nor its parent remembers it.
fn across(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("A reuse across commits: a table is deleted in one, and its number is taken again in a later one")?;
    let without = stage.read(MODEL)?;
    let (name, words) = ("Onboarding interviews", "Video recordings in which owners of shops prove who they are");
    stage.redan(0, &["add", "asset", "--name", name, "--description", words, "--properties", "I"])?;
    stage.git(&["commit", "--quiet", "-am", "Add the onboarding interviews"])?;
    let with = stage.read(MODEL)?;
    stage.write(MODEL, &without, "its table is deleted")?;
    stage.git(&["commit", "--quiet", "-am", "Clean up"])?;
    let other = with.replace(name, "Marketing newsletter").replace(words, "The mail that goes to every merchant");
    stage.write(MODEL, &other, "A17 again, for something else")?;
    stage.git(&["commit", "--quiet", "-am", "Add the newsletter"])?;
    stage.say("The last commit and the one before it know nothing of the old A17. History does")?;
    stage.redan(1, &["check"])?;
    stage.redan(0, &["history", "audit", "--id", "A17"])?;
    stage.say("The old one comes back as removed, the newcomer gets a number of its own and inherits nothing")?;
    stage.redan(0, &["fix", "--rule", "id_reused", "--reason", "one number, one thing"])?;
    stage.redan(0, &["check"])?;
    stage.git(&["commit", "--quiet", "-am", "One number, one thing"])
}

const RIVAL: &str = "\
[assets.A19]
name = \"Fraud rules\"
description = \"What makes the gateway refuse a charge\"
properties = { C = \"high\", I = \"high\" }

[assets.A1]
";

fn parallel(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("Two branches take one number: each is right on its own")?;
    stage.git(&["switch", "--quiet", "--create", "refunds"])?;
    let added = ["add", "asset", "--name", "Refund queue", "--description", "Payments that wait to be sent back"];
    stage.redan(0, &[&added[..], &["--properties", "I"]].concat())?;
    stage.git(&["commit", "--quiet", "-am", "Add the refund queue"])?;
    stage.git(&["switch", "--quiet", "main"])?;
    let before = stage.read(MODEL)?;
    stage.write(MODEL, &before.replace("[assets.A1]\n", RIVAL), "in another clone, somebody adds an A19 too")?;
    stage.git(&["commit", "--quiet", "-am", "Add the fraud rules"])?;
    stage.say("The check of the merge sees it before anybody merges; the branch that is not published makes room")?;
    stage.redan(1, &["check", "--rev", "refunds", "--merge-with", "main"])?;
    stage.git(&["switch", "--quiet", "refunds"])?;
    stage.redan(0, &["renumber", "A19"])?;
    stage.git(&["commit", "--quiet", "-am", "Make room"])?;
    stage.redan(0, &["check", "--merge-with", "main"])?;
    stage.say("The pull request says what it changes, and what follows; a reviewer reads this as a comment")?;
    stage.redan(0, &["diff", "main...refunds", "--format", "markdown"])?;
    stage.git(&["merge", "--quiet", "-m", "Merge main", "main"])
}

fn assurance(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.say("What the model implies: where every objective stands, and why")?;
    stage.redan(0, &["assess"])?;
    stage.redan(0, &["matrix"])?;
    stage.say("What would help most, and what it takes")?;
    stage.redan(0, &["leverage"])?;
    stage.redan(0, &["status", "C41", "implemented"])?;
    stage
        .redan(0, &["attest", "AS3", "--statement", "The vendor's list has our firmware", "--expires", "2027-09-30"])?;
    stage.say("What stays open is somebody's decision, with a day on which it is looked at again")?;
    let accept = ["accept", "CO-A9-T7", "--owner", "head-of-platform@example.org", "--reason"];
    stage.redan(0, &[&accept[..], &["operators are four and known", "--review-by", "2027-05-31"]].concat())?;
    stage.say("What does not fit together is settled in one step")?;
    stage.redan(0, &["coherence"])?;
    stage.redan(0, &["resolve", "group_property_gap:A9", "--choose", "1"])?;
    stage.say("How it went, version by version")?;
    stage.redan(0, &["trend"])
}
