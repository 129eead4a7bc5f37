//! What an editor is told, and what parents see all the same.

use loes::content::{Library, Loaded, Problem, Sources, Weight};

use crate::support::{Article, real_sources, small_library};

fn load(sources: &Sources) -> Loaded {
    Library::parse(sources, "2026-11-22".parse().unwrap())
}

/// The problems of the small library with this article added.
fn problems_of(article: &Article) -> Vec<Problem> {
    let mut sources = small_library();
    sources.insert(article.path(), &article.text());
    let mut problems = load(&sources).problems;
    problems.retain(|problem| problem.path == article.path());
    problems
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| &*problem.code).collect()
}

fn article() -> Article {
    Article::new("slapen", "proef", "Een proef")
}

#[test]
fn the_content_that_ships_has_no_error() {
    let loaded = load(&real_sources());
    let errors: Vec<_> = loaded.errors().map(Problem::one_line).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let library = loaded.library;
    assert!(library.articles().len() >= 210);
    let topics: std::collections::BTreeSet<_> = library.articles().map(|a| &a.topic).collect();
    assert!(topics.len() >= 55);
    assert_eq!(library.lokets().len(), 15);
    assert_eq!(library.topics().len(), 93);
    assert!(
        loes::domain::AgeBand::ALL
            .iter()
            .all(|age| library.articles().any(|article| article.ages.contains(age)))
    );
}

#[test]
fn every_postcode_of_the_region_has_its_loket_and_no_two() {
    let library = load(&real_sources()).library;
    let routed = |number| {
        let postcode = loes::domain::Postcode4::from_number(number).unwrap();
        loes::domain::route_postcode(postcode, library.lokets())
    };
    let mut known = 0;
    for number in 1000..=9999 {
        let lokets = routed(number);
        assert!(lokets.len() <= 1, "{number}: {lokets:?}");
        known += lokets.len();
    }
    assert_eq!(routed(7651)[0].municipality, "Tubbergen");
    assert_eq!(routed(7772)[0].municipality, "Hardenberg");
    assert_eq!(routed(7627)[0].municipality, "Almelo");
    assert!(known > 140, "{known}");
}

#[test]
fn a_right_article_has_no_problem() {
    assert_eq!(problems_of(&article()), []);
}

#[test]
fn each_mistake_is_named_at_its_place() {
    for (article, code, place) in [
        (article().with("titell: x"), "onbekende-sleutel", (15, 1)),
        (
            article().with("ook: [onzin]"),
            "onbekend-onderwerp",
            (15, 7),
        ),
        (
            article().with("verwant: [nergens]"),
            "dode-verwijzing",
            (15, 11),
        ),
        (
            article().with("hulp: [nergens]"),
            "dode-verwijzing",
            (15, 8),
        ),
        (
            article().with("oude_adressen: [niet-slapen]"),
            "dubbel-adres",
            (15, 17),
        ),
        (
            article().with("oude_adressen: [Hoofdletter]"),
            "verkeerde-waarde",
            (15, 17),
        ),
        (
            article().saying("\nBel [[feit:nergens]].\n"),
            "dode-verwijzing",
            (33, 5),
        ),
        (
            article().saying("\nLees [[antwoord:nergens]].\n"),
            "dode-verwijzing",
            (33, 6),
        ),
        (
            article().saying("\nBel 0800-2000.\n"),
            "los-telefoonnummer",
            (33, 5),
        ),
        (
            article().saying("\n<b>vet</b>\n"),
            "verboden-opmaak",
            (33, 1),
        ),
        (article().saying("\n# Kop\n"), "verkeerde-kop", (33, 1)),
    ] {
        let found = problems_of(&article);
        let problem = found.iter().find(|problem| problem.code == code);
        let problem = problem.unwrap_or_else(|| panic!("{code}: {found:?}"));
        assert_eq!(
            (problem.line, problem.column),
            place,
            "{}",
            problem.one_line()
        );
        assert_eq!(problem.weight, Weight::Error);
    }
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let text = "---\ntitel: Te weinig\nsamenvatting: \"Bel 112\"\nonderwerp: slapen\nleeftijd: [reus]\n\
        vragen: [a, a]\nbronnen: nee\nbijgewerkt: gisteren\n---\n\nTekst.\n";
    let mut sources = small_library();
    sources.insert("antwoorden/slapen/stuk.md", text);
    let loaded = load(&sources);
    let found: Vec<_> = loaded.errors().map(|problem| &*problem.code).collect();
    for code in [
        "sleutel-ontbreekt",
        "verkeerde-waarde",
        "geen-lijst",
        "aantal-vragen",
        "dubbele-vraag",
        "te-weinig-bronnen",
        "geen-lezer",
    ] {
        assert!(found.contains(&code), "{code}: {found:?}");
    }
}

