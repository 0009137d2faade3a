//! What is known of publishers, so that every file of one framework gives the same pack.

use crate::comply::{Name, Pack};

/// Frameworks by the beginning of their ID: title, publisher, licence.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    ("asvs", "Application Security Verification Standard", "OWASP Foundation", "CC-BY-SA-4.0"),
    ("masvs", "Mobile Application Security Verification Standard", "OWASP Foundation", "CC-BY-SA-4.0"),
    ("scvs", "Software Component Verification Standard", "OWASP Foundation", "CC-BY-SA-4.0"),
    ("opencre", "OpenCRE", "OWASP Foundation", "CC0-1.0"),
    ("csf", "Cybersecurity Framework", "National Institute of Standards and Technology", "NIST-PD"),
    ("ssdf", "Secure Software Development Framework", "National Institute of Standards and Technology", "NIST-PD"),
    ("sp800-53", "Security and Privacy Controls", "National Institute of Standards and Technology", "NIST-PD"),
    (
        "sp800-171",
        "Protecting Controlled Unclassified Information",
        "National Institute of Standards and Technology",
        "NIST-PD",
    ),
];

/// How people name an entry of OpenCRE: `CRE 027-555`.
const ENTRY: &str = r"(?i)\bcre[ :-]?(?<id>\d{3}-\d{3})\b";

/// Profiles of SP 800-53 by the word in their titles. One with its controls written out has that in its name: `sp800-53-low`.
pub(super) const BASELINES: [&str; 4] = ["low", "moderate", "high", "privacy"];

/// Fills in what every file of the publisher agrees about, and some of them leave out.
pub(super) fn known(pack: &mut Pack) {
    let profile = |id: &str| {
        let set = pack.name.id.strip_prefix(id)?.strip_prefix('-')?;
        BASELINES.contains(&set).then(|| format!(", {set} baseline"))
    };
    let known = KNOWN.iter().find(|(id, ..)| *id == pack.name.id || profile(id).is_some());
    let Some((id, title, publisher, licence)) = known else { return };
    let title = &format!("{title}{}", profile(id).unwrap_or_default());
    pack.title.clone_from(title);
    pack.publisher = (*publisher).to_owned();
    pack.licence = (*licence).to_owned();
    pack.attribution = format!("{title} {}, {publisher}, {licence}", pack.name.version);
    if pack.name.id == "opencre" {
        pack.aliases = vec![ENTRY.to_owned()];
    }
}

/// The name that a publisher's file name says: tables of ASVS have none inside.
pub(super) fn from_file(file: &str) -> Option<Name> {
    let (_, rest) = file.split_once("Application_Security_Verification_Standard_")?;
    let version: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    Name::parse(&format!("asvs@{}", version.trim_end_matches('.')))
}

/// `Secure Software Development Framework (SSDF) Version 1.1` is `ssdf`; a title without an acronym is its own slug.
pub(super) fn from_title(title: &str, version: &str) -> Option<Name> {
    let acronym = title.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
    let acronym = acronym.filter(|inner| inner.len() <= 12 && !inner.contains(' '));
    let id = match acronym {
        Some(acronym) => acronym.to_lowercase(),
        None => series(title).unwrap_or_else(|| crate::text::slug(title)),
    };
    Name::parse(&format!("{id}@{}", version.trim_start_matches('v')))
}

/// `NIST Special Publication 800-53 Revision 5: …` is `sp800-53`.
fn series(title: &str) -> Option<String> {
    if title.contains("Cybersecurity Framework") {
        return Some("csf".to_owned());
    }
    let (_, rest) = title.split_once("Special Publication ")?;
    let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    Some(format!("sp{number}"))
}
