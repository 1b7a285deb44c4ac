//! What projects copy into their CI: the action of `action.yml`, the hooks, and the snippets of the pages. Every subcommand and flag in
//! them is one of the command's, every input and hook is there, and no input is run.

#![cfg(all(unix, feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[path = "support/yaml.rs"]
mod yaml;

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(file(path)).unwrap()
}

/// What stands in the blocks of YAML on a page.
fn snippets(page: &str) -> Vec<Value> {
    let text = text(page);
    let blocks = text
        .split("\n```yaml\n")
        .skip(1)
        .map(|block| block.split("\n```").next().unwrap());
    blocks.map(yaml::read).collect()
}

/// All texts of a document.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(map) => map.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// All values under a key, at any depth.
fn under<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    match value {
        Value::Array(list) => list.iter().flat_map(|value| under(value, key)).collect(),
        Value::Object(map) => {
            let inside = map.values().flat_map(|value| under(value, key));
            map.get(key).into_iter().chain(inside).collect()
        }
        _ => Vec::new(),
    }
}

/// What a subcommand says of its flags; `None` if there is no such subcommand.
fn help(subcommand: &str) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_selvedge"))
        .args([subcommand, "--help"])
        .output()
        .unwrap();
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// What is wrong with the calls of the command in a text; how many there are.
fn calls(text: &str) -> Result<usize, String> {
    let lines = text.lines().filter_map(|line| line.split_once("selvedge "));
    let mut count = 0;
    for (_, call) in lines.filter(|(before, _)| before.trim().is_empty() || before.ends_with(") ")) {
        count += 1;
        let mut words = call.split_whitespace();
        let subcommand = words.next().unwrap_or_default();
        let help = help(subcommand).ok_or(format!("unknown subcommand in `{call}`"))?;
        for flag in words
            .take_while(|word| *word != "--")
            .filter(|word| word.starts_with("--"))
        {
            let (flag, value) = flag.split_once('=').unwrap_or((flag, ""));
            let mut said = help
                .lines()
                .filter(|line| line.trim_start().starts_with(&format!("{flag} ")) || line.trim() == flag);
            if said.next().is_none() {
                return Err(format!("unknown flag `{flag}` in `{call}`"));
            }
            if !value.is_empty() && !help.contains(&format!("- {value}:")) && !value.contains('$') {
                return Err(format!("unknown value `{value}` in `{call}`"));
            }
        }
    }
    Ok(count)
}

#[test]
fn every_call_is_one_that_the_command_takes() {
    let pages = ["docs/CI.md"];
    let snippets: Vec<Value> = pages.iter().flat_map(|page| snippets(page)).collect();
    let hooks = yaml::read(&text(".pre-commit-hooks.yaml"));
    let commands: Vec<&str> = snippets.iter().chain([&hooks]).flat_map(texts).collect();
    let script = text(".github/action/run.sh");
    let found: usize = commands.iter().map(|command| calls(command).unwrap()).sum();
    assert!(found > 6, "{found}");
    assert_eq!(calls(&script), Ok(5));
    assert!(calls("selvedge chek .").is_err());
    assert!(calls("selvedge check . --formt github").is_err());
    assert!(calls("selvedge check . --format=gitub").is_err());
}

