//! Who asks, as far as the words tell: a parent about her child, a young person, somebody who works
//! with children.

use super::token::tokens;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Somebody about a child of her own, or a grandchild.
    Parent,
    /// Somebody about himself, or about his parents.
    Young,
    /// Somebody about a child in her class or group.
    Professional,
}

/// How many words are looked at.
const MOST_WORDS: usize = 400;

/// Words for "my", and for what belongs to us both.
const MINE: &[&str] = &["m", "mij", "mijn", "mn", "ons", "onze"];

/// What parents call their child, whatever its age; folded, sorted.
const CHILDREN: &[&str] = &[
    "dochter",
    "dochters",
    "dochtertje",
    "jongste",
    "kind",
    "kinderen",
    "kinders",
    "kindje",
    "kleindochter",
    "kleinkind",
    "kleinkinderen",
    "kleinzoon",
    "middelste",
    "oudste",
    "pleegkind",
    "stiefdochter",
    "stiefkind",
    "stiefzoon",
    "zonen",
    "zoon",
    "zoons",
    "zoontje",
];

/// The same, with something of its age or sex.
const CHILDREN_OF_AN_AGE: &[&str] = &[
    "baby", "dreumes", "jongen", "jongens", "kleuter", "meiden", "meisje", "peuter", "puber",
    "tiener",
];

/// What children call their parents.
const PARENTS: &[&str] = &[
    "ma",
    "mam",
    "mama",
    "moeder",
    "ouders",
    "pa",
    "pap",
    "papa",
    "stiefmoeder",
    "stiefvader",
    "vader",
];

/// Where somebody has other people's children around her; those children say the same.
const CLASSES: &[&str] = &["groep", "klas", "mentorklas", "team"];

/// Those who work with children, after "als" or "ik ben".
const WORKERS: &[&str] = &[
    "begeleider",
    "coach",
    "docent",
    "hulpverlener",
    "juf",
    "leerkracht",
    "leidster",
    "leraar",
    "lerares",
    "meester",
    "mentor",
    "professional",
    "trainer",
    "verpleegkundige",
];

/// The ages at which somebody asks for himself.
const YOUNG: std::ops::RangeInclusive<u8> = 10..=23;

/// Who asks `text`; nothing when the words do not tell.
#[must_use]
pub fn find_asker(text: &str) -> Option<Asker> {
    let words: Vec<String> = tokens(text)
        .take(MOST_WORDS)
        .map(|token| token.text)
        .collect();
    let follows = |first: &[&str], second: &[&str]| {
        words.windows(2).any(|pair| match pair {
            [a, b] => first.contains(&a.as_str()) && second.contains(&b.as_str()),
            _ => false,
        })
    };
    let has = |these: &[&str]| words.iter().any(|word| these.contains(&word.as_str()));
    let own_child = follows(MINE, CHILDREN) || follows(MINE, CHILDREN_OF_AN_AGE);
    let at_work = follows(&["als", "ben"], WORKERS) && !own_child
        || follows(MINE, CLASSES) && has(&["kind", "kinderen"])
        || has(&["leerling", "leerlingen"]);
    if at_work {
        return Some(Asker::Professional);
    }
    if own_child {
        return Some(Asker::Parent);
    }
    if follows(MINE, PARENTS) || tells_own_age(&words) {
        return Some(Asker::Young);
    }
    None
}

/// Whether the folded word `word` only says that it is about a child (dochter, zoontje, kinderen).
#[must_use]
pub fn is_child_word(word: &str) -> bool {
    CHILDREN.binary_search(&word).is_ok()
}

/// How many words may stand between "ben" and an age: "ik ben een meisje van 16".
const AGE_GAP: usize = 4;

/// "ik ben 15", "ben 14 jaar", "ik ben een meisje van 16".
fn tells_own_age(words: &[String]) -> bool {
    let age = |word: &String| word.parse().is_ok_and(|age: u8| YOUNG.contains(&age));
    let after_ben = words.iter().skip_while(|word| *word != "ben").skip(1);
    after_ben.take(AGE_GAP).any(age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_child_are_sorted_so_that_they_can_be_searched() {
        assert!(CHILDREN.is_sorted());
        assert!(is_child_word("zoontje") && !is_child_word("puber"));
    }

    #[test]
    fn the_words_tell_who_asks() {
        for (text, who) in [
            ("mijn dochter van 14 liegt", Some(Asker::Parent)),
            ("m'n kleinzoon wil niet eten", Some(Asker::Parent)),
            (
                "mijn moeder vindt dat ik mijn zoon verwen",
                Some(Asker::Parent),
            ),
            ("mijn ouders gaan scheiden", Some(Asker::Young)),
            ("ik ben 15 en zwanger", Some(Asker::Young)),
            (
                "ik ben een meisje van 16 en heb verdriet",
                Some(Asker::Young),
            ),
            (
                "een kind in mijn klas is vaak moe",
                Some(Asker::Professional),
            ),
            (
                "wat doe ik als leerkracht bij zorgen",
                Some(Asker::Professional),
            ),
            ("een meisje uit mijn klas", None),
            ("de juf van mijn zoon", Some(Asker::Parent)),
            ("driftbui", None),
            ("ik ben moe", None),
            ("hoe lang mag hij op de tablet", None),
        ] {
            assert_eq!(find_asker(text), who, "{text}");
        }
    }
}
