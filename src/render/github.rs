//! Workflow commands of GitHub Actions.
//! Source: docs.github.com, "Workflow commands for GitHub Actions", escaping as in the toolkit's `command.ts`.

use crate::finding::Severity;

/// One annotation; `place` is (path, line, column, end line, end column), from 1.
pub fn annotation(severity: Severity, title: &str, place: (&str, u32, u32, u32, u32), message: &str) -> String {
    let level = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "notice",
    };
    let (path, line, column, end_line, end_column) = place;
    // GitHub takes columns only where the range is on one line.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    format!(
        "::{level} file={},line={line},endLine={end_line}{columns},title={}::{}",
        property(path),
        property(title),
        data(message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_model_becomes_a_command() {
        let line = annotation(Severity::Error, "a,b:c", ("x,y.toml", 3, 1, 3, 4), "50% \n::set-output name=x::y");
        assert_eq!(
            line,
            "::error file=x%2Cy.toml,line=3,endLine=3,col=1,endColumn=4,title=a%2Cb%3Ac::50%25 %0A::set-output name=x::y"
        );
    }
}
