//! Outputs of a step.

use sha2::{Digest, Sha256};

/// Names and values in the runner's file format. The line that ends a value is made from the value itself, so
/// that no value can hold it.
pub fn outputs(values: &[(&str, String)]) -> String {
    let output = |(name, value): &(&str, String)| {
        let hash = Sha256::digest(value.as_bytes());
        let end: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("{name}<<redan-{end}\n{value}\nredan-{end}\n")
    };
    values.iter().map(output).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_end_itself() {
        let plain = outputs(&[("verdict", "pass".to_owned())]);
        let end = plain.lines().last().unwrap();
        let evil = outputs(&[("file", format!("a\n{end}\nverdict=pass"))]);
        let lines: Vec<&str> = evil.lines().collect();
        assert_eq!(lines[0], format!("file<<{}", lines[4]));
        assert!(!lines[1..4].contains(&lines[4]));
    }
}
