//! The log of a loket.

use maud::{Markup, html};

use super::{Frame, Place, moment_text};
use crate::domain::Staff;
use crate::store::AuditRow;

/// The page: the newest line first.
#[must_use]
pub fn page(frame: &Frame<'_>, rows: &[AuditRow], staff: &[Staff]) -> Markup {
    let known = |id: &str| {
        let found = staff.iter().find(|one| one.id.to_string() == id);
        found.map(|one| one.name.as_str())
    };
    let name = |id: &str| known(id).unwrap_or("onbekend");
    let main = html! {
        h1 class="utrecht-heading-1" { "Logboek" }
        p class="loes-lead" { "Wie wat las en deed bij dit loket. Het logboek is niet te veranderen zonder dat het opvalt; dat je het leest, staat er ook in." }
        div class="utrecht-table-container" tabindex="0" role="region" aria-label="Logboek" {
            table class="utrecht-table" {
                thead { tr { th scope="col" { "Wanneer" } th scope="col" { "Wie" } th scope="col" { "Wat" } th scope="col" { "Vraag" } th scope="col" { "Vanaf" } } }
                tbody {
                    @for row in rows {
                        tr {
                            td { (moment_text(row.at, frame.site.now)) }
                            td { (name(&row.staff)) }
                            td { (row.action) @if row.result != "gelukt" { " (" (row.result) ")" } }
                            td { @match row.question.split(' ').filter(|id| !id.is_empty()).count() { 0 => "", 1 if known(&row.question).is_some() => (name(&row.question)), 1 => a href={ "/loket-werk/vraag/" (row.question) } { "vraag" }, many => { (many) " vragen" } } }
                            td { (row.origin) }
                        }
                    }
                }
            }
        }
    };
    frame.page("Logboek", Place::Log, &main)
}
