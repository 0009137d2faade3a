//! The order of requirement numbers: `V1.9` before `V1.10`, and `1.10` is not `1.1`.

use std::cmp::Ordering;

/// Compares runs of digits as numbers of any size and everything else by character.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (runs(a), runs(b));
    loop {
        match (left.next(), right.next()) {
            (Some(x), Some(y)) => match compare(x, y) {
                Ordering::Equal => {}
                different => return different,
            },
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
        }
    }
}

fn compare(x: &str, y: &str) -> Ordering {
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match (number(x), number(y)) {
        (true, true) => {
            let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        }
        _ => x.cmp(y),
    }
}

/// Runs of digits, and single characters between them.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if digits > 0 { digits } else { rest.chars().next()?.len_utf8() };
        let (run, left) = rest.split_at(length);
        rest = left;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numeric_parts_order_as_numbers() {
        let mut ids = ["V10.1.1", "V1.10", "V2", "V1.9", "V1", "V1.1", "ac-10", "ac-2.1", "ac-2", "V1.1.1"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["V1", "V1.1", "V1.1.1", "V1.9", "V1.10", "V2", "V10.1.1", "ac-2", "ac-2.1", "ac-10"]);
        assert_eq!(natural("1.10", "1.1"), Ordering::Greater);
        assert_ne!(natural("1.01", "1.1"), Ordering::Equal);
        assert_eq!(natural("9999999999999999999999", "10000000000000000000000"), Ordering::Less);
    }
}