#[test]
fn missing_parts_are_errors() {
    let mut sources = small_library();
    let text = article().text().replace("## In het kort", "## Heel kort");
    sources.insert(article().path(), &text);
    let loaded = load(&sources);
    let found: Vec<_> = loaded.errors().map(|problem| &*problem.code).collect();
    assert_eq!(found, ["kop-ontbreekt"]);
    for (text, code) in [
        ("zonder kop", "geen-kop"),
        ("---\n[[[\n---\n", "geen-yaml"),
        ("---\n- lijst\n---\n", "geen-sleutels"),
        ("", "geen-kop"),
    ] {
        sources.insert(article().path(), text);
        let loaded = load(&sources);
        assert!(
            codes(&loaded.problems).contains(&code),
            "{text}: {:?}",
            loaded.problems
        );
    }
}

#[test]
fn a_warning_takes_nothing_away() {
    let long = format!("\n{} einde.\n", "woord ".repeat(90));
    for (article, code) in [
        (article().saying(&long), "lange-zin"),
        (article().saying(&long), "lange-alinea"),
    ] {
        let found = problems_of(&article);
        assert!(codes(&found).contains(&code), "{found:?}");
        assert!(
            found
                .iter()
                .all(|problem| problem.weight == Weight::Warning)
        );
    }
    let mut sources = small_library();
    let old = article()
        .text()
        .replace("herzien_voor: 2028-11-01", "herzien_voor: 2026-11-01");
    sources.insert(article().path(), &old);
    let loaded = load(&sources);
    assert!(codes(&loaded.problems).contains(&"herziening"));
    assert!(loaded.library.article("proef").is_some());
    let late = article()
        .text()
        .replace("herzien_voor: 2028-11-01", "herzien_voor: 2030-11-01");
    sources.insert(article().path(), &late);
    assert!(codes(&load(&sources).problems).contains(&"herziening-te-laat"));
}

#[test]
fn an_expired_fact_is_a_warning_and_stays() {
    let loaded = load(&small_library());
    assert_eq!(codes(&loaded.problems), ["feit-verlopen"]);
    assert!(loaded.library.fact("veilig-thuis").is_some());
}

#[test]
fn one_bad_file_leaves_the_others_and_links_to_it_become_words() {
    let mut sources = small_library();
    let linking = article().saying("\nLees [[antwoord:driftbui]].\n");
    sources.insert(linking.path(), &linking.text());
    sources.insert("antwoorden/driftbuien/driftbui.md", "stuk");
    let loaded = load(&sources);
    assert_eq!(loaded.errors().count(), 1);
    assert!(loaded.library.article("driftbui").is_none());
    let page = loaded.library.article("proef").expect("still there");
    let html = format!("{:?}", page.body.sections);
    assert!(
        html.contains("Lees driftbui.") && !html.contains("/antwoord/driftbui"),
        "{html}"
    );
}

#[test]
fn a_fact_with_a_mistake_does_not_take_the_articles_with_it() {
    let mut sources = small_library();
    let facts = include_str!("../data/feiten.toml").replace("naam = \"huisarts\"\n", "");
    sources.insert("feiten.toml", &facts);
    let loaded = load(&sources);
    assert_eq!(loaded.errors().count(), 1);
    assert!(loaded.has_broken_foundation());
    assert_eq!(loaded.library.articles().len(), 3);
}

