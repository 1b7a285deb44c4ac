//! A program as bytes to be kept and sent: what it was compiled from, and what was known of it.
//!
//! Code is not among the bytes. Whoever can write an artefact could write instructions that read beside their registers or
//! charge nothing; proving that they do not is as much work as checking the source, and a second thing to get wrong. Loading
//! compiles the source again, within the limits of the engine that loads, so that the worst an artefact can be is another
//! program. What the host may have decided on, such as the result's type or whether the clock is read, is compared.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::program::Facts;
use super::{CompileError, Engine, Program, UnknownNames};
use crate::diagnostic::quote;
use crate::effect::Effects;
use crate::schema::Schema;
use crate::types::Type;
use crate::work::{byte_portions, reading};

const MAGIC: [u8; 8] = *b"selvedge";
/// Of the header and of the body. Another version of the crate reads the same format unless this number changes.
const FORMAT: u32 = 2;

/// An artefact that was not loaded.
///
/// ```
/// use selvedge::{Engine, LoadError};
/// assert!(matches!(Engine::default().load(b"1 + 2"), Err(LoadError::NotAnArtefact)));
/// ```
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The bytes are something else.
    #[error("the bytes are not a program kept by `Program::to_bytes`")]
    NotAnArtefact,
    /// The artefact is of a format that this version of the crate does not read.
    #[error("the artefact has format {found}, this version reads format {FORMAT}; compile its source again")]
    Format {
        /// The format of the artefact.
        found: u32,
    },
    /// The artefact is not what was written.
    #[error("the artefact is damaged: {0}; load it from its origin again")]
    Damaged(&'static str),
    /// The program was compiled by an engine under whose settings it means something else.
    #[error(
        "the program was compiled with {setting} {artefact}, this engine has {engine}; use an engine with the same"
    )]
    Setting {
        /// The setting of the engine.
        setting: &'static str,
        /// What it was.
        artefact: &'static str,
        /// What it is.
        engine: &'static str,
    },
    /// The source is refused by this engine.
    #[error("the artefact's program is refused: {0}")]
    Refused(#[from] CompileError),
    /// The source means something else than what the artefact says of it.
    #[error(
        "{what} is {now}, and was {before} when version {version} of the crate kept the program; compile its source again"
    )]
    Changed {
        /// What is known of a program.
        what: &'static str,
        /// What the artefact says.
        before: String,
        /// What the program says.
        now: String,
        /// The version of the crate that wrote the artefact.
        version: String,
    },
}

/// What is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: String,
    strict: bool,
    unknown_names: UnknownNames,
    result: Type,
    parameters: Vec<(Box<str>, Type)>,
    host_functions: Vec<Box<str>>,
    effects: Effects,
    schema: Schema,
    source: Box<str>,
}

