//! The address of a search.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::AgeBand;

/// What a search keeps to while its words change.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept<'a> {
    /// Only this age.
    pub age: Option<AgeBand>,
    /// Only this topic.
    pub topic: Option<&'a str>,
}

const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The address of a search.
#[must_use]
pub fn search_url(words: &str, kept: &Kept<'_>) -> String {
    let mut url = format!("/zoeken?q={}", utf8_percent_encode(words, IN_QUERY));
    if let Some(age) = kept.age {
        url.push_str("&leeftijd=");
        url.push_str(age.slug());
    }
    if let Some(topic) = kept.topic {
        url.push_str("&onderwerp=");
        url.extend(utf8_percent_encode(topic, IN_QUERY));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_words_age_and_topic() {
        let kept = Kept {
            age: Some(AgeBand::Baby),
            topic: Some("slapen"),
        };
        assert_eq!(
            search_url("wat? één&twee", &kept),
            "/zoeken?q=wat%3F%20%C3%A9%C3%A9n%26twee&leeftijd=baby&onderwerp=slapen"
        );
    }
}
