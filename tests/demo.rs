//! The demo of `examples/platform/`: what `run.sh` prints fits a terminal, and is what the picture in the README shows.
//! After a change: `UPDATE_DEMO=1 cargo test --features cli --test demo`, and look at the picture.

#![cfg(all(unix, feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle::{AnsiColor, Color, Effects, RgbColor, Style};
use anstyle_svg::{Term, WIN10_CONSOLE};

/// What a terminal shows at once.
const LINES: usize = 24;
const COLUMNS: usize = 100;

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What the demo prints, both of its streams as a terminal has them.
fn printed(colour: &str) -> String {
    let mut shell = Command::new("sh");
    let shell = shell
        .args(["-c", "exec sh \"$0\" 2>&1"])
        .arg(file("examples/platform/run.sh"));
    let output = shell
        .env("SELVEDGE", env!("CARGO_BIN_EXE_selvedge"))
        .env("COLOR", colour)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

/// The picture of what a terminal shows.
fn picture(text: &str) -> String {
    let bold = Style::new()
        .effects(Effects::BOLD)
        .fg_color(Some(AnsiColor::Green.into()));
    let lines = text.lines().map(|line| match line.strip_prefix("$ ") {
        Some(command) => format!("{bold}${bold:#} {command}\n"),
        None => format!("{line}\n"),
    });
    let term = Term::new()
        .palette(WIN10_CONSOLE)
        .fg_color(Color::Rgb(RgbColor(220, 223, 228)))
        .bg_color(Color::Rgb(RgbColor(30, 33, 39)));
    term.render_svg(lines.collect::<String>().trim_end())
}

/// The text of a picture: what is outside of its tags.
fn text(picture: &str) -> String {
    let body = picture.split_once("<text").unwrap().1.split_once("</text>").unwrap().0;
    let lines = body.split("<tspan x=").skip(1).map(|line| {
        let pieces = line.split('>').map(|piece| piece.split('<').next().unwrap());
        pieces.skip(1).collect::<String>().trim_end().to_owned()
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    named
        .iter()
        .fold(text, |text, (name, character)| text.replace(name, character))
}

#[test]
fn the_picture_shows_what_the_demo_prints() {
    let path = file("docs/demo.svg");
    let drawn = picture(&printed("always"));
    if std::env::var_os("UPDATE_DEMO").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        drawn,
        "UPDATE_DEMO=1 draws it again"
    );
    assert_eq!(text(&drawn), printed("never").trim_end());
}

#[test]
fn the_demo_fits_a_terminal_and_shows_what_it_is_for() {
    let shown = printed("never");
    let widest = shown.lines().map(|line| line.chars().count()).max();
    // A line is left for cargo's.
    assert!(shown.lines().count() < LINES && widest <= Some(COLUMNS), "{shown}");
    for part in [") skipped\n", "= help: did you mean `day`?", " passed, 0 failed"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn the_first_command_of_the_readme_is_the_demo() {
    let readme = fs::read_to_string(file("README.md")).unwrap();
    let first = readme.split("\n```sh\n").nth(1).unwrap();
    assert!(first.starts_with("sh examples/platform/run.sh\n"), "{first}");
    assert!(readme.split("\n## ").next().unwrap().contains("](docs/demo.svg)"));
}

#[test]
fn the_definitions_of_the_demo_are_right() {
    for arguments in [["check", "."], ["fmt", "--check"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
        let output = command
            .args(arguments)
            .arg(".")
            .current_dir(file("examples/platform"))
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !told.contains("warning["), "{told}");
    }
}
