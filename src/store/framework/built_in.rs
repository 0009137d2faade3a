//! The packs that come with the program: numbers and levels of their publishers, titles in our own words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::folder;
use crate::comply::{Library, Name, Pack};
use crate::store::{Content, Source};

macro_rules! packs {
    ($($id:literal, $version:literal $(after $before:literal)?;)+) => {
        /// Every built-in pack, each read when it is first asked for.
        pub fn built_in() -> Library {
            let mut library = Library::default();
            $({
                fn pack() -> &'static Pack {
                    static PACK: LazyLock<Pack> = LazyLock::new(|| read(
                        include_str!(concat!("packs/", $id, "-", $version, "/pack.toml")),
                        include_str!(concat!("packs/", $id, "-", $version, "/requirements.jsonl")),
                        &[$(($before, include_str!(concat!("packs/", $id, "-", $version, "/maps/", $before, ".jsonl"))))?],
                    ));
                    &PACK
                }
                library.offer(Name { id: $id.to_owned(), version: $version.to_owned() }, pack);
            })+
            library
        }
    };
}

packs! {
    "asvs", "4.0.3";
    "asvs", "5.0.0" after "asvs@4.0.3";
    "csf", "2.0";
    "llm-top10", "2025";
    "ssdf", "1.1";
    "top10", "2021";
    "top10", "2025";
}

fn read(head: &str, requirements: &str, maps: &[(&str, &str)]) -> Pack {
    let source = |name: &str, text: &str| {
        let path = format!("p/{name}");
        (path.clone(), Source { path, content: Content::Bytes(text.as_bytes().into()) })
    };
    let mut sources = BTreeMap::from([source("pack.toml", head), source("requirements.jsonl", requirements)]);
    sources.extend(maps.iter().map(|(before, text)| source(&format!("maps/{before}.jsonl"), text)));
    folder::read(&sources, "p", &mut Vec::new()).expect("invariant: a test reads every built-in pack")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pack_is_sound_and_named_as_offered() {
        for (name, shelved, _) in built_in().all() {
            assert_eq!(&shelved.pack().name, name);
        }
    }
}
