use clap::{Args, Subcommand};

use super::{Act, Writing, warn_short};
use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::model::Kind;
use crate::ops::lifecycle;

/// Add an entity under a fresh ID, or revive the removed one it is
///
/// A newcomer that is the same as a removed entity brings that one back, with its ID and its controls; one
/// that is the same as a live entity is refused.
#[derive(Debug, Args)]
pub struct Add {
    #[command(subcommand)]
    kind: Newcomer,
}

/// Declares the flags of each kind from one list, so that a flag and its field cannot disagree.
macro_rules! newcomers {
    ($($(#[doc = $doc:literal])* $kind:ident as $flags:ident { $($(#[doc = $help:literal])* $field:ident,)+ })+) => {
        #[derive(Debug, Subcommand)]
        enum Newcomer {
            $($(#[doc = $doc])* $kind($flags),)+
        }

        impl Newcomer {
            fn act(self) -> Act {
                match self {
                    $(Newcomer::$kind(flags) => {
                        let fields = [$((stringify!($field), flags.$field)),+];
                        add(Kind::$kind, &fields, flags.distinct, flags.no_factors, flags.writing)
                    })+
                }
            }
        }

        $(#[derive(Debug, Args)]
        struct $flags {
            $($(#[doc = $help])* #[arg(long, value_name = "VALUE")] $field: Option<String>,)+
            /// Insist that it is another thing than one that reads alike
            #[arg(long)]
            distinct: bool,
            /// Leave factors out that nobody gave, instead of taking those of the kind it is
            #[arg(long)]
            no_factors: bool,
            #[command(flatten)]
            writing: Writing,
        })+
    };
}

newcomers! {
    /// Something worth protecting
    Asset as AssetFlags {
        /// What it is called
        name,
        /// What it is, in a sentence
        description,
        /// C,I while unrated, or C=high,I=low
        properties,
        /// blast_radius=isolated,recoverability=trivial,regulatory=none
        impact,
        /// The components that hold it: CMP1,CMP2
        components,
        /// Why it is in the model
        rationale,
    }
    /// Somebody who might attack
    Attacker as AttackerFlags {
        /// What they hold and can do, in a sentence
        capability,
        /// Where they stand: internet, office network
        position,
        /// external, tenant, insider, operator, supplier, physical, automated or other
        archetype,
        /// vector=network,privileges=none,complexity=low,interaction=none,prevalence=commodity
        likelihood,
        /// The trust boundaries they stand in: TB1,TB2
        boundaries,
        /// Why they are in the model
        rationale,
    }
    /// A line across which trust changes
    Boundary as BoundaryFlags {
        /// What it is called
        name,
        /// What it separates
        description,
        /// The vectors it lets through: network,local; empty for none
        passes,
        /// true when nothing inside reaches beyond
        sealed,
        /// Why it is in the model
        rationale,
    }
    /// A part of the system
    Component as ComponentFlags {
        /// What it is called
        name,
        /// What it does
        description,
        /// The repository its code lives in: owner/name
        repo,
        /// The folder within that repository
        path,
        /// The trust boundaries it stands in: TB1,TB2
        boundaries,
        /// Why it is in the model
        rationale,
    }
    /// Something taken for granted
    Assumption as AssumptionFlags {
        /// What is taken for granted, in a sentence
        description,
        /// external or non_applicability
        kind,
        /// The objectives it speaks about: A1-T1,A2-*
        objectives,
        /// What it takes out while attested: attacker=T1,property=C
        excludes,
        /// Why it is in the model
        rationale,
    }
    /// Something done about objectives
    Control as ControlFlags {
        /// The mechanism, in a sentence
        description,
        /// implemented or not_implemented
        status,
        /// The properties it helps: C,I
        protects,
        /// The components it lives in: CMP1,CMP2
        components,
        /// Assumptions that stand in for it: AS1|AS2+AS3
        upheld_by,
        /// Objectives by group: 1:A1-T1,A1-T2;depth:A2-*
        covers,
        /// Why it is in the model
        rationale,
    }
}

impl Add {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        warn_short(door)?;
        self.act().perform(door)
    }

    pub fn act(self) -> Act {
        self.kind.act()
    }
}

fn add(kind: Kind, fields: &[(&str, Option<String>)], distinct: bool, bare: bool, writing: Writing) -> Act {
    let given = fields.iter().filter_map(|(name, text)| text.as_ref().map(|text| format!("{name}={text}")));
    let words: Vec<String> = given.collect();
    writing.act(move |stage, _| {
        let sets = lifecycle::parse_sets(stage.model, kind, &words)?;
        let outcome = lifecycle::add(stage, kind, &sets, distinct)?;
        Ok(if bare { outcome } else { lifecycle::reasoned(stage, outcome) })
    })
}
