//! The age of a child in a parent's words: "van 3", "18 maanden", "bijna 2 jaar", "mijn baby".

use super::token::tokens;

/// An age or a range of ages, in whole months since birth, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeRange {
    /// The youngest it can be.
    pub from: u16,
    /// The oldest it can be.
    pub to: u16,
}

impl AgeRange {
    /// Whether the two have a month in common.
    #[must_use]
    pub const fn overlaps(self, from: u16, to: u16) -> bool {
        self.from <= to && from <= self.to
    }
}

/// Words that name an age by themselves: months from, to.
const NAMED: &[(&str, u16, u16)] = &[
    ("baby", 0, 11),
    ("babys", 0, 11),
    ("babytje", 0, 11),
    ("brugklas", 138, 168),
    ("brugklasser", 138, 168),
    ("dreumes", 12, 23),
    ("kleuter", 48, 83),
    ("kleuters", 48, 83),
    ("newborn", 0, 2),
    ("pasgeboren", 0, 2),
    ("peuter", 12, 47),
    ("peuters", 12, 47),
    ("puber", 132, 215),
    ("pubers", 132, 215),
    ("tiener", 144, 215),
    ("tieners", 144, 215),
    ("zuigeling", 0, 11),
];

/// Numbers that parents write out.
const WRITTEN: &[(&str, u16)] = &[
    ("een", 1),
    ("twee", 2),
    ("drie", 3),
    ("vier", 4),
    ("vijf", 5),
    ("zes", 6),
    ("zeven", 7),
    ("acht", 8),
    ("negen", 9),
    ("tien", 10),
    ("elf", 11),
    ("twaalf", 12),
    ("dertien", 13),
    ("veertien", 14),
    ("vijftien", 15),
    ("zestien", 16),
    ("zeventien", 17),
    ("achttien", 18),
];

/// Words that may stand before a bare number which is then an age in years: "van 3", "is 4".
const BEFORE_YEARS: &[&str] = &["van", "is", "wordt", "bijna", "net"];

/// What follows a bare number when it counts something else than years.
const COUNTED: &[&str] = &[
    "graden", "keer", "kinderen", "minuten", "nachten", "uur", "uren", "liter", "ml", "kilo", "kg",
    "cm", "euro", "dagen", "dag", "jongens", "meisjes",
];

/// The age that `text` tells of: the first said in months, weeks or years, else a bare number after
/// "van", else a word such as "peuter".
#[must_use]
pub fn find_age(text: &str) -> Option<AgeRange> {
    let words: Vec<String> = tokens(text).take(400).map(|token| token.text).collect();
    with_unit(&words)
        .or_else(|| school_year(&words))
        .or_else(|| bare_years(&words))
        .or_else(|| named(&words))
}

fn number(word: &str) -> Option<u16> {
    let written = WRITTEN
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, n)| *n);
    written.or_else(|| word.parse().ok().filter(|n| *n <= 99))
}

/// What stands before a length of time that is no age: "al drie dagen", "over 2 weken".
const BEFORE_TIME: &[&str] = &[
    "al",
    "sinds",
    "over",
    "na",
    "binnen",
    "om",
    "elke",
    "afgelopen",
    "paar",
];

fn with_unit(words: &[String]) -> Option<AgeRange> {
    let ages = words.windows(2).enumerate().filter(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        !before.is_some_and(|word| BEFORE_TIME.contains(&word.as_str()))
    });
    ages.map(|(_, pair)| pair)
        .find_map(|pair| {
            let [count, unit] = pair else { return None };
            if count == "anderhalf" && unit.starts_with("jaar") {
                return Some(AgeRange { from: 18, to: 18 });
            }
            let count = number(count)?;
            match unit.as_str() {
                "dag" | "dagen" if count <= 60 => Some(months(count / 30)),
                "week" | "weken" | "wk" | "wkn" => Some(months(count * 7 / 30)),
                "maand" | "maanden" | "mnd" | "mnden" => Some(months(count)),
                "jaar" | "jr" | "jarige" => years(count),
                _ => None,
            }
        })
        .or_else(|| words.iter().find_map(|word| glued(word)))
}

/// "3jarige", "16mnd", "4jaar".
fn glued(word: &str) -> Option<AgeRange> {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = number(word.strip_suffix(unit)?)?;
    match unit {
        "jarige" | "jaar" | "jr" => years(count),
        "mnd" | "maanden" => Some(months(count)),
        _ => None,
    }
}

fn school_year(words: &[String]) -> Option<AgeRange> {
    words.windows(2).find_map(|pair| match pair {
        [group, number] if group == "groep" => {
            let year: u16 = number.parse().ok().filter(|n| (1..=8).contains(n))?;
            let from = 48 + (year - 1) * 12;
            Some(AgeRange {
                from,
                to: from + 17,
            })
        }
        _ => None,
    })
}

fn bare_years(words: &[String]) -> Option<AgeRange> {
    words.iter().enumerate().find_map(|(at, word)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before))?;
        let counted = words
            .get(at + 1)
            .is_some_and(|next| COUNTED.contains(&next.as_str()));
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        (digits && !counted && BEFORE_YEARS.contains(&before.as_str()))
            .then(|| number(word))
            .flatten()
            .and_then(years)
    })
}

fn named(words: &[String]) -> Option<AgeRange> {
    words.iter().find_map(|word| {
        NAMED
            .iter()
            .find(|(name, _, _)| name == word)
            .map(|(_, from, to)| AgeRange {
                from: *from,
                to: *to,
            })
    })
}

const fn months(count: u16) -> AgeRange {
    AgeRange {
        from: count,
        to: count,
    }
}

fn years(count: u16) -> Option<AgeRange> {
    let from = count.checked_mul(12)?;
    (count <= 25).then_some(AgeRange {
        from,
        to: from + 11,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(text: &str) -> Option<(u16, u16)> {
        find_age(text).map(|range| (range.from, range.to))
    }

    #[test]
    fn ages_are_found_as_parents_write_them() {
        assert_eq!(age("mijn dochter van 3 slaapt niet"), Some((36, 47)));
        assert_eq!(age("baby van 10 weken heeft koorts"), Some((2, 2)));
        assert_eq!(age("18 maanden en praat nog niet"), Some((18, 18)));
        assert_eq!(age("anderhalf jaar"), Some((18, 18)));
        assert_eq!(age("mijn 4-jarige zoon"), Some((48, 59)));
        assert_eq!(age("m'n zoontje is vijf jaar"), Some((60, 71)));
        assert_eq!(age("zit in groep 8"), Some((132, 149)));
        assert_eq!(age("mijn peuter bijt"), Some((12, 47)));
        assert_eq!(age("16mnd koorts"), Some((16, 16)));
    }

    #[test]
    fn other_numbers_are_no_age() {
        for text in [
            "koorts van 39 graden",
            "moeder van 3 kinderen",
            "al drie dagen koorts",
            "slaapt niet",
            "is 40 cm",
            "",
        ] {
            assert_eq!(age(text), None, "{text}");
        }
    }
}
