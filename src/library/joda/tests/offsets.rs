//! Holds zones against the tz database: the offset of each from 1900 to 2100, as read from release 2026f by another reader.

use serde_json::Value;

use super::super::*;

/// 1900-01-01 and 2101-01-01, in seconds since 1970.
const FROM: i64 = -2_208_988_800;
const TO: i64 = 4_133_980_800;
/// Instants between two changes are looked at this far apart, in seconds: some 27 days, at another hour each time.
const STRIDE: i64 = 27 * 86_400 + 3_607;

/// The instants at which the zone's offset is not the one it should be between two changes.
fn wrong(zone: &Zone, from: i64, to: i64, offset: i64) -> Option<String> {
    let looked_at = (from..to).step_by(STRIDE as usize).chain([to - 1]);
    let found = |second: i64| (second, zone.offset(second * 1000));
    let (second, found) = looked_at.map(found).find(|(_, found)| *found != offset * 1000)?;
    Some(format!("{zone} at {second}: {found} ms, not {offset} s"))
}

#[test]
fn offsets_agree_with_the_database_over_two_centuries() {
    let mut failures = Vec::new();
    for line in include_str!("../../../../tests/joda/offsets.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let zone = Zone::for_id(&mut Free, case["zone"].as_str().unwrap()).unwrap();
        let mut since = (FROM, case["offset_seconds"].as_i64().unwrap());
        for change in case["changes"].as_array().unwrap() {
            let (at, offset) = (change[0].as_i64().unwrap(), change[1].as_i64().unwrap());
            failures.extend(wrong(&zone, since.0, at, since.1));
            since = (at, offset);
        }
        failures.extend(wrong(&zone, since.0, TO, since.1));
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
