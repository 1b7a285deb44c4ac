//! Operands: what stands in brackets, calls, texts with code and `switch`.

use super::super::grammar::{Part, Parts, Rule};
use super::item::Kind;
use super::sheet::{CONTINUED, INDENT, Sheet};

/// From how many calls on a chain of them is broken at its dots.
const CHAINED_CALLS: usize = 2;

/// The one expression of a part, where it is a single operand without steps.
fn lone(part: Part<'_>) -> Option<Part<'_>> {
    let mut inside = part.inside();
    let first = inside.next()?;
    inside.next().is_none().then_some(first)
}

/// Whether an argument is broken inside its own brackets, which then hug those of the call.
fn is_hugged(argument: Part<'_>) -> bool {
    lone(argument).is_some_and(|operand| match operand.rule() {
        Rule::list | Rule::map | Rule::switch => true,
        Rule::creation => operand.inside().any(|part| part.rule() == Rule::array_literal),
        _ => false,
    })
}

/// Whether an operand is a literal as short as those that stand in rows.
fn is_short(part: Part<'_>) -> bool {
    part.rule() == Rule::expression
        && part.inside().all(|part| match part.rule() {
            Rule::prefix | Rule::number => true,
            Rule::string => part.text().len() <= 12,
            _ => false,
        })
}

impl Sheet<'_> {
    /// An operand with what stands before and behind it.
    pub(super) fn operand(&mut self, parts: &[Part<'_>]) {
        let prefixes = parts.iter().take_while(|part| part.rule() == Rule::prefix).count();
        let (prefixes, rest) = parts.split_at_checked(prefixes).unwrap_or((&[], parts));
        for prefix in prefixes {
            // `--` would be another token.
            if self.last_text() == prefix.text() && prefix.text() != "!" {
                self.gap(Kind::Space);
            }
            self.token(*prefix);
        }
        let Some((primary, steps)) = rest.split_first() else {
            return;
        };
        self.stepped_operand(*primary, steps);
    }

    /// An operand and its steps: where its calls do not fit on a line, each begins one.
    fn stepped_operand(&mut self, primary: Part<'_>, steps: &[Part<'_>]) {
        let is_call = |part: &Part<'_>| part.inside().any(|inner| inner.rule() == Rule::arguments);
        let is_class = primary.rule() == Rule::reference && primary.text().starts_with(char::is_uppercase);
        let calls =
            steps.iter().filter(|step| is_call(step)).count() - usize::from(is_class && steps.iter().any(is_call));
        let is_chain = calls >= CHAINED_CALLS;
        if !is_chain {
            self.primary(primary);
            return self.steps(primary, steps);
        }
        // What stands before the first call that begins a line.
        let first = steps.iter().position(is_call).unwrap_or(0) + usize::from(is_class);
        let (head, chained) = steps.split_at_checked(first).unwrap_or((steps, &[]));
        self.open();
        self.primary(primary);
        self.steps(primary, head);
        self.indent(CONTINUED);
        for step in chained {
            if is_call(step) {
                self.gap(Kind::Soft);
            }
            self.step(*step);
        }
        self.dedent(CONTINUED);
        self.close();
    }

    fn steps(&mut self, primary: Part<'_>, steps: &[Part<'_>]) {
        for (index, step) in steps.iter().enumerate() {
            let is_whole = primary.rule() == Rule::number && primary.text().bytes().all(|byte| byte.is_ascii_digit());
            // A dot right behind it would begin its fraction.
            if index == 0 && is_whole && step.rule() == Rule::member {
                self.gap(Kind::Space);
            }
            self.step(*step);
        }
    }

    fn step(&mut self, step: Part<'_>) {
        let mut inner = step.inside();
        match step.rule() {
            Rule::index | Rule::maybe_index => {
                if step.rule() == Rule::maybe_index {
                    self.mark("?.");
                }
                for index in inner {
                    self.bracketed("[", index, "]");
                }
            }
            _ => {
                self.mark(if step.rule() == Rule::member { "." } else { "?." });
                if let Some(name) = inner.next() {
                    self.token(name);
                }
                inner.for_each(|arguments| self.arguments(arguments));
            }
        }
    }

    fn primary(&mut self, part: Part<'_>) {
        match part.rule() {
            Rule::parenthesised => part.inside().for_each(|inner| self.bracketed("(", inner, ")")),
            Rule::reference => {
                for inner in part.inside() {
                    match inner.rule() {
                        Rule::arguments => self.arguments(inner),
                        _ => self.token(inner),
                    }
                }
            }
            Rule::spliced => self.spliced(part),
            Rule::creation => self.creation(part),
            Rule::switch => self.switch(part),
            Rule::list => {
                self.mark("[");
                self.items(part.inside(), "]");
            }
            Rule::map => self.map(part),
            _ => self.token(part),
        }
    }

    /// The elements of a list or an array up to the closing bracket.
    fn items(&mut self, parts: Parts<'_>, close: &str) {
        let mut rest = parts.clone();
        if rest.next().is_none() {
            self.mark_if(",");
            return self.closed_empty(close);
        }
        let is_filled = parts.clone().all(is_short);
        self.open();
        self.indent(INDENT);
        for (index, item) in parts.enumerate() {
            if index > 0 {
                self.mark(",");
            }
            match is_filled && index > 0 {
                true => self.gap(Kind::Fill),
                false if index == 0 => self.gap(Kind::Soft),
                false => self.blank_gap(Kind::Line),
            }
            self.expression(item);
        }
        self.last_comma(Kind::Soft);
        self.mark(close);
        self.close();
    }

    /// A closing bracket behind the opening one, but for comments.
    fn closed_empty(&mut self, close: &str) {
        if self.is_commented() {
            self.open();
            self.indent(INDENT);
            self.closing_gap(Kind::Soft);
            self.mark(close);
            return self.close();
        }
        self.mark(close);
    }

    fn map(&mut self, part: Part<'_>) {
        self.mark("{");
        let mut entries = part.inside().peekable();
        if entries.peek().is_none() {
            return self.closed_empty("}");
        }
        self.open();
        self.indent(INDENT);
        let mut is_first = true;
        while let (Some(key), Some(value)) = (entries.next(), entries.next()) {
            if is_first {
                self.gap(Kind::Soft);
            } else {
                self.mark(",");
                self.blank_gap(Kind::Line);
            }
            is_first = false;
            self.key(key);
            self.mark(":");
            self.gap(Kind::Space);
            self.expression(value);
        }
        self.last_comma(Kind::Soft);
        self.mark("}");
        self.close();
    }

    fn key(&mut self, key: Part<'_>) {
        for inner in key.inside() {
            match inner.rule() {
                Rule::expression => self.bracketed("[", inner, "]"),
                _ => self.token(inner),
            }
        }
    }

    fn creation(&mut self, part: Part<'_>) {
        self.mark("new");
        self.gap(Kind::Space);
        for inner in part.inside() {
            match inner.rule() {
                Rule::arguments => self.arguments(inner),
                Rule::array_length => inner.inside().for_each(|length| self.bracketed("[", length, "]")),
                Rule::array_literal => {
                    self.mark("[");
                    self.mark("]");
                    self.mark("{");
                    self.items(inner.inside(), "}");
                }
                _ => self.token(inner),
            }
        }
    }

    fn arguments(&mut self, part: Part<'_>) {
        self.mark("(");
        let (mut count, mut last) = (0, None);
        for inner in part.inside() {
            if inner.rule() == Rule::lambda_body {
                last = inner.inside().next();
            } else {
                (count, last) = (count + 1, Some(inner));
            }
        }
        let is_empty = count == 0;
        if is_empty {
            return self.closed_empty(")");
        }
        let is_hugging = count == 1 && last.is_some_and(is_hugged) && !self.is_commented();
        self.open();
        if !is_hugging {
            self.indent(INDENT);
            self.gap(Kind::Soft);
        }
        let mut is_first = true;
        for inner in part.inside() {
            let is_body = inner.rule() == Rule::lambda_body;
            if !is_first && !is_body {
                self.mark(",");
                self.gap(Kind::Line);
            }
            is_first = false;
            self.argument(inner);
        }
        if is_hugging {
            self.mark(")");
        } else {
            self.closing_gap(Kind::Soft);
            self.mark(")");
        }
        self.close();
    }

    fn argument(&mut self, part: Part<'_>) {
        match part.rule() {
            Rule::lambda_body => {
                self.gap(Kind::Space);
                self.mark("->");
                self.gap(Kind::Space);
                part.inside().for_each(|body| self.expression(body));
            }
            Rule::lambda_names => {
                self.mark("(");
                let mut is_first = true;
                for name in part.inside() {
                    if !is_first {
                        self.mark(",");
                        self.gap(Kind::Space);
                    }
                    is_first = false;
                    self.token(name);
                }
                self.mark(")");
            }
            _ => self.expression(part),
        }
    }

    /// `f'…{code}…'`, on one line.
    fn spliced(&mut self, part: Part<'_>) {
        if self.has_lines(part) {
            self.gap(Kind::Nothing);
            return self.verbatim(part);
        }
        self.flat(|sheet| {
            let quote = if part.text().starts_with("f\"") { "f\"" } else { "f'" };
            sheet.mark(quote);
            let mut is_open = false;
            for inner in part.inside() {
                if inner.rule() == Rule::conversion {
                    sheet.token(inner);
                    continue;
                }
                if std::mem::take(&mut is_open) {
                    sheet.mark("}");
                }
                if inner.rule() == Rule::code {
                    sheet.begin_splice(inner);
                    is_open = true;
                } else {
                    sheet.verbatim(inner);
                }
            }
            if is_open {
                sheet.mark("}");
            }
            sheet.mark(quote.trim_start_matches('f'));
        });
    }

    fn begin_splice(&mut self, code: Part<'_>) {
        self.mark("{");
        // Two braces would be one of the text.
        if code.text().starts_with('{') {
            self.gap(Kind::Space);
        }
        self.expression(code);
    }

    /// `switch (x) { case 'a' -> 1; default -> 2; }`, an arm a line where it does not fit on one.
    fn switch(&mut self, part: Part<'_>) {
        self.open();
        self.mark("switch");
        self.gap(Kind::Space);
        let mut inner = part.inside();
        if let Some(subject) = inner.next() {
            self.bracketed("(", subject, ")");
        }
        self.gap(Kind::Joint);
        self.mark("{");
        self.indent(INDENT);
        while let (Some(head), Some(value)) = (inner.next(), inner.next()) {
            self.blank_gap(Kind::Line);
            self.labels(head);
            self.gap(Kind::Space);
            self.mark("->");
            self.gap(Kind::Space);
            value.inside().for_each(|value| self.expression(value));
            self.mark(";");
        }
        self.closing_gap(Kind::Line);
        self.mark("}");
        self.close();
    }

    fn labels(&mut self, head: Part<'_>) {
        if head.rule() == Rule::otherwise_arm {
            return self.mark("default");
        }
        self.mark("case");
        for (index, label) in head.inside().enumerate() {
            if index > 0 {
                self.mark(",");
            }
            self.gap(Kind::Space);
            self.mark_if("-");
            label.inside().for_each(|literal| self.token(literal));
        }
    }
}
