//! Fields of forms, each with what is wrong with it, and the summary that leads to them.

use maud::{Markup, html};

use super::icons::icon;

/// A line or a block of text to fill in.
#[derive(Debug, Clone, Default)]
pub struct TextField<'a> {
    /// Its name in the form; also its anchor on the page.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// How to answer; may be empty.
    pub hint: &'a str,
    /// What was typed.
    pub value: &'a str,
    /// What is wrong with that.
    pub error: Option<String>,
    /// `text`, `tel`, `email` or `password`; empty for text. A password is never sent back.
    pub kind: &'a str,
    /// What a browser may fill in (HTML, 4.10.18.7); empty for nothing.
    pub autocomplete: &'a str,
    /// Whether the answer is a few symbols.
    pub short: bool,
}

impl TextField<'_> {
    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-uitleg", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-fout", self.name));
        let ids: Vec<_> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn frame(&self, control: &Markup) -> Markup {
        let invalid = self.error.as_ref().map(|_| "utrecht-form-field--invalid");
        html! {
            div class={ "utrecht-form-field " (invalid.unwrap_or_default()) } {
                label class="utrecht-form-field__label utrecht-form-label" for=(self.name) { (self.label) }
                @if !self.hint.is_empty() {
                    p class="utrecht-form-field__description utrecht-form-field-description" id={ (self.name) "-uitleg" } {
                        (self.hint)
                    }
                }
                (error_message(self.name, self.error.as_deref()))
                (control)
            }
        }
    }
}

/// What is wrong with the field `name`, for beside it.
#[must_use]
pub fn error_message(name: &str, error: Option<&str>) -> Markup {
    html! {
        @if let Some(error) = error {
            div class="utrecht-form-field__error-message utrecht-form-field-error-message" id={ (name) "-fout" } {
                (icon("let-op"))
                span { span class="loes-alleen-lezer" { "Fout: " } (error) }
            }
        }
    }
}

/// A field of one line.
#[must_use]
pub fn text_field(field: &TextField<'_>) -> Markup {
    let kind = if field.kind.is_empty() {
        "text"
    } else {
        field.kind
    };
    let invalid = field.error.as_ref().map(|_| "utrecht-textbox--invalid");
    let short = field.short.then_some("loes-kort");
    let autocomplete = (!field.autocomplete.is_empty()).then_some(field.autocomplete);
    field.frame(&html! {
        input class={ "utrecht-form-field__input utrecht-textbox utrecht-textbox--html-input "
                (invalid.unwrap_or_default()) " " (short.unwrap_or_default()) }
            id=(field.name) name=(field.name) type=(kind) value=[(kind != "password").then_some(field.value)] autocomplete=(autocomplete.unwrap_or("off"))
            aria-describedby=[field.described_by()] aria-invalid=[field.error.as_ref().map(|_| "true")];
    })
}

/// A field of several lines.
#[must_use]
pub fn text_area(field: &TextField<'_>) -> Markup {
    let invalid = field.error.as_ref().map(|_| "utrecht-textarea--invalid");
    field.frame(&html! {
        textarea class={ "utrecht-form-field__input utrecht-textarea utrecht-textarea--html-textarea " (invalid.unwrap_or_default()) }
            id=(field.name) name=(field.name) rows="6" autocomplete="off"
            aria-describedby=[field.described_by()] aria-invalid=[field.error.as_ref().map(|_| "true")] {
            // A browser drops the first line break of a text area.
            "\n" (field.value)
        }
    })
}

/// A choice out of a list of values, each with its words.
#[must_use]
pub fn select_field(field: &TextField<'_>, options: &[(&str, &str)]) -> Markup {
    field.frame(&html! {
        select class="utrecht-select utrecht-select--html-select" id=(field.name) name=(field.name)
            aria-describedby=[field.described_by()] aria-invalid=[field.error.as_ref().map(|_| "true")] {
            @for (value, words) in options {
                option value=(value) selected[*value == field.value] { (words) }
            }
        }
    })
}

/// A choice by a round button; `id` is its anchor.
#[must_use]
pub fn radio(id: &str, name: &str, value: &str, label: &str, chosen: bool) -> Markup {
    html! {
        label class="loes-keuze" for=(id) {
            input type="radio" id=(id) name=(name) value=(value) checked[chosen];
            span { (label) }
        }
    }
}

/// What the page carries along unseen; what is empty stays behind.
#[must_use]
pub fn hidden(fields: &[(&str, &str)]) -> Markup {
    html! {
        @for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// All that is wrong, at the top of the page: each line leads to its field. The page opens here.
#[must_use]
pub fn error_summary(errors: &[(&str, String)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div class="utrecht-alert utrecht-alert--error loes-stuk" id="fouten" tabindex="-1" autofocus
                role="group" aria-labelledby="fouten-kop" {
                div class="utrecht-alert__icon" { (icon("let-op")) }
                div class="utrecht-alert__content" {
                    div class="utrecht-alert__message" {
                        h2 id="fouten-kop" { "Er klopt nog iets niet" }
                        ul class="loes-fouten" {
                            @for (name, error) in errors { li { a href={ "#" (name) } { (error) } } }
                        }
                    }
                }
            }
        }
    }
}

/// A button that sends a form.
#[must_use]
pub fn submit(weight: &str, name: &str, value: &str, label: &str) -> Markup {
    let named = (!name.is_empty()).then_some(name);
    let value = named.map(|_| value);
    html! {
        button class={ "utrecht-button utrecht-button--" (weight) "-action utrecht-button--submit" } type="submit"
            name=[named] value=[value] { (label) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_names_its_hint_and_its_mistake_and_keeps_what_was_typed() {
        let field = TextField {
            name: "mail",
            label: "Je mailadres",
            hint: "Bijvoorbeeld a@b.nl",
            value: "<anna>",
            error: Some("Dit is geen mailadres.".into()),
            ..TextField::default()
        };
        for html in [text_field(&field), text_area(&field)].map(Markup::into_string) {
            assert!(html.contains("aria-describedby=\"mail-uitleg mail-fout\""));
            assert!(html.contains("aria-invalid=\"true\""));
            assert!(html.contains("id=\"mail-fout\"") && html.contains("&lt;anna&gt;"));
        }
        let right = TextField {
            error: None,
            hint: "",
            ..field
        };
        let html = text_field(&right).into_string();
        assert!(!html.contains("aria-describedby") && !html.contains("aria-invalid"));
    }

    #[test]
    fn the_summary_leads_to_each_field_and_is_not_there_without_mistakes() {
        let html = error_summary(&[("mail", "Fout een".into()), ("naam", "Fout twee".into())]);
        let html = html.into_string();
        assert!(html.contains("href=\"#mail\"") && html.contains("href=\"#naam\""));
        assert_eq!(error_summary(&[]).into_string(), "");
    }

    #[test]
    fn what_is_empty_is_not_carried() {
        let html = hidden(&[("a", ""), ("b", "\"x\ny")]).into_string();
        assert_eq!(
            html,
            "<input type=\"hidden\" name=\"b\" value=\"&quot;x\ny\">"
        );
    }
}
