//! How a `for` is written that walks its elements or counts as in other languages: `x in xs`, `i in range(10)`, `i in 0..3`.

use super::scan::{after_brackets, operand_at, word_at};
use crate::diagnostic::{quote_code, write_code};
use crate::dialect::Dialect;

/// What to do with a map in SEL.
const NO_KEYS: &str = "a map cannot be walked: keep the keys in an array of their own";

/// What to write for the head of a `for`, from what stands behind the word, with or without its parentheses.
pub(super) fn help(head: &str, dialect: Dialect) -> String {
    let line = head.lines().next().unwrap_or("");
    let split = [" in ", " of ", ":"]
        .iter()
        .find_map(|between| line.split_once(between));
    let Some((names, walked)) = split else {
        return walking(dialect, "x", None);
    };
    let walked = walked.trim();
    let walked = operand_at(walked)
        .filter(|operand| !operand.starts_with(|first: char| first.is_ascii_digit()))
        .unwrap_or(walked);
    let words = names.rsplit(|next: char| !(next.is_alphanumeric() || next == '_'));
    let name = words.into_iter().find(|word| is_name(word)).unwrap_or("x");
    if let Some(map) = ["items", "keys", "values", "entrySet", "keySet"]
        .iter()
        .find_map(|of| walked.split_once(&*format!(".{of}(")))
    {
        return of_map(dialect, names, map);
    }
    if names.contains(',') && is_name(walked) {
        return of_map(dialect, names, (walked, ""));
    }
    if let Some(head) = counted(name, walked).or_else(|| stepped(name, walked)) {
        return write_code(&format!("{head} {{ … }}"));
    }
    let array = walked
        .strip_prefix("enumerate(")
        .and_then(|walked| walked.strip_suffix(')'));
    if let Some(array) = array.filter(|array| is_name(array)) {
        let index = names.split(',').next().map_or("i", str::trim);
        let index = if is_name(index) { index } else { "i" };
        let head = format!("for (int {index} = 0; {index} < {array}.length; {index} += 1)");
        return write_code(&format!("{head} {{ {name} = {array}[{index}]; … }}"));
    }
    walking(dialect, name, Some(walked))
}

/// How the elements of what is walked are taken one by one.
fn walking(dialect: Dialect, name: &str, walked: Option<&str>) -> String {
    let whole = walked.filter(|walked| operand_at(walked) == Some(walked));
    let loop_over = |array: &str| quote_code(&format!("for (int i = 0; i < {array}.length; i += 1) {{ … }}"));
    match (dialect, whole) {
        (Dialect::Selvedge, _) => {
            let help = write_code(&format!("for ({name} : {}) {{ … }}", whole.unwrap_or("xs")));
            match name {
                "k" | "key" => format!("{help}; the keys of a map are `m.keys()`"),
                _ => help,
            }
        }
        (Dialect::Sel, Some(array)) if is_name(array) => format!(
            "write {}, and take the element as {}",
            loop_over(array),
            quote_code(&format!("{array}[i]"))
        ),
        // What gives the array is read once.
        (Dialect::Sel, Some(array)) => format!(
            "name the array, {}, and write {}, with the element as `xs[i]`",
            quote_code(&format!("xs = {array};")),
            loop_over("xs")
        ),
        (Dialect::Sel, None) => format!("write {}, and take the element as `xs[i]`", loop_over("xs")),
    }
}

/// How a map is walked, by what its `items()` or the like are called on.
fn of_map(dialect: Dialect, names: &str, (map, _): (&str, &str)) -> String {
    let mut names = names.split([',', '(', ')', ' ']).filter(|name| is_name(name));
    let key = names
        .next()
        .filter(|name| !matches!(*name, "let" | "const" | "var"))
        .unwrap_or("k");
    match dialect {
        Dialect::Selvedge if is_name(map) => format!(
            "walk the keys, {}, with the value of each as {}",
            quote_code(&format!("for ({key} : {map}.keys()) {{ … }}")),
            quote_code(&format!("{map}.get({key})"))
        ),
        Dialect::Selvedge => "walk the keys, `for (k : m.keys()) { … }`".to_owned(),
        Dialect::Sel => NO_KEYS.to_owned(),
    }
}

