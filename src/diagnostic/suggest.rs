//! "Did you mean": the nearest known name to one that is not known.

/// Names longer than this are not compared: nobody mistypes 64 characters into a name, and the work stays bounded.
const MAX_COMPARED_CHARS: usize = 64;

/// The candidate nearest to `name`, where one is near enough to be what was meant.
///
/// Near enough is an edit distance (insert, delete, replace, swap neighbours; case counts half) of at most a third of
/// the name's length, and a change of case where it has one or two letters; a name that differs in case alone is near.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(MAX_COMPARED_CHARS + 1).collect();
    if wanted.is_empty() || wanted.len() > MAX_COMPARED_CHARS {
        return None;
    }
    // Of one or two letters, only their case may be wrong.
    let most = match wanted.len() {
        0..=2 => 1,
        length => 2 * (length / 3),
    };
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let near = candidate.chars().count().abs_diff(wanted.len()) * 2 <= most;
            if !near {
                return None;
            }
            if candidate.eq_ignore_ascii_case(name) {
                return Some((0, candidate));
            }
            let given: Vec<char> = candidate.chars().collect();
            let distance = distance_within(&wanted, &given, most)?;
            Some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edit distance in half steps, if it is at most `most`: a change of case is one, any other edit two
/// (Damerau-Levenshtein, restricted).
fn distance_within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).map(|column| 2 * column).collect();
    for (row, &left) in a.iter().enumerate() {
        let mut current = vec![2 * (row + 1)];
        for (column, &right) in b.iter().enumerate() {
            let replace = match left == right {
                true => 0,
                false if left.eq_ignore_ascii_case(&right) => 1,
                false => 2,
            };
            let mut best = (last[column] + replace)
                .min(last[column + 1] + 2)
                .min(current[column] + 2);
            let swapped = row > 0 && column > 0 && left == b[column - 1] && a[row - 1] == right;
            if swapped {
                best = best.min(before_last[column - 1] + 2);
            }
            current.push(best);
        }
        // A row can only lead on from this one, or by a swap from the one before.
        let least = |row: &[usize]| row.iter().min().copied().unwrap_or_default();
        if least(&current) > most && least(&last) + 2 > most {
            return None;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    Some(last[b.len()]).filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["length", "substring", "split", "toUpperCase"];
        assert_eq!(closest("lenght", names), Some("length"));
        assert_eq!(closest("touppercase", names), Some("toUpperCase"));
        assert_eq!(closest("subString", names), Some("substring"));
        assert_eq!(closest("concat", names), None);
        assert_eq!(closest("", names), None);
        assert_eq!(closest("os", ["s", "so"]), None);
        assert_eq!(closest("S", ["s"]), Some("s"));
    }
}
