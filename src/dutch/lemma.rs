//! The base form of a word: what our own list says of it first, then a table of the forms that a
//! stemmer does not lead to their base, and the stemmer (Kraaij-Pohlmann) after them.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use super::stop::is_stop_word;

/// `base form form …` a line; folded. Our own families of words.
const OWN: &str = include_str!("data/lemmas.txt");

/// `form base` a line; folded. Made by `data/vormen.py`.
const FORMS: &str = include_str!("data/vormen.txt");

/// The base by form, of both files.
static BASES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut bases: HashMap<_, _> = FORMS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let families = OWN.lines().filter(|line| !line.starts_with('#'));
    for (base, forms) in families.filter_map(|line| line.split_once(' ')) {
        bases.insert(base, base);
        bases.extend(forms.split(' ').map(|form| (form, base)));
    }
    bases
});

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::Dutch));

/// How often a stem is stemmed again: fietsen -> fiets -> fiet, where fiets alone gives fiet too.
const MOST_ROUNDS: usize = 3;

/// A stem that would be shorter than this, or a stop word (geweld is not wel), is not taken.
const SHORTEST_STEM: usize = 3;

/// The base of a form in our lists. At its end d and t are often taken for one another.
fn listed(word: &str) -> Option<&'static str> {
    let bases = &*BASES;
    let other_end = || {
        let stem = word.strip_suffix('t').zip(Some("d"));
        let (stem, end) = stem.or_else(|| word.strip_suffix('d').zip(Some("t")))?;
        bases.get(format!("{stem}{end}").as_str())
    };
    bases.get(word).or_else(other_end).copied()
}

/// The base form of the folded word `word`; two forms of one word have the same.
pub(super) fn base_form(word: &str) -> String {
    let base = listed(word).unwrap_or(word);
    // The base of a form of the table may itself be in our list.
    let mut form = listed(base).unwrap_or(base).to_owned();
    if is_stop_word(word) || form.chars().any(|c| c.is_ascii_digit()) {
        return form;
    }
    for _ in 0..MOST_ROUNDS {
        let next = STEMMER.stem(&form).into_owned();
        if next == form || next.len() < SHORTEST_STEM || is_stop_word(&next) {
            break;
        }
        form = next;
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        for family in [
            &["kind", "kinderen", "kindje", "kinders"][..],
            &["slapen", "slaapt", "sliep", "geslapen", "slaap"],
            &["pesten", "gepest", "pest", "pestte"],
            &["boos", "boze", "bozer"],
            &["huilen", "huilt", "gehuild", "huilde"],
            &["scheiden", "scheiding", "gescheiden"],
            &["baby", "babys", "babytje"],
            &["eten", "eet", "at", "gegeten"],
            &["bijten", "bijt", "beet", "gebeten"],
            &["fiets", "fietsen"],
            &["probleem", "problemen"],
            &["luier", "luiers"],
            &["woord", "woorden"],
            &["droom", "dromen"],
            &["liegen", "liegt", "loog", "gelogen"],
            &["stelen", "steelt", "stal", "gestolen"],
            &["doof", "dove"],
            &["chanteren", "gechanteerd", "gechanteert"],
            &["spelen", "speelt", "gespeeld"],
        ] {
            let bases: Vec<_> = family.iter().map(|word| base_form(word)).collect();
            assert!(
                bases.windows(2).all(|pair| pair[0] == pair[1]),
                "{family:?} -> {bases:?}"
            );
        }
    }

    #[test]
    fn different_words_stay_apart() {
        assert_ne!(base_form("slap"), base_form("slapen"));
        assert_ne!(base_form("geweld"), base_form("wel"));
        assert_ne!(base_form("niets"), base_form("niet"));
        assert_ne!(base_form("ouder"), base_form("oud"));
        assert_ne!(base_form("pesten"), base_form("pest-af"));
        assert_ne!(base_form("baby"), base_form("bang"));
    }
}
