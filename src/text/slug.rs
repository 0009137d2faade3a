//! A name as a folder name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Payment Gateway API` as `payment-gateway-api`: ASCII letters and digits in lower case, one hyphen between words. Empty when the name has none.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().filter(|c| !is_combining_mark(*c) && *c != '\'' && *c != '\u{2019}') {
        let mut lone = [0; 4];
        let piece = match c {
            'ß' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' => "d",
            '&' => " and ",
            c if c.is_ascii_alphanumeric() => &*c.to_ascii_lowercase().encode_utf8(&mut lone),
            _ => " ",
        };
        for c in piece.chars() {
            if c == ' ' {
                gap = true;
                continue;
            }
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push('-');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_folders() {
        assert_eq!(slug("Payment Gateway API"), "payment-gateway-api");
        assert_eq!(slug("  Müller & Söhne: Café (v2)! "), "muller-and-sohne-cafe-v2");
        assert_eq!(slug("Ada's Straße"), "adas-strasse");
        assert_eq!(slug("支払い"), "");
    }
}