#[test]
fn broken_shared_files_never_empty_the_site() {
    for path in [
        "feiten.toml",
        "onderwerpen.toml",
        "veiligheid.toml",
        "woorden.toml",
        "partners.toml",
    ] {
        let mut sources = small_library();
        sources.insert(path, "= kapot");
        let loaded = load(&sources);
        assert!(
            loaded.errors().any(|problem| problem.path == path),
            "{path}"
        );
        assert_eq!(
            loaded.library.articles().len(),
            3,
            "{path}: {:?}",
            loaded.problems
        );
    }
}

#[test]
fn two_files_with_one_address_are_told_of() {
    let mut sources = small_library();
    let twin = Article::new("driftbuien", "niet-slapen", "Nog eens");
    sources.insert(twin.path(), &twin.text());
    let loaded = load(&sources);
    let errors: Vec<_> = loaded.errors().map(|problem| &*problem.code).collect();
    assert_eq!(errors, ["dubbel-adres"]);
}

#[test]
fn a_file_in_the_wrong_folder_is_told_of() {
    let mut sources = small_library();
    sources.insert("antwoorden/driftbuien/proef.md", &article().text());
    sources.insert("antwoorden/los.md", &article().text());
    let loaded = load(&sources);
    let found: Vec<_> = loaded.errors().map(|problem| &*problem.code).collect();
    assert_eq!(found, ["verkeerde-map", "verkeerde-plek"]);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let mut sources = small_library();
    let text = format!("\u{feff}{}", article().text().replace('\n', "\r\n"));
    sources.insert(article().path(), &text);
    assert!(load(&sources).library.article("proef").is_some());
}

/// What an editor hears of one article on top when it is proofread.
fn proofread(article: &Article) -> Vec<(String, String)> {
    let mut sources = small_library();
    sources.insert(article.path(), &article.text());
    sources.insert("spelling.toml", "goed = [\"loesloket\"]");
    let loaded = Library::proofread(&sources, "2026-11-22".parse().unwrap()).unwrap();
    let plain = load(&sources).problems;
    let added = loaded
        .problems
        .into_iter()
        .filter(|problem| problem.path == article.path() && !plain.contains(problem));
    added
        .map(|problem| (problem.code.into_owned(), problem.message))
        .collect()
}

#[test]
fn proofreading_finds_wrong_and_hard_words_where_they_stand() {
    let article = article().saying("\nHet Loesloket helpt, ook indien je kind lusiterd.\n");
    let found = proofread(&article);
    let has = |code: &str, word: &str| {
        found
            .iter()
            .any(|(found, message)| found == code && message.contains(word))
    };
    assert!(has("spelling", "‘lusiterd’"), "{found:?}");
    assert!(has("moeilijk-woord", "‘indien’"), "{found:?}");
    assert!(!has("spelling", "Loesloket"), "{found:?}");
    assert!(has("lengte", "woorden"), "{found:?}");
    let mut sources = small_library();
    sources.insert(article.path(), &article.text());
    let loaded = Library::proofread(&sources, "2026-11-22".parse().unwrap()).unwrap();
    let wrong = loaded
        .problems
        .iter()
        .find(|problem| problem.message.contains("lusiterd"));
    let place = article.text().find("lusiterd").unwrap();
    assert_eq!(wrong.unwrap().span, place..place + "lusiterd".len());
}

#[test]
fn proofreading_tells_what_reads_hard() {
    let passive = "\nDit wordt gedaan. Dat wordt verteld. Zo wordt geholpen.\n";
    let hard = "\nHet structureren van bedtijdroutines bevordert slaapkwaliteit substantieel \
        doordat minderjarigen voorspelbaarheid ervaren gedurende overgangsmomenten.\n"
        .repeat(9);
    for (saying, code) in [
        (passive, "lijdende-vorm"),
        (hard.as_str(), "leest-moeilijk"),
    ] {
        let found = proofread(&article().saying(saying));
        assert!(
            found.iter().any(|(found, _)| found == code),
            "{code}: {found:?}"
        );
    }
    let found = proofread(&article().saying(&format!("\nEen {} woord.\n", "o".repeat(22))));
    assert!(
        found.iter().any(|(code, _)| code == "lang-woord"),
        "{found:?}"
    );
    let old = article()
        .text()
        .replace("bekeken: 2026-11-01", "bekeken: 2022-11-01");
    let mut sources = small_library();
    sources.insert(article().path(), &old);
    let loaded = Library::proofread(&sources, "2026-11-22".parse().unwrap()).unwrap();
    assert!(codes(&loaded.problems).contains(&"oude-bron"));
}

