//! A test that is run: what it is given, gathered from its layers, and the engine that it runs on.

use indexmap::IndexMap;

use super::answers::TestAnswers;
use super::case::Test;
use super::clock::TestHost;
use super::files::{Files, is_json};
use super::layer::{Layer, map_of, merged};
use super::reader::{Placed, Values};
use super::verdict::{Failure, Verdict};
use crate::diagnostic::quote;
use crate::engine::Engine;
use crate::host::{Host, Interrupt};
use crate::params::problem::key_path;
use crate::schema::Schema;
use crate::value::{Map, Value};
use crate::workflow::Defaults;

/// A test that is run.
pub(super) struct Session<'r> {
    pub(super) test: &'r Test,
    pub(super) engine: &'r Engine,
    /// The types of what is there for all programs of the platform.
    pub(super) ambient: Option<&'r Schema>,
    pub(super) files: &'r dyn Files,
    pub(super) interrupt: &'r Interrupt,
}

/// A file that was read.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) is_json: bool,
}

impl<'r> Session<'r> {
    /// What the last layer that says it says.
    pub(super) fn given<T>(&self, of: impl Fn(&'r Layer) -> Option<T>) -> Option<T> {
        self.test.layers.iter().rev().find_map(|layer| of(layer))
    }

    /// The values that are given under one name.
    pub(super) fn values(&self, of: impl Fn(&'r Layer) -> &'r Values) -> Map {
        map_of(self.test.layers.iter().map(|layer| of(layer)))
    }

    /// The same, with their places.
    pub(super) fn placed(&self, of: impl Fn(&'r Layer) -> &'r Values) -> IndexMap<&'r str, &'r Placed<Value>> {
        merged(self.test.layers.iter().map(|layer| of(layer)))
    }

    /// The types that are given, those of the values, and those of the platform; `None` if there are none.
    pub(super) fn types(&self, values: &Map) -> Option<Schema> {
        let given = self.given(|layer| layer.schema.as_ref());
        let known = [given, self.ambient].into_iter().flatten();
        let known = known.fold(Schema::new(), Schema::with_missing);
        let types = known.with_missing(&Schema::infer_from(values.iter()));
        (types.names().len() > 0 || given.is_some()).then_some(types)
    }

    /// Refuses limits above those that hold for all: a fixture may lower them, and whoever runs it raise them.
    pub(super) fn check_limits(&self) -> Result<(), Box<Verdict>> {
        let mut failures = Vec::new();
        for (name, limit) in self.test.layers.iter().flat_map(|layer| &layer.limits) {
            let most = self.engine.limits().get(name);
            if let Some(most) = most.filter(|most| limit.value > *most) {
                let path = key_path(&key_path(&self.test.path, "limits"), name);
                let message = format!("{} is above the limit of {most} for all tests", limit.value);
                let help = format!(
                    "a fixture lowers limits: raise {} where the platform is described",
                    quote(name)
                );
                failures.push(Failure::new(&path, limit.place, message).with_help(Some(help)));
            }
        }
        Verdict::unless_empty(failures)
    }

    /// What the functions of `params` answer.
    pub(super) fn answers(&self) -> TestAnswers {
        TestAnswers {
            signals: self.values(|layer| &layer.signals),
            answers: self.values(|layer| &layer.answers),
        }
    }

    /// The engine of the test.
    pub(super) fn engine(&self) -> Engine {
        let host = TestHost {
            now_millis: self.given(|layer| layer.now),
            seed: self.given(|layer| layer.seed),
        };
        let (dialect, strict) = (self.given(|layer| layer.dialect), self.given(|layer| layer.strict));
        let limits = self.test.layers.iter().flat_map(|layer| &layer.limits);
        self.engine.reconfigured(|settings| {
            settings.host = std::sync::Arc::new(host) as std::sync::Arc<dyn Host>;
            settings.dialect = dialect.unwrap_or(settings.dialect);
            settings.strict = strict.unwrap_or(settings.strict);
            for (name, limit) in limits {
                settings.limits.set(name, limit.value);
            }
        })
    }

    /// A file that the test names.
    pub(super) fn file(&self, named: &Placed<String>) -> Result<File, Box<Verdict>> {
        match self.files.text(&named.value) {
            Ok(text) => Ok(File {
                path: named.value.clone(),
                is_json: is_json(&named.value, &text),
                text,
            }),
            Err(why) => Err(Box::new(Verdict::of(Failure::new(&self.test.path, named.place, why)))),
        }
    }

    /// What definitions are laid over.
    pub(super) fn defaults(&self) -> Result<Defaults, Box<Verdict>> {
        let mut defaults = Defaults::new();
        if let Some(named) = self.given(|layer| layer.defaults.as_ref()) {
            let file = self.file(named)?;
            let read = match file.is_json {
                true => Defaults::from_json_with(&file.text, self.interrupt),
                false => Defaults::from_yaml_with(&file.text, self.interrupt),
            };
            defaults = read.map_err(|refused| self.refused(named, &refused.report(&file.path)))?;
        }
        for named in self.test.layers.iter().flat_map(|layer| &layer.templates) {
            let file = self.file(named)?;
            let read = match file.is_json {
                true => defaults.with_template_json_with(&file.text, self.interrupt),
                false => defaults.with_template_yaml_with(&file.text, self.interrupt),
            };
            defaults = read.map_err(|refused| self.refused(named, &refused.report(&file.path)))?;
        }
        Ok(defaults)
    }

    /// That a file around the definition is wrong, which no test expects.
    pub(super) fn refused(&self, named: &Placed<String>, report: &str) -> Box<Verdict> {
        let message = format!("{} was refused", quote(&named.value));
        let failure = Failure::new(&self.test.path, named.place, message);
        Box::new(Verdict::of(failure.with_detail(report)))
    }
}
