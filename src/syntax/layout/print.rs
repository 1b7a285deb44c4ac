//! Prints a sheet: decides of each group, when it begins, whether it fits on the line.

use super::item::{Gap, Item, Kind};
use super::options::FormatOptions;
use super::sheet::CONTINUED;
use super::trivia::{Before, Comment, Place};
use super::widths::{Widths, columns};

/// The text of a sheet; line breaks are as the source has them.
pub(super) fn print(items: &[Item<'_>], source: &str, options: &FormatOptions) -> String {
    let mut printer = Printer {
        items,
        widths: Widths::of(items),
        options,
        out: String::with_capacity(source.len() + source.len() / 4),
        column: 0,
        indent: 0,
        extra: 0,
        begins_line: true,
        behind_opening: false,
        broken: Vec::new(),
    };
    for (index, item) in items.iter().enumerate() {
        printer.item(index, item);
    }
    let text = printer.out.trim_end();
    let first = source.find('\n').and_then(|at| at.checked_sub(1));
    match first.and_then(|before| source.as_bytes().get(before)) {
        Some(b'\r') => text.replace('\n', "\r\n"),
        _ => text.to_owned(),
    }
}

struct Printer<'p> {
    items: &'p [Item<'p>],
    widths: Widths,
    options: &'p FormatOptions,
    out: String,
    column: usize,
    indent: usize,
    /// Columns by which the next line alone is indented more.
    extra: usize,
    begins_line: bool,
    /// Whether an opening bracket was printed last.
    behind_opening: bool,
    /// For each group around, whether it is broken.
    broken: Vec<bool>,
}

impl Printer<'_> {
    fn item(&mut self, index: usize, item: &Item<'_>) {
        match item {
            Item::Text(text) => self.text(text),
            Item::IfBroken(text) => {
                if self.is_broken() {
                    self.text(text);
                }
            }
            Item::Gap(gap) => self.gap(index, gap),
            Item::Open => {
                let fits = self.widths.group(index).is_some_and(|width| self.fits(width));
                self.broken.push(self.is_broken() && !fits);
            }
            Item::Close => drop(self.broken.pop()),
            Item::Indent(columns) => self.indent += usize::from(*columns),
            Item::Dedent(columns) => self.indent = self.indent.saturating_sub(usize::from(*columns)),
        }
    }

    fn is_broken(&self) -> bool {
        !self.options.one_line && self.broken.last().copied().unwrap_or(true)
    }

    fn fits(&self, width: usize) -> bool {
        let column = if self.begins_line {
            self.indent + self.extra
        } else {
            self.column
        };
        column + width <= self.options.width
    }

    fn text(&mut self, text: &str) {
        self.begin();
        if text.contains('\r') {
            self.push(&text.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.push(text);
        }
        self.behind_opening = text.ends_with(['(', '[', '{']) && text.len() == 1;
    }

    /// Indents a line that begins.
    fn begin(&mut self) {
        if std::mem::take(&mut self.begins_line) {
            self.column = self.indent + std::mem::take(&mut self.extra);
            self.out.extend(std::iter::repeat_n(' ', self.column));
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        match text.rfind('\n') {
            Some(last) => self.column = columns(text.get(last + 1..).unwrap_or("")),
            None => self.column += columns(text),
        }
    }

    /// Ends the line, and leaves another one empty; the text begins without either.
    fn line(&mut self, is_blank: bool) {
        if self.out.is_empty() {
            return;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out
            .push_str(if is_blank && !self.behind_opening { "\n\n" } else { "\n" });
        self.begins_line = true;
        self.behind_opening = false;
    }

    /// A space in front of a comment.
    fn space(&mut self) {
        if !self.begins_line && !self.behind_opening {
            self.push(" ");
        }
    }

    fn gap(&mut self, index: usize, gap: &Gap<'_>) {
        let kind = if self.options.one_line {
            gap.kind.flat()
        } else {
            gap.kind
        };
        let breaks = match kind {
            Kind::Hard => true,
            Kind::Soft | Kind::Line => self.is_broken(),
            Kind::Fill => self.is_broken() && (!gap.comments.is_empty() || !self.fits(self.widths.filled(index))),
            Kind::Nothing | Kind::Space | Kind::Joint => false,
        };
        // A line that only a comment breaks.
        let continued = match gap.kind {
            Kind::Nothing | Kind::Space => usize::from(CONTINUED),
            Kind::Joint | Kind::Soft | Kind::Line | Kind::Fill | Kind::Hard => 0,
        };
        let ends_line = self.comments(gap, breaks, continued);
        self.indent = self.indent.saturating_sub(usize::from(gap.closing));
        if ends_line {
            self.line(gap.keeps_blank && gap.blank_behind && gap.closing == 0);
            self.extra = continued;
        } else if !gap.comments.is_empty() {
            self.space_behind(index);
        } else if kind.flat() == Kind::Space && !self.out.is_empty() {
            self.push(" ");
        }
    }

    /// Prints the comments of a gap; says whether a line break follows.
    fn comments(&mut self, gap: &Gap<'_>, breaks: bool, continued: usize) -> bool {
        let (mut is_due, mut is_done) = (false, false);
        for comment in &gap.comments {
            let place = self.place(gap, comment, breaks);
            let begins_line = match place {
                Place::Alone => is_due || !self.options.one_line || comment.text.starts_with("//"),
                Place::Trailing => false,
                Place::Behind => is_due,
                Place::Ahead => is_due || (breaks && !is_done),
            };
            if begins_line {
                self.line(gap.keeps_blank && comment.before == Before::Blank);
                self.extra = continued;
                is_done = gap.closing == 0;
            } else if place == Place::Trailing && self.behind_opening {
                self.push(" ");
            } else {
                self.space();
            }
            self.comment(comment.text);
            is_due = match place {
                Place::Alone => begins_line,
                Place::Trailing => true,
                Place::Behind | Place::Ahead => false,
            };
        }
        is_due || (breaks && !is_done)
    }

    /// Where a comment stands. In front of a closing bracket it is of what stands before, but alone in a block it has its line.
    fn place(&self, gap: &Gap<'_>, comment: &Comment<'_>, breaks: bool) -> Place {
        let is_within_line = gap.closing > 0 && comment.before == Before::Space;
        match comment.place() {
            Place::Ahead if is_within_line && !(self.behind_opening && breaks) => Place::Behind,
            place => place,
        }
    }

    /// A space behind a comment, but in front of what is not set apart.
    fn space_behind(&mut self, gap: usize) {
        let next = self.items.iter().skip(gap).find_map(|item| match item {
            Item::Text(text) => Some(*text),
            _ => None,
        });
        if !matches!(next, None | Some(")" | "]" | "," | ";")) {
            self.push(" ");
        }
    }

    /// A comment; lines of it that begin with a `*` stand under the first.
    fn comment(&mut self, text: &str) {
        self.begin();
        let column = self.column;
        let lines = text.lines().map(str::trim_end);
        let is_starred = lines.clone().skip(1).all(|line| line.trim_start().starts_with('*'));
        for (index, line) in lines.enumerate() {
            if index > 0 {
                self.push("\n");
                if is_starred {
                    self.out.extend(std::iter::repeat_n(' ', column + 1));
                }
            }
            self.push(if is_starred && index > 0 {
                line.trim_start()
            } else {
                line
            });
        }
        self.behind_opening = false;
    }
}
