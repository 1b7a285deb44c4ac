//! The command as a user meets it: each file of `tests/command/` is a session or a call, with what it prints and how it exits; so is
//! each session of the guide's pages that are named here.
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
    trycmd::TestCases::new()
        .case("docs/TOUR.md")
}