impl Program {
    /// Saves the program as bytes for [`Engine::load`]: to be stored with a definition, or sent to workers.
    ///
    /// They hold the format's and the crate's version, the source, the schema, the engine's settings that bear on what the
    /// program means, what is known of it, and a checksum.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, Type};
    /// let schema = Schema::new().with("rows", Type::Long);
    /// let bytes = Engine::default().compile("rows + 1", &schema)?.to_bytes();
    ///
    /// let program = Engine::default().load(&bytes)?;
    /// assert_eq!(program.source(), "rows + 1");
    /// let outcome = program.evaluate(&Inputs::new().with("rows", 41))?;
    /// assert_eq!(outcome.value().as_long(), Some(42));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let inner = self.inner();
        let body = Body {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            strict: inner.settings.strict,
            unknown_names: inner.settings.unknown_names,
            result: inner.facts.result,
            parameters: kept(&inner.facts),
            host_functions: inner.facts.host_functions.clone(),
            effects: inner.facts.effects,
            schema: inner.schema.clone(),
            source: inner.source.clone(),
        };
        // Texts, names and flags are always JSON.
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend((body.len() as u64).to_le_bytes());
        bytes.extend(checksum(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

impl Engine {
    /// Loads a program saved by [`Program::to_bytes`] and compiles it within this engine's limits. Tampered bytes can at worst be another
    /// program that this engine would also compile.
    ///
    /// Takes as long as compiling does, and a few microseconds; a program that the engine has compiled before comes from its
    /// cache.
    ///
    /// # Errors
    ///
    /// Bytes that are not an artefact, of another format or damaged; engines whose settings give the source another meaning;
    /// programs that this engine refuses, or of which something else is known now.
    ///
    /// ```
    /// use selvedge::{Engine, LoadError, Schema};
    /// let mut bytes = Engine::default().compile("1 + 2", &Schema::new())?.to_bytes();
    /// bytes.pop();
    /// let error = Engine::default().load(&bytes).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the artefact is damaged: length mismatch; load it from its origin again",
    /// );
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn load(&self, artefact: &[u8]) -> Result<Program, LoadError> {
        let body = read(artefact)?;
        let strict = |strict| if strict { "on" } else { "off" };
        same_setting("strict", strict(body.strict), strict(self.settings.strict))?;
        let meaning = |names| match names {
            UnknownNames::Error => "an error",
            UnknownNames::Null => "null",
        };
        let unknown_names = self.settings.unknown_names;
        same_setting("unknown names as", meaning(body.unknown_names), meaning(unknown_names))?;
        let program = self.compile(&body.source, &body.schema)?;
        compare(&body, &program.inner().facts)?;
        Ok(program)
    }
}

/// The body, where header, length and checksum are right. Takes memory in proportion to the bytes.
fn read(artefact: &[u8]) -> Result<Body, LoadError> {
    let rest = artefact.strip_prefix(&MAGIC).ok_or(LoadError::NotAnArtefact)?;
    let cut = LoadError::Damaged("truncated header");
    let Some((format, rest)) = rest.split_first_chunk() else {
        return Err(cut);
    };
    let found = u32::from_le_bytes(*format);
    if found != FORMAT {
        return Err(LoadError::Format { found });
    }
    let Some((length, rest)) = rest.split_first_chunk() else {
        return Err(cut);
    };
    let Some((sum, body)) = rest.split_first_chunk() else {
        return Err(cut);
    };
    if u64::from_le_bytes(*length) != body.len() as u64 {
        return Err(LoadError::Damaged("length mismatch"));
    }
    if u64::from_le_bytes(*sum) != checksum(body) {
        return Err(LoadError::Damaged("checksum mismatch"));
    }
    serde_json::from_reader(reading(body)).map_err(|_| LoadError::Damaged("unexpected fields"))
}

/// Against accidents, not against forgery: FNV-1a, which every change of one byte changes.
fn checksum(body: &[u8]) -> u64 {
    byte_portions(body).flatten().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn same_setting(setting: &'static str, artefact: &'static str, engine: &'static str) -> Result<(), LoadError> {
    if artefact == engine {
        return Ok(());
    }
    Err(LoadError::Setting {
        setting,
        artefact,
        engine,
    })
}

/// Refuses a program of which something else was known.
fn compare(body: &Body, facts: &Facts) -> Result<(), LoadError> {
    let same = |what, before: &dyn Fn() -> String, now: &dyn Fn() -> String, same| match same {
        true => Ok(()),
        false => Err(LoadError::Changed {
            what,
            before: before(),
            now: now(),
            version: quote(&body.version),
        }),
    };
    let (before, now) = (body, facts);
    same(
        "the result's type",
        &|| before.result.to_string(),
        &|| now.result.to_string(),
        before.result == now.result,
    )?;
    same(
        "what it reads",
        &|| typed(&before.parameters),
        &|| typed(&kept(now)),
        before.parameters == kept(now),
    )?;
    same(
        "what it calls",
        &|| quote(&before.host_functions.join(", ")),
        &|| quote(&now.host_functions.join(", ")),
        before.host_functions == now.host_functions,
    )?;
    same(
        "what it reads of the host",
        &|| listed(before.effects),
        &|| listed(now.effects),
        before.effects == now.effects,
    )
}

/// The parameters as an artefact keeps them.
fn kept(facts: &Facts) -> Vec<(Box<str>, Type)> {
    let kept = facts.parameters.iter().map(|(name, ty)| (Box::from(&**name), *ty));
    kept.collect()
}

fn listed(effects: Effects) -> String {
    quote(&format!("{effects:?}"))
}

fn typed(parameters: &[(Box<str>, Type)]) -> String {
    let texts: Vec<String> = parameters.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
    quote(&texts.join(", "))
}
