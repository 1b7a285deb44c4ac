//! Patterns of paths, such as `$.jobs[*].when`, `$..when` and `$['on failure']`.

use super::tree::Step;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Key(String),
    Index(usize),
    /// Any key or index.
    Any,
    /// Any number of steps.
    Descend,
}

impl Pattern {
    /// Reads a pattern.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("invalid path `{text}`: {why}; write one such as `$.jobs[*].when`");
        let mut rest = text.strip_prefix('$').ok_or_else(|| wrong("it must begin with `$`"))?;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("..") {
                parts.push(Part::Descend);
                if after.starts_with('[') {
                    rest = after;
                    continue;
                }
                rest = name(after, &mut parts).ok_or_else(|| wrong("expected a key after `..`"))?;
            } else if let Some(after) = rest.strip_prefix('.') {
                rest = name(after, &mut parts).ok_or_else(|| wrong("expected a key after `.`"))?;
            } else {
                rest = bracket(rest, &mut parts)
                    .ok_or_else(|| wrong("expected `*`, an index or a quoted key in brackets"))?;
            }
        }
        Ok(Self { parts })
    }

    /// Whether it matches a path.
    pub(crate) fn matches(&self, path: &[Step]) -> bool {
        // The parts of the pattern that the path so far may have come to.
        let mut states = vec![false; self.parts.len() + 1];
        reach(&mut states, &self.parts, 0);
        for step in path {
            let mut next = vec![false; states.len()];
            for (index, part) in self.parts.iter().enumerate() {
                if states.get(index) != Some(&true) {
                    continue;
                }
                let to = match (part, step) {
                    (Part::Descend, _) => index,
                    (Part::Any, _) => index + 1,
                    (Part::Key(key), Step::Key(own)) if **own == **key => index + 1,
                    (Part::Index(wanted), Step::Index(own)) if own == wanted => index + 1,
                    _ => continue,
                };
                reach(&mut next, &self.parts, to);
            }
            states = next;
        }
        states.last() == Some(&true)
    }
}

/// Notes a state, and those it comes to without a step.
fn reach(states: &mut [bool], parts: &[Part], mut index: usize) {
    while let Some(state) = states.get_mut(index) {
        *state = true;
        if parts.get(index) != Some(&Part::Descend) {
            return;
        }
        index += 1;
    }
}

/// A key without quotes, or `*`.
fn name<'t>(text: &'t str, parts: &mut Vec<Part>) -> Option<&'t str> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (key, rest) = text.split_at_checked(end)?;
    parts.push(match key {
        "" => return None,
        "*" => Part::Any,
        key => Part::Key(key.to_owned()),
    });
    Some(rest)
}

/// `[*]`, `[0]` or `['key']`.
fn bracket<'t>(text: &'t str, parts: &mut Vec<Part>) -> Option<&'t str> {
    let inner = text.strip_prefix('[')?;
    for quote in ['\'', '"'] {
        if let Some(quoted) = inner.strip_prefix(quote) {
            let (key, rest) = quoted.split_once(quote)?;
            parts.push(Part::Key(key.to_owned()));
            return rest.strip_prefix(']');
        }
    }
    let (index, rest) = inner.split_once(']')?;
    parts.push(match index {
        "*" => Part::Any,
        index => Part::Index(index.parse().ok()?),
    });
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Step};

    /// A path such as `jobs/0/when`.
    fn path(text: &str) -> Vec<Step> {
        let steps = text.split('/').filter(|step| !step.is_empty());
        steps
            .map(|step| step.parse().map_or_else(|_| Step::Key(step.into()), Step::Index))
            .collect()
    }

    #[test]
    fn patterns_match_paths() {
        let cases = [
            ("$", "", true),
            ("$.jobs[*].when", "jobs/0/when", true),
            ("$.jobs[*].when", "jobs/0/when/1", false),
            ("$.jobs[1].when", "jobs/0/when", false),
            ("$.jobs.*.when", "jobs/build/when", true),
            ("$..when", "when", true),
            ("$..when", "a/0/b/when", true),
            ("$..steps[*].if", "jobs/build/steps/3/if", true),
            ("$..[0]", "a/b/0", true),
            ("$['on failure'].when", "on failure/when", true),
            ("$.*", "a/b", false),
        ];
        for (pattern, text, expected) in cases {
            let parsed = Pattern::parse(pattern);
            assert_eq!(
                parsed.map(|parsed| parsed.matches(&path(text))),
                Ok(expected),
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for wrong in ["", "jobs", "$.", "$..", "$jobs", "$[", "$[x]", "$['a'", "$.a..", "$[0"] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