#[test]
fn proofreading_tells_how_articles_stand_to_each_other() {
    let alone = article().with("verwant: [driftbui]");
    let found = proofread(&alone);
    let has = |code: &str| found.iter().any(|(found, _)| found == code);
    assert!(has("weinig-verwant") && has("wees"), "{found:?}");
    let mut sources = small_library();
    let leads = article().saying("\nLees [[antwoord:driftbui]] en [[antwoord:niet-slapen]].\n");
    sources.insert(leads.path(), &leads.text());
    let other = Article::new("slapen", "ander", "Een ander").with("verwant: [proef, onveilig]");
    sources.insert(
        other.path(),
        &other.text().replace("een ander", "Een proef?"),
    );
    let loaded = Library::proofread(&sources, "2026-11-22".parse().unwrap()).unwrap();
    let about = |path: String| -> Vec<_> {
        let mut found = loaded.problems.clone();
        found.retain(|problem| problem.path == path);
        found
    };
    let first = about(leads.path());
    assert!(!codes(&first).contains(&"weinig-verwant"), "{first:?}");
    assert!(!codes(&first).contains(&"wees"), "{first:?}");
    let both = [first, about(other.path())].concat();
    assert!(codes(&both).contains(&"vraag-staat-elders"), "{both:?}");
}

#[test]
fn a_topic_shows_first_what_parents_ask_first() {
    let mut sources = small_library();
    for slug in ["aaa", "zzz"] {
        let article = Article::new("slapen", slug, "Een antwoord");
        sources.insert(article.path(), &article.text());
    }
    let named = "slug = \"slapen\"\neerst = [\"zzz\", \"weg\"]";
    let topics = sources.get("onderwerpen.toml").unwrap().to_owned();
    assert!(topics.contains("slug = \"slapen\""), "{topics}");
    let inline = topics.replace(
        "slug = \"slapen\",",
        "slug = \"slapen\", eerst = [\"zzz\", \"weg\"],",
    );
    sources.insert(
        "onderwerpen.toml",
        &inline.replace("slug = \"slapen\"\n", named),
    );
    let loaded = load(&sources);
    let shown: Vec<_> = loaded
        .library
        .articles_about("slapen")
        .iter()
        .map(|a| a.slug.as_str())
        .collect();
    assert_eq!(shown[..2], ["zzz", "aaa"]);
    let found: Vec<_> = loaded
        .problems
        .iter()
        .filter(|p| p.path == "onderwerpen.toml")
        .collect();
    assert_eq!(
        (&*found[0].code, found[0].weight),
        ("dode-verwijzing", Weight::Warning)
    );
}

#[test]
fn a_service_that_is_called_by_its_number_may_be_named() {
    let named = "113 Zelfmoordpreventie";
    let mut sources = small_library();
    let facts = sources.get("feiten.toml").unwrap();
    let fact = facts.split("[huisarts]").next().unwrap();
    let fact = fact
        .replace("[alarmnummer]", "[\"113\"]")
        .replace("\"112\"", "\"113\"");
    let fact = fact.replace("\"alarmnummer\"", "\"113 Zelfmoordpreventie\"");
    let facts = format!("{facts}\n{fact}");
    sources.insert("feiten.toml", &facts);
    let codes_of = |sources: &mut Sources, words: &str| -> Vec<String> {
        let text = article().saying(&format!("\nBel {words}.\n")).text();
        sources.insert(article().path(), &text);
        let loaded = Library::proofread(sources, "2026-11-22".parse().unwrap()).unwrap();
        let mut found = loaded.problems;
        found.retain(|problem| problem.path == article().path());
        found
            .into_iter()
            .map(|problem| problem.code.into_owned())
            .collect()
    };
    let found = codes_of(&mut sources, named);
    assert!(
        !found
            .iter()
            .any(|code| code == "los-telefoonnummer" || code == "spelling"),
        "{found:?}"
    );
    assert!(codes_of(&mut sources, "113").contains(&"los-telefoonnummer".to_owned()));
}