#[test]
fn snippets_name_inputs_and_hooks_that_are_there() {
    let action = yaml::read(&text("action.yml"));
    let hooks = yaml::read(&text(".pre-commit-hooks.yaml"));
    let ids: BTreeSet<&str> = hooks
        .as_array()
        .unwrap()
        .iter()
        .map(|hook| hook["id"].as_str().unwrap())
        .collect();
    let page = snippets("docs/CI.md");
    let mut used = BTreeSet::new();
    for snippet in &page {
        for step in under(snippet, "steps")
            .into_iter()
            .flat_map(|steps| steps.as_array().unwrap())
        {
            if step["uses"]
                .as_str()
                .is_some_and(|uses| uses.starts_with("selvedge/selvedge@"))
            {
                used.extend(step["with"].as_object().unwrap().keys().map(String::as_str));
            }
        }
        for hook in under(snippet, "hooks")
            .into_iter()
            .flat_map(|hooks| hooks.as_array().unwrap())
        {
            assert!(ids.contains(hook["id"].as_str().unwrap()), "{hook}");
        }
    }
    let inputs: BTreeSet<&str> = action["inputs"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert!(used.len() > 3 && used.is_subset(&inputs), "{used:?}");
    let described = text("docs/CI.md");
    for input in inputs {
        assert!(described.contains(&format!("| `{input}` |")), "{input}");
    }
}

#[test]
fn no_input_is_a_part_of_a_command() {
    let action = yaml::read(&text("action.yml"));
    let scripts = under(&action, "run").into_iter().filter_map(Value::as_str);
    let scripts: Vec<&str> = scripts.collect();
    assert!(scripts.len() > 2);
    assert!(scripts.iter().all(|script| !script.contains("${{")), "{scripts:?}");
    // Each input reaches the script, which reads nothing else.
    let script = text(".github/action/run.sh");
    let mut given: BTreeSet<String> = script
        .split("INPUT_")
        .skip(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_uppercase).collect())
        .collect();
    given.insert("WORKING-DIRECTORY".to_owned());
    let inputs = action["inputs"].as_object().unwrap().keys();
    assert_eq!(
        inputs.map(|input| input.to_uppercase()).collect::<BTreeSet<String>>(),
        given
    );
}

/// The exit code and the reports of the action's script in a folder with the demo's definitions.
fn action(name: &str, inputs: &[(&str, &str)]) -> (i32, String, PathBuf) {
    let folder = std::env::temp_dir().join(format!("selvedge-action-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(file("examples/platform")).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let bin = Path::new(env!("CARGO_BIN_EXE_selvedge")).parent().unwrap();
    let path = std::env::join_paths(
        [bin.to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut shell = Command::new("bash");
    shell
        .arg(file(".github/action/run.sh"))
        .current_dir(&folder)
        .env("PATH", path.unwrap());
    let output = shell
        .envs(inputs.iter().map(|(name, value)| (format!("INPUT_{name}"), value)))
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap(), folder)
}

#[test]
fn the_action_checks_tests_and_formats() {
    let inputs = [
        ("RUN", "check test\nfmt"),
        ("SARIF", "found.sarif"),
        ("JUNIT", "tests.xml"),
        ("COVERAGE", "lcov.info"),
    ];
    let (code, told, folder) = action("whole", &inputs);
    assert_eq!(code, 0, "{told}");
    for (name, part) in [
        ("found.sarif", "2.1.0"),
        ("tests.xml", "<testsuites"),
        ("lcov.info", "end_of_record"),
    ] {
        assert!(fs::read_to_string(folder.join(name)).unwrap().contains(part), "{name}");
    }
    fs::remove_dir_all(folder).unwrap();
    let (code, told, folder) = action("mistake", &[("CONFIG", "none.toml"), ("RUN", "fmt check")]);
    assert_eq!(code, 2, "{told}");
    fs::remove_dir_all(folder).unwrap();
    let (code, told, folder) = action("written", &[("RUN", "check"), ("SARIF", "none/found.sarif")]);
    assert_eq!(code, 1, "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_hostile_in_an_input_is_a_text() {
    let hostile = [
        "$(touch ran)",
        "`touch ran`",
        "; touch ran",
        "\"; touch ran; \"",
        "--fix",
        "\u{1b}]0;x\u{7}",
        "::set-output name=x::y",
    ];
    for input in ["RUN", "PATHS", "CONFIG", "DENY"] {
        for text in hostile {
            let (code, told, folder) = action("hostile", &[(input, text)]);
            assert_ne!(code, 0, "{input} {text}: {told}");
            assert!(!folder.join("ran").exists(), "{input} {text}");
            assert!(
                !told.contains(['\u{1b}', '\u{7}']) && !told.lines().any(|line| line.starts_with("::")),
                "{told}"
            );
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
