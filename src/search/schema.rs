//! What the index holds of each document, and how it is written.

use tantivy::directory::Directory;
use tantivy::schema::{Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

use super::reading::Learned;
use crate::domain::{AgeBand, Article, Audience};
use crate::dutch::{Analyzer, Term};

/// The fields that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What it is called: title, questions, keywords.
    Names,
    /// What it says: summary, body, headings.
    Text,
}

impl Part {
    pub(super) const ALL: [Self; 2] = [Self::Names, Self::Text];

    const fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Text => "text",
        }
    }

    /// How much a word found here counts.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Names => 1.0,
            Self::Text => 0.3,
        }
    }
}

/// What is indexed of one document. In Loes a document is an article.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) questions: Vec<String>,
    pub(super) keywords: Vec<String>,
    pub(super) headings: Vec<String>,
    pub(super) text: String,
    pub(super) topics: Vec<String>,
    pub(super) ages: Vec<AgeBand>,
    pub(super) audiences: Vec<Audience>,
}

impl Document {
    pub(super) fn of_article(article: &Article) -> Self {
        let sections = &article.body.sections;
        let below = sections.iter().flat_map(|section| &section.headings);
        let topics = std::iter::once(&article.topic).chain(&article.also);
        Self {
            id: article.slug.to_string(),
            title: article.title.clone(),
            questions: article.questions.clone(),
            keywords: article.keywords.clone(),
            headings: below.map(|heading| heading.text.clone()).collect(),
            text: format!("{}\n{}", article.summary, article.body.text),
            topics: topics.map(ToString::to_string).collect(),
            ages: article.ages.clone(),
            audiences: article.audience.clone(),
        }
    }

    /// The texts of this part; of [`Part::Text`] the running text first.
    pub(super) fn texts(&self, part: Part) -> impl Iterator<Item = &String> {
        let (one, more, last): (_, &[String], &[String]) = match part {
            Part::Names => (&self.title, &self.questions, &self.keywords),
            Part::Text => (&self.text, &self.headings, &[]),
        };
        std::iter::once(one).chain(more).chain(last)
    }
}

/// The fields by name.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    parts: [Field; 2],
    pub(super) topic: Field,
    pub(super) age: Field,
}

impl Fields {
    /// The schema and its fields.
    pub(super) fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing);
        let parts = Part::ALL.map(|part| builder.add_text_field(part.name(), words.clone()));
        let topic = builder.add_text_field("topic", STRING);
        let age = builder.add_text_field("age", STRING);
        let fields = Self { parts, topic, age };
        (builder.build(), fields)
    }

    pub(super) fn part(&self, part: Part) -> Field {
        let [names, text] = self.parts;
        match part {
            Part::Names => names,
            Part::Text => text,
        }
    }
}

/// The terms of the texts of a document.
pub(super) struct Analyzed([Vec<Vec<Term>>; 2]);

impl Analyzed {
    fn of(document: &Document, analyzer: &mut Analyzer) -> Self {
        Self(Part::ALL.map(|part| {
            let texts = document.texts(part);
            texts.map(|text| analyzer.terms(text)).collect()
        }))
    }

    /// The terms of each text of this part.
    pub(super) fn texts(&self, part: Part) -> &[Vec<Term>] {
        let [names, text] = &self.0;
        match part {
            Part::Names => names,
            Part::Text => text,
        }
    }
}

/// Writes an index of `documents` into `directory`, as one segment in their order, and learns what is
/// kept beside it; `each` is called after each.
pub(super) fn write_index(
    directory: impl Into<Box<dyn Directory>>,
    documents: impl Iterator<Item = Document>,
    mut each: impl FnMut(),
) -> tantivy::Result<(Index, Learned)> {
    let (schema, fields) = Fields::schema();
    let index = Index::create(directory, schema, IndexSettings::default())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000)?;
    let mut analyzer = Analyzer::default();
    let mut learned = Learned::default();
    for document in documents {
        let terms = Analyzed::of(&document, &mut analyzer);
        learned.add(&document, &terms);
        writer.add_document(tantivy_document(&document, terms, &fields))?;
        each();
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((index, learned))
}

fn tantivy_document(document: &Document, analyzed: Analyzed, fields: &Fields) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    for (part, texts) in Part::ALL.into_iter().zip(analyzed.0) {
        for terms in texts {
            out.add_pre_tokenized_text(fields.part(part), pre_tokenized(terms));
        }
    }
    for topic in &document.topics {
        out.add_text(fields.topic, topic);
    }
    for age in &document.ages {
        out.add_text(fields.age, age.slug());
    }
    out
}

fn pre_tokenized(terms: Vec<Term>) -> PreTokenizedString {
    let tokens = terms.into_iter().map(|term| Token {
        offset_from: term.start,
        offset_to: term.end,
        position: term.position,
        text: term.text,
        position_length: 1,
    });
    PreTokenizedString {
        // The text itself is not stored: the library has it.
        text: String::new(),
        tokens: tokens.collect(),
    }
}
