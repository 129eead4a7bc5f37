//! The program `loes`: reads the command line and calls a command.

use std::process::ExitCode;

fn main() -> ExitCode {
    loes::commands::run(std::env::args_os())
}
