//! A page with one form about a question.

use maud::{Markup, html};

use super::question::{Trouble, trouble_notice, who};
use super::{Frame, Place};
use crate::domain::Question;
use crate::views::form::{error_summary, submit};

/// What such a page shows, besides its own fields.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The question.
    pub question: &'a Question,
    /// What is wrong: the name of a field, and what to say of it.
    pub errors: &'a [(&'static str, String)],
    /// What stood in the way of the last step.
    pub trouble: Option<Trouble>,
}

impl Sheet<'_> {
    /// What is wrong with a field.
    pub(super) fn error(&self, field: &str) -> Option<String> {
        let mut errors = self.errors.iter();
        let found = errors.find(|(name, _)| *name == field);
        found.map(|(_, error)| error.clone())
    }

    /// A form of the page that goes to `action`.
    pub(super) fn form(
        &self,
        frame: &Frame<'_>,
        (action, button): (&str, &str),
        fields: &Markup,
    ) -> Markup {
        html! {
            form class="loes-formulier" method="post" action={ "/loket-werk/vraag/" (self.question.id) "/" (action) } novalidate {
                (frame.hidden())
                input type="hidden" name="versie" value=(self.question.version);
                (fields)
                (submit("primary", "", "", button))
            }
        }
    }

    /// The page: its title, and what stands on it.
    pub(super) fn page(&self, frame: &Frame<'_>, title: &str, main: &Markup) -> Markup {
        let back = format!("/loket-werk/vraag/{}", self.question.id);
        let wrong = if self.errors.is_empty() { "" } else { "Fout: " };
        let main = html! {
            p { a class="utrecht-link utrecht-link--html-a" href=(back) { "Terug naar de vraag " (who(self.question)) } }
            (error_summary(self.errors))
            (trouble_notice(self.trouble))
            h1 class="utrecht-heading-1" { (title) }
            (main)
        };
        frame.page(&format!("{wrong}{title}"), Place::Elsewhere, &main)
    }
}
