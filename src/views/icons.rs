//! Icons, drawn into the page.

use maud::{Markup, PreEscaped};

use super::assets::Embedded;

/// The icon `name`; nothing when there is none. The file is ours and holds no text.
#[must_use]
pub fn icon(name: &str) -> Markup {
    let file = Embedded::get(&format!("icons/{name}.svg"));
    let drawing = file.map(|file| String::from_utf8_lossy(&file.data).trim().to_owned());
    PreEscaped(drawing.unwrap_or_default())
}
