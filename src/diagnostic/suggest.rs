//! "Did you mean": the nearest known name to one that is not known.

use crate::work::{self, Work};

/// Names longer than this are not compared: nobody mistypes 64 characters into a name, and the work stays bounded.
const MAX_COMPARED_CHARS: usize = 64;
/// No more edits make a name from what was meant, however long it is.
const MAX_EDITS: usize = 4;
/// How many letters of candidates are compared with what is near them, all together: those of most names differ soon.
const MAX_ROWS: usize = 4_096;
/// Room for the longest candidate.
const MAX_GIVEN_CHARS: usize = MAX_COMPARED_CHARS + MAX_EDITS;

/// The candidate nearest to `name`, where one is near enough to be what was meant.
///
/// Near enough is an edit distance (insert, delete, replace, swap neighbours; case counts half) of at most a third of
/// the name's length and [`MAX_EDITS`], and a change of case where it has one or two letters; a name that differs in case alone
/// is near.
pub(crate) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(MAX_COMPARED_CHARS + 1).collect();
    if wanted.is_empty() || wanted.len() > MAX_COMPARED_CHARS {
        return None;
    }
    // Of one or two letters, only their case may be wrong.
    let most = match wanted.len() {
        0..=2 => 1,
        length => 2 * (length / 3).min(MAX_EDITS),
    };
    let letters = letters(name);
    let alike = candidates
        .into_iter()
        .take_while(|_| !work::is_stopped())
        .filter(|candidate| {
            work::count(Work::Checked, 1);
            let near = length(candidate).abs_diff(wanted.len()) * 2 <= most;
            // An edit takes one letter away, and brings one.
            near && (letters ^ self::letters(candidate)).count_ones() as usize <= most
        });
    let mut rows = MAX_ROWS;
    let distances = alike.filter_map(|candidate| {
        if candidate.eq_ignore_ascii_case(name) {
            return Some((0, candidate));
        }
        let given: Vec<char> = candidate.chars().collect();
        let distance = distance_within(&wanted, &given, most, &mut rows)?;
        Some((distance, candidate))
    });
    distances.min().map(|(_, candidate)| candidate)
}

fn length(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.chars().count(),
    }
}

/// Which letters a text has, whatever their case; what is not ASCII counts as one of them.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| {
        letters | 1 << if byte.is_ascii() { byte & 31 } else { 0 }
    })
}

/// The edit distance in half steps, if it is at most `most`: a change of case is one, any other edit two
/// (Damerau-Levenshtein, restricted), and the rows that are left reach. Only what lies near enough to the diagonal is looked at.
fn distance_within(a: &[char], b: &[char], most: usize, rows: &mut usize) -> Option<usize> {
    let (band, beyond) = (most / 2, most + 1);
    let mut before_last = [beyond; MAX_GIVEN_CHARS + 2];
    let mut last = before_last;
    for (column, cell) in last.iter_mut().enumerate().take(band + 1) {
        *cell = 2 * column;
    }
    let mut current = before_last;
    for (row, &left) in a.iter().enumerate() {
        let from = row.saturating_sub(band);
        let to = b.len().min(row + 1 + band);
        work::count(Work::Checked, 1);
        *rows = rows.checked_sub(1)?;
        // Left of the first cell, and right of the last one, nothing is near.
        current[from] = match from {
            0 => beyond.min(2 * (row + 1)),
            _ => beyond,
        };
        let mut least = current[from];
        for column in from..to {
            let right = b[column];
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
            current[column + 1] = best.min(beyond);
            least = least.min(best);
        }
        current[to + 1] = beyond;
        // A row can only lead on from this one, or by a swap from the one before.
        let least_of_last = last[from..=to].iter().min().copied().unwrap_or_default();
        if least > most && least_of_last + 2 > most {
            return None;
        }
        (before_last, last, current) = (last, current, before_last);
    }
    Some(last[b.len()]).filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::{closest, distance_within};

    /// The distance by the whole of its table.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for row in 0..=a.len() {
            for column in 0..=b.len() {
                if row == 0 || column == 0 {
                    table[row][column] = 2 * (row + column);
                    continue;
                }
                let (left, right) = (a[row - 1], b[column - 1]);
                let replace = match left == right {
                    true => 0,
                    false => 2 - usize::from(left.eq_ignore_ascii_case(&right)),
                };
                let mut best = (table[row - 1][column - 1] + replace)
                    .min(table[row - 1][column] + 2)
                    .min(table[row][column - 1] + 2);
                if row > 1 && column > 1 && left == b[column - 2] && a[row - 2] == right {
                    best = best.min(table[row - 2][column - 2] + 2);
                }
                table[row][column] = best;
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn distances_near_the_diagonal_are_those_of_the_whole_table() {
        let mut words: Vec<Vec<char>> = vec![vec![]];
        let mut first = 0;
        for _ in 0..4 {
            let last = words.len();
            for word in first..last {
                for letter in ['a', 'A', 'b', 'c'] {
                    let mut longer = words[word].clone();
                    longer.push(letter);
                    words.push(longer);
                }
            }
            first = last;
        }
        for (index, a) in words.iter().enumerate() {
            for b in &words[index % 7..] {
                let whole = distance(a, b);
                for most in [1, 2, 4, 8]
                    .into_iter()
                    .filter(|most| 2 * a.len().abs_diff(b.len()) <= *most)
                {
                    let near = distance_within(a, b, most, &mut { super::MAX_ROWS });
                    assert_eq!(near, Some(whole).filter(|whole| *whole <= most), "{a:?} {b:?} {most}");
                }
            }
        }
    }

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
