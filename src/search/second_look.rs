//! The best of what was found, looked at again: how alike the question and the names of an answer
//! are, whether the age and the reader are right.

use super::documents::{Beside, Documents, Name, Numbers, Pairs};
use super::plan::{Plan, SearchQuery};
use crate::domain::Audience;
use crate::dutch::age::{AgeRange, find_age};
use crate::dutch::{Asker, find_asker, tokens};

/// How many of the best are looked at again.
pub(super) const LOOKED_AT_AGAIN: usize = 60;

/// How much it counts that a name has the words of the question, by their weight.
const SAME_TERMS_WEIGHT: f32 = 1.5;

/// How much it counts that a name has the very words of the question, little ones included ("wordt
/// gepest" is not "pest").
const SAME_WORDS_WEIGHT: f32 = 1.0;

/// How much it counts that neighbouring words of the question are neighbours in a name too.
const SAME_PAIRS_WEIGHT: f32 = 1.0;

/// What becomes of the score of an answer for the age in the question, and for another.
const RIGHT_AGE: f32 = 1.2;
const WRONG_AGE: f32 = 0.6;

/// What becomes of the score of an answer that speaks to others than who asks.
const WRONG_READER: f32 = 0.6;

/// A question, as far as it is held against single answers.
pub(super) struct Asked<'d> {
    documents: &'d Documents,
    words: Numbers,
    pairs: Pairs,
    /// The terms typed: number and weight.
    terms: Vec<(u32, f32)>,
    /// The weight of all terms typed, those that occur nowhere included.
    pub(super) weight: f32,
    age: Option<AgeRange>,
    asker: Option<Asker>,
}

impl<'d> Asked<'d> {
    pub(super) fn new(query: &SearchQuery, plan: &Plan, documents: &'d Documents) -> Self {
        let mut terms = Vec::new();
        let mut weight = 0.0;
        for term in plan.terms.iter().filter(|term| term.typed) {
            let number = documents.vocabulary.find(&term.text);
            let own = term.weight * documents.rarity(number);
            weight += own;
            terms.extend(number.map(|number| (number, own)));
        }
        let words: Vec<_> = tokens(query.as_str())
            .map(|token| documents.written.find(&token.text))
            .collect();
        Self {
            documents,
            words: words.iter().flatten().copied().collect(),
            pairs: Pairs::of(words),
            terms,
            weight,
            age: find_age(query.as_str()),
            asker: find_asker(query.as_str()),
        }
    }

    /// By how much the score of `document` is to be multiplied.
    pub(super) fn fit(&self, document: &Beside) -> f32 {
        let best = |likeness: &dyn Fn(&Name) -> f32| {
            document.names.iter().map(likeness).fold(0.0, f32::max)
        };
        let terms = best(&|name| self.same_terms(name));
        let words = best(&|name| dice(self.words.common(&name.words)));
        let pairs = best(&|name| dice(self.pairs.common(&name.pairs)));
        self.covered(document).sqrt()
            * (1.0 + SAME_TERMS_WEIGHT * terms)
            * (1.0 + SAME_WORDS_WEIGHT * words)
            * (1.0 + SAME_PAIRS_WEIGHT * pairs)
            * self.fit_of_age(document)
            * self.fit_of_reader(document)
    }

    /// The weight of the terms typed that are among `numbers`.
    pub(super) fn met(&self, numbers: &Numbers) -> f32 {
        let met = self.terms.iter();
        let met = met.filter(|(term, _)| numbers.contains(*term));
        met.map(|(_, weight)| weight).sum()
    }

    /// The coefficient of Dice of the terms, each by its weight.
    fn same_terms(&self, name: &Name) -> f32 {
        let common = self.met(&name.terms);
        if common == 0.0 {
            return 0.0;
        }
        let own = name.terms.iter();
        let own: f32 = own.map(|term| self.documents.rarity(Some(term))).sum();
        2.0 * common / (self.weight + own)
    }

