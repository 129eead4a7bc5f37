//! The program over a real socket: start, slow visitors, a new index, the end.

use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::{Server, address_in, read_all};
use crate::support::Article;

#[test]
fn the_health_command_tells_a_running_site_from_none() {
    let server = Server::start(&[]);
    let health = |address: &str| {
        assert_cmd::Command::cargo_bin("loes")
            .unwrap()
            .args(["health", "--listen", address])
            .assert()
    };
    health(&server.address.to_string()).success();
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    health(&free.to_string()).code(2);
}

#[test]
fn a_stalled_body_is_ended_within_ten_seconds() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let head = "POST /loket HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
        Content-Length: 100\r\n\r\nvraag=";
    stream.write_all(head.as_bytes()).unwrap();
    let begun = Instant::now();
    let answer = read_all(&mut stream);
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("Het versturen duurde te lang"));
}

#[test]
fn a_stalled_head_and_a_broken_one_are_ended() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost:").unwrap();
    let begun = Instant::now();
    let _ = read_all(&mut stream);
    assert!(begun.elapsed() < Duration::from_secs(10));
    for broken in [
        "\0\0\0\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
    ] {
        let answer = server.send(broken);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{broken:?}: {answer}"
        );
    }
    assert!(server.get("/").starts_with("HTTP/1.1 200"), "it goes on");
}

#[test]
fn a_new_index_built_by_another_is_opened_without_a_restart() {
    let server = Server::start(&[]);
    assert!(server.get("/antwoord/nieuw").starts_with("HTTP/1.1 404"));
    let article = Article::new("slapen", "nieuw", "Een nieuw antwoord");
    fs::write(
        server.place.path().join("content").join(article.path()),
        article.text(),
    )
    .unwrap();
    let mut index = assert_cmd::Command::cargo_bin("loes").unwrap();
    index
        .arg("index")
        .current_dir(server.place.path())
        .env_clear()
        .assert()
        .success();
    server.wait_for("/antwoord/nieuw", "Een nieuw antwoord");
}

#[test]
fn a_saved_file_is_seen_at_once_when_watching_and_a_broken_one_takes_nothing_away() {
    let server = Server::start(&["serve", "--watch"]);
    let article = Article::new("slapen", "nieuw", "Een nieuw antwoord");
    let path = server.place.path().join("content").join(article.path());
    fs::write(&path, article.text()).unwrap();
    server.wait_for("/antwoord/nieuw", "Een nieuw antwoord");
    fs::write(&path, "stuk").unwrap();
    server.wait_for("/readyz", "antwoorden/slapen/nieuw.md:1:1 fout");
    assert!(server.get("/antwoord/koorts").starts_with("HTTP/1.1 200"));
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_stops_within_ten_seconds_while_a_visitor_waits() {
    let mut server = Server::start(&[]);
    let mut slow = server.connect();
    slow.write_all(b"POST /loket HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
        .unwrap();
    let id = server.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    let begun = Instant::now();
    let status = server.child.wait().unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    assert!(status.success());
}

#[test]
fn the_log_holds_no_words_of_a_visitor_and_no_address() {
    let server = Server::start(&["--log", "json", "--log-level", "debug"]);
    for request in [
        "GET /zoeken?q=kanariewoord HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n\r\n",
        "POST /vraag HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\nConnection: close\r\n\r\nvraag=kanariewoord",
        "GET /antwoord/kanariewoord HTTP/1.1\r\nHost: x\r\nReferer: http://kanariewoord/\r\nConnection: close\r\n\r\n",
    ] {
        server.send(request);
    }
    let log = fs::read_to_string(server.place.path().join("log")).unwrap();
    assert!(
        log.contains("\"pagina\":\"/zoeken\"") && log.contains("\"status\":404"),
        "{log}"
    );
    assert!(
        !log.contains("kanariewoord")
            && !log.contains("203.0.113.7")
            && !log.contains("\"127.0.0.1"),
        "{log}"
    );
}

#[test]
fn figures_stand_on_a_listener_of_their_own_and_tell_of_nobody() {
    let mut server = Server::start(&["--metrics-listen", "127.0.0.1:0"]);
    assert!(
        server
            .get("/zoeken?q=driftbuien")
            .starts_with("HTTP/1.1 200")
    );
    assert!(server.get("/zoeken?q=xylofoon").starts_with("HTTP/1.1 200"));
    assert!(
        server.get("/metrics").starts_with("HTTP/1.1 404"),
        "not for visitors"
    );
    server.address = address_in(&server.said, "Cijfers");
    let figures = server.get("/metrics");
    for wanted in [
        "loes_searches_total{found=\"yes\"} 1",
        "loes_searches_total{found=\"no\"} 1",
        "loes_requests_total{page=\"/zoeken\",status=\"200\"} 2",
        "loes_request_seconds_bucket",
        "loes_database_up 1",
        "loes_questions{loket=\"tubbergen\",state=\"open\"} 0",
        "loes_outbox_waiting 0",
    ] {
        assert!(figures.contains(wanted), "{wanted}: {figures}");
    }
    assert!(!figures.contains("driftbuien") && !figures.contains("xylofoon"));
}

#[test]
fn the_first_start_makes_keys_outside_the_data_and_tells_how_to_sign_in() {
    let server = Server::start(&[]);
    assert!(
        server
            .said
            .iter()
            .any(|line| line.contains("loes-sleutels.toml"))
    );
    let link = server
        .said
        .iter()
        .find(|line| line.contains("/loket-werk/uitnodiging?sleutel="));
    assert!(link.is_some(), "{:?}", server.said);
    assert!(server.place.path().join("loes-sleutels.toml").exists());
    assert!(server.place.path().join("data/loes.db").exists());
}
