//! The program as it is run on a terminal.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::{Article, real_sources, write_content};

fn loes(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("loes").expect("the program");
    command.current_dir(folder).env_clear();
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with a copy of the content that ships.
fn workplace() -> TempDir {
    let root = TempDir::new().unwrap();
    write_content(&real_sources(), &root.path().join("content"));
    root
}

#[test]
fn check_tells_every_problem_with_its_place_and_fails_on_errors_alone() {
    let place = workplace();
    loes(place.path()).arg("check").assert().success();
    let file = place.path().join("content/antwoorden/slapen/stuk.md");
    fs::write(
        &file,
        Article::new("slapen", "stuk", "Stuk")
            .with("ook: [onzin]\nraar: 1")
            .text(),
    )
    .unwrap();
    let failed = loes(place.path()).arg("check").assert().code(1);
    let told = text(&failed.get_output().stdout);
    assert!(
        told.contains("antwoorden/slapen/stuk.md:15:7 fout: Het onderwerp ‘onzin’"),
        "{told}"
    );
    assert!(told.contains("15 │ ook: [onzin]"), "{told}");
    let json = loes(place.path())
        .args(["check", "--json"])
        .assert()
        .code(1);
    let problems: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    let codes: Vec<_> = problems
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["code"].clone())
        .collect();
    assert!(codes.contains(&"onbekende-sleutel".into()), "{codes:?}");
    loes(place.path())
        .args(["index", "--strict"])
        .assert()
        .code(1);
    assert!(!place.path().join("index").exists());
    let built = loes(place.path()).arg("index").assert().success();
    assert!(text(&built.get_output().stdout).contains("kijk met ‘loes check’"));
}

#[test]
fn index_says_what_it_did_in_one_line() {
    let place = workplace();
    let first = loes(place.path())
        .args(["index", "--strict"])
        .assert()
        .success();
    let line = text(&first.get_output().stdout);
    assert!(
        line.starts_with("Index gemaakt: ") && line.lines().count() == 1,
        "{line}"
    );
    let again = loes(place.path()).arg("index").assert().success();
    assert!(text(&again.get_output().stdout).starts_with("Index is al bij"));
}

#[test]
fn search_prints_ranked_answers() {
    let place = workplace();
    let found = loes(place.path())
        .args(["search", "mijn", "peuter", "wil", "niet", "slapen"])
        .assert()
        .success();
    let first = text(&found.get_output().stdout);
    assert!(
        first
            .lines()
            .next()
            .unwrap()
            .contains("(peuter-wil-niet-slapen)"),
        "{first}"
    );
    loes(place.path())
        .args(["search", "slapen", "--leeftijd", "reus"])
        .assert()
        .code(2);
}

#[test]
fn a_new_article_is_begun_and_not_written_over() {
    let place = workplace();
    let new = [
        "new",
        "Mijn kind wil geen jas aan",
        "--onderwerp",
        "grenzen-luisteren",
    ];
    let made = loes(place.path()).args(new).assert().success();
    let path = text(&made.get_output().stdout);
    assert_eq!(
        path.trim(),
        "content/antwoorden/grenzen-luisteren/mijn-kind-wil-geen-jas-aan.md"
    );
    assert!(
        fs::read_to_string(place.path().join(path.trim()))
            .unwrap()
            .contains("## In het kort")
    );
    loes(place.path()).args(new).assert().code(2);
    loes(place.path())
        .args(["new", "x", "--onderwerp", "onzin"])
        .assert()
        .code(2);
}

#[test]
fn an_approval_is_recorded_and_falls_with_a_change() {
    let place = workplace();
    let path = place
        .path()
        .join("content/antwoorden/driftbuien/driftbuien-peuter.md");
    let approve = [
        "approve",
        "driftbuien-peuter",
        "--door",
        "Pedagoog van het loket",
    ];
    loes(place.path()).args(approve).assert().success();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("beoordeling: goedgekeurd\ndoor: \"Pedagoog van het loket\"\n"),
        "{text}"
    );
    loes(place.path())
        .args(["check", "--strict"])
        .assert()
        .success();
    fs::write(
        &path,
        text.replace("## In het kort\n", "## In het kort\n\nAnders.\n"),
    )
    .unwrap();
    let told = loes(place.path())
        .args(["check", "--strict"])
        .assert()
        .code(1);
    let told = String::from_utf8_lossy(&told.get_output().stdout).into_owned();
    assert!(told.contains("goedkeuring-vervallen"), "{told}");
    loes(place.path())
        .args(["approve", "nergens", "--door", "x"])
        .assert()
        .code(2);
}