    /// How much of the weight of the question the document has anywhere, 0 to 1.
    fn covered(&self, document: &Beside) -> f32 {
        if self.weight > 0.0 {
            self.met(&document.all) / self.weight
        } else {
            1.0
        }
    }

    fn fit_of_age(&self, document: &Beside) -> f32 {
        let Some(age) = self.age else { return 1.0 };
        let mut bands = document.ages.iter().filter_map(|band| band.months());
        if bands.any(|(from, to)| age.overlaps(from, to)) {
            RIGHT_AGE
        } else {
            WRONG_AGE
        }
    }

    fn fit_of_reader(&self, document: &Beside) -> f32 {
        let reader = match self.asker {
            None => return 1.0,
            Some(Asker::Parent) => Audience::Ouder,
            Some(Asker::Young) => Audience::Jongere,
            Some(Asker::Professional) => Audience::Professional,
        };
        let spoken_to = document.audiences.is_empty() || document.audiences.contains(&reader);
        if spoken_to { 1.0 } else { WRONG_READER }
    }
}

/// The coefficient of Dice, 0 to 1, of two sets with `common` of `all` members.
#[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
fn dice((common, all): (usize, usize)) -> f32 {
    2.0 * common as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use tantivy::directory::RamDirectory;

    use super::*;
    use crate::domain::AgeBand;
    use crate::dutch::Analyzer;
    use crate::search::plan::Groups;
    use crate::search::schema::{Document, write_index};

    fn document(title: &str, age: AgeBand, audience: Audience) -> Document {
        Document {
            title: title.to_owned(),
            ages: vec![age],
            audiences: vec![audience],
            ..Document::default()
        }
    }

    /// How well each of `documents` fits `query`.
    fn fits<const N: usize>(query: &str, documents: [Document; N]) -> [f32; N] {
        let (_, learned) =
            write_index(RamDirectory::create(), documents.into_iter(), || {}).expect("an index");
        let query = SearchQuery::new(query);
        let plan = Plan::new(&query, &Groups::default(), &mut Analyzer::default());
        let asked = Asked::new(&query, &plan, &learned.documents);
        std::array::from_fn(|at| {
            let document = learned.documents.get(u32::try_from(at).expect("few"));
            asked.fit(document.expect("it was written"))
        })
    }

    #[test]
    fn the_age_and_the_reader_of_the_question_count() {
        let [child, tiener, jongere] = fits(
            "mijn zoon van 7 liegt",
            [
                document("Kind liegt", AgeBand::Basisschool, Audience::Ouder),
                document("Kind liegt", AgeBand::Tiener, Audience::Ouder),
                document("Kind liegt", AgeBand::Basisschool, Audience::Jongere),
            ],
        );
        assert!((tiener / child - WRONG_AGE / RIGHT_AGE).abs() < 1e-3);
        assert!((jongere / child - WRONG_READER).abs() < 1e-3);
    }

    #[test]
    fn little_words_and_the_order_of_words_count() {
        let of = |title| document(title, AgeBand::Basisschool, Audience::Ouder);
        let [wanted, other] = fits(
            "kind wordt gepest",
            [of("Kind wordt gepest"), of("Kind pest dat het niet wordt")],
        );
        assert!(wanted > other * 1.3, "{wanted} {other}");
        let [wanted, other] = fits(
            "moeder slaat kind",
            [of("Moeder slaat kind"), of("Kind slaat moeder")],
        );
        assert!(wanted > other, "{wanted} {other}");
    }

    #[test]
    fn who_covers_more_of_the_question_fits_better() {
        let of = |title: &str, text: &str| Document {
            text: text.to_owned(),
            ..document(title, AgeBand::Basisschool, Audience::Ouder)
        };
        let [more, less] = fits(
            "liegen over huiswerk",
            [
                of("Liegen", "Ook over huiswerk."),
                of("Liegen", "Ook over snoep."),
            ],
        );
        assert!(more > less, "{more} {less}");
    }
}
