//! The model: it reads the schema and the IDs of a prompt and answers with what a careful one would.

use serde_json::{Value, json};

/// A prompt as either protocol brings it.
#[derive(Debug, Clone)]
pub struct Asked {
    pub system: String,
    /// The first turn, which has the task and the texts.
    pub task: String,
    /// The last turn.
    pub last: String,
    pub schema: Value,
}

impl Asked {
    pub fn of(body: &Value) -> Asked {
        let messages = body["messages"].as_array().cloned().unwrap_or_default();
        let text =
            |message: Option<&Value>| message.and_then(|one| one["content"].as_str()).unwrap_or_default().to_owned();
        let role = |name: &str| messages.iter().filter(|one| one["role"] == name).collect::<Vec<_>>();
        let system = match body["system"].as_str() {
            Some(system) => system.to_owned(),
            None => text(role("system").first().copied()),
        };
        let places = [&body["response_format"]["json_schema"]["schema"], &body["tools"][0]["input_schema"]];
        let held = places.into_iter().find(|schema| schema.is_object()).cloned();
        let told = || system.split_once("JSON Schema:\n").and_then(|(_, schema)| serde_json::from_str(schema).ok());
        let schema = held.or_else(told).unwrap_or_default();
        let users = role("user");
        Asked { task: text(users.first().copied()), last: text(users.last().copied()), schema, system }
    }

    /// `assets`, `assets again`, `attackers`, `attackers again`, `structure`, `controls`, `plan`, `answer`, `mapping` or `opinion`.
    pub fn step(&self) -> &'static str {
        let has = |path: &str| self.schema.pointer(path).is_some();
        let again = |kind: &str| has(&format!("/properties/{kind}/items/properties/drop"));
        if has("/properties/verdict") {
            "opinion"
        } else if has("/properties/acts") {
            "plan"
        } else if has("/properties/answer") {
            "answer"
        } else if has("/properties/controls/items/properties/picks") {
            "mapping"
        } else if has("/properties/boundaries") {
            "structure"
        } else if has("/properties/controls") {
            "controls"
        } else if has("/properties/assets") {
            if again("assets") { "assets again" } else { "assets" }
        } else if again("attackers") {
            "attackers again"
        } else {
            "attackers"
        }
    }

    /// Objectives that are asked about.
    fn objectives(&self) -> Vec<String> {
        let listed = self.task.split_once("each with its risk:\n").map_or("", |(_, rest)| rest);
        let lines = listed.lines().take_while(|line| line.starts_with("CO-"));
        lines.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    }
}

pub fn asset(name: &str, description: &str, quote: &str) -> Value {
    json!({
        "name": name, "description": description, "C": "high", "I": "low", "A": "none", "U": "none",
        "blast_radius": "multiplicative", "recoverability": "permanent", "regulatory": "notification",
        "quote": quote, "rationale": "Many people would be hurt",
    })
}

pub fn attacker(capability: &str, position: &str, archetype: &str) -> Value {
    json!({
        "capability": capability, "position": position, "archetype": archetype, "vector": "network",
        "privileges": "none", "complexity": "low", "interaction": "none", "prevalence": "commodity",
        "quote": "", "rationale": "Everybody who is reachable meets them",
    })
}

/// The same as one that is there.
pub fn again(id: &str, mut item: Value) -> Value {
    item["id"] = id.into();
    item["drop"] = "".into();
    item
}

fn assets() -> [Value; 2] {
    [
        asset("Customer pictures", "Pictures that people upload at a kiosk", "upload pictures"),
        asset("Order records", "Who ordered which prints, and where", "keeps orders in PostgreSQL"),
    ]
}

fn attackers() -> [Value; 2] {
    [
        attacker("holding no credentials, calls every public endpoint", "internet", "external"),
        attacker("holding an ordinary account, asks for what belongs to others", "internet", "tenant"),
    ]
}

/// The reply of a careful model.
pub fn good(asked: &Asked) -> Value {
    let [one, two] = assets();
    let [first, second] = attackers();
    match asked.step() {
        "assets" => json!({ "name": "Photo Kiosk Prints", "assets": [one, two] }),
        "assets again" => {
            let new = asset("Kiosk signing keys", "Keys that the kiosk signs its requests with", "");
            json!({ "assets": [again("A1", one), again("A2", two), again("new", new)] })
        }
        "attackers" => json!({ "name": "Photo Kiosk Prints", "attackers": [first, second] }),
        "attackers again" => json!({ "attackers": [again("T1", first), again("T2", second)] }),
        "structure" => structure(),
        "plan" => json!({ "reply": "Nothing to do.", "acts": [] }),
        "opinion" => json!({}),
        "mapping" => json!({ "controls": [] }),
        "answer" => json!({ "answer": "A1 is what matters.", "ids": ["A1"] }),
        _ => controls(&asked.objectives()),
    }
}

fn structure() -> Value {
    json!({
        "boundaries": [
            { "name": "Internet edge", "description": "Where strangers arrive", "passes": [], "rationale": "Public" },
            { "name": "Data tier", "description": "Stores", "passes": ["network"], "rationale": "Behind the API" },
        ],
        "components": [
            { "name": "REST API", "description": "Takes orders", "path": "", "boundaries": ["Internet edge", "Data tier"],
              "assets": ["A1", "A2"], "quote": "a REST API", "rationale": "Named" },
            { "name": "Order database", "description": "Keeps orders", "path": "", "boundaries": ["data tier"],
              "assets": ["A2", "A3"], "quote": "PostgreSQL", "rationale": "Named" },
        ],
        "attackers": [
            { "id": "T1", "boundaries": ["Internet edge"] }, { "id": "T2", "boundaries": ["Internet edge"] },
        ],
        "assumptions": [
            { "description": "The payment processor keeps card numbers to itself", "kind": "external",
              "quote": "the terminal of our payment processor does", "rationale": "Nobody here sees them" },
        ],
    })
}

fn controls(objectives: &[String]) -> Value {
    let covers =
        |group: &str| objectives.iter().map(|one| json!({ "objective": one, "group": group })).collect::<Vec<_>>();
    json!({ "controls": [
        { "id": "new", "description": "Each access to an object checks on the server that the caller may have it",
          "protects": [], "components": ["CMP1"], "covers": covers("1"), "rationale": "Stops reading what is others'" },
        { "id": "new", "description": "Reads of many records by one account raise an alarm within a minute",
          "protects": [], "components": ["CMP1"], "covers": covers("depth"), "rationale": "Shows what slipped through" },
    ] })
}
