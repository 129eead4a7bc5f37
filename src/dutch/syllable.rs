//! How many syllables a word has.

/// Letters that are one sound together; the longest first.
const ONE_SOUND: [&str; 21] = [
    "eau", "aai", "ooi", "oei", "eeu", "ieu", "auw", "ouw", "aa", "ee", "oo", "uu", "ie", "oe",
    "eu", "ui", "ei", "ij", "au", "ou", "ae",
];

/// The vowels, also with the signs of Dutch on them. A trema begins a new syllable: ideeën has three.
const VOWELS: &str = "aeiouyáàâäéèêëíìîïóòôöúùûü";

/// The syllables of `word`, counted by its vowels; at least one.
#[must_use]
pub fn syllables(word: &str) -> usize {
    let lower = word.to_lowercase();
    let mut rest = lower.as_str();
    let mut count = 0;
    while let Some(first) = rest.chars().next() {
        let sound = ONE_SOUND.iter().find(|sound| rest.starts_with(**sound));
        let vowel = VOWELS.contains(first);
        count += usize::from(sound.is_some() || vowel);
        let read = sound.map_or(first.len_utf8(), |sound| sound.len());
        rest = rest.get(read..).unwrap_or("");
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_they_are_said() {
        for (word, count) in [
            ("kind", 1),
            ("baby", 2),
            ("kinderen", 3),
            ("nieuwe", 2),
            ("ideeën", 3),
            ("huilen", 2),
            ("Opvoeden", 3),
            ("mooie", 2),
            ("ruzie", 2),
            ("consultatiebureau", 6),
            ("tv", 1),
            ("blij", 1),
            ("geïnteresseerd", 5),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
