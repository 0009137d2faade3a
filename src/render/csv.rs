//! Comma-separated values (RFC 4180, lines ended by LF) in which a spreadsheet calculates nothing.

/// One line.
pub fn csv(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quote(cell)).collect();
    format!("{}\n", cells.join(","))
}

/// Quoted where a reader of CSV would stumble. What a spreadsheet would calculate gets a quote before it, also
/// behind white space, which some skip.
fn quote(cell: &str) -> String {
    let calculates = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    let cell = if calculates { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn nothing_is_calculated_and_every_cell_stays_one() {
        for (cell, written) in [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            (" @SUM(A1)", "' @SUM(A1)"),
            ("@lin", "'@lin"),
            ("\t=1", "'\t=1"),
        ] {
            assert_eq!(quote(cell), written);
        }
    }
}
