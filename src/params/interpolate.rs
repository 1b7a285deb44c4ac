//! Texts with names in them: `${name}` and `$name` stand for a parameter's text, `$$` for a dollar sign.

use std::collections::HashSet;

/// A part of a text, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Stands for itself.
    Plain(&'t str),
    /// Stands for the text of the parameter of this name, written at this byte.
    Name(&'t str, usize),
}

/// A text to be interpolated.
///
/// `${name}` takes a name of letters, digits, `-`, `_`, `.` and `/` that begins with a letter; `$name` one of letters,
/// digits and `_`. `$$` stands for `$`, and what follows it is plain. All other dollar signs stand for themselves, and what
/// is put in is not read again.
///
/// ```
/// use selvedge::params::Template;
/// let template = Template::new("s3://${bucket}/dt=$day, for $$5");
/// assert_eq!(template.references(), ["bucket", "day"]);
/// let text = template.render(|name| Some(format!("<{name}>")));
/// assert_eq!(text.as_deref(), Ok("s3://<bucket>/dt=<day>, for $5"));
/// assert_eq!(template.render(|_| None::<&str>), Err("bucket"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    text: &'t str,
}

impl<'t> Template<'t> {
    /// The template of a text.
    pub const fn new(text: &'t str) -> Self {
        Self { text }
    }

    /// The names it refers to, each once, in order.
    ///
    /// As in the reference, a name after two dollar signs or more that all stand for themselves counts too: `$$$$day` refers
    /// to `day`, though its text `$$day` does not show it. `$$day` does not.
    ///
    /// ```
    /// use selvedge::params::Template;
    /// assert_eq!(Template::new("$day of ${table}, $day again").references(), ["day", "table"]);
    /// assert!(Template::new("$$day").references().is_empty());
    /// ```
    pub fn references(self) -> Vec<&'t str> {
        let mut met = HashSet::new();
        let mut dollars = 0;
        let mut found = Vec::new();
        for piece in self.pieces() {
            let name = match piece {
                Piece::Name(name, _) => Some(name),
                Piece::Plain(text) if dollars > 1 => braced_or_bare(text),
                Piece::Plain(_) => None,
            };
            found.extend(name.filter(|name| met.insert(*name)));
            dollars = if piece == Piece::Plain("$") { dollars + 1 } else { 0 };
        }
        found
    }

    /// The names whose text is shown, each once, with the byte at which each is first written.
    pub(crate) fn shown(self) -> impl Iterator<Item = (&'t str, usize)> {
        let mut met = HashSet::new();
        let names = self.pieces().filter_map(|piece| match piece {
            Piece::Name(name, start) => Some((name, start)),
            Piece::Plain(_) => None,
        });
        names.filter(move |(name, _)| met.insert(*name))
    }

    /// Returns the text with each name replaced by the result of `text_of`.
    ///
    /// # Errors
    ///
    /// The first name for which it gives nothing.
    ///
    /// ```
    /// use selvedge::params::Template;
    /// let text_of = |name| (name == "day").then_some("Monday");
    /// assert_eq!(Template::new("on ${day}s").render(text_of), Ok("on Mondays".to_owned()));
    /// assert_eq!(Template::new("in $month").render(text_of), Err("month"));
    /// ```
    pub fn render<T: AsRef<str>>(self, mut text_of: impl FnMut(&'t str) -> Option<T>) -> Result<String, &'t str> {
        let mut out = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Name(name, _) => out.push_str(text_of(name).ok_or(name)?.as_ref()),
            }
        }
        Ok(out)
    }

    pub(super) fn pieces(self) -> Pieces<'t> {
        Pieces { text: self.text, at: 0 }
    }
}

/// Reads a text piece by piece.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (piece, length) = match rest.strip_prefix('$') {
            None => {
                let length = rest.find('$').unwrap_or(rest.len());
                (Piece::Plain(rest.get(..length)?), length)
            }
            Some(after) if after.starts_with('$') => (Piece::Plain("$"), 2),
            Some(after) => match braced_or_bare(after).map(|name| (name, name_length(after, name))) {
                Some((name, length)) => (Piece::Name(name, start), length + 1),
                None => (Piece::Plain("$"), 1),
            },
        };
        self.at += length;
        Some(piece)
    }
}

/// The name that stands after a dollar sign, in braces or bare.
fn braced_or_bare(after: &str) -> Option<&str> {
    if let Some(inner) = after.strip_prefix('{') {
        let marks = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
        let name = word(inner, marks)?;
        inner.get(name.len()..)?.starts_with('}').then_some(name)
    } else {
        word(after, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }
}

/// How many bytes a name takes after its dollar sign, with its braces.
fn name_length(after: &str, name: &str) -> usize {
    if after.starts_with('{') {
        name.len() + 2
    } else {
        name.len()
    }
}

/// The longest start of a text that is a letter and then bytes of the set.
fn word(text: &str, set: impl Fn(u8) -> bool) -> Option<&str> {
    let begins = text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    let length = text.bytes().take_while(|&byte| set(byte)).count();
    text.get(..length).filter(|_| begins)
}
