//! The command as a user meets it: each file of `tests/command/` is a session or a call, with what it prints and how it exits; so is
//! each session on the pages of the guide that are named here.
//! After a change: `TRYCMD=overwrite cargo test --features cli --test command`, and read the difference.

#![cfg(all(feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

/// What a call prints, which ends well.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_selvedge"))
        .args(arguments)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands, as the help lists them.
fn subcommands() -> Vec<String> {
    let help = printed(&["--help"]);
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter(|line| !line.starts_with("   "));
    let names: Vec<String> = names
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    names.into_iter().filter(|name| name != "help").collect()
}

#[test]
fn completions_of_each_shell_have_every_subcommand_and_its_flags() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for subcommand in subcommands() {
            assert!(script.contains(&subcommand), "{subcommand} in {shell}");
        }
        assert!(script.contains("stdin-name"), "{shell}");
    }
}

#[test]
fn each_subcommand_has_a_page_of_the_manual() {
    let folder = std::env::temp_dir().join(format!("selvedge-man-{}", std::process::id()));
    printed(&["man", folder.to_str().unwrap()]);
    for subcommand in subcommands() {
        let page = std::fs::read_to_string(folder.join(format!("selvedge-{subcommand}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("OPTIONS"), "{page}");
    }
    let page = std::fs::read_to_string(folder.join("selvedge.1")).unwrap();
    assert_eq!(page, printed(&["man"]));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn sessions_give_what_they_show() {
    trycmd::TestCases::new()
        .case("tests/command/*.trycmd")
        .case("tests/command/*.toml");
}

#[test]
fn the_guide_gives_what_it_shows() {
    let cases = trycmd::TestCases::new();
    for page in [
        "README",
        "docs/TOUR",
        "docs/BUDGETS",
        "docs/MIGRATING",
        "docs/COMPARISON",
        "docs/WORKFLOWS",
        "docs/TESTING",
        "docs/FORMAT",
    ] {
        let path = format!("{page}.md");
        assert!(
            std::fs::read_to_string(&path).is_ok_and(|text| text.contains("\n```console\n")),
            "{path}"
        );
        cases.case(path);
    }
}
