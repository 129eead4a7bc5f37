//! Compounds: slaapproblemen is slaap + problemen.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The file of data.
const DATA: &str = include_str!("data/parts.txt");

/// Words that make compounds; folded, three letters or more.
static PARTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    DATA.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(' '))
        .filter(|word| !word.is_empty())
        .collect()
});

/// Words that only look like a compound.
const WHOLE: &[&str] = &[
    "aandacht",
    "baardmoeder",
    "beklemd",
    "belangrijk",
    "kinderen",
    "luisteren",
    "moederen",
    "nachtmerrie",
    "ouder",
    "ouders",
    "overlast",
    "speelgoed",
    "verhaal",
    "voorbeeld",
    "vaderen",
];

/// What may stand between two parts.
const LINKS: [&str; 5] = ["", "s", "en", "e", "n"];

/// The shortest and longest part, and the shortest word that is looked at, in bytes.
const SHORTEST_PART: usize = 3;
const LONGEST_PART: usize = 20;
const SHORTEST_WORD: usize = 7;

/// The byte ranges of the parts of the folded word `word`; empty when it is no compound of known
/// words. Takes the split with the fewest parts; looks at each start and length once.
pub(super) fn split(word: &str) -> Vec<std::ops::Range<usize>> {
    if word.len() < SHORTEST_WORD || !word.is_ascii() || WHOLE.contains(&word) {
        return Vec::new();
    }
    // best[i]: the parts of the best split of word[..i], links included.
    let mut best: Vec<Option<Vec<std::ops::Range<usize>>>> = vec![None; word.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some(Vec::new());
    }
    for start in 0..word.len() {
        let Some(Some(so_far)) = best.get(start).cloned() else {
            continue;
        };
        for end in (start + SHORTEST_PART)..=word.len().min(start + LONGEST_PART) {
            if word
                .get(start..end)
                .is_some_and(|part| PARTS.contains(part))
            {
                extend(&mut best, word, &so_far, start..end);
            }
        }
    }
    match best.pop().flatten() {
        Some(parts) if parts.len() > 1 => parts,
        _ => Vec::new(),
    }
}

fn extend(
    best: &mut [Option<Vec<std::ops::Range<usize>>>],
    word: &str,
    so_far: &[std::ops::Range<usize>],
    part: std::ops::Range<usize>,
) {
    let rest = word.get(part.end..).unwrap_or("");
    for link in LINKS {
        let at = part.end + link.len();
        // A link stands between parts, never at the end.
        if !rest.starts_with(link) || (!link.is_empty() && at == word.len()) {
            continue;
        }
        let Some(slot) = best.get_mut(at) else {
            continue;
        };
        if slot
            .as_ref()
            .is_none_or(|known| so_far.len() + 1 < known.len())
        {
            let mut parts = so_far.to_vec();
            parts.push(part.clone());
            *slot = Some(parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(word: &str) -> Vec<&str> {
        split(word)
            .into_iter()
            .filter_map(|range| word.get(range))
            .collect()
    }

    #[test]
    fn compounds_fall_into_words() {
        assert_eq!(parts("slaapproblemen"), ["slaap", "problemen"]);
        assert_eq!(parts("schooladvies"), ["school", "advies"]);
        assert_eq!(parts("kinderopvang"), ["kinder", "opvang"]);
        assert_eq!(
            parts("zindelijkheidstraining"),
            ["zindelijkheid", "training"]
        );
        assert_eq!(parts("bedplassen"), ["bed", "plassen"]);
        assert_eq!(parts("schermtijd"), ["scherm", "tijd"]);
        assert_eq!(parts("driftbuien"), ["drift", "buien"]);
    }

    #[test]
    fn other_words_stay_whole() {
        for word in [
            "luisteren",
            "nachtmerrie",
            "ouder",
            "kinderen",
            "slapen",
            "school",
            "xyzzyxyzzy",
        ] {
            assert!(parts(word).is_empty(), "{word}: {:?}", parts(word));
        }
    }

    proptest! {
        #[test]
        fn any_word_is_split_on_boundaries(word in "[a-z]{0,64}") {
            for range in split(&word) {
                prop_assert!(word.get(range).is_some());
            }
        }
    }
}
