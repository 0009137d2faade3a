//! How wide text is. Nobody knows the reader's font, so a letter counts as wide as in the widest of the usual
//! sans-serif fonts: text may end early in its box, and never late.

use unicode_width::UnicodeWidthChar;

/// A size and a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Pixels.
    pub size: f64,
    pub bold: bool,
}

/// Thousandths of the size, for the letters from space to `~`: the wider of DejaVu Sans and Arial.
#[rustfmt::skip]
const PLAIN: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667,
    611, 778, 752, 295, 500, 667, 558, 863, 749, 788, 667, 788, 723, 667, 611, 732, 685, 989, 686,
    667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580,
    278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
];

/// The same in bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611, 1000, 774, 763, 734, 831, 684,
    684, 821, 837, 373, 557, 775, 638, 996, 837, 851, 733, 851, 771, 721, 683, 813, 774, 1104, 771,
    725, 726, 458, 366, 458, 838, 557, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666,
    343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
];

/// Other letters of one column, and those of two.
const NARROW: u16 = 900;
const WIDE: u16 = 1_100;

/// Pixels that a line of text takes at most.
pub fn width(text: &str, face: Face) -> f64 {
    let units: f64 = text.chars().map(|c| f64::from(advance(c, face.bold))).sum();
    units * face.size / 1_000.0
}

fn advance(c: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &PLAIN };
    let c = if c == '\u{a0}' { ' ' } else { c };
    match usize::try_from(u32::from(c)).ok().and_then(|code| code.checked_sub(32)).and_then(|at| table.get(at)) {
        Some(units) => *units,
        None => match c.width() {
            Some(0) => 0,
            Some(2) => WIDE,
            _ => NARROW,
        },
    }
}

/// The text on one line, cut with `…` where it does not fit.
pub fn fit(text: &str, face: Face, room: f64) -> String {
    if width(text, face) <= room {
        return text.to_owned();
    }
    let dots = width("…", face);
    let mut taken = 0.0;
    let kept = text.chars().take_while(|c| {
        taken += f64::from(advance(*c, face.bold)) * face.size / 1_000.0;
        taken + dots <= room
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

/// The text on at most `lines` lines of `room` pixels, broken at spaces that may break; the last is cut with `…` where more would follow.
pub fn wrap(text: &str, face: Face, room: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).peekable();
    while out.len() < lines && words.peek().is_some() {
        if out.len() + 1 == lines {
            out.push(fit(&words.by_ref().collect::<Vec<_>>().join(" "), face, room));
            break;
        }
        let mut line = String::new();
        while let Some(word) = words.peek() {
            let longer = if line.is_empty() { (*word).to_owned() } else { format!("{line} {word}") };
            if width(&longer, face) > room && !line.is_empty() {
                break;
            }
            line = longer;
            words.next();
        }
        out.push(fit(&line, face, room));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 10.0, bold: false };

    #[test]
    fn every_letter_takes_room() {
        assert!(width("iiii", FACE) < width("mmmm", FACE));
        assert!(width("資産", FACE) > width("ab", FACE) * 1.5);
        assert!(width("m", Face { bold: true, ..FACE }) > width("m", FACE));
        assert!(width("e\u{301}", FACE) - width("e", FACE) < 0.001);
    }

    #[test]
    fn lines_keep_to_their_room() {
        let text = "a robot that tries stolen card numbers against thousands of merchants, Donaudampfschifffahrtsgesellschaft, 資産の一覧";
        for lines in 1..8 {
            for room in [30.0, 80.0, 200.0, 4_000.0] {
                let out = wrap(text, FACE, room, lines);
                assert!(out.len() <= lines);
                assert!(out.iter().all(|line| width(line, FACE) <= room), "{out:?} in {room}");
            }
        }
        assert_eq!(wrap(text, FACE, 4_000.0, 1), [text]);
        assert!(wrap("", FACE, 10.0, 3).is_empty());
        assert!(wrap(text, FACE, 80.0, 2)[1].ends_with('…'));
    }
}
