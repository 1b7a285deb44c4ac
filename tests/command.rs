//! The command as a user meets it: each file of `tests/command/` is a session or a call, with what it prints and how it exits; so is
//! each session on the pages of the guide that are named here.
//! After a change: `TRYCMD=overwrite cargo test --features cli --test command`, and read the difference.

#![cfg(all(feature = "cli", feature = "datetime"))]

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
    ] {
        let path = format!("{page}.md");
        assert!(
            std::fs::read_to_string(&path).is_ok_and(|text| text.contains("\n```console\n")),
            "{path}"
        );
        cases.case(path);
    }
}
