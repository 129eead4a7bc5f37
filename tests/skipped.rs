//! Says which tests `cargo test` alone leaves out. `tests/run` runs them all and sets `LOES_TESTS`.
#![expect(clippy::print_stdout, reason = "this is here to say something")]

fn main() {
    if std::env::var_os("LOES_TESTS").is_none() {
        println!(
            "skipped: the browser tests (accessibility, HTML, behaviour, weight); tests/run runs them"
        );
    }
    if std::env::var_os("LOES_TEST_POSTGRES").is_none() {
        println!(
            "skipped: what is kept in PostgreSQL; \"tests/postgres cargo test\" runs it, tests/run too"
        );
    }
}
