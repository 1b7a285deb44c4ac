//! The JSON Schema of descriptions, made of the tables that their readers have.

use serde_json::{Map, Value as Json, json};

use super::description::Platform;
use super::read::{LEVELS, UNKNOWN_NAMES};
use super::read_function::EFFECTS;
use crate::dialect::Dialect;
use crate::library::capability::Capability;
use crate::limits::Limits;
use crate::lint::Levels;

/// What names of namespaces, functions and parameters look like.
const NAME: &str = "^[\\p{L}_$][\\p{L}\\p{N}_$]*$";

impl Platform {
    /// Returns the JSON Schema (draft 2020-12) of descriptions and of `selvedge.toml`, for editors. It is more lenient than the reader: it
    /// does not check shapes, values of stubs, or names of the language.
    ///
    /// ```
    /// use selvedge::platform::Platform;
    /// let schema = Platform::json_schema();
    /// assert_eq!(schema["properties"]["dialect"]["enum"], serde_json::json!(["sel", "selvedge"]));
    /// ```
    pub fn json_schema() -> Json {
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "The settings of a project, and the description of its platform",
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "$schema": {"type": "string"},
                "platform": text("A description of the platform in JSON, that these settings add to: a path from here"),
                "dialect": {"description": "The language that programs are written in", "enum": words(&Dialect::NAMED)},
                "strict": flag("Whether programs must be proved free of type errors"),
                "unknown-names": {
                    "description": "What a name means that is not a variable, parameter or class",
                    "enum": words(&UNKNOWN_NAMES),
                },
                "without": list("The parts of the language that are off", &json!({"enum": capabilities()})),
                "limits": limits(),
                "parameters": {
                    "description": "The parameters that are there for all programs; `*` allows every other name",
                    "$ref": "#/$defs/types",
                },
                "signals": list("Signals whose parameters definitions may read", &json!({"type": "string"})),
                "constants": by_namespace("Constants, by namespace and name", &json!(true)),
                "functions": by_namespace("Functions, by namespace and name", &json!({"$ref": "#/$defs/function"})),
                "levels": levels(),
                "files": list("What files hold, by their names", &json!({"$ref": "#/$defs/files"})),
            },
            "$defs": {
                "type": text("A type or shape, such as `long`, `string?` or `list<{id: long}>`"),
                "types": {"type": "object", "additionalProperties": {"$ref": "#/$defs/type"}},
                "count": {"type": "integer", "minimum": 0, "maximum": i64::MAX},
                "function": function(),
                "parameter": parameter(),
                "stub": stub(),
                "files": files(),
            },
        })
    }
}

fn text(about: &str) -> Json {
    json!({"description": about, "type": "string"})
}

fn flag(about: &str) -> Json {
    json!({"description": about, "type": "boolean"})
}

fn list(about: &str, items: &Json) -> Json {
    json!({"description": about, "type": "array", "items": items})
}

fn by_namespace(about: &str, member: &Json) -> Json {
    let names = json!({"pattern": NAME});
    json!({
        "description": about,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": {"type": "object", "propertyNames": names, "additionalProperties": member},
    })
}

fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}

fn capabilities() -> Vec<&'static str> {
    Capability::ALL.iter().map(|capability| capability.name()).collect()
}

fn limits() -> Json {
    let mut properties = Map::new();
    for about in Limits::TABLE {
        let count = json!({"description": about.about, "$ref": "#/$defs/count"});
        properties.insert(about.name.replace('_', "-"), count);
    }
    json!({
        "description": "The limits of evaluations",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn levels() -> Json {
    let level = json!({"enum": words(&LEVELS)});
    let names = Levels::names().into_iter().map(|name| (name, level.clone()));
    let properties: Map<String, Json> = names.collect();
    json!({
        "description": "How much warnings matter, by their names or codes",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "patternProperties": {"^[EW][0-9]{3}$": level, "^[a-z0-9]+(_[a-z0-9]+)+$": level},
    })
}

fn function() -> Json {
    json!({
        "description": "A function of the host",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "doc": text("What it is for"),
            "parameters": list("What it takes, in order", &json!({"$ref": "#/$defs/parameter"})),
            "result": {"description": "What it gives; anything where nothing is said", "$ref": "#/$defs/type"},
            "cost": {
                "description": "The steps of a call; 100 where nothing is said",
                "type": "integer",
                "minimum": 0,
                "maximum": u32::MAX,
            },
            "memory": {"description": "The bytes charged before each call", "$ref": "#/$defs/count"},
            "result-size": {"description": "A promise on the size of its results", "$ref": "#/$defs/count"},
            "effects": list(
                "What it reads beside its arguments: none where equal arguments give equal results, `outside` where nothing is said",
                &json!({"enum": words(&EFFECTS)}),
            ),
            "stub": {"$ref": "#/$defs/stub"},
        },
    })
}

fn parameter() -> Json {
    json!({
        "type": "object",
        "required": ["name"],
        "additionalProperties": false,
        "properties": {
            "name": {"description": "Its name, by which stubs read it", "type": "string", "pattern": NAME},
            "type": {"$ref": "#/$defs/type"},
            "doc": text("What it is for"),
            "optional": flag("Whether a call may leave it out"),
        },
    })
}

fn stub() -> Json {
    json!({
        "description": "What answers its calls where the host does not",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
        "properties": {
            "value": {"description": "The same value for every call"},
            "expression": text("An expression that reads the arguments by the names of the parameters"),
        },
    })
}

fn files() -> Json {
    json!({
        "type": "object",
        "required": ["glob"],
        "additionalProperties": false,
        "properties": {
            "glob": text("Which files, such as `flows/**/*.yaml`: a pattern from here"),
            "kind": {"description": "What they hold", "enum": ["workflow", "parameters", "texts"]},
            "expression-keys": flag("Whether keys that begin with `!` have expressions"),
            "deterministic": flag("Whether expressions are to give the same for the same parameters"),
            "paths": list("Where expressions stand, such as `$.jobs[*].when`", &json!({"type": "string"})),
            "parameters": {"description": "The parameters that expressions may read", "$ref": "#/$defs/types"},
            "schema": text("A JSON file of these types: a path from here"),
        },
    })
}
