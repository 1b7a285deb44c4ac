//! Schemas as data, and from each of their sources.

use foldhash::fast::FixedState;

use super::*;

/// A schema as data, and the same written again, or what the error says.
const AS_DATA: &[(&str, &str)] = &[
    ("{}", "{}"),
    (r#"{"b":"LONG","a":"ANY"}"#, r#"{"b":"LONG","a":"ANY"}"#),
    (r#"{"*":"ANY","a":"MAP"}"#, r#"{"a":"MAP","*":"ANY"}"#),
    (r#"{"*":"LONG"}"#, "`*` can only be ANY in a schema, not LONG"),
    (r#"{"a\n":"VOID"}"#, "the parameter `a\\n` cannot be of type VOID"),
    (r#"{"a":"NULL"}"#, "the parameter `a` cannot be of type NULL"),
    (r#"{"a":"long"}"#, r#"{"a":"LONG"}"#),
    (
        r#"{"a":"list<long>","b":"list<{a: long}>","c":"long?"}"#,
        r#"{"a":"LONG_ARRAY","b":"list<{a: long}>","c":"long?"}"#,
    ),
    (r#"{"a":"{ 'b' : STRING_ARRAY }?"}"#, r#"{"a":"{b: list<string>}?"}"#),
    (r#"{"a":"string?"}"#, r#"{"a":"string?"}"#),
    (r#"{"*":"map<long>"}"#, "`*` can only be ANY in a schema, not MAP"),
    (r#"{"*":"any"}"#, r#"{"*":"ANY"}"#),
    (
        r#"{"a":"NUMBER"}"#,
        "`a`, character 1 of `NUMBER`: unknown type `NUMBER`; did you mean `double`?",
    ),
    (
        r#"{"a":"list<"}"#,
        "`a`, character 6 of `list<`: expected a shape, found the end",
    ),
];

#[test]
fn a_schema_as_data_is_read_and_written() {
    for (json, expected) in AS_DATA {
        match serde_json::from_str::<Schema>(json) {
            Ok(schema) => assert_eq!(serde_json::to_string(&schema).unwrap(), *expected),
            Err(error) => assert!(error.to_string().starts_with(expected), "{error}"),
        }
    }
}

#[test]
fn equal_schemas_hash_alike_whatever_the_order() {
    let hash = |schema: &Schema| FixedState::default().hash_one(schema);
    let schema = Schema::new().with("a", Type::Long).with("b", Type::Map);
    let turned = Schema::new().with("b", Type::Map).with("a", Type::Long);
    assert_eq!((&schema, hash(&schema)), (&turned, hash(&turned)));
    let others = [
        Schema::new(),
        Schema::open(),
        schema.clone().with("a", Type::Double),
        schema.clone().with("*", Type::Any),
        schema.clone().with_shape("a", "long?").unwrap(),
    ];
    for other in others {
        assert_ne!((&schema, hash(&schema)), (&other, hash(&other)));
    }
}
