//! Square codes for the camera of a phone, drawn module by module: nothing of their text stands in
//! the drawing as text.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// The empty border that a camera needs, in modules (ISO/IEC 18004, 9.1).
const BORDER: usize = 4;

/// A drawing of `text`; `label` says what it is to who does not see it. Nothing when the text is too
/// long: over two thousand bytes.
#[must_use]
pub fn drawing(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Markup::default();
    };
    let side = code.width() + 2 * BORDER;
    html! {
        svg class="loes-qr" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) {
            rect width=(side) height=(side) fill="#fff" {}
            path fill="#000" shape-rendering="crispEdges" d=(dark_runs(&code)) {}
        }
    }
}

/// The dark modules as a path, one rectangle for each run in a row.
fn dark_runs(code: &QrCode) -> String {
    let mut path = String::new();
    let colors = code.to_colors();
    for (y, row) in colors.chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(PartialEq::eq) {
            let width = run.len();
            if run.first() == Some(&Color::Dark) {
                // Writing to a string never fails.
                let _ = write!(path, "M{} {}h{width}v1h-{width}z", x + BORDER, y + BORDER);
            }
            x += width;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once_and_the_text_is_not_there() {
        let code = QrCode::with_error_correction_level("Code ABCD", EcLevel::M).expect("a code");
        let dark = code
            .to_colors()
            .iter()
            .filter(|color| **color == Color::Dark)
            .count();
        let drawn: usize = dark_runs(&code)
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|part| {
                let width: String = part.chars().take_while(char::is_ascii_digit).collect();
                width.parse::<usize>().expect("a width")
            })
            .sum();
        assert_eq!(drawn, dark);
        let html = drawing("Code ABCD", "De code").into_string();
        assert!(html.contains("aria-label=\"De code\"") && !html.contains("ABCD"));
        // Three finder patterns: the first row begins with seven dark modules.
        assert!(dark_runs(&code).starts_with("M4 4h7v1h-7z"));
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        assert_eq!(drawing(&"x".repeat(5_000), "").into_string(), "");
    }
}
