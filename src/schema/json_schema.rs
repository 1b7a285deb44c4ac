//! A schema from a JSON Schema: which type each property's values have.

mod keywords;
mod shapes;

use std::collections::HashMap;

use serde_json::{Map as JsonMap, Value as Json};

use keywords::{OWN_TYPE, below, check_known, first, list, not_a_schema, own_type, quoted, united, value_type};

use super::join::{array_of, as_parameter, join};
use super::{Schema, SchemaError};
use crate::shape::Shapes;
use crate::types::Type;
use crate::work::visit;

/// How deep subschemas and references may lead; a type that needs more refers to itself.
const MAX_DEPTH: usize = 64;

impl Schema {
    /// Reads a JSON Schema of objects: each of its `properties` is a parameter.
    ///
    /// | JSON Schema | type |
    /// | --- | --- |
    /// | `boolean`, `integer`, `number`, `string`, `object` | BOOLEAN, LONG, DOUBLE, STRING, MAP |
    /// | `array` | the array of its `items`' type, else LIST |
    /// | `null` among the types, or `nullable` | the same type where null is one of its values, else ANY |
    /// | several types, `anyOf`, `oneOf`, `enum`, `const` | the type that accepts all of them, else ANY |
    /// | `allOf` | the type that all of them agree on |
    /// | `$ref` | what it refers to, in the same document: `#/$defs/…` |
    /// | `"x-sel-type": "DATETIME"` | that type, whatever else is said |
    /// | `additionalProperties` | the schema is open, unless it is `false` or absent |
    /// | `items`, `properties`, `additionalProperties` of a parameter | what is inside it, as its shape |
    /// | `required` inside a parameter | keys that it does not list may be null; all are there where it is absent |
    ///
    /// Names that the JSON Schema does not list are mistakes more often than parameters: they are none unless
    /// `additionalProperties` says so. Bounds and patterns are not looked at; they do not change a type.
    ///
    /// # Errors
    ///
    /// What describes no object, a reference out of the document or in a cycle, and keywords whose meaning for a type is
    /// unknown; the error says where, and what to do.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::from_json_schema(&serde_json::json!({
    ///     "type": "object",
    ///     "properties": {
    ///         "day": {"type": "integer", "minimum": 19700101},
    ///         "regions": {"type": "array", "items": {"$ref": "#/$defs/region"}},
    ///         "limit": {"type": ["number", "null"]},
    ///     },
    ///     "$defs": {"region": {"type": "string"}},
    /// }))?;
    /// let expected = Schema::new().with("day", Type::Long).with("regions", Type::StringArray).with_shape("limit", "double?")?;
    /// assert_eq!(schema, expected);
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn from_json_schema(document: &Json) -> Result<Self, SchemaError> {
        let mut reader = Reader {
            document,
            known: HashMap::default(),
        };
        let (mut path, mut root) = ("$".to_owned(), document);
        for _ in 0..MAX_DEPTH {
            match root.get("$ref") {
                Some(reference) => (path, root) = reader.resolve(reference, &path)?,
                None => return reader.object(root, &path),
            }
        }
        Err(cycle(&path))
    }
}

struct Reader<'j> {
    document: &'j Json,
    /// The types of what references refer to, so that each is looked at once.
    known: HashMap<&'j str, Type>,
}

impl<'j> Reader<'j> {
    /// The root: an object, whose properties are parameters.
    fn object(&mut self, root: &'j Json, path: &str) -> Result<Schema, SchemaError> {
        let describes = root.get("properties").is_some() || root.get("type").is_some_and(|ty| ty == "object");
        if !describes {
            return Err(SchemaError::source(
                path,
                "this JSON Schema describes no object",
                "give `\"type\": \"object\"` and a schema for each parameter under `properties`",
            ));
        }
        let Some(keywords) = root.as_object() else {
            return Err(not_a_schema(path));
        };
        let other = ["allOf", "anyOf", "oneOf"]
            .into_iter()
            .find(|keyword| keywords.contains_key(*keyword));
        if let Some(keyword) = other {
            return Err(SchemaError::source(
                below(path, keyword),
                format!("`{keyword}` may change which parameters there are"),
                "list all of them under `properties` of one schema",
            ));
        }
        check_known(keywords, path)?;
        let mut schema = match root.get("additionalProperties") {
            None | Some(Json::Bool(false)) => Schema::new(),
            Some(_) => Schema::open(),
        };
        let path = below(path, "properties");
        let properties = match root.get("properties") {
            None => return Ok(schema),
            Some(Json::Object(properties)) => properties,
            Some(_) => return Err(not_a_schema(&path)),
        };
        for (name, property) in properties {
            let path = below(&path, name);
            if name == "*" {
                return Err(SchemaError::source(path, "`*` is not a parameter's name", "rename it"));
            }
            let ty = self.type_of(property, &path, 0)?;
            let mut inside = Shapes::default();
            let shape = shapes::shape_of(property, self.document, &mut inside);
            schema.insert_seen(name, as_parameter(ty), inside, shape)?;
        }
        Ok(schema)
    }

