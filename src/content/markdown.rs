//! The Markdown of a body, parsed once: sections of sanitised HTML, plain text, and the blocks whose
//! sentences are measured.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use super::links::{Target, Targets};
use super::problem::Problems;
use crate::domain::{Body, FactKey, Heading, Piece, Section};

/// Signs that stand around the key of a fact while HTML is made; no text holds them (see [`parse`]).
const FACT_OPENS: char = '\u{e000}';
const FACT_CLOSES: char = '\u{e001}';

/// A paragraph, list item or cell: its words and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// A body and what there is to check about it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) body: Body,
    pub(super) blocks: Vec<Block>,
}

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .add_tags([
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "a",
            "h3",
            "blockquote",
            "br",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("h3", ["id"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(["https"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// Parses `text`, which begins at byte `offset` of its file.
pub(super) fn parse(
    text: &str,
    offset: usize,
    targets: &Targets,
    problems: &mut Problems<'_>,
) -> Parsed {
    let clean = text.replace([FACT_OPENS, FACT_CLOSES], "\u{fffd}");
    let options = Options::ENABLE_TABLES | Options::ENABLE_WIKILINKS;
    let mut writer = Writer::new(offset, targets, problems);
    for (event, span) in Parser::new_ext(&clean, options).into_offset_iter() {
        writer.take(event, span);
    }
    writer.finish()
}

/// Takes events one by one and builds the sections.
struct Writer<'e, 't, 'p, 'a> {
    offset: usize,
    targets: &'t Targets,
    problems: &'p mut Problems<'a>,
    parsed: Parsed,
    section: Section,
    events: Vec<Event<'e>>,
    block: Option<Block>,
    heading: Option<(HeadingLevel, String)>,
    /// Events inside a reference are replaced by its target until it ends.
    reference: Option<Reference>,
    anchors: Vec<String>,
}

struct Reference {
    target: Option<Target>,
    words: Option<String>,
}

impl<'e, 't, 'p, 'a> Writer<'e, 't, 'p, 'a> {
    fn new(offset: usize, targets: &'t Targets, problems: &'p mut Problems<'a>) -> Self {
        Self {
            offset,
            targets,
            problems,
            parsed: Parsed::default(),
            section: Section::default(),
            events: Vec::new(),
            block: None,
            heading: None,
            reference: None,
            anchors: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'e>, span: Range<usize>) {
        let span = self.offset + span.start..self.offset + span.end;
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.text(&words),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(span, "HTML"),
            Event::Rule => self.refuse(span, "Een streep (---)"),
            _ => {}
        }
    }

    fn refuse(&mut self, span: Range<usize>, what: &str) {
        let message = format!("{what} kan niet in een antwoord; gebruik alleen Markdown.");
        self.problems.error("verboden-opmaak", span, message);
    }

    fn start(&mut self, tag: Tag<'e>, span: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level, span),
            Tag::Link {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            } => {
                self.start_reference(&dest_url, has_pothole, span);
            }
            Tag::Link { ref dest_url, .. } => {
                if !dest_url.starts_with("https://") {
                    let message = format!("‘{dest_url}’ is geen adres dat met https:// begint.");
                    let advice = "Verwijs met [[feit:..]] of [[antwoord:..]].";
                    self.problems
                        .error_with("verkeerd-adres", span, message, advice);
                }
                self.events.push(Event::Start(tag));
            }
            Tag::Image { .. } => self.refuse(span, "Een afbeelding"),
            Tag::CodeBlock(_) => self.refuse(span, "Code"),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            Tag::Paragraph | Tag::Item | Tag::TableCell => {
                self.end_block();
                self.block = Some(Block {
                    text: String::new(),
                    span,
                });
                self.events.push(Event::Start(tag));
            }
            _ => self.events.push(Event::Start(tag)),
        }
    }

    fn start_heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        self.end_block();
        if level == HeadingLevel::H2 {
            self.end_section();
        } else if level != HeadingLevel::H3 {
            let message = "Gebruik ## voor een kop en ### voor een tussenkop, geen andere.";
            self.problems.error("verkeerde-kop", span, message);
        }
        self.heading = Some((level, String::new()));
    }

    fn start_reference(&mut self, dest: &str, has_words: bool, span: Range<usize>) {
        let target = match self.targets.resolve(dest) {
            Ok(target) => Some(target),
            Err(message) => {
                self.problems.error("dode-verwijzing", span, message);
                None
            }
        };
        self.reference = Some(Reference {
            target,
            words: has_words.then(String::new),
        });
    }

    fn text(&mut self, words: &str) {
        if let Some(reference) = &mut self.reference {
            if let Some(own) = &mut reference.words {
                own.push_str(words);
            }
            return;
        }
        let words = typeset(words);
        if let Some((_, heading)) = &mut self.heading {
            heading.push_str(&words);
            return;
        }
        self.note(&words);
        self.events.push(Event::Text(words.into()));
    }

    /// Adds words to the plain text.
    fn note(&mut self, words: &str) {
        self.parsed.body.text.push_str(words);
        if let Some(block) = &mut self.block {
            block.text.push_str(words);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link if self.reference.is_some() => self.end_reference(),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => {
                self.end_block();
                self.events.push(Event::End(tag));
            }
            _ => self.events.push(Event::End(tag)),
        }
    }

    fn end_heading(&mut self) {
        let Some((level, text)) = self.heading.take() else {
            return;
        };
        let anchor = self.free_anchor(&text);
        self.parsed.body.text.push_str(&text);
        self.parsed.body.text.push('\n');
        if level == HeadingLevel::H2 {
            self.section.title = text;
            self.section.anchor = anchor;
            return;
        }
        self.events.push(Event::Start(Tag::Heading {
            level: HeadingLevel::H3,
            id: Some(anchor.clone().into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
        self.events.push(Event::Text(text.clone().into()));
        self.events
            .push(Event::End(TagEnd::Heading(HeadingLevel::H3)));
        self.section.headings.push(Heading { anchor, text });
    }

    fn free_anchor(&mut self, text: &str) -> String {
        let words: Vec<String> = crate::dutch::tokens(text).map(|token| token.text).collect();
        let plain = words.join("-");
        let anchor = match self.anchors.iter().filter(|known| **known == plain).count() {
            0 => plain.clone(),
            seen => format!("{plain}-{}", seen + 1),
        };
        self.anchors.push(plain);
        anchor
    }

    fn end_reference(&mut self) {
        let Some(reference) = self.reference.take() else {
            return;
        };
        match reference.target {
            Some(Target::Fact(key)) => self.write_fact(&key),
            Some(Target::Article(slug, title)) => {
                let words = reference.words.or_else(|| title.clone());
                let words = words.unwrap_or_else(|| slug.as_str().replace('-', " "));
                self.write_link(title.is_some().then(|| format!("/antwoord/{slug}")), words);
            }
            None => self.text(&reference.words.unwrap_or_default()),
        }
    }

    fn write_fact(&mut self, key: &FactKey) {
        let label = self.targets.fact_label(key);
        self.note(&label);
        let marked = format!("{FACT_OPENS}{key}{FACT_CLOSES}");
        self.events.push(Event::Text(marked.into()));
    }

    /// Writes a link, or only its words where the page is not there for now.
    fn write_link(&mut self, href: Option<String>, words: String) {
        self.note(&words);
        let link = href.map(|href| Tag::Link {
            link_type: LinkType::Inline,
            dest_url: href.into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        });
        let linked = link.is_some();
        self.events.extend(link.map(Event::Start));
        self.events.push(Event::Text(words.into()));
        self.events
            .extend(linked.then_some(Event::End(TagEnd::Link)));
    }

    fn end_block(&mut self) {
        if let Some(block) = self.block.take()
            && !block.text.trim().is_empty()
        {
            self.parsed.body.text.push('\n');
            self.parsed.blocks.push(block);
        }
    }

    fn end_section(&mut self) {
        let mut section = std::mem::take(&mut self.section);
        let mut raw = String::new();
        html::push_html(&mut raw, std::mem::take(&mut self.events).into_iter());
        section.pieces = cut_pieces(&SANITISER.clean(&raw).to_string());
        if !section.title.is_empty() || !section.pieces.is_empty() {
            self.parsed.body.sections.push(section);
        }
    }

    fn finish(mut self) -> Parsed {
        self.end_block();
        self.end_section();
        self.parsed
    }
}

/// Keeps ’s on one line with what follows: "’s avonds".
pub(super) fn typeset(text: &str) -> String {
    let mut set = text.to_owned();
    for sign in ["’s ", "'s "] {
        set = set.replace(&format!(" {sign}"), " ’s\u{a0}");
        if let Some(rest) = set.strip_prefix(sign) {
            set = format!("’s\u{a0}{rest}");
        }
    }
    set
}

/// Cuts sanitised HTML at the facts in it.
fn cut_pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html.trim();
    while let Some((before, after)) = rest.split_once(FACT_OPENS) {
        let (key, after) = after.split_once(FACT_CLOSES).unwrap_or((after, ""));
        push_html(&mut pieces, before);
        pieces.extend(FactKey::parse(key).map(Piece::Fact));
        rest = after;
    }
    push_html(&mut pieces, rest);
    pieces
}

fn push_html(pieces: &mut Vec<Piece>, html: &str) {
    if !html.is_empty() {
        pieces.push(Piece::Html(html.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::problem::Problem;
    use crate::domain::Slug;
    use proptest::prelude::*;

    fn parse_text(text: &str) -> (Parsed, Vec<Problem>) {
        let mut targets = Targets::default();
        let slug = Slug::parse("pesten-op-school").expect("a slug");
        targets
            .titles
            .insert(slug.clone(), "Pesten op school".into());
        targets.files.insert(slug);
        let mut problems = Problems::new("a.md", text);
        let parsed = parse(text, 0, &targets, &mut problems);
        (parsed, problems.into_found())
    }

    #[test]
    fn sections_hold_their_html_and_the_plain_text_its_words() {
        let (parsed, problems) = parse_text(
            "## In het kort\n\n- **Eén** ding\n\n## Wat kun je doen?\n\n### Eerst\n\nDit.",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let sections = &parsed.body.sections;
        assert_eq!(sections[0].anchor, "in-het-kort");
        assert_eq!(
            sections[0].pieces,
            [Piece::Html(
                "<ul>\n<li><strong>Eén</strong> ding</li>\n</ul>".into()
            )]
        );
        assert_eq!(sections[1].headings[0].anchor, "eerst");
        assert!(parsed.body.text.contains("Eén ding\n"));
    }

    #[test]
    fn references_are_written_out() {
        let (parsed, problems) = parse_text(
            "Bel [[feit:huisarts]]. Lees [[antwoord:pesten-op-school]] of [[antwoord:pesten-op-school|dit]].",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let pieces = &parsed.body.sections[0].pieces;
        assert_eq!(
            pieces[1],
            Piece::Fact(FactKey::parse("huisarts").expect("a key"))
        );
        assert!(
            matches!(&pieces[2], Piece::Html(html)
            if html.contains("<a href=\"/antwoord/pesten-op-school\">Pesten op school</a>")
            && html.contains(">dit</a>")),
            "{pieces:?}"
        );
    }

    #[test]
    fn what_leads_nowhere_or_is_no_markdown_is_an_error() {
        for (text, code) in [
            ("[[antwoord:nergens]]", "dode-verwijzing"),
            ("[[zomaar]]", "dode-verwijzing"),
            ("<script>alert(1)</script>", "verboden-opmaak"),
            ("# Kop", "verkeerde-kop"),
            ("![x](https://example.org/x.png)", "verboden-opmaak"),
            ("[bel](tel:112)", "verkeerd-adres"),
        ] {
            let (_, problems) = parse_text(text);
            assert!(
                problems.iter().any(|p| p.code == code),
                "{text}: {problems:?}"
            );
        }
    }

    #[test]
    fn two_headings_with_one_text_have_two_anchors() {
        let (parsed, _) = parse_text("## Wat?\n\na\n\n## Wat?\n\nb");
        let anchors: Vec<_> = parsed
            .body
            .sections
            .iter()
            .map(|s| s.anchor.as_str())
            .collect();
        assert_eq!(anchors, ["wat", "wat-2"]);
    }

    proptest! {
        #[test]
        fn no_text_leaves_a_script_a_handler_or_an_open_tag(text in "(\\PC|[<>\\[\\]#*|:\n`]){0,200}") {
            let (parsed, _) = parse_text(&text);
            for piece in parsed.body.sections.iter().flat_map(|s| &s.pieces) {
                if let Piece::Html(html) = piece {
                    prop_assert!(!html.contains("<script") && !html.contains("onerror="));
                }
            }
        }
    }
}
