//! Words that carry no subject of their own.

/// Sorted, folded.
const STOP_WORDS: &[&str] = &[
    "aan", "aangezien", "al", "alle", "alleen", "alles", "als", "altijd", "andere", "anders",
    "behalve", "ben", "bent", "bij", "blijft", "blijven", "bv", "daar", "daarom", "dan", "dat",
    "de", "deed", "den", "der", "deze", "die", "dit", "doe", "doen", "doet", "door", "dr", "dus",
    "echt", "een", "eens", "eigenlijk", "elk", "elke", "en", "er", "erg", "ervan", "even", "ff",
    "ga", "gaan", "gaat", "gedaan", "geef", "geen", "gehad", "gewoon", "ging", "goed", "graag",
    "haar", "had", "hadden", "heb", "hebben", "hebt", "heeft", "heel", "help", "hem", "hen", "het",
    "hier", "hij", "hoe", "hoelang", "hun", "idd", "ie", "iemand", "iets", "ik", "in", "is", "je",
    "jij", "jou", "jouw", "jullie", "kan", "kon", "konden", "krijg", "krijgen", "krijgt", "kun",
    "kunnen", "kunt", "laat", "laten", "maak", "maakt", "maar", "mag", "maken", "me", "meer", "men",
    "met", "mij", "mijn", "mn", "moet", "moeten", "mogen", "na", "naar", "niet", "niets", "nix",
    "nog", "nooit", "nou", "nu", "of", "om", "omdat", "ons", "onze", "ook", "op", "over", "per",
    "s", "sinds", "soms", "staat", "steeds", "t", "te", "tegen", "telkens", "ten", "ter", "terug",
    "toch", "toe", "tot", "u", "uit", "uw", "vaak", "van", "veel", "vind", "vindt", "voor", "waar",
    "waarom", "wanneer", "want", "waren", "was", "wat", "we", "weer", "weet", "weg", "wel", "welke",
    "werd", "weten", "wie", "wij", "wil", "willen", "word", "worden", "wordt", "ze", "zegt", "zelf",
    "zich", "zij", "zijn", "zit", "zitten", "zn", "zo", "zonder", "zou", "zouden", "zulke",
];

/// Whether the folded word `word` carries no subject of its own (de, ik, wil, hoe).
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_words_are_stop_words_and_worries_are_not() {
        for word in ["de", "mijn", "mn", "wil", "niet", "zonder"] {
            assert!(is_stop_word(word), "{word}");
        }
        for word in ["huilt", "kind", "bang", "slaan", "dood", "eten"] {
            assert!(!is_stop_word(word), "{word}");
        }
    }

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(STOP_WORDS.is_sorted(), "{:?}", {
            STOP_WORDS.windows(2).find(|pair| pair[0] > pair[1])
        });
    }
}
