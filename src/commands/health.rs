//! `loes health`: asks the running server whether it is ready, for a container's health check.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use super::{Failure, Outcome, say};
use crate::config::Settings;

const PATIENCE: Duration = Duration::from_secs(3);

pub(super) fn run(settings: &Settings) -> Outcome {
    let answer = ask(reachable(settings.server.listen))
        .map_err(|error| Failure::new(format!("de site antwoordt niet: {error}")))?;
    let status = answer.lines().next().unwrap_or("");
    if status.contains(" 200 ") {
        say(format_args!("klaar"));
        Ok(ExitCode::SUCCESS)
    } else {
        eprintln!("loes: de site is niet klaar: {status}");
        Ok(ExitCode::FAILURE)
    }
}

/// An address that listens everywhere is asked on loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), listen.port())
    } else {
        listen
    }
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
