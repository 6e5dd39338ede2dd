//! The program: hands its arguments to [`dutydesk::cli`] and answers with its exit code.

fn main() -> std::process::ExitCode {
    dutydesk::cli::main()
}
