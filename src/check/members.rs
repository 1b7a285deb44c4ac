//! The members of a type, shown where a name is none of them.

use std::collections::BTreeMap;

use crate::diagnostic::quote;

/// Up to so many members are listed whole.
const FEW: usize = 24;
/// Members that begin with the same word are shown as one where there are so many.
const MANY_ALIKE: usize = 4;

/// The members nearest to a name, by the words they share; where none shares one, all of them. The members are sorted.
pub(super) fn listed(name: &str, members: &[&str]) -> String {
    let wanted = words(name);
    let shared = |member: &str| words(member).iter().filter(|word| wanted.contains(word)).count();
    let most = members.iter().map(|member| shared(member)).max().unwrap_or(0);
    if most > 0 {
        let near = members.iter().filter(|member| shared(member) == most);
        let near: Vec<String> = near.map(|member| quote(member)).collect();
        return format!("did you mean {}?", near.join(", "));
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

/// The words of a name such as `plusDays` or `add_days`, in lower case; short ones say nothing.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for character in name.chars() {
        if character.is_uppercase() || character == '_' {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character != '_') {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| word.len() > 2);
    words
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
        assert_eq!(listed("add_days", &members), "did you mean `minusDays`, `plusDays`?");
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
