//! The desk of a loket: what staff see.

pub mod account;
pub mod colleagues;
pub mod course;
pub mod enter;
pub mod erase;
pub mod export;
pub mod find;
pub mod hold;
pub mod inbox;
pub mod join;
pub mod log;
pub mod offer;
pub mod phrases;
pub mod preview;
pub mod question;
pub mod received;
pub mod reset;
pub mod second_factor;
pub mod sheet;
pub mod sign_in;

use jiff::Timestamp;
use maud::{Markup, html};

use super::layout::{Page, render};
use super::{Site, assets};
use crate::clock::dutch_zone;
use crate::domain::hours::time_text;
use crate::domain::{Slug, Staff};

/// What every page of the desk knows.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// What every page knows.
    pub site: Site<'a>,
    /// Who is signed in.
    pub staff: &'a Staff,
    /// Goes along with each form.
    pub token: &'a str,
    /// Goes along too: whose form it is, also when the session is over.
    pub who: &'a str,
    /// When the session ends, unless it is used before.
    pub ends: Timestamp,
}

/// What is said to who was signed out while she typed, and is back.
pub(crate) const BACK: &str =
    "Wat je typte, staat er nog. Het is nog niet verstuurd of bewaard: doe dat nu.";

/// A page of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The inbox.
    Inbox,
    /// A question that is written down.
    Enter,
    /// Texts that colleagues use often.
    Phrases,
    /// The colleagues of the loket.
    Colleagues,
    /// The log.
    Log,
    /// The account of who is signed in.
    Account,
    /// Any other.
    Elsewhere,
}

impl Frame<'_> {
    /// A page of the desk.
    fn page(&self, title: &str, place: Place, main: &Markup) -> Markup {
        let frame = Page {
            title,
            ..desk_page()
        };
        let main = html! {
            (self.bar(place))
            div class="loes-breed loes-pagina loes-werk" { (main) }
        };
        render(&self.site, &frame, &main)
    }

    /// The name of a loket.
    fn loket_name<'s>(&'s self, slug: &'s Slug) -> &'s str {
        let loket = self.site.library.loket(slug.as_str());
        loket.map_or(slug.as_str(), |loket| loket.name.as_str())
    }

    /// Where staff are, where they can go, and how they leave.
    fn bar(&self, place: Place) -> Markup {
        let loket = self.site.library.loket(self.staff.loket.as_str());
        let menu = self.menu();
        html! {
            div class="loes-balk" {
                div class="loes-breed loes-balk__rij" {
                    p class="loes-balk__wie" {
                        strong { (loket.map_or("Loesloket", |loket| loket.name.as_str())) } " "
                        span { (self.staff.name) }
                    }
                    nav aria-label="Loket" {
                        ul class="loes-kaal" {
                            @for (item, href, name) in &menu {
                                li { a href=(href) aria-current=[(*item == place).then_some("page")] { (name) } }
                            }
                        }
                    }
                    form method="post" action="/loket-werk/uitloggen" {
                        (self.hidden())
                        button class="loes-balk__uit" type="submit" { "Uitloggen" }
                    }
                }
            }
            (self.session_end())
        }
    }

    /// The pages that are for this account.
    fn menu(&self) -> Vec<(Place, &'static str, &'static str)> {
        let role = self.staff.role;
        let mut menu = Vec::new();
        if role.answers() {
            menu.extend([
                (Place::Inbox, "/loket-werk", "Postvak"),
                (Place::Enter, "/loket-werk/nieuw", "Vraag opschrijven"),
                (Place::Phrases, "/loket-werk/zinnen", "Zinnen"),
                (Place::Colleagues, "/loket-werk/collegas", "Collega's"),
            ]);
        }
        if role.manages() {
            menu.push((Place::Log, "/loket-werk/logboek", "Logboek"));
        }
        menu.push((Place::Account, "/loket-werk/account", "Mijn account"));
        menu
    }

    /// The field that shows that a form is of this session.
    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="teken" value=(self.token);
            input type="hidden" name="medewerker" value=(self.who);
        }
    }

    /// Warns before the session ends; a script shows it in time.
    fn session_end(&self) -> Markup {
        let until = self.ends.to_zoned(dutch_zone()).time();
        let left = self
            .ends
            .duration_since(self.site.now.timestamp())
            .as_secs();
        html! {
            div class="loes-breed" role="status" {
                p class="loes-sessie" hidden data-sessie=(left) {
                    "Je wordt om " (time_text(until)) " uur uitgelogd. "
                    button class="utrecht-button utrecht-button--secondary-action" type="button" { "Ik ben er nog" }
                }
            }
        }
    }
}

/// A page of the desk for who is not signed in.
fn outside(site: &Site<'_>, title: &str, main: &Markup) -> Markup {
    let frame = Page {
        title,
        ..desk_page()
    };
    render(
        site,
        &frame,
        &html! { div class="loes-breed loes-pagina loes-werk" { (main) } },
    )
}

fn desk_page<'a>() -> Page<'a> {
    Page {
        extra: Some((assets::url("werk.css"), assets::url("werk.js"))),
        ..Page::default()
    }
}

/// A moment as staff read it: "vandaag 14.05", "22 nov 14.05".
fn moment_text(at: Timestamp, now: &jiff::Zoned) -> String {
    let at = at.to_zoned(dutch_zone());
    let time = time_text(at.time());
    if at.date() == now.date() {
        format!("vandaag {time}")
    } else {
        format!("{} {time}", super::dates::date_text(at.date()))
    }
}
