//! What the keywords of a JSON Schema have to do with types, and how places in it are named.

use serde_json::{Map as JsonMap, Value as Json};

use crate::diagnostic::quote;
use crate::schema::SchemaError;
use crate::schema::join::join;
use crate::types::Type;
use crate::value::Value;
use crate::work::visit;

/// Keywords that bound, describe or fill in values, but do not change their type.
const NO_TYPE: &str = "\
    $anchor $comment $defs $id $schema $vocabulary additionalItems additionalProperties contains contentEncoding \
    contentMediaType contentSchema default definitions dependentRequired dependentSchemas deprecated description \
    discriminator example examples exclusiveMaximum exclusiveMinimum externalDocs format id items maxContains \
    maxItems maxLength maxProperties maximum minContains minItems minLength minProperties minimum multipleOf \
    nullable pattern patternProperties prefixItems properties propertyNames readOnly required title type \
    unevaluatedItems unevaluatedProperties uniqueItems writeOnly xml";
/// Keywords that are read as types, beside those of [`NO_TYPE`] that stand with `type`.
const OF_TYPE: &[&str] = &["$ref", "allOf", "anyOf", "const", "enum", "oneOf"];
/// The type's name in the language, where a JSON Schema cannot say it.
pub(super) const OWN_TYPE: &str = "x-sel-type";

/// The type that accepts all alternatives.
pub(super) fn united<'j>(
    path: &str,
    cases: &'j Json,
    mut type_of: impl FnMut(usize, &'j Json) -> Result<Type, SchemaError>,
) -> Result<Type, SchemaError> {
    let mut all = None;
    for (index, case) in list(cases, path)?.iter().enumerate().take_while(|_| visit(1)) {
        let ty = type_of(index, case)?;
        all = Some(all.map_or(ty, |all| join(all, ty)));
    }
    all.ok_or_else(|| SchemaError::source(path, "it lists nothing", "list what is allowed, or remove it"))
}

pub(super) fn list<'j>(json: &'j Json, path: &str) -> Result<&'j [Json], SchemaError> {
    match json.as_array() {
        Some(list) => Ok(list),
        None => Err(SchemaError::source(
            path,
            "a list is expected here",
            "write it in brackets",
        )),
    }
}

pub(super) fn value_type(value: &Json, path: &str) -> Result<Type, SchemaError> {
    match Value::from_serialize(value) {
        Ok(value) => Ok(value.type_of()),
        Err(error) => Err(SchemaError::source(
            path,
            error.message(),
            "give values that programs can have",
        )),
    }
}

pub(super) fn own_type(name: &Json, path: &str) -> Result<Type, SchemaError> {
    let named = name
        .as_str()
        .and_then(|name| Type::ALL.iter().find(|ty| ty.name() == name));
    match named {
        Some(Type::Void | Type::Null) | None => Err(SchemaError::source(
            path,
            format!("unknown parameter type {}", quoted(name)),
            "write a type of the language, such as LONG, STRING_ARRAY or DATETIME",
        )),
        Some(ty) => Ok(*ty),
    }
}

/// Refuses keywords that could mean anything for the type. Those that begin with `x-` are their authors' own.
pub(super) fn check_known(keywords: &JsonMap<String, Json>, path: &str) -> Result<(), SchemaError> {
    let is_known = |keyword: &str| {
        keyword.starts_with("x-") || NO_TYPE.split(' ').any(|known| known == keyword) || OF_TYPE.contains(&keyword)
    };
    match keywords
        .keys()
        .take_while(|_| visit(1))
        .find(|keyword| !is_known(keyword))
    {
        None => Ok(()),
        Some(keyword) => Err(SchemaError::source(
            below(path, keyword),
            format!("the keyword {} is not supported", quote(keyword)),
            format!("remove it, or say the parameter's type by `\"{OWN_TYPE}\": \"…\"`"),
        )),
    }
}

pub(super) fn first<'j>(
    keywords: &'j JsonMap<String, Json>,
    names: &[&'static str],
) -> Option<(&'static str, &'j Json)> {
    names
        .iter()
        .find_map(|name| keywords.get(*name).map(|value| (*name, value)))
}

pub(super) fn not_a_schema(path: &str) -> SchemaError {
    SchemaError::source(
        path,
        "this is not a schema",
        "write an object, such as {\"type\": \"integer\"}",
    )
}

/// The path of what a key holds. Keys are cut, so that a path is bounded by the depth.
pub(super) fn below(path: &str, key: &str) -> String {
    let plain =
        !key.is_empty() && key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphanumeric() || "_$-".contains(c));
    if plain {
        format!("{path}.{key}")
    } else {
        format!("{path}.{}", quote(key))
    }
}

/// A value in a message: its text, if it is one.
pub(super) fn quoted(value: &Json) -> String {
    match value {
        Json::String(text) => quote(text),
        Json::Array(_) => "an array".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        other => quote(&other.to_string()),
    }
}
