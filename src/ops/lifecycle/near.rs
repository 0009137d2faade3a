//! "Did you mean".

use strsim::damerau_levenshtein;

/// The candidate with the fewest slips, one per three letters at most.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let slips = |candidate: &&str| damerau_levenshtein(&word, &candidate.to_lowercase());
    let best = candidates.into_iter().min_by_key(slips)?;
    (slips(&best) <= allowed && slips(&best) < word.chars().count()).then_some(best)
}

/// `: did you mean X?` or nothing.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
}
