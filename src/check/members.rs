//! The members of a type, shown where a name is none of them.

use std::collections::BTreeMap;

use crate::diagnostic::{are_opposite, is_word, quote, words, words_as_written};

/// Up to so many members are listed whole.
const FEW: usize = 24;
/// Up to so many that share a word are said; more say nothing.
const MOST_NEAR: usize = 9;
/// Members that begin with the same word are shown as one where there are so many.
const MANY_ALIKE: usize = 4;

/// The members nearest to a name, by the words they share; where none shares one, all of them. The members are sorted.
pub(super) fn listed(name: &str, members: &[&str]) -> String {
    let wanted = words(name);
    let shared = |member: &str| {
        let long = words_as_written(member).filter(|word| word.len() > 2);
        let shared = long
            .filter(|word| wanted.iter().any(|wanted| is_word(word, wanted)))
            .count();
        // Whether they are opposite is only asked of the few that share a word: it takes longer.
        if shared > 0 && are_opposite(name, member) {
            0
        } else {
            shared
        }
    };
    let shared: Vec<usize> = members.iter().map(|member| shared(member)).collect();
    let most = shared.iter().copied().max().unwrap_or(0);
    let near = members
        .iter()
        .zip(shared)
        .filter(|(_, shared)| most > 0 && *shared == most);
    let near: Vec<String> = near.map(|(member, _)| quote(member)).collect();
    if (1..=MOST_NEAR).contains(&near.len()) {
        return format!("see {}", near.join(", "));
    }
    if members.len() <= FEW {
        let all: Vec<String> = members.iter().map(|member| quote(member)).collect();
        return format!("it has {}", all.join(", "));
    }
    let mut alike: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for member in members {
        alike.entry(first_word(member)).or_default().push(member);
    }
    let shown = alike.iter().flat_map(|(word, members)| match members.len() {
        MANY_ALIKE.. => vec![format!("`{word}…`")],
        _ => members.iter().map(|member| quote(member)).collect(),
    });
    format!("it has {}", shown.collect::<Vec<_>>().join(", "))
}

/// The word that a name begins with.
fn first_word(name: &str) -> &str {
    let end = name.find(char::is_uppercase).unwrap_or(name.len());
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn near_members_are_those_that_share_a_word() {
        let members = ["getYear", "isAfter", "minusDays", "plusDays", "plusHours"];
        assert_eq!(listed("add_days", &members), "see `plusDays`");
        assert_eq!(
            listed("foo", &members),
            "it has `getYear`, `isAfter`, `minusDays`, `plusDays`, `plusHours`"
        );
    }

    #[test]
    fn many_members_are_shown_by_their_first_words() {
        let names: Vec<String> = (0..26).map(|index| format!("plus{}", (b'A' + index) as char)).collect();
        let mut members: Vec<&str> = names.iter().map(String::as_str).collect();
        members.push("print");
        assert_eq!(listed("foo", &members), "it has `plus…`, `print`");
    }
}
