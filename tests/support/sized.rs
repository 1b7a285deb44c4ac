//! The parameters that the expressions of `benches/steps.jsonl` work on, in any size.

use selvedge::{Inputs, Map, Value};

/// The parameters of a size.
pub(crate) fn sized(size: usize) -> Inputs {
    let letters: String = ('a'..='z').chain([',']).cycle().take(size).collect();
    let entries = size.min(20_000);
    let map = || (0..entries).map(|key| (format!("k{key}"), key as i64)).collect::<Map>();
    let list: Vec<Value> = (0..entries).map(|item| Value::from(item as i64)).collect();
    Inputs::new()
        .with("p", letters.clone())
        .with("q", letters)
        .with("a", "a".repeat(size))
        .with("half", "a".repeat(size / 2) + "b")
        .with("u", "é😀ß".repeat(size / 8 + 1))
        .with("sigmas", "aΣ\u{345}".repeat(size / 5 + 1))
        .with("quotes", "\"".repeat(size))
        .with("digits", "1".repeat(size))
        .with("pattern", "[a-f]+x|q.?")
        .with("pattern2", "yyyy-MM-dd'T'HH:mm:ss.SSSZZ")
        .with("n", size as i64)
        .with("la", Value::LongArray((0..entries as i64).collect()))
        .with(
            "da",
            Value::DoubleArray((0..entries).map(|item| 1.1 / item as f64).collect()),
        )
        .with("sa", Value::StringArray(vec![Some("ab".to_owned()); entries]))
        .with("m", Value::Map(map()))
        .with("list", Value::from(list))
        .with("maps", Value::from(vec![Value::Map(map())]))
}
