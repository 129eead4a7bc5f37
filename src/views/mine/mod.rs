//! `/mijn-vraag`: the code, and the question behind it.

mod code;
mod receipt;
mod said;
mod thread;
mod withdraw;

use maud::{Markup, html};

use super::Site;
use super::layout::{Page, Section, render};

pub use code::{CodeForm, CodeProblem, code_page};
pub use thread::{Told, Visit, thread_page};
pub use withdraw::{kept_page, withdraw_page, withdrawn_page};

/// Where the code goes.
pub const ACTION: &str = "/mijn-vraag";

fn framed(site: &Site<'_>, title: &str, main: &Markup) -> Markup {
    let main = html! { div class="loes-breed loes-pagina" { (main) } };
    let frame = Page {
        title,
        section: Some(Section::Loket),
        quick_exit: true,
        ..Page::default()
    };
    render(site, &frame, &main)
}
