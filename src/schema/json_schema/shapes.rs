//! What a JSON Schema says of what is inside. What it says nothing of, and what is said in a way that is not understood, may be anything.

use std::sync::Arc;

use serde_json::{Map as JsonMap, Value as Json};

use super::keywords::{OWN_TYPE, first};
use crate::schema::seen;
use crate::shape::{Key, MAX_DEPTH, MAX_PARTS, Part, Shape, Shapes, read};
use crate::types::Type;
use crate::value::Value;
use crate::work::visit;

/// The shape of the values that a schema describes.
pub(super) fn shape_of<'j>(schema: &'j Json, document: &'j Json, shapes: &mut Shapes) -> Shape {
    let mut reader = Reader {
        document,
        shapes,
        parts: 0,
        open: Vec::new(),
    };
    reader.of(schema, 0)
}

struct Reader<'j, 's> {
    document: &'j Json,
    shapes: &'s mut Shapes,
    parts: usize,
    /// The references around.
    open: Vec<&'j str>,
}

impl<'j> Reader<'j, '_> {
    // Within the depth that is allowed.
    fn of(&mut self, schema: &'j Json, depth: usize) -> Shape {
        self.parts += 1;
        let Some(keywords) = schema.as_object() else {
            return self.shapes.any();
        };
        if !visit(1) || depth > MAX_DEPTH - 2 || self.parts > MAX_PARTS / 2 {
            return self.shapes.any();
        }
        let shape = if let Some(own) = keywords.get(OWN_TYPE) {
            return self.own(own);
        } else if let Some(reference) = keywords.get("$ref") {
            self.referred(reference, depth)
        } else if let Some(types) = keywords.get("type") {
            match types.as_array() {
                Some(types) => self.any_of(types, |reader, one| reader.named(one, keywords, depth)),
                None => self.named(types, keywords, depth).unwrap_or_else(|| self.shapes.any()),
            }
        } else if let Some(value) = keywords.get("const") {
            self.seen([value])
        } else if let Some(values) = keywords.get("enum").and_then(Json::as_array) {
            self.seen(values)
        } else if let Some(cases) = first(keywords, &["anyOf", "oneOf"]).and_then(|(_, cases)| cases.as_array()) {
            self.any_of(cases, |reader, case| {
                let is_null = case.get("type").is_some_and(|ty| ty == "null");
                (!is_null).then(|| reader.of(case, depth + 1))
            })
        } else if let Some(parts) = keywords.get("allOf").and_then(Json::as_array) {
            self.all_of(parts, depth)
        } else if keywords.contains_key("properties") {
            self.object(keywords, depth)
        } else {
            self.shapes.any()
        };
        match keywords.get("nullable") {
            Some(Json::Bool(true)) => self.shapes.nullable(shape),
            _ => shape,
        }
    }

    fn own(&mut self, own: &Json) -> Shape {
        let shape = own.as_str().and_then(|text| read(text, self.shapes).ok());
        shape.unwrap_or_else(|| self.shapes.any())
    }

    /// The shape of what a reference refers to; of one inside itself no more than that it is a map.
    fn referred(&mut self, reference: &'j Json, depth: usize) -> Shape {
        let pointer = reference.as_str().unwrap_or_default();
        let target = pointer
            .strip_prefix('#')
            .and_then(|pointer| self.document.pointer(pointer));
        let Some(target) = target else {
            return self.shapes.any();
        };
        if self.open.contains(&pointer) {
            let is_object = target.get("type").is_some_and(|ty| ty == "object") || target.get("properties").is_some();
            return self.shapes.of(if is_object { Type::Map } else { Type::Any });
        }
        self.open.push(pointer);
        let shape = self.of(target, depth + 1);
        self.open.pop();
        shape
    }

    /// The shape of what a name of a type says; none for null.
    fn named(&mut self, name: &Json, keywords: &'j JsonMap<String, Json>, depth: usize) -> Option<Shape> {
        Some(match name.as_str() {
            Some("null") => return None,
            Some("boolean") => self.shapes.of(Type::Boolean),
            Some("integer") => self.shapes.of(Type::Long),
            Some("number") => self.shapes.of(Type::Double),
            Some("string") => self.shapes.of(Type::String),
            Some("object") => self.object(keywords, depth),
            Some("array") => {
                let items = keywords.get("items").filter(|_| !keywords.contains_key("prefixItems"));
                let element = match items {
                    Some(items) => self.of(items, depth + 1),
                    None => self.shapes.any(),
                };
                self.shapes.list(element)
            }
            _ => self.shapes.any(),
        })
    }

    /// What fits one of several; null where a case says so.
    fn any_of(&mut self, cases: &'j [Json], mut of: impl FnMut(&mut Self, &'j Json) -> Option<Shape>) -> Shape {
        let (mut all, mut has_null) = (None, false);
        for case in cases.iter().take_while(|_| visit(1)) {
            match of(self, case) {
                Some(shape) => all = Some(all.map_or(shape, |all| self.shapes.join(all, shape))),
                None => has_null = true,
            }
        }
        let all = all.unwrap_or_else(|| self.shapes.any());
        match has_null {
            true => self.shapes.nullable(all),
            false => all,
        }
    }

    /// What fits each of several, where they say the same or are maps, whose keys are put together.
    fn all_of(&mut self, parts: &'j [Json], depth: usize) -> Shape {
        let shapes: Vec<Shape> = parts.iter().map(|part| self.of(part, depth + 1)).collect();
        let mut all = self.shapes.any();
        for shape in shapes {
            if self.shapes.is_any(shape) || shape == all {
                continue;
            }
            all = match (self.shapes.part(all).clone(), self.shapes.part(shape).clone()) {
                (Part::Of(Type::Any), _) => shape,
                (
                    Part::Map { keys, rest },
                    Part::Map {
                        keys: more,
                        rest: other,
                    },
                ) => {
                    let is_new = |key: &&Key| keys.iter().all(|known| known.name != key.name);
                    let new: Vec<Key> = more.iter().filter(is_new).cloned().collect();
                    let keys = keys.iter().cloned().chain(new).collect();
                    self.shapes.map(keys, rest.and(other))
                }
                _ => return self.shapes.any(),
            };
        }
        all
    }

    fn object(&mut self, keywords: &'j JsonMap<String, Json>, depth: usize) -> Shape {
        let properties = keywords.get("properties").and_then(Json::as_object);
        let required = keywords.get("required").and_then(Json::as_array);
        let mut keys = Vec::new();
        for (name, schema) in properties.into_iter().flatten().filter(|(_, schema)| **schema != false) {
            let shape = self.of(schema, depth + 1);
            let is_there = required.is_none_or(|required| required.iter().any(|required| required == name));
            keys.push(Key {
                name: Arc::from(&**name),
                shape: match is_there {
                    true => shape,
                    false => self.shapes.nullable(shape),
                },
            });
        }
        let rest = match keywords.get("additionalProperties") {
            Some(schema @ Json::Object(_)) => Some(self.of(schema, depth + 1)),
            Some(Json::Bool(true)) => Some(self.shapes.any()),
            _ if keys.is_empty() || keywords.contains_key("patternProperties") => Some(self.shapes.any()),
            _ => None,
        };
        let rest = match keywords.contains_key("patternProperties") {
            true => rest.map(|_| self.shapes.any()),
            false => rest,
        };
        self.shapes.map(keys, rest)
    }

    fn seen<'v>(&mut self, values: impl IntoIterator<Item = &'v Json>) -> Shape {
        let values = values.into_iter().take_while(|_| visit(1));
        match values.map(Value::from_serialize).collect::<Result<Vec<Value>, _>>() {
            Ok(values) => seen::shape_of(&values, self.shapes),
            Err(_) => self.shapes.any(),
        }
    }
}