#[test]
fn ranking_is_measured_on_the_content_and_on_any_collection() {
    let place = workplace();
    let queries = place.path().join("vragen.jsonl");
    fs::write(
        &queries,
        "{\"query\":\"driftbuien\",\"onderwerp\":\"driftbuien\"}\n",
    )
    .unwrap();
    let measured = loes(place.path())
        .args(["eval", "--queries", "vragen.jsonl"])
        .assert()
        .success();
    assert!(text(&measured.get_output().stdout).contains("success@1  1.0000"));
    fs::write(
        place.path().join("teksten.jsonl"),
        "{\"id\":\"a\",\"text\":\"een fiets\"}\n",
    )
    .unwrap();
    fs::write(
        &queries,
        "{\"id\":\"1\",\"query\":\"fietsen\",\"relevant\":[\"a\"]}\n",
    )
    .unwrap();
    let args = [
        "eval",
        "--corpus",
        "teksten.jsonl",
        "--queries",
        "vragen.jsonl",
    ];
    let measured = loes(place.path()).args(args).assert().success();
    assert!(text(&measured.get_output().stdout).contains("nDCG@10    1.0000"));
    fs::write(&queries, "geen json\n").unwrap();
    let wrong = loes(place.path()).args(args).assert().code(2);
    assert!(text(&wrong.get_output().stderr).contains("vragen.jsonl, regel 1"));
}

#[test]
fn a_wrong_setting_is_refused_with_the_reason() {
    let place = TempDir::new().unwrap();
    let refused = loes(place.path())
        .args(["--listen", "overal"])
        .assert()
        .code(2);
    let told = text(&refused.get_output().stderr);
    assert!(
        told.contains("--listen") && told.contains("overal"),
        "{told}"
    );
    let refused = loes(place.path())
        .env("LOES_DEMO", "misschien")
        .assert()
        .code(2);
    assert!(text(&refused.get_output().stderr).contains("misschien"));
    fs::write(place.path().join("loes.toml"), "luister = 1\n").unwrap();
    let refused = loes(place.path()).assert().code(2);
    assert!(text(&refused.get_output().stderr).contains("loes.toml"));
}

#[test]
fn without_content_and_index_it_says_what_is_missing() {
    let place = TempDir::new().unwrap();
    for command in ["serve", "check", "index"] {
        let refused = loes(place.path())
            .args([command, "--listen", "127.0.0.1:0"])
            .assert()
            .code(2);
        assert!(
            text(&refused.get_output().stderr).contains("content bestaat niet"),
            "{command}"
        );
    }
}

#[test]
fn help_and_completions_are_there() {
    let place = TempDir::new().unwrap();
    let help = loes(place.path()).arg("--help").assert().success();
    let help = text(&help.get_output().stdout);
    assert!(
        help.contains("Opdrachten:") && help.contains("Instellingen:"),
        "{help}"
    );
    for shell in ["bash", "zsh", "fish"] {
        loes(place.path())
            .args(["completions", shell])
            .assert()
            .success();
    }
}

#[test]
fn the_log_is_held_against_checkpoints_that_were_kept_elsewhere() {
    let place = workplace();
    loes(place.path()).arg("migrate").assert().success();
    let verify = || {
        let mut command = loes(place.path());
        command.args(["audit", "verify"]);
        command
    };
    let bare = text(&verify().assert().success().get_output().stdout);
    assert!(bare.contains("Er zijn geen koppen"), "{bare}");
    let (one, two) = (place.path().join("een.txt"), place.path().join("twee.txt"));
    fs::write(&one, "2026-11-22 tubbergen 3 ab cd\n").unwrap();
    fs::write(&two, "onzin\n").unwrap();
    let mut command = verify();
    command.arg("--koppen").arg(&one).arg("--koppen").arg(&two);
    let told = text(&command.assert().code(1).get_output().stdout);
    assert!(
        told.contains("twee.txt: regel 1 is niet te lezen"),
        "{told}"
    );
    assert!(
        told.contains("niet met deze sleutels ondertekend"),
        "{told}"
    );
    // That beside the data is taken by itself.
    fs::rename(&one, place.path().join("data/logboek-koppen.txt")).unwrap();
    verify().assert().code(1);
    let lost = verify().args(["--koppen", "weg.txt"]).assert().code(2);
    assert!(text(&lost.get_output().stderr).contains("weg.txt"));
}
