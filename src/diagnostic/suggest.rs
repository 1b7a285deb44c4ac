//! "Did you mean": the nearest known name to one that is not known.

use std::cell::OnceCell;

use crate::work::{self, Work};

/// Names longer than this are not compared: nobody mistypes 64 characters into a name, and the work stays bounded.
const MAX_COMPARED_CHARS: usize = 64;
/// No more edits make a name from what was meant, however long it is.
const MAX_EDITS: usize = 4;
/// How many letters of candidates are compared with what is near them, all together: those of most names differ soon.
const MAX_ROWS: usize = 4_096;
/// Room for the longest candidate.
const MAX_GIVEN_CHARS: usize = MAX_COMPARED_CHARS + MAX_EDITS;

/// Words of which one is not a slip of the other, however near they are: a name with the one does not stand for one with the other.
const OPPOSITES: &[(&str, &str)] = &[
    ("increment", "decrement"),
    ("first", "last"),
    ("min", "max"),
    ("add", "remove"),
    ("add", "minus"),
    ("add", "subtract"),
    ("plus", "minus"),
    ("plus", "sub"),
    ("before", "after"),
    ("upper", "lower"),
    ("start", "end"),
    ("begin", "end"),
    ("encode", "decode"),
    ("escape", "unescape"),
    ("get", "set"),
    ("get", "put"),
    ("open", "close"),
    ("source", "target"),
    ("input", "output"),
    ("left", "right"),
    ("with", "without"),
];

