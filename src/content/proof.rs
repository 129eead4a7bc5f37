//! What an editor hears on top when she asks for it (`loes check`): spelling, plain words, and whether
//! the whole reads easily. It changes nothing for parents.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::front_matter::{FrontMatter, Parts};
use super::markdown::Block;
use super::node::Node;
use super::problem::Problems;
use super::reader::{Placed, Reader};
use crate::domain::Fact;
use crate::dutch::{
    NoDictionary, Readability, Speller, hard_words, is_passive, sentences, word_count,
};

/// The list of words that are right though no dictionary has them.
pub(super) const SPELLING: &str = "spelling.toml";

/// The longest mean sentence: 12 words are aimed at.
const MEAN_SENTENCE: f64 = 14.0;

/// The lowest score of Flesch and Douma; from 70 a text is called fairly easy.
const READING_EASE: f64 = 70.0;

/// How many sentences may be passive: a few, or one in ten.
const FEW_PASSIVE: usize = 2;
const PASSIVE_IN: usize = 10;

/// The longest word, in letters; schoolmaatschappelijk just fits.
const LONGEST_WORD: usize = 21;

/// After how many years a source is read again.
const SOURCE_YEARS: i64 = 3;

/// Shorter bodies answer nothing, longer ones are not read to the end, in words.
const BODY: Range<usize> = 250..801;

/// Reads along with an editor.
pub(super) struct Proof {
    speller: Speller,
    today: Date,
}

impl Proof {
    /// With the words of `spelling.toml`, when there is one.
    pub(super) fn new(
        spelling: Option<&Node>,
        today: Date,
        problems: &mut Problems<'_>,
    ) -> Result<Self, NoDictionary> {
        let own = spelling.map_or_else(Vec::new, |node| {
            let mut file = Reader::new(node, problems);
            let own = file.list("goed");
            file.finish();
            own
        });
        let speller = Speller::new(own.iter().map(|word| word.value.as_str()))?;
        Ok(Self { speller, today })
    }

    /// The names of services are right.
    pub(super) fn learn(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.speller.learn(&fact.name);
        }
    }

    /// Reads one article.
    pub(super) fn read(
        &self,
        front: &FrontMatter,
        parts: &Parts<'_>,
        blocks: &[Block],
        problems: &mut Problems<'_>,
    ) {
        for Placed { value, span } in [&front.title, &front.summary] {
            self.check_words(value, span, problems);
        }
        for block in blocks {
            self.check_words(&block.text, &block.span, problems);
        }
        let words: usize = blocks.iter().map(|block| word_count(&block.text)).sum();
        let start = parts.body_at..parts.body_at;
        if !BODY.contains(&words) {
            let message = format!("De tekst heeft {words} woorden; streef naar 300 tot 700.");
            problems.warning("lengte", start.clone(), message);
        }
        for source in &front.sources {
            let old = source.read_on.checked_add(Span::new().years(SOURCE_YEARS));
            if old.is_ok_and(|old| old < self.today) {
                let message = format!(
                    "De bron ‘{}’ is lang geleden gelezen: {}.",
                    source.name, source.read_on
                );
                problems.warning("oude-bron", parts.yaml_at..parts.yaml_at, message);
            }
        }
        check_ease(blocks, &start, problems);
        check_passive(blocks, problems);
    }

    fn check_words(&self, text: &str, span: &Range<usize>, problems: &mut Problems<'_>) {
        let word_at = |place: Range<usize>| text.get(place).unwrap_or("");
        for place in self.speller.unknown(text) {
            let word = word_at(place);
            let message = format!("‘{word}’ staat niet in het woordenboek.");
            let advice = format!("Verbeter het woord, of zet het bij ‘goed’ in {SPELLING}.");
            problems.warning_in("spelling", span, word, message, advice);
        }
        for hard in hard_words(text) {
            let (word, simple) = (word_at(hard.span), hard.simple);
            let message = format!("‘{word}’ is een moeilijk woord.");
            let advice = format!("Schrijf bijvoorbeeld: {simple}.");
            problems.warning_in("moeilijk-woord", span, word, message, advice);
        }
        // A long word that is in our list is one that texts explain.
        let long = |word: &&str| word.chars().count() > LONGEST_WORD && !self.speller.is_own(word);
        for word in text.split(|c: char| !c.is_alphabetic()).filter(long) {
            let message = format!("‘{word}’ is een lang woord.");
            let advice =
                "Zeg het in twee woorden, of leg het uit en zet het in spelling.toml.".to_owned();
            problems.warning_in("lang-woord", span, word, message, advice);
        }
    }
}

fn check_ease(blocks: &[Block], place: &Range<usize>, problems: &mut Problems<'_>) {
    let mut counted = Readability::default();
    for block in blocks {
        for sentence in sentences(&block.text) {
            counted.add(sentence.text);
        }
    }
    let (mean, ease) = (counted.words_per_sentence(), counted.flesch_douma());
    if mean > MEAN_SENTENCE {
        let message = format!("Een zin heeft hier gemiddeld {mean:.0} woorden; streef naar 12.");
        problems.warning("lange-zinnen", place.clone(), message);
    }
    if ease < READING_EASE {
        let message = format!(
            "De tekst leest moeilijk: {ease:.0} op de schaal van Flesch-Douma; streef naar \
             {READING_EASE:.0} of meer, met korte woorden en zinnen."
        );
        problems.warning("leest-moeilijk", place.clone(), message);
    }
}

fn check_passive(blocks: &[Block], problems: &mut Problems<'_>) {
    let (mut all, mut passive) = (0, Vec::new());
    for block in blocks {
        for sentence in sentences(&block.text) {
            all += 1;
            if is_passive(sentence.text) {
                passive.push((sentence.text, &block.span));
            }
        }
    }
    if passive.len() <= FEW_PASSIVE.max(all / PASSIVE_IN) {
        return;
    }
    for (sentence, span) in passive {
        let start: String = sentence.chars().take(40).collect();
        let message = format!("‘{start}…’ zegt niet wie iets doet; dat staat hier te vaak.");
        problems.warning("lijdende-vorm", span.clone(), message);
    }
}