/// `range(10)`, `range(1, 10)` and `range(0, 10, 2)` of Python.
fn counted(name: &str, walked: &str) -> Option<String> {
    let open = walked.strip_prefix("range").filter(|rest| rest.starts_with('('))?;
    let closed = after_brackets(open, 0)?;
    let parts: Vec<&str> = parts_of(open.get(1..closed - 1)?).collect();
    let (from, to, step) = match *parts {
        [to] => ("0", to, "1"),
        [from, to] => (from, to, "1"),
        [from, to, step] => (from, to, step),
        _ => return None,
    };
    let sized = |part: &str| match part.strip_prefix("len(").and_then(|part| part.strip_suffix(')')) {
        Some(array) if is_name(array) => Some(format!("{array}.length")),
        Some(_) => None,
        None => Some(part.to_owned()),
    };
    let (from, to) = (sized(from)?, sized(to)?);
    let digits = |step: &str| !step.is_empty() && step.bytes().all(|next| next.is_ascii_digit());
    match step.strip_prefix('-') {
        Some(back) if digits(back) => Some(format!("for (int {name} = {from}; {name} > {to}; {name} -= {back})")),
        None if digits(step) => Some(format!("for (int {name} = {from}; {name} < {to}; {name} += {step})")),
        _ => None,
    }
}

/// The parts of a list, at the commas that stand in no brackets.
fn parts_of(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    list.split(move |next| {
        match next {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        next == ',' && depth == 0
    })
    .map(str::trim)
}

/// `0..3`, `0..<3`, `0 until 3` and the like, whose marks say whether the end counts.
fn stepped(name: &str, walked: &str) -> Option<String> {
    const MARKS: [(&str, &str); 6] = [
        ("..<", "<"),
        ("..=", "<="),
        ("...", "<="),
        ("..", "<="),
        (" until ", "<"),
        (" downTo ", ">="),
    ];
    let (mark, compared) = MARKS.into_iter().find(|(mark, _)| walked.contains(mark))?;
    let (from, to) = walked.split_once(mark)?;
    // Without parentheses it is Rust's, which leaves the end out.
    let (to, is_open) = match to.split_once('{') {
        Some((to, _)) => (to, mark == ".."),
        None => (to, false),
    };
    let (from, to) = (from.trim(), to.trim());
    let is_plain = |part: &str| !part.is_empty() && (word_at(part) == part || operand_at(part) == Some(part));
    let compared = if is_open { "<" } else { compared };
    let step = if compared == ">=" { "-=" } else { "+=" };
    (is_plain(from) && is_plain(to))
        .then(|| format!("for (int {name} = {from}; {name} {compared} {to}; {name} {step} 1)"))
}

/// Whether a text is a name alone.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_') && word_at(text) == text
}

#[cfg(test)]
mod tests {
    use super::help;
    use crate::dialect::Dialect;

    #[test]
    fn loops_of_other_languages_are_written_anew() {
        for (head, wanted) in [
            (
                "i in range(len(xs)):",
                "write `for (int i = 0; i < xs.length; i += 1) { … }`",
            ),
            (
                "k in range(1, n + 1):",
                "write `for (int k = 1; k < n + 1; k += 1) { … }`",
            ),
            ("i in range(10, 0, -2)", "write `for (int i = 10; i > 0; i -= 2) { … }`"),
            ("i in 0..3", "write `for (int i = 0; i <= 3; i += 1) { … }`"),
            ("i in 0..n { f(i) }", "write `for (int i = 0; i < n; i += 1) { … }`"),
            (
                "i in 0 until xs.size",
                "write `for (int i = 0; i < xs.size; i += 1) { … }`",
            ),
            ("i in 3 downTo 1", "write `for (int i = 3; i >= 1; i -= 1) { … }`"),
            ("const x of xs", "write `for (x : xs) { … }`"),
            ("x in f(xs, 1)", "write `for (x : f(xs, 1)) { … }`"),
            (
                "i, x in enumerate(xs):",
                "write `for (int i = 0; i < xs.length; i += 1) { x = xs[i]; … }`",
            ),
            (
                "k, v : conf",
                "walk the keys, `for (k : conf.keys()) { … }`, with the value of each as `conf.get(k)`",
            ),
            (
                "k, v in m.items():",
                "walk the keys, `for (k : m.keys()) { … }`, with the value of each as `m.get(k)`",
            ),
        ] {
            assert_eq!(help(head, Dialect::Selvedge), wanted, "{head}");
        }
        assert_eq!(
            help("x in xs", Dialect::Sel),
            "write `for (int i = 0; i < xs.length; i += 1) { … }`, and take the element as `xs[i]`"
        );
    }
}