    /// The type of the values that a subschema describes.
    fn type_of(&mut self, schema: &'j Json, path: &str, depth: usize) -> Result<Type, SchemaError> {
        if !visit(1) {
            // Whoever stopped it says by what.
            return Err(SchemaError::Deadline);
        }
        if depth > MAX_DEPTH {
            return Err(cycle(path));
        }
        let keywords = match schema {
            Json::Bool(true) => return Ok(Type::Any),
            Json::Bool(false) => {
                return Err(SchemaError::source(
                    path,
                    "`false` has no values",
                    "leave the parameter out",
                ));
            }
            Json::Object(keywords) => keywords,
            _ => return Err(not_a_schema(path)),
        };
        if let Some(name) = keywords.get(OWN_TYPE) {
            return own_type(name, &below(path, OWN_TYPE));
        }
        check_known(keywords, path)?;
        // Each keyword narrows, so what the first one says that says anything holds; the others cannot widen it.
        let ty = if let Some(reference) = keywords.get("$ref") {
            self.referred(reference, path, depth)?
        } else if let Some(types) = keywords.get("type") {
            self.named(types, keywords, path, depth)?
        } else if let Some(value) = keywords.get("const") {
            value_type(value, &below(path, "const"))?
        } else if let Some(values) = keywords.get("enum") {
            let path = below(path, "enum");
            united(&path, values, |index, value| {
                value_type(value, &format!("{path}[{index}]"))
            })?
        } else if let Some((keyword, cases)) = first(keywords, &["anyOf", "oneOf"]) {
            let path = below(path, keyword);
            united(&path, cases, |index, case| {
                self.type_of(case, &format!("{path}[{index}]"), depth + 1)
            })?
        } else if let Some(parts) = keywords.get("allOf") {
            self.agreed(parts, &below(path, "allOf"), depth)?
        } else if keywords.contains_key("properties") {
            Type::Map
        } else {
            Type::Any
        };
        Ok(match keywords.get("nullable") {
            Some(Json::Bool(true)) => join(ty, Type::Null),
            _ => ty,
        })
    }

    /// The type of what a reference refers to.
    fn referred(&mut self, reference: &'j Json, path: &str, depth: usize) -> Result<Type, SchemaError> {
        let pointer = reference.as_str().unwrap_or_default();
        if let Some(known) = self.known.get(pointer) {
            return Ok(*known);
        }
        let (path, target) = self.resolve(reference, path)?;
        let ty = self.type_of(target, &path, depth + 1)?;
        self.known.insert(pointer, ty);
        Ok(ty)
    }

    /// What `type` says: a name, or several.
    fn named(
        &mut self,
        types: &'j Json,
        keywords: &'j JsonMap<String, Json>,
        path: &str,
        depth: usize,
    ) -> Result<Type, SchemaError> {
        let named = below(path, "type");
        match types {
            Json::String(_) => self.one(types, keywords, path, depth),
            several => united(&named, several, |_, one| self.one(one, keywords, path, depth)),
        }
    }

    fn one(
        &mut self,
        name: &Json,
        keywords: &'j JsonMap<String, Json>,
        path: &str,
        depth: usize,
    ) -> Result<Type, SchemaError> {
        Ok(match name.as_str() {
            Some("null") => Type::Null,
            Some("boolean") => Type::Boolean,
            Some("integer") => Type::Long,
            Some("number") => Type::Double,
            Some("string") => Type::String,
            Some("object") => Type::Map,
            Some("array") => match keywords.get("items") {
                Some(items @ (Json::Object(_) | Json::Bool(true))) if !keywords.contains_key("prefixItems") => {
                    array_of(self.type_of(items, &below(path, "items"), depth + 1)?)
                }
                _ => Type::List,
            },
            _ => {
                return Err(SchemaError::source(
                    below(path, "type"),
                    format!("unknown JSON Schema type {}", quoted(name)),
                    "write null, boolean, integer, number, string, array or object",
                ));
            }
        })
    }

    /// The type of what all parts describe.
    fn agreed(&mut self, parts: &'j Json, path: &str, depth: usize) -> Result<Type, SchemaError> {
        let mut agreed = Type::Any;
        for (index, part) in list(parts, path)?.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let ty = self.type_of(part, &path, depth + 1)?;
            if agreed != Type::Any && ty != Type::Any && agreed != ty {
                return Err(SchemaError::source(
                    path,
                    format!("this is {ty}, what stands before it is {agreed}"),
                    format!("write one type, or say which it is by `\"{OWN_TYPE}\"`"),
                ));
            }
            agreed = if agreed == Type::Any { ty } else { agreed };
        }
        Ok(agreed)
    }

    /// What a reference refers to, and its path.
    fn resolve(&self, reference: &Json, path: &str) -> Result<(String, &'j Json), SchemaError> {
        let path = below(path, "$ref");
        let local = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
        let Some(pointer) = local.filter(|pointer| pointer.is_empty() || pointer.starts_with('/')) else {
            return Err(SchemaError::source(
                path,
                format!("{} leads out of the document", quoted(reference)),
                "put what it refers to under `$defs` and write `#/$defs/name`",
            ));
        };
        match self.document.pointer(pointer) {
            Some(target) => {
                let steps = pointer
                    .split('/')
                    .skip(1)
                    .map(|step| step.replace("~1", "/").replace("~0", "~"));
                Ok((steps.fold("$".to_owned(), |path, step| below(&path, &step)), target))
            }
            None => Err(SchemaError::source(
                path,
                format!("{} refers to nothing", quoted(reference)),
                "put it under `$defs`, or correct the name",
            )),
        }
    }
}

fn cycle(path: &str) -> SchemaError {
    SchemaError::source(
        path,
        format!("references form a cycle, or lead through more than {MAX_DEPTH} levels"),
        format!("say the parameter's type by `\"{OWN_TYPE}\": \"…\"`"),
    )
}
