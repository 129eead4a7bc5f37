//! Ten thousand inputs that nobody foresaw: nothing panics, and the work stays within its bounds.

use loes::content::{Library, Sources};
use loes::search::{Filter, QUERY_LIMIT, SearchQuery, Snapshot};
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::support::{Article, real_sources, small_library};

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    Snapshot::in_memory(&real_sources(), "2026-11-22".parse().unwrap()).expect("an index")
});

/// Any Unicode, words of parents among it, up to ten kilobytes.
fn any_words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "\\PC{0,12}",
        4 => prop::sample::select(vec![
            "slapen", "peuter", "driftbuien:", "niet", "slaapproblemen", "zelfmoord", "van 3",
            "AND", "OR", "\"", "title:", "*", "~2", "[a TO b]", "\u{202e}", "é", "🙂", "ǆ", "İ", "ﬁ",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string().repeat(60)),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, ..ProptestConfig::default() })]

    #[test]
    fn any_words_get_an_honest_answer(words in any_words()) {
        let query = SearchQuery::new(&words);
        let found = SNAPSHOT.search(&query, &Filter::default(), 10).expect("found");
        prop_assert!(found.hits.len() <= 10 && found.hits.len() <= found.total);
        prop_assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        let _ = SNAPSHOT.safety(&query);
        prop_assert!(SNAPSHOT.suggest(&words).len() <= 8);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn any_front_matter_is_read_or_told_of(yaml in "(\\PC|[\n:#\\[\\]{}\"'&*!|>-]){0,300}", body in "(\\PC|[\n#*\\[\\]|<>`]){0,300}") {
        let mut sources = Sources::default();
        sources.insert("antwoorden/slapen/proef.md", &format!("---\n{yaml}\n---\n{body}"));
        let loaded = Library::parse(&sources, "2026-11-22".parse().unwrap());
        prop_assert!(loaded.errors().count() > 0);
        for problem in &loaded.problems {
            prop_assert!(!problem.draw(sources.get(&problem.path).unwrap_or(""), false).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn any_body_makes_a_page_or_is_told_of(body in "(\\PC|[\n#*\\[\\]|<>`()-]){0,600}") {
        let article = Article::new("slapen", "proef", "Een proef").saying(&body);
        let mut sources = small_library();
        sources.insert(article.path(), &article.text());
        let loaded = Library::parse(&sources, "2026-11-22".parse().unwrap());
        let told = loaded.errors().any(|problem| problem.path == article.path());
        prop_assert!(told || loaded.library.article("proef").is_some());
    }

    #[test]
    fn any_toml_is_read_or_told_of(text in "(\\PC|[\n=\\[\\]{}\"'#.-]){0,300}", which in 0_usize..6) {
        let path = ["feiten.toml", "onderwerpen.toml", "veiligheid.toml", "woorden.toml", "partners.toml", "loketten/x.toml"][which];
        let mut sources = small_library();
        sources.insert(path, &text);
        let loaded = Library::parse(&sources, "2026-11-22".parse().unwrap());
        let whole = loaded.library.articles().len() == 3;
        prop_assert!(whole || loaded.errors().count() > 0);
    }
}

#[test]
fn the_longest_words_cost_no_more_than_others() {
    for word in [
        "kinder".repeat(2000),
        "a".repeat(QUERY_LIMIT),
        "slaap ".repeat(2000),
        "\u{301}".repeat(5000),
    ] {
        let query = SearchQuery::new(&word);
        assert!(SNAPSHOT.search(&query, &Filter::default(), 10).is_ok());
        let _ = SNAPSHOT.safety(&query);
    }
}
