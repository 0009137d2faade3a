//! A language model that chooses among what was found, as `--rerank` has it do: from an exchange on disk, which a server can be asked for.

use std::path::PathBuf;

use redan::comply::mapping::{Candidate, Mapper, Neighbours, Query};
use redan::model::{Id, Kind};
use redan::ops::comply::DEEPEST;
use redan::ops::exchange::{Exchange, Keeping};
use redan::remote::{Dialect, Host, LanguageModel, Patience, Proxies};
use redan::suggest::{Language, Shortlist, Speaker};

use super::measure::Picking;
use super::set::Set;

/// An exchange by its folder, one below it for each set.
pub struct Recorded {
    folder: PathBuf,
    server: Option<LanguageModel>,
}

impl Recorded {
    /// The one that the environment names.
    pub fn named() -> Option<Recorded> {
        let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let host = |url: String| Host {
            dialect: Dialect::OpenAi,
            url,
            model: said("REDAN_MAPPING_MODEL").unwrap_or_default(),
            token: None,
            stream: true,
            proxies: Proxies::default(),
            patience: Patience { timeout: std::time::Duration::from_secs(600), ..Patience::default() },
        };
        let server = said("REDAN_MAPPING_URL").map(|url| LanguageModel::open(host(url)).unwrap());
        said("REDAN_MAPPING_EXCHANGE").map(|folder| Recorded { folder: folder.into(), server })
    }
}

impl Speaker for Server<'_> {
    fn say(&self, prompt: &redan::remote::Prompt) -> Result<redan::remote::Answer, redan::remote::RemoteError> {
        self.0.say(prompt)
    }
}

struct Server<'a>(&'a LanguageModel);

impl Picking for Recorded {
    fn picks(&self, set: &Set, mapper: &Mapper<'_>) -> Vec<Vec<String>> {
        let found: Vec<Vec<Candidate<'_>>> = set
            .questions
            .iter()
            .map(|one| {
                let query = Query { text: &one.text, cwes: one.cwes.clone(), ..Query::default() };
                mapper.candidates(&query, &Neighbours::default(), DEEPEST)
            })
            .collect();
        let id = |at: usize| Id::new(Kind::Control, u32::try_from(at + 1).unwrap());
        let lists: Vec<Shortlist<'_>> = (0..found.len())
            .filter(|at| !found[*at].is_empty())
            .map(|at| Shortlist {
                control: id(at),
                text: &set.questions[at].text,
                offered: found[at].iter().map(|one| (one.clause.id.as_str(), one.clause.words())).collect(),
            })
            .collect();
        let folder = self.folder.join(redan::text::slug(set.name));
        let server = self.server.as_ref().map(Server);
        let keeping = match server {
            Some(_) => Keeping { record: Some(folder), replay: None },
            None => Keeping { record: None, replay: Some(folder) },
        };
        let speaker = server.as_ref().map(|server| server as &dyn Speaker);
        let exchange = Exchange::open("openai/bench", speaker, &keeping).unwrap();
        let language = Language { name: "openai/bench".to_owned(), speaker: &exchange };
        let (picks, _) = language.rerank(&set.pack.name.to_string(), &lists).unwrap();
        let of = |at: usize| picks.get(&id(at)).map(|all| all.iter().map(|one| one.requirement.clone()).collect());
        (0..set.questions.len()).map(|at| of(at).unwrap_or_default()).collect()
    }
}
