//! What a parent or a loket wrote, on screen: plain text, line breaks kept; an address of an answer
//! page on this site becomes a link.

use maud::{Markup, html};

use super::Site;

/// What stands before the name of an answer page.
const ANSWER: &str = "/antwoord/";

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// The name of an answer page on this site.
    Answer(&'a str),
}

/// `text` as HTML.
#[must_use]
pub fn message_text(site: &Site<'_>, text: &str) -> Markup {
    let own = site.url("/");
    html! {
        div class="loes-bericht__tekst" {
            @for piece in pieces(text, own.trim_end_matches('/')) {
                @match piece {
                    Piece::Text(text) => (text),
                    Piece::Answer(slug) => @match site.library.article(slug) {
                        Some(article) => a class="utrecht-link utrecht-link--html-a" href={ (ANSWER) (article.slug) } { (article.title) },
                        None => { (ANSWER) (slug) }
                    },
                }
            }
        }
    }
}

/// The parts of `text`; `own` is the address of this site, without a slash at its end.
fn pieces<'a>(text: &'a str, own: &str) -> Vec<Piece<'a>> {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(ANSWER)) {
        let at = from + found;
        let name_at = at + ANSWER.len();
        let name = text.get(name_at..).unwrap_or("");
        let name = name.split(|c| !is_name(c)).next().unwrap_or("");
        from = name_at + name.len();
        let before = text.get(start..at).unwrap_or("");
        let before = before.strip_suffix(own).unwrap_or(before);
        if !name.is_empty() && begins_after(before) {
            pieces.extend([Piece::Text(before), Piece::Answer(name)]);
            start = from;
        }
    }
    pieces.push(Piece::Text(text.get(start..).unwrap_or("")));
    pieces
}

/// Whether an address can begin after `before`: what follows is not the tail of another site's.
fn begins_after(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || "(:\"‘“'".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_page_of_this_site_is_found_with_what_stands_around_it() {
        use Piece::{Answer, Text};
        let of = |text| pieces(text, "https://loes.nl");
        assert_eq!(
            of("Lees /antwoord/niet-slapen.\nOf https://loes.nl/antwoord/koorts"),
            [
                Text("Lees "),
                Answer("niet-slapen"),
                Text(".\nOf "),
                Answer("koorts"),
                Text("")
            ]
        );
        assert_eq!(of("/antwoord/x"), [Text(""), Answer("x"), Text("")]);
    }

    #[test]
    fn the_page_of_another_site_is_none_of_ours() {
        for other in [
            "Kijk op https://kwaad.nl/antwoord/niet-slapen",
            "xhttps://loes.nl/antwoord/niet-slapen",
            "a/antwoord/niet-slapen",
            "Lees /antwoord/ niets",
            "",
        ] {
            let found = pieces(other, "https://loes.nl");
            assert_eq!(found, [Piece::Text(other)], "{other}");
        }
    }
}
