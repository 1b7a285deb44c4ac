//! How wide the parts of a sheet are on one line.

use super::item::{Gap, Item, Kind};

/// The widths of a sheet's parts, found in two passes over it.
pub(super) struct Widths {
    /// For each item, the columns of those before it on one line.
    before: Vec<usize>,
    /// For each item, how many of those before it ask for a line break.
    forced_before: Vec<usize>,
    /// For each item, the columns before the next gap from it on that may be a line break.
    next_break: Vec<usize>,
    /// For the start of a group, where it ends.
    ends: Vec<usize>,
}

/// The columns of a text.
pub(super) fn columns(text: &str) -> usize {
    text.chars().count()
}

impl Widths {
    pub(super) fn of(items: &[Item<'_>]) -> Self {
        let (mut width, mut forced, mut open) = (0, 0, Vec::new());
        let mut widths = Self {
            before: Vec::with_capacity(items.len() + 1),
            forced_before: Vec::with_capacity(items.len() + 1),
            next_break: vec![0; items.len() + 1],
            ends: vec![0; items.len()],
        };
        for (index, item) in items.iter().enumerate() {
            widths.before.push(width);
            widths.forced_before.push(forced);
            match item {
                Item::Text(text) => {
                    width += columns(text);
                    forced += usize::from(text.contains('\n'));
                }
                Item::Gap(gap) => {
                    width += gap_columns(gap);
                    forced += usize::from(gap.kind == Kind::Hard || gap.is_forced());
                }
                Item::Open => open.push(index),
                Item::Close => {
                    if let Some(end) = open.pop().and_then(|start| widths.ends.get_mut(start)) {
                        *end = index;
                    }
                }
                Item::IfBroken(_) | Item::Indent(_) | Item::Dedent(_) => {}
            }
        }
        widths.before.push(width);
        widths.forced_before.push(forced);
        let mut next = width;
        let mut next_break = widths.next_break.iter_mut().rev();
        if let Some(last) = next_break.next() {
            *last = next;
        }
        let before = widths.before.iter().rev().skip(1);
        for ((place, item), before) in next_break.zip(items.iter().rev()).zip(before) {
            if matches!(item, Item::Gap(gap) if gap.kind.may_break() || gap.is_forced()) {
                next = *before;
            }
            *place = next;
        }
        widths
    }

    fn at(list: &[usize], index: usize) -> usize {
        list.get(index).copied().unwrap_or(0)
    }

    /// The columns of a group on one line, with what follows it up to the next gap that may be a line break; `None` if the group
    /// has to be broken.
    pub(super) fn group(&self, start: usize) -> Option<usize> {
        let end = Self::at(&self.ends, start);
        let is_forced = Self::at(&self.forced_before, start) != Self::at(&self.forced_before, end);
        (!is_forced).then(|| Self::at(&self.next_break, end) - Self::at(&self.before, start))
    }

    /// The columns of a gap on one line, with what follows it up to the next one that may be a line break.
    pub(super) fn filled(&self, gap: usize) -> usize {
        Self::at(&self.next_break, gap + 1) - Self::at(&self.before, gap)
    }
}

fn gap_columns(gap: &Gap<'_>) -> usize {
    let comments = gap.comments.iter().map(|comment| columns(comment.text) + 1);
    usize::from(gap.kind.flat() == Kind::Space) + comments.sum::<usize>()
}
