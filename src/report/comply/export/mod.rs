//! Compliance in the words of other programs: OSCAL and CycloneDX. Identifiers follow from what they name, so the same
//! state gives the same bytes.

mod cyclonedx;
mod oscal;

use crate::comply::hex;

pub use cyclonedx::cyclonedx;
pub use oscal::{component_definition, results};

/// A UUID that follows from a name.
fn uuid(name: &str) -> String {
    let digits = hex(name.as_bytes());
    let variant = ["8", "9", "a", "b"][usize::from(digits.as_bytes()[16] % 4)];
    format!("{}-{}-5{}-{variant}{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..32])
}

/// The first instant of a day, as both formats write moments.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00+00:00")
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn a_uuid_has_its_version_and_variant() {
        let one = uuid("payments");
        assert_eq!(one, uuid("payments"));
        assert_ne!(one, uuid("billing"));
        assert_eq!((one.len(), &one[14..15]), (36, "5"));
        assert!("89ab".contains(&one[19..20]));
    }
}
