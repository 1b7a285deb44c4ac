//! `selvedge completions` and `selvedge man`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::exit::{Exit, Failed};
use crate::print::{self, report};
use crate::reader;

/// The flags of `selvedge completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell that the script is for
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// The flags of `selvedge man`.
#[derive(Args, Debug)]
pub(crate) struct Pages {
    /// A directory to write a page of each subcommand into; without one the command's own page goes to standard output
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the script by which a shell completes the command's flags.
pub(crate) fn completions(arguments: &Completions, mut command: Command) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "selvedge", &mut script);
    print::escaped(&String::from_utf8_lossy(&script));
    Exit::Value
}

/// Prints or writes the manual's pages.
pub(crate) fn pages(arguments: &Pages, mut command: Command) -> Result<Exit, Failed> {
    command.build();
    let Some(folder) = &arguments.folder else {
        print::escaped(&page(&command)?);
        return Ok(Exit::Value);
    };
    let failed = |path: &Path, error: std::io::Error| format!("cannot write {}: {error}", reader::shown(path));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut count = 0;
    let of_subcommands = command
        .get_subcommands()
        .filter(|subcommand| subcommand.get_name() != "help");
    for subcommand in std::iter::once(&command).chain(of_subcommands) {
        let name = subcommand
            .get_display_name()
            .unwrap_or(subcommand.get_name())
            .to_owned();
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page(subcommand)?).map_err(|error| failed(&path, error))?;
        count += 1;
    }
    report!("{count} pages written to {}", reader::shown(folder));
    Ok(Exit::Value)
}

fn page(command: &Command) -> Result<String, Failed> {
    let mut page = Vec::new();
    let rendered = Man::new(command.clone()).render(&mut page);
    rendered.map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