/// The candidate nearest to `name`, where one is near enough to be what was meant.
///
/// Near enough is an edit distance (insert, delete, replace, swap neighbours; case counts half) of at most a third of
/// the length of each of its words and [`MAX_EDITS`], and a change of case where it has one or two letters; a name that differs in
/// case alone is near. Another word is not a slip: `decrementDateInt` is not meant for `incrementDateInt`, nor `lastDayOfMonth` for
/// `getDayOfMonth`.
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
    let mut candidates: Vec<&str> = candidates.into_iter().take_while(|_| !work::is_stopped()).collect();
    candidates.dedup();
    work::count(Work::Checked, candidates.len());
    let alike = candidates.iter().copied().filter(|candidate| {
        let near = length(candidate).abs_diff(wanted.len()) * 2 <= most;
        // An edit takes one letter away, and brings one.
        near && (letters ^ self::letters(candidate)).count_ones() as usize <= most
    });
    let sketches = OnceCell::new();
    let is_known = |word: &str| {
        let words = || candidates.iter().flat_map(|name| words_as_written(name));
        let sketches = sketches.get_or_init(|| words().map(sketch).collect::<Vec<u64>>());
        work::count(Work::Checked, candidates.len());
        let wanted = sketch(word);
        let may_be = sketches.iter().any(|&sketch| sketch == wanted || sketch == 0);
        may_be && words().any(|known| is_word(known, word))
    };
    let mut rows = MAX_ROWS;
    let distances = alike.filter_map(|candidate| {
        if candidate.eq_ignore_ascii_case(name) {
            return Some((0, candidate));
        }
        let given: Vec<char> = candidate.chars().collect();
        let distance = distance_within(&wanted, &given, most, &mut rows)?;
        is_slip(name, candidate, &is_known).then_some((distance, candidate))
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

/// What words have in common that are the same but for their case; 0 for those that are not ASCII.
fn sketch(word: &str) -> u64 {
    match word.is_ascii() {
        true => u64::from(letters(word)) | (word.len() as u64) << 32,
        false => 0,
    }
}

/// Whether a name may be a slip of the pen for another: no word of it is another word, of those that are known.
fn is_slip(name: &str, other: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    if are_opposite(name, other) {
        return false;
    }
    let (mine, others) = (words(name), words(other));
    if mine.len() == others.len() {
        let of_word = |(mine, other): (&String, &String)| {
            mine == other || (is_word_slip(mine, other) && (is_plural(mine, other) || !is_known(mine)))
        };
        return mine.iter().zip(&others).all(of_word);
    }
    // Written without capitals or `_`, the words are not known, but for one between those of the other.
    let joined = mine.concat();
    let is_another = others.iter().enumerate().any(|(place, other)| {
        let before: String = others.iter().take(place).map(String::as_str).collect();
        let behind: String = others.iter().skip(place + 1).map(String::as_str).collect();
        let word = joined
            .strip_prefix(&*before)
            .and_then(|rest| rest.strip_suffix(&*behind));
        word.is_some_and(|word| word != other && !is_plural(word, other) && is_known(word))
    });
    let others = others.concat();
    !is_another && distance(&joined, &others, 2).is_some() && !is_replaced(&joined, &others)
}

fn is_plural(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// Of words such as `get` and `set` one letter makes another word, unless two changed places.
fn is_word_slip(word: &str, other: &str) -> bool {
    let length = word.chars().count();
    distance(word, other, 2 * (length / 3).max(1)).is_some() && (length > 3 || !is_replaced(word, other))
}

/// Whether a word of the same length has other letters.
fn is_replaced(word: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    word.chars().count() == other.chars().count() && sorted(word) != sorted(other)
}

/// Whether one name has a word where the other has its opposite.
pub(crate) fn are_opposite(name: &str, other: &str) -> bool {
    let (mine, others) = (words(name), words(other));
    let has = |words: &[String], word: &str| words.iter().any(|own| own == word);
    let whole = |one: &str, opposite: &str| has(&mine, one) && has(&others, opposite);
    let (name, other) = (name.to_ascii_lowercase(), other.to_ascii_lowercase());
    let only = |word: &str, of: &str, not_of: &str| of.contains(word) && !not_of.contains(word);
    OPPOSITES.iter().any(|(one, opposite)| {
        whole(one, opposite)
            || whole(opposite, one)
            || (only(one, &name, &other) && only(opposite, &other, &name))
            || (only(opposite, &name, &other) && only(one, &other, &name))
    })
}

/// The words of a name such as `plusDays`, `add_days` or `Europe/Paris`, in lower case.
pub(crate) fn words(name: &str) -> Vec<String> {
    words_as_written(name).map(str::to_lowercase).collect()
}

/// The words of a name as it writes them; `DATE_ADD` is two.
pub(crate) fn words_as_written(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|character: char| !character.is_alphanumeric());
    parts.flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let neighbours = rest.chars().zip(rest.char_indices().skip(1));
            let mut begins = neighbours.filter(|(before, (_, own))| own.is_uppercase() && !before.is_uppercase());
            let end = begins.next().map_or(rest.len(), |(_, (start, _))| start);
            let (word, behind) = rest.split_at_checked(end)?;
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// Whether a word of a name is this one, which is in lower case.
pub(crate) fn is_word(written: &str, word: &str) -> bool {
    match written.is_ascii() {
        true => written.eq_ignore_ascii_case(word),
        false => written.to_lowercase() == word,
    }
}

/// The edit distance of two texts in half steps, if it is at most `most`: a change of case is one, any other edit two.
pub(crate) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let near = 2 * a.len().abs_diff(b.len()) <= most;
    near.then(|| distance_within(&a, &b, most, &mut { MAX_ROWS })).flatten()
}

/// The same (Damerau-Levenshtein, restricted), if the rows that are left reach. Only what lies near enough to the diagonal is looked
/// at.
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
    use std::collections::BTreeSet;

    use super::{OPPOSITES, closest, distance_within, is_plural, words};

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
        assert_eq!(closest("touppercas", names), Some("toUpperCase"));
        assert_eq!(closest("subString", names), Some("substring"));
        assert_eq!(closest("concat", names), None);
        assert_eq!(closest("", names), None);
        assert_eq!(closest("os", ["s", "so"]), None);
        assert_eq!(closest("S", ["s"]), Some("s"));
        assert_eq!(closest("plusDay", ["plusDays", "minusDays"]), Some("plusDays"));
        assert_eq!(closest("end_date", ["start_date"]), None);
        assert_eq!(closest("mxa", ["max", "min"]), Some("max"));
    }

    /// The law: a member whose one word is another one, of the library or an opposite, is not taken for it.
    #[test]
    fn another_word_is_not_a_slip() {
        let names: BTreeSet<&str> = crate::library::functions().map(|(_, function)| function.name).collect();
        let opposites = OPPOSITES.iter().flat_map(|(one, opposite)| [*one, *opposite]);
        let known = names.iter().flat_map(|name| words(name));
        let vocabulary: BTreeSet<String> = known.chain(opposites.map(str::to_owned)).collect();
        let mut wrong = Vec::new();
        for name in &names {
            let own = words(name);
            for (place, word) in own.iter().enumerate() {
                for other in vocabulary
                    .iter()
                    .filter(|other| *other != word && !is_plural(word, other))
                {
                    let mut changed = own.clone();
                    changed[place].clone_from(other);
                    let camel = changed.iter().enumerate().map(|(place, word)| match place {
                        0 => word.clone(),
                        _ => word[..1].to_uppercase() + &word[1..],
                    });
                    let written = [camel.collect::<String>(), changed.join("_"), changed.concat()];
                    let taken = written.iter().filter(|written| {
                        !written.eq_ignore_ascii_case(name) && closest(written, names.iter().copied()) == Some(*name)
                    });
                    wrong.extend(taken.map(|written| format!("{written} for {name}")));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
