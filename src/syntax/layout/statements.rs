//! Statements: each on lines of its own, with the braces as Java writes them.

use super::super::grammar::{Part, Parts, Rule};
use super::item::Kind;
use super::sheet::{INDENT, Sheet};

impl Sheet<'_> {
    /// The whole program.
    pub(super) fn program(&mut self, program: Part<'_>) {
        for statement in program.inside().filter(|part| part.rule() != Rule::EOI) {
            self.blank_gap(Kind::Hard);
            self.statement(statement);
        }
        if self.is_commented() {
            self.blank_gap(Kind::Hard);
        }
        self.gap(Kind::Nothing);
    }

    fn statement(&mut self, part: Part<'_>) {
        match part.rule() {
            Rule::block => self.block(part),
            Rule::if_statement => self.if_ladder(part.inside()),
            Rule::while_statement => self.while_loop(part),
            Rule::for_statement => self.for_loop(part),
            Rule::return_statement => self.keyword("return", part),
            Rule::throw_statement => self.keyword("throw", part),
            Rule::break_statement => self.word("break"),
            Rule::continue_statement => self.word("continue"),
            Rule::import_statement => self.import(part),
            Rule::declaration_statement => {
                part.inside().for_each(|declaration| self.declaration(declaration));
                self.mark(";");
            }
            _ => {
                self.stepped(part.inside());
                self.mark_if(";");
            }
        }
    }

    fn word(&mut self, word: &str) {
        self.mark(word);
        self.mark(";");
    }

    fn keyword(&mut self, word: &str, part: Part<'_>) {
        self.mark(word);
        self.gap(Kind::Space);
        part.inside().for_each(|value| self.expression(value));
        self.mark(";");
    }

    /// An expression, and the `++` or `--` behind it.
    fn stepped(&mut self, parts: Parts<'_>) {
        for part in parts {
            match part.rule() {
                Rule::expression => self.expression(part),
                Rule::step => self.token(part),
                _ => {}
            }
        }
    }

    fn import(&mut self, part: Part<'_>) {
        self.mark("import");
        for name in part.inside() {
            if !self.mark_if(".") {
                self.gap(Kind::Space);
            }
            self.token(name);
        }
        if self.mark_if(".") {
            self.mark("*");
        }
        self.mark(";");
    }

    /// `T x = e, y`
    fn declaration(&mut self, part: Part<'_>) {
        let mut is_first = true;
        for inner in part.inside() {
            match inner.rule() {
                Rule::array_mark => self.array_mark(),
                Rule::declarator => {
                    if !is_first {
                        self.mark(",");
                    }
                    is_first = false;
                    self.gap(Kind::Space);
                    self.declarator(inner);
                }
                _ => self.token(inner),
            }
        }
    }

    fn array_mark(&mut self) {
        self.mark("[");
        self.mark("]");
    }

    fn declarator(&mut self, part: Part<'_>) {
        let mut inner = part.inside();
        if let Some(name) = inner.next() {
            self.token(name);
        }
        if let Some(value) = inner.next() {
            self.gap(Kind::Space);
            self.mark("=");
            self.gap(Kind::Space);
            self.expression(value);
        }
    }

    fn block(&mut self, part: Part<'_>) {
        self.mark("{");
        let mut statements = part.inside().peekable();
        if statements.peek().is_none() && !self.is_commented() {
            return self.mark("}");
        }
        self.indent(INDENT);
        for statement in statements {
            self.blank_gap(Kind::Hard);
            self.statement(statement);
        }
        self.closing_gap(Kind::Hard);
        self.mark("}");
    }

    /// The body of an `if` or a loop; says whether it is a block.
    fn body(&mut self, part: Part<'_>) -> bool {
        if part.rule() == Rule::block {
            self.gap(Kind::Joint);
            self.block(part);
            return true;
        }
        self.open();
        self.indent(INDENT);
        self.gap(Kind::Line);
        self.statement(part);
        self.dedent(INDENT);
        self.close();
        false
    }

    fn if_ladder(&mut self, mut parts: Parts<'_>) {
        let mut after_block = None;
        while let Some(part) = parts.next() {
            if let Some(after_block) = after_block {
                self.gap(if after_block { Kind::Joint } else { Kind::Hard });
                self.mark("else");
            }
            if part.rule() == Rule::otherwise {
                for body in part.inside() {
                    self.body(body);
                }
                return;
            }
            if after_block.is_some() {
                self.gap(Kind::Joint);
            }
            self.mark("if");
            self.gap(Kind::Space);
            self.bracketed("(", part, ")");
            after_block = parts.next().map(|body| self.body(body));
        }
    }

    fn while_loop(&mut self, part: Part<'_>) {
        self.mark("while");
        self.gap(Kind::Space);
        let mut inner = part.inside();
        if let Some(condition) = inner.next() {
            self.bracketed("(", condition, ")");
        }
        inner.for_each(|body| {
            self.body(body);
        });
    }

    fn for_loop(&mut self, part: Part<'_>) {
        self.mark("for");
        self.gap(Kind::Space);
        self.open();
        self.mark("(");
        self.indent(INDENT);
        self.gap(Kind::Soft);
        let mut body = None;
        for inner in part.inside() {
            match inner.rule() {
                Rule::for_each => self.each(inner),
                Rule::for_init => {
                    self.for_part(inner);
                    self.mark(";");
                }
                Rule::for_condition => {
                    self.next_for_part(inner);
                    self.mark(";");
                }
                Rule::for_update => self.next_for_part(inner),
                _ => body = Some(inner),
            }
        }
        self.closing_gap(Kind::Soft);
        self.mark(")");
        self.close();
        if let Some(body) = body {
            self.body(body);
        }
    }

    /// A part of a `for` behind a `;`, with the space in front of it where it is not empty.
    fn next_for_part(&mut self, part: Part<'_>) {
        if part.inside().next().is_some() {
            self.gap(Kind::Line);
            self.for_part(part);
        }
    }

    fn for_part(&mut self, part: Part<'_>) {
        match part.inside().next() {
            Some(declaration) if declaration.rule() == Rule::declaration => self.declaration(declaration),
            Some(_) => self.stepped(part.inside()),
            None => {}
        }
    }

    /// `T x : values`
    fn each(&mut self, part: Part<'_>) {
        for inner in part.inside() {
            match inner.rule() {
                Rule::each_type => {
                    for of_type in inner.inside() {
                        match of_type.rule() {
                            Rule::array_mark => self.array_mark(),
                            _ => self.token(of_type),
                        }
                    }
                    self.gap(Kind::Space);
                }
                Rule::expression => {
                    self.gap(Kind::Space);
                    self.mark(":");
                    self.gap(Kind::Space);
                    self.expression(inner);
                }
                _ => self.token(inner),
            }
        }
    }
}
