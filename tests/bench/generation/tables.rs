//! Which rows of the knowledge base mean what an expert listed. Items stand in the order of the expert's file (of Threat Composer's sets, by
//! alphabet), in our own words; an item without rows is one that the knowledge base cannot say.

use super::rows::Table;

/// What an item is about, and the rows that mean it.
pub type Item = (&'static str, &'static [&'static str]);

/// One file of the corpus.
pub struct Described {
    pub name: &'static str,
    pub file: &'static str,
    assets: &'static [Item],
    sources: &'static [Item],
    mitigations: &'static [Item],
}

impl Described {
    pub const fn items(&self, table: Table) -> &'static [Item] {
        match table {
            Table::Assets => self.assets,
            Table::Attackers => self.sources,
            Table::Controls => self.mitigations,
        }
    }
}

pub const DESCRIBED: &[Described] = &[VAULT, BROWSER, WALLET, PACKS, CHATBOT];

const LOGS: &[&str] = &["log-shipping", "tamper-evident-log", "write-once-storage", "log-gap-alarm"];
const WATCH: &[&str] = &[
    "exfiltration-detection",
    "endpoint-detection",
    "cloud-trail-alarms",
    "access-logging-review",
    "use-anomaly-detection",
];
const LEAST: &[&str] = &[
    "least-privilege-staff",
    "scoped-keys",
    "workload-identity",
    "query-account-rights",
    "caller-rights",
    "tool-allow-list",
];
const LOAD: &[&str] =
    &["rate-limits", "bounded-work", "per-tenant-quota", "agent-budget", "load-shedding", "graphql-limits"];
const INPUT: &[&str] = &["input-schema", "parameterised-queries", "inbound-verification", "safe-deserialiser"];
const PATCH: &[&str] = &["patch-deadlines", "dependency-scanning", "bill-of-materials"];
const OUTPUT: &[&str] = &["answer-encoding", "answer-checks", "contextual-output-encoding"];
const CONFIRM: &[&str] = &["human-approval", "four-eyes", "agent-dry-run"];
const LOGIN: &[&str] = &[
    "second-factor",
    "phishing-resistant-login",
    "login-throttling",
    "central-policy",
    "object-level-checks",
    "deny-by-default",
    "audience-check",
];

const VAULT: Described = Described {
    name: "secrets vault",
    file: "tm-bom/OWASP__www-project-threat-model-library__threat-models_infrastructure_hashicorp-vault-threat-model.json",
    assets: &[
        ("the secrets themselves", &["service-secrets", "api-credentials", "database-credentials"]),
        ("the audit records", &["audit-log"]),
        ("the keys that open the vault", &["encryption-keys", "signing-keys"]),
    ],
    sources: &[
        ("a developer turned or taken over", &["departing-employee", "compromised-workload", "rogue-maintainer"]),
        ("a rogue platform engineer", &["malicious-administrator", "platform-operator"]),
        ("somebody on the internet", &["anonymous-internet", "stolen-token-holder"]),
        ("a curious administrator", &["curious-employee", "malicious-administrator"]),
        ("organised crime", &["ransomware-crew", "credential-stuffer", "cloud-intruder"]),
    ],
    mitigations: &[
        ("roles of the cluster kept narrow", LEAST),
        ("restricted pods", &["admission-policy", "unprivileged-containers"]),
        ("shells into pods are logged", LOGS),
        ("two sinks of the audit log", LOGS),
        ("audit log that cannot be changed", LOGS),
        ("manifests change by review", &["infrastructure-review", "branch-protection", "four-eyes"]),
        ("admission rules", &["admission-policy", "policy-as-code"]),
        ("changes of configuration raise alarms", &["hardened-baseline", "cloud-trail-alarms", "change-notification"]),
        ("login methods bound tightly", LOGIN),
        ("short-lived tokens", &["short-lived-tokens", "no-long-lived-keys"]),
        ("secrets bound to a workload", &["workload-identity", "sender-constrained-tokens"]),
        ("cluster ports closed to others", &["network-segmentation", "default-deny-pods", "api-server-private"]),
        ("mutual TLS among nodes", &["mutual-tls"]),
        ("health of the consensus is watched", &[]),
        ("TLS from end to end", &["tls-everywhere", "mutual-tls", "encrypted-links"]),
        ("changes of TLS settings raise alarms", &["hardened-baseline", "cloud-trail-alarms"]),
        ("several zones", &["redundant-instances"]),
        ("snapshots elsewhere", &["offline-backups", "backup-encryption", "restore-drills"]),
        ("a second key service", &["second-supplier", "redundant-instances"]),
        ("restarts by health checks", &["redundant-instances"]),
        ("policies change by review", &["infrastructure-review", "four-eyes", "central-policy"]),
        ("least privilege by default", LEAST),
        ("policies are linted", &["policy-as-code"]),
    ],
};

const BROWSER: Described = Described {
    name: "browser isolation",
    file: "tm-bom/OWASP__www-project-threat-model-library__threat-models_web-applications_ephemeral-browser-isolation-threat-model.json",
    assets: &[
        ("what a session leaves behind", &["browsing-data", "cached-data", "session-tokens", "usage-data"]),
        ("the users' credentials", &["user-credentials", "access-tokens", "session-tokens"]),
        ("the audit log", &["audit-log"]),
    ],
    sources: &[
        ("an advertiser who tracks", &["data-buyer"]),
        ("those who spread malware", &["malicious-website", "device-malware", "file-crafter", "content-poster"]),
        ("those who phish credentials", &["phisher", "credential-stuffer", "network-eavesdropper"]),
        ("somebody at a shared machine", &["device-thief", "network-eavesdropper", "stolen-token-holder"]),
        (
            "an attacker of the platform itself",
            &["container-breaker", "compromised-workload", "cloud-intruder", "anonymous-internet"],
        ),
    ],
    mitigations: &[
        (
            "a container of its own for each session",
            &["sandboxed-runtime", "unprivileged-containers", "dedicated-nodes", "one-job-one-machine"],
        ),
        ("sessions end by themselves", &["short-lived-tokens", "server-side-sessions", "disposable-hosts"]),
        ("storage is wiped at the end", &["disposable-hosts", "retention-schedule", "data-minimisation"]),
        ("the stream is encrypted", &["tls-everywhere", "end-to-end-encryption", "media-room-tokens"]),
        ("outbound traffic is filtered", &["egress-allow-list", "default-deny-pods", "network-segmentation"]),
        ("login and roles for the control plane", LOGIN),
        ("session creation is rate limited", LOAD),
        ("audit log of sessions", LOGS),
        ("quotas for each session", LOAD),
        (
            "hardened containers",
            &["unprivileged-containers", "system-call-filter", "hardened-baseline", "admission-policy"],
        ),
        ("browsers are updated", PATCH),
        ("no session is restored", &["data-minimisation", "disposable-hosts"]),
        ("anomalies are watched", WATCH),
        ("odd protocols are blocked", &["egress-allow-list", "exposure-reduction", "relay-restrictions"]),
    ],
};

const WALLET: Described = Described {
    name: "crypto wallet",
    file: "tm-bom/OWASP__www-project-threat-model-library__threat-models_web_cryptocurrency-wallet-threat-model.json",
    assets: &[
        ("the wallet", &["wallet-keys"]),
        (
            "users and settings of the exchange",
            &["user-accounts", "user-credentials", "personal-data", "system-configuration"],
        ),
        ("trades and logs of the exchange", &["orders", "transaction-records", "account-balances", "business-records"]),
    ],
    sources: &[("somebody on the internet who listens or pretends", &["anonymous-internet", "network-eavesdropper"])],
    mitigations: &[
        (
            "the wallet file is encrypted",
            &["encryption-at-rest", "device-encryption", "platform-keystore", "cold-storage"],
        ),
        ("keys that only read", &["scoped-keys"]),
        (
            "login and checked requests for the interface",
            &["object-level-checks", "deny-by-default", "central-policy", "tls-everywhere", "input-schema"],
        ),
    ],
};

const PACKS: Described = Described {
    name: "knowledge packs",
    file: "threat-composer/aws-samples__sample-knowledge-packs__threat-model.tc.json",
    assets: &[
        ("the gateway of the agent", &["service-availability", "api-credentials"]),
        ("the identities of the agent", &["access-tokens", "api-credentials", "service-identities"]),
        ("the runtime of the agent", &["tool-permissions", "service-availability", "function-code"]),
        ("its container", &["container-images", "sandbox-host"]),
        ("the knowledge base", &["retrieval-documents"]),
        ("the interface that retrieves", &["retrieval-documents", "service-availability"]),
        ("the edge distribution", &["published-content", "service-availability"]),
        ("credentials between machines", &["api-credentials", "access-tokens", "service-secrets"]),
        ("a function of the deployment", &["function-code", "cloud-permissions"]),
        ("the list of what may be asked", &["access-policies", "system-configuration"]),
        ("names of knowledge bases", &["system-configuration"]),
        ("answers to queries", &["model-answers", "retrieval-documents"]),
        ("the vectors", &["retrieval-documents"]),
        ("the bucket", &["stored-files"]),
        ("the store of secrets", &["service-secrets"]),
    ],
    sources: &[
        (
            "anybody",
            &[
                "registered-user",
                "stolen-token-holder",
                "malicious-administrator",
                "prompt-injector",
                "indirect-injector",
                "data-poisoner",
            ],
        ),
        ("somebody on the internet", &["anonymous-internet", "botnet-operator"]),
    ],
    mitigations: &[
        ("a firewall with rate limits", &["rate-limits", "web-filter-rules", "bounded-work"]),
        ("HTTPS only", &["tls-everywhere", "strict-transport"]),
        ("tokens are checked for their audience", &["audience-check", "pinned-token-algorithms"]),
        ("nobody signs up by themselves", &["verified-accounts", "deny-by-default"]),
        ("a list of what may be asked", &["tool-allow-list", "context-access-filter", "object-level-checks"]),
        ("rights for named resources only", LEAST),
        ("content is cleaned before it is indexed", &["source-vetting", "input-schema", "instruction-separation"]),
        ("the bucket is private", &["private-buckets", "policy-as-code"]),
        ("results and lengths are capped", &["bounded-work", "agent-budget", "input-schema"]),
        ("no wildcard rights", LEAST),
        ("the origin knows its edge", &["mutual-tls", "exposure-reduction"]),
        ("errors name nothing", &["uniform-answers", "debug-off"]),
    ],
};

const CHATBOT: Described = Described {
    name: "chatbot",
    file: "threat-composer/awslabs__threat-composer__packages_threat-composer_src_data_workspaceExamples_GenAIChatbot.tc.json",
    assets: &[
        ("knowledge base and outputs", &["retrieval-documents", "model-answers"]),
        ("the model and what it is connected to", &["tool-permissions", "model-weights"]),
        ("business systems", &["business-records", "service-availability"]),
        ("connected systems and their data", &["business-records", "tool-permissions", "plugin-permissions"]),
        ("applications that take the output", &["model-answers"]),
        ("people and sensitive data", &["personal-data", "conversations"]),
        ("what the knowledge base says", &["retrieval-documents"]),
        ("intellectual property", &["internal-documents", "retrieval-documents", "source-code"]),
        ("the model's answers", &["model-answers"]),
        ("algorithms and training data", &["model-weights", "training-data"]),
        ("proprietary information", &["internal-documents", "retrieval-documents", "business-records"]),
        ("data of users and training", &["training-data", "conversations", "personal-data"]),
        ("the same, and the robustness of the model", &["training-data", "model-weights"]),
        ("the security settings", &["system-configuration", "system-prompt", "access-policies"]),
        ("the interface that infers", &["service-availability", "api-credentials"]),
        ("the model", &["model-weights"]),
        ("the provider of the model", &["service-availability"]),
        ("data of users", &["personal-data", "conversations", "user-accounts", "prompts"]),
    ],
    sources: &[
        ("a legitimate user, mistyped", &["registered-user", "overtrusting-user"]),
        (
            "anybody inside or outside",
            &["prompt-injector", "anonymous-internet", "curious-employee", "malicious-administrator"],
        ),
        ("somebody outside", &["anonymous-internet", "prompt-injector", "botnet-operator", "model-thief"]),
        (
            "somebody inside or outside",
            &["curious-employee", "malicious-administrator", "anonymous-internet", "prompt-injector"],
        ),
        ("a legitimate user", &["registered-user", "overtrusting-user"]),
        ("somebody malicious", &["prompt-injector", "anonymous-internet", "indirect-injector"]),
        ("somebody malicious inside", &["malicious-administrator", "departing-employee", "rogue-maintainer"]),
        ("a supplier of data nobody checked", &["data-poisoner", "indirect-injector", "breached-supplier"]),
    ],
    mitigations: &[
        ("the system prompt is protected", &["no-secrets-in-prompts", "instruction-separation"]),
        ("where the model comes from", &["model-signing"]),
        ("injection by pictures is looked for", &["prompt-screening"]),
        ("rights pass on from the person", &["caller-rights"]),
        ("access to the knowledge base", &["context-access-filter", "source-vetting"]),
        ("content is moderated", &["content-moderation", "prompt-screening"]),
        ("a content security policy", &["content-security-policy"]),
        ("prompts are filtered", &["prompt-screening"]),
        ("odd use is watched", WATCH),
        ("login and rights for the interface", LOGIN),
        (
            "access to data",
            &["object-level-checks", "least-privilege-staff", "row-level-security", "context-access-filter"],
        ),
        ("behaviour is watched", WATCH),
        ("odd access is watched", WATCH),
        ("encryption", &["encryption-at-rest", "tls-everywhere", "application-encryption"]),
        ("logs", LOGS),
        ("a person confirms decisions", CONFIRM),
        ("decisions in a sandbox", &["sandboxed-runtime", "tool-allow-list"]),
        ("a second validation", &["answer-checks"]),
        ("odd outputs are watched", &["answer-checks", "prompt-screening"]),
        ("a person confirms advice", CONFIRM),
        ("warnings that it may be wrong", &["usage-guidance", "source-citation"]),
        ("odd behaviour is watched", WATCH),
        ("fine-grained rights", LEAST),
        ("no more than needed", LEAST),
        ("a person confirms acts", CONFIRM),
        ("outputs are looked at hard", OUTPUT),
        ("agents are watched", WATCH),
        ("instructions are validated", &["tool-allow-list", "prompt-screening", "input-schema"]),
        ("rights of the model", LEAST),
        ("each user's own rights", &["caller-rights", "object-level-checks"]),
        ("least privilege", LEAST),
        ("sandboxes to run in", &["sandboxed-runtime", "plugin-isolation"]),
        ("plug-ins are analysed", &["plugin-review"]),
        ("rules for development", &["dependency-review", "red-teaming"]),
        ("users allow plug-ins", &["plugin-permissions-model", "human-approval"]),
        ("plug-ins run confined", &["plugin-isolation"]),
        ("plug-ins of others are analysed", &["plugin-review", "dependency-review"]),
        ("samples of a least size", &["private-training", "answer-coarsening"]),
        ("sparse samples weigh little", &["private-training", "outlier-detection"]),
        ("models are evaluated", &["evaluation-gate"]),
        ("legal limits on use", &["processor-contracts"]),
        ("statistical disclosure control", &["private-training", "pseudonymised-analytics"]),
        ("anonymisation is audited", &["pseudonymised-analytics"]),
        ("contracts limit use", &["processor-contracts"]),
        ("differential privacy", &["private-training"]),
        ("data are scrubbed", &["training-data-scrubbing", "data-minimisation"]),
        ("updates have a process", PATCH),
        ("end of support is watched", PATCH),
        ("an inventory of components", &["bill-of-materials", "dependency-scanning"]),
        ("foreign data are cleaned", INPUT),
        ("contracts ask for integrity", &["processor-contracts", "supplier-assessment"]),
        ("suppliers of data are vetted", &["source-vetting", "supplier-assessment"]),
        ("patches have a process", PATCH),
        ("advisories are watched", PATCH),
        ("dependencies are analysed", &["dependency-scanning", "bill-of-materials"]),
        ("use costs money", &["cost-alarm"]),
        ("clients authenticate", LOGIN),
        ("a throttle for each user", LOAD),
        ("queues are bounded", &["queue-backpressure", "bounded-work"]),
        ("a challenge before submitting", &["bot-challenge"]),
        ("requests are rate limited", LOAD),
        ("resources are throttled", LOAD),
        ("access to training", LEAST),
        ("settings of training are validated", INPUT),
        ("tools of training are signed", &["model-signing", "build-provenance"]),
        ("uploads of training data are limited", &["source-vetting", "least-privilege-staff"]),
        ("odd training data are found", &["outlier-detection", "data-versioning"]),
        ("training data are vetted", &["source-vetting"]),
        ("what goes downstream is looked at", OUTPUT),
        ("zero trust", &["mutual-tls", "network-segmentation"]),
        ("parameters downstream", &["parameterised-queries", "no-shell"]),
        ("a cleaning layer downstream", OUTPUT),
        ("outputs are foreign input", &["answer-encoding"]),
        ("origins are limited", &["cors-allow-list"]),
        ("outputs are validated", OUTPUT),
        ("outputs are encoded", &["answer-encoding", "contextual-output-encoding"]),
        ("requests are validated again", &["answer-checks", "input-schema"]),
        ("plug-ins and agents may little", &["plugin-permissions-model", "tool-allow-list", "caller-rights"]),
        ("plug-ins stand in a zone of their own", &["plugin-isolation", "supplier-isolation"]),
        ("the model reaches few systems", &["tool-allow-list", "egress-allow-list", "outbound-link-block"]),
        ("foreign content is kept apart", &["instruction-separation", "separate-content-origin"]),
        ("what the model may do", LEAST),
        ("input is validated", INPUT),
        ("prompts are kept apart", &["instruction-separation"]),
    ],
};
