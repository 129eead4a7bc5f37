//! How easy a text is to read.

use super::syllable::syllables;

/// What is counted of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readability {
    words: u32,
    sentences: u32,
    syllables: u32,
}

impl Readability {
    /// Counts one sentence more.
    pub fn add(&mut self, sentence: &str) {
        let words = sentence
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\'' | '-'))
            .filter(|word| word.chars().any(char::is_alphabetic));
        let before = self.words;
        for word in words {
            self.words += 1;
            self.syllables += u32::try_from(syllables(word)).unwrap_or(1);
        }
        self.sentences += u32::from(self.words > before);
    }

    /// The mean length of a sentence, in words.
    #[must_use]
    pub fn words_per_sentence(self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences.max(1))
    }

    /// The reading ease of Flesch as W. H. Douma fitted it to Dutch in 1960:
    /// 206.84 - 0.77 x syllables in a hundred words - 0.93 x words in a sentence. From 80 a text is
    /// called easy, from 70 fairly easy, below 60 hard for many.
    #[must_use]
    pub fn flesch_douma(self) -> f64 {
        let hundred = 100.0 * f64::from(self.syllables) / f64::from(self.words.max(1));
        206.84 - 0.77 * hundred - 0.93 * self.words_per_sentence()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentences: &[&str]) -> Readability {
        let mut counted = Readability::default();
        for sentence in sentences {
            counted.add(sentence);
        }
        counted
    }

    #[test]
    fn the_formula_is_that_of_douma() {
        // Eight words with one syllable each in two sentences.
        let easy = of(&["Je kind is moe.", "Het wil naar bed."]);
        assert!((easy.words_per_sentence() - 4.0).abs() < 1e-9);
        assert!((easy.flesch_douma() - (206.84 - 77.0 - 3.72)).abs() < 1e-9);
    }

    #[test]
    fn long_words_and_sentences_weigh() {
        let easy = of(&["Leg je kind op tijd in bed, want slaap helpt."]);
        let hard = of(&[
            "Het structureren van bedtijdroutines bevordert de slaapkwaliteit van minderjarigen substantieel.",
        ]);
        assert!(easy.flesch_douma() > 85.0, "{}", easy.flesch_douma());
        assert!(hard.flesch_douma() < 40.0, "{}", hard.flesch_douma());
        assert!(of(&["", "–"]).flesch_douma().is_finite());
    }
}
