use proptest::prelude::*;

use super::file::beneath;
use super::signs::{Signs, words};
use super::*;
use crate::suggest::knowledge;

#[test]
fn every_name_of_the_tables_leads_somewhere() {
    let signs = Signs::load().unwrap();
    let all = knowledge();
    for table in [&signs.images, &signs.frameworks, &signs.clients, &signs.resources] {
        assert_eq!(
            table.kinds.iter().filter(|key| all.component(key).is_none()).copied().collect::<Vec<&str>>(),
            [""; 0]
        );
    }
    assert_eq!(
        signs.fields.kinds.iter().filter(|key| all.asset(key).is_none()).copied().collect::<Vec<&str>>(),
        [""; 0]
    );
    // Where a name may be of two kinds, what the file is about has to tell.
    let plain = |(name, kinds): &(&str, &[&str])| {
        kinds.len() > 2 || kinds.iter().filter(|kind| all.theme(kind, name).is_none()).count() > 1
    };
    assert_eq!(signs.fields.twice().filter(plain).collect::<Vec<_>>(), []);
    for table in [&signs.images, &signs.frameworks, &signs.clients, &signs.resources] {
        assert_eq!(table.twice().count(), 0);
    }
    for subject in pipeline::subjects() {
        let known = match subject {
            Subject::Component(key) => all.component(key).is_some(),
            Subject::Asset(key) => all.asset(key).is_some(),
            Subject::Attacker(key) => all.attacker(key).is_some(),
            Subject::Lack(_) => false,
        };
        assert!(known, "{subject:?}");
    }
}

/// What the table says has to be what names are taken apart to, or nothing ever meets it.
#[test]
fn names_of_fields_are_written_as_they_are_looked_up() {
    let fields = Signs::load().unwrap().fields;
    let odd: Vec<&str> = fields.all().filter(|name| words(name).join(" ") != **name).collect();
    assert_eq!(odd, [""; 0]);
}

#[test]
fn names_in_code_are_taken_apart() {
    for (name, parts) in [
        ("customer_emails", "customer email"),
        ("customerEmails", "customer email"),
        ("CustomerEmail", "customer email"),
        ("STRIPE_SECRET_KEY", "stripe secret key"),
        ("card-last4", "card last4"),
        ("", ""),
        ("支付_emails", "支付 email"),
    ] {
        assert_eq!(words(name).join(" "), parts, "{name}");
    }
}

#[test]
fn a_file_is_what_its_path_says() {
    for (path, wanted) in [
        ("compose.yaml", Some(Format::Compose)),
        ("deploy/docker-compose.prod.yml", Some(Format::Compose)),
        (".github/workflows/ci.yml", Some(Format::Pipeline)),
        (".github/dependabot.yml", None),
        ("infra/main.tf", Some(Format::Terraform)),
        ("services/a/go.mod", Some(Format::Manifest)),
        ("package-lock.json", None),
        ("tests/fixtures/compose.yaml", None),
        ("api/v1/orders.proto", Some(Format::Proto)),
        ("README.md", None),
        ("Makefile", None),
    ] {
        assert_eq!(format(path), wanted, "{path}");
    }
}

#[test]
fn paths_stay_in_the_repository() {
    for (folder, path, wanted) in [
        ("", "./api", Some("api")),
        ("deploy", "../api", Some("api")),
        ("deploy", "../../api", None),
        ("", "/etc", None),
        ("", "https://example.org/x.git", None),
        ("", ".", Some("")),
    ] {
        assert_eq!(beneath(folder, path).as_deref(), wanted, "{folder} {path}");
    }
}

/// Pieces of every format, put together at random.
const PIECES: &[&str] = &[
    "services:\n",
    "  web:\n",
    "    image: postgres:16\n",
    "    ports: [\"80:80\"]\n",
    "apiVersion: v1\nkind: Secret\n",
    "---\n",
    "- ",
    "&a ",
    "*a ",
    "<<: *a\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "$$",
    "--",
    "/*",
    "*/",
    "(",
    ")",
    ",",
    ";",
    "\n",
    "\t",
    " ",
    "create table ",
    "users",
    "email text",
    "message Bill {",
    "string iban = 1;",
    "service X {",
    "type Card { pan: String",
    "resource \"aws_s3_bucket\" \"b\" {",
    "subnet_id = aws_subnet.private.id\n",
    "module a/b/v2\n",
    "require x v1\n",
    "[dependencies]\n",
    "<project>",
    "</project>",
    "支付",
    "\u{0}",
];

proptest! {
    /// Whatever a file holds, reading ends without a panic, and every place is in the file.
    #[test]
    fn any_bytes_are_read_to_their_end(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let content: String = picks.into_iter().map(|at| PIECES[at]).collect();
        let lines = content.matches('\n').count() + 1;
        for path in [
            "compose.yaml", "a.yaml", ".github/workflows/a.yml", "a.tf", "package.json", "Cargo.toml", "pyproject.toml", "go.mod", "pom.xml",
            "requirements.txt", "a.proto", "a.sql", "a.graphql",
        ] {
            let text = Text { path: path.to_owned(), content: content.clone() };
            let found = read(knowledge(), "", &[], &[(format(path).unwrap(), text)]);
            for mention in found.mentions {
                prop_assert!((1..=lines).contains(&mention.line), "{path}: {mention:?}");
            }
        }
    }
}
