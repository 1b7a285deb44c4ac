//! Reads the attacks of `tests/attacks/*.jsonl`: hostile programs and parameters, and what must come of each.
#![allow(dead_code, reason = "each test binary uses the part it needs")]

use std::fs;
use std::path::Path;

use selvedge::{Engine, EngineBuilder, FixedHost, Inputs, Limits, Map, Schema, UnknownNames, Value};
use serde_json::{Map as JsonMap, Value as Json};

/// One attack, a line of a file.
pub(crate) struct Attack {
    /// Its name, unique over all files.
    pub(crate) id: String,
    /// The file's name without its ending.
    pub(crate) category: String,
    line: Json,
}

/// The categories, one a file, in order.
pub(crate) fn categories() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// The attacks of one category.
pub(crate) fn read(category: &str) -> Vec<Attack> {
    let text = fs::read_to_string(folder().join(format!("{category}.jsonl"))).unwrap();
    let attack = |line: &str| {
        let line: Json = serde_json::from_str(line).unwrap_or_else(|error| panic!("{category}: {error}: {line}"));
        Attack {
            id: line["id"].as_str().unwrap().to_owned(),
            category: category.to_owned(),
            line,
        }
    };
    text.lines().map(attack).collect()
}

/// The attacks of all categories.
pub(crate) fn read_all() -> Vec<Attack> {
    categories().iter().flat_map(|category| read(category)).collect()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks")
}

impl Attack {
    /// The source: a text, or `before`, `times` × `repeat`, `middle`, `times` × `close`, `after`.
    pub(crate) fn source(&self) -> String {
        text(&self.line["source"])
    }

    /// The parameters; `Err` where they are refused at the border.
    pub(crate) fn inputs(&self) -> Result<Inputs, String> {
        let refused = |error: selvedge::ValueError| error.to_string();
        if let Some(json) = self.line.get("params_json") {
            return match Value::from_json(&text(json)).map_err(refused)? {
                Value::Map(map) => Ok(Inputs::from(map)),
                other => Inputs::from_serialize(&other).map_err(refused),
            };
        }
        match self.line.get("params") {
            None => Ok(Inputs::new()),
            Some(params) if params.get("$make").is_none() => {
                let object = params.as_object().unwrap();
                let entries = object.iter().map(|(name, json)| Ok((name.as_str(), value(json)?)));
                Ok(Inputs::from(entries.collect::<Result<Map, String>>()?))
            }
            Some(params) => match value(params)? {
                Value::Map(map) => Ok(Inputs::from(map)),
                other => Err(format!("parameters are a map, not {other}")),
            },
        }
    }

    /// The limits: the defaults but for those the attack sets; `"max"` is the largest there is.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        let set = self.line.get("limits").and_then(Json::as_object);
        for (name, limit) in set.unwrap_or(&JsonMap::new()) {
            let limit = if limit == "max" {
                u64::MAX
            } else {
                limit.as_u64().unwrap()
            };
            assert!(limits.set(name, limit), "{}: no limit is called {name}", self.id);
        }
        limits
    }

    /// An engine with the attack's settings, a fixed clock and seed, and no cache.
    pub(crate) fn engine(&self, limits: Limits) -> Engine {
        self.builder(limits).build()
    }

    /// As [`Attack::engine`], to be given more.
    pub(crate) fn builder(&self, limits: Limits) -> EngineBuilder {
        let host = FixedHost {
            now_millis: 1_700_000_000_000,
            seed: 1,
        };
        let unknown = match self.flag("unknown_names_are_null") {
            true => UnknownNames::Null,
            false => UnknownNames::Error,
        };
        let builder = Engine::builder().limits(limits).host(host).unknown_names(unknown);
        builder
            .strict(self.flag("strict"))
            .quote_values(!self.flag("no_quotes"))
            .cache(selvedge::CacheSize::OFF)
    }

    /// The schema: the types of the parameters, or none where the attack says so.
    pub(crate) fn schema(&self, inputs: &Inputs) -> Schema {
        match self.flag("open_schema") {
            true => Schema::open(),
            false => Schema::infer_from(inputs.as_map()),
        }
    }

    /// Whether the host has cancelled the evaluation before it begins.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.flag("cancelled")
    }

    /// A text that no error may hold.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.line.get("secret").and_then(Json::as_str)
    }

    /// What must come of it: `value`, or `error` with a code's kind, or `parameters` for those refused at the border.
    pub(crate) fn expected(&self) -> &Json {
        &self.line["expect"]
    }

    fn flag(&self, name: &str) -> bool {
        self.line["settings"][name].as_bool().unwrap_or(false)
    }
}

/// A text as it stands, or made by repetition.
fn text(json: &Json) -> String {
    let Json::Object(parts) = json else {
        return json.as_str().unwrap().to_owned();
    };
    let part = |name: &str| parts.get(name).and_then(Json::as_str).unwrap_or("");
    let times = parts["times"].as_u64().unwrap() as usize;
    let repeated = part("repeat").repeat(times);
    let closed = part("close").repeat(times);
    [part("before"), &repeated, part("middle"), &closed, part("after")].concat()
}

/// So many characters of a text, in an order without a period: SplitMix64.
fn mixed(of: &str, times: usize) -> String {
    let signs: Vec<char> = of.chars().collect();
    let sign = |index: u64| {
        let mixed = (index + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        signs[((mixed ^ (mixed >> 31)) >> 11) as usize % signs.len()]
    };
    (0..times as u64).map(sign).collect()
}

/// A parameter's value: JSON, or what `$make` says.
fn value(json: &Json) -> Result<Value, String> {
    let Some(kind) = json.get("$make").and_then(Json::as_str) else {
        return Value::try_from(json.clone()).map_err(|error| error.to_string());
    };
    let times = json.get("times").and_then(Json::as_u64).unwrap_or(0) as usize;
    let of = json.get("of").and_then(Json::as_str).unwrap_or("");
    let inner = || value(&json["of"]);
    Ok(match kind {
        "string" => of.repeat(times).into(),
        "mixed" => mixed(of, times).into(),
        "double" => of.parse::<f64>().unwrap().into(),
        "long_array" => Value::LongArray((0..times as i64).collect()),
        "double_array" => Value::DoubleArray(vec![0.5; times]),
        "doubles" => Value::DoubleArray(vec![of.parse::<f64>().unwrap(); times]),
        "elements" => {
            let elements = json["of"].as_array().unwrap().iter().map(value);
            elements.collect::<Result<Vec<Value>, String>>()?.into()
        }
        "list_of" => vec![inner()?; times].into(),
        "map_of" => {
            let of = inner()?;
            Value::Map((0..times).map(|key| (format!("k{key}"), of.clone())).collect())
        }
        "boolean_array" => Value::BooleanArray(vec![true; times]),
        "string_array" => Value::StringArray(vec![Some(of.to_owned()); times]),
        "list" => vec![Value::Null; times].into(),
        "maps" => vec![Value::Map(Map::from_iter([(of, 1)])); times].into(),
        "nested_list" => (0..times).fold(Value::Long(1), |inner, _| Value::from(vec![inner])),
        "nested_map" => (0..times).fold(Value::Long(1), |inner, _| Value::Map(Map::from_iter([(of, inner)]))),
        "wide_map" => Value::Map((0..times).map(|key| (format!("{of}{key}"), key as i64)).collect()),
        other => panic!("no parameter is made as {other}"),
    })
}
