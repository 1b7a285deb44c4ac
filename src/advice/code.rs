//! Code that a help repeats: whether it can stand beside an operator, and its brackets match.

/// Code as it stands beside an operator: in parentheses, where it is more than one operand with its members.
pub(crate) fn operand(code: &str) -> String {
    if is_compound(code) {
        format!("({code})")
    } else {
        code.to_owned()
    }
}

/// Whether code is more than one operand with its members.
pub(super) fn is_compound(code: &str) -> bool {
    let mut depth = 0_usize;
    outside_texts(code.strip_prefix("new ").unwrap_or(code)).any(|next| {
        match next {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && !(next.is_alphanumeric() || matches!(next, '_' | '.' | '$')),
        }
        false
    })
}

/// Whether each bracket of code has the one that belongs to it: an operand in parentheses is told of without its first.
pub(crate) fn is_balanced(code: &str) -> bool {
    let mut depth = 0_i32;
    let is_open = outside_texts(code).all(|next| {
        depth += match next {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
        depth >= 0
    });
    is_open && depth == 0
}

/// The characters of code that stand in no text.
fn outside_texts(code: &str) -> impl Iterator<Item = char> {
    let mut quote = None;
    code.chars().filter(move |&next| match (quote, next) {
        (Some(open), _) => {
            quote = quote.filter(|_| next != open);
            false
        }
        (None, '\'' | '"') => {
            quote = Some(next);
            false
        }
        (None, _) => true,
    })
}
