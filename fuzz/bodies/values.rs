//! Values: drawn, written, read and handed in.

use arbitrary::{Result as Drawn, Unstructured};
use selvedge::{Inputs, List, Map, Schema, Value};

use super::{LENIENT, check_text, evaluate_twice};

/// A value, nested as deep as `depth` at most.
pub(super) fn value(u: &mut Unstructured<'_>, depth: u32) -> Drawn<Value> {
    let short = |u: &mut Unstructured<'_>| -> Drawn<String> {
        let length = usize::from(u.arbitrary::<u8>()? % 24).min(u.len());
        Ok(String::from_utf8_lossy(u.bytes(length)?).into_owned())
    };
    Ok(match u.arbitrary::<u8>()? % if depth == 0 { 7 } else { 12 } {
        0 => Value::Null,
        1 => Value::from(u.arbitrary::<bool>()?),
        2 => Value::from(i64::from(u.arbitrary::<i8>()?)),
        3 => Value::from(u.arbitrary::<i64>()?),
        4 => Value::from(u.arbitrary::<f64>()?),
        5 => Value::from(short(u)?),
        6 => Value::from(short(u)?.repeat(usize::from(u.arbitrary::<u8>()?))),
        kind => {
            let count = usize::from(u.arbitrary::<u8>()? % 6);
            let times = 0..count;
            match kind {
                7 => Value::LongArray(times.map(|_| u.arbitrary()).collect::<Drawn<_>>()?),
                8 => Value::DoubleArray(times.map(|_| u.arbitrary()).collect::<Drawn<_>>()?),
                9 => Value::StringArray(times.map(|_| short(u).map(Some)).collect::<Drawn<_>>()?),
                10 => Value::List(
                    times
                        .map(|_| value(u, depth - 1))
                        .collect::<Drawn<Vec<_>>>()
                        .map(List::from)?,
                ),
                _ => Value::Map(
                    times
                        .map(|_| Ok((short(u)?, value(u, depth - 1)?)))
                        .collect::<Drawn<Map>>()?,
                ),
            }
        }
    })
}

/// Values survive JSON and serde; what is not JSON is refused.
pub(crate) fn values(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        match Value::from_json(text) {
            Ok(read) => {
                let again = Value::from_json(&serde_json::to_string(&read).unwrap()).unwrap();
                assert_eq!(read, again);
                let _ = read.to_string();
            }
            Err(error) => check_text(&error.to_string()),
        }
    }
    if let Ok(made) = value(&mut Unstructured::new(data), 4) {
        let shown = format!("{made:?}");
        assert_eq!(format!("{:?}", made.clone()), shown);
        // Arrays come back as what serde can tell apart, so the second passage changes nothing more.
        if let Ok(once) = Value::from_serialize(&made) {
            let twice = Value::from_serialize(&once).unwrap();
            assert_eq!(format!("{once:?}"), format!("{twice:?}"));
        }
        let inputs = Inputs::new().with("p", made);
        evaluate_twice(&LENIENT, "p", &Schema::infer_from(inputs.as_map()), &inputs);
    }
}
