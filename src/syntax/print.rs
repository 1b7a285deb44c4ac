//! A tree as canonical source text: parsing it gives the same tree, but for places.

use std::fmt::{self, Write as _};

use super::ast::{
    CaseList, Declaration, DeclaredType, ExprId, ExprKind, ExprList, ForInit, LinkList, Literal, StatementId,
    StatementKind, Step, StepKind, Tree,
};
use crate::operator::{Assignment, Binary};

/// The source text of a tree, a statement a line.
pub(crate) fn print(tree: &Tree) -> String {
    let mut printer = Printer {
        tree,
        out: String::new(),
    };
    for &statement in tree.statement_list(tree.root) {
        printer.statement(statement);
        printer.out.push('\n');
    }
    printer.out
}

struct Printer<'t> {
    tree: &'t Tree,
    out: String,
}

impl Printer<'_> {
    fn push_formatted(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn statement(&mut self, id: StatementId) {
        let tree = self.tree;
        match tree.statement(id).kind {
            StatementKind::Import => self.out.push_str("import all;"),
            StatementKind::Declare(declaration) => {
                self.declaration(declaration);
                self.out.push(';');
            }
            StatementKind::Expression(value) => {
                self.expr(value);
                self.out.push(';');
            }
            StatementKind::Block(statements) => {
                self.out.push_str("{ ");
                for &statement in tree.statement_list(statements) {
                    self.statement(statement);
                    self.out.push(' ');
                }
                self.out.push('}');
            }
            StatementKind::If { arms, otherwise } => {
                for (index, arm) in tree.ifs(arms).iter().enumerate() {
                    self.out.push_str(if index == 0 { "if (" } else { " else if (" });
                    self.expr(arm.condition);
                    self.out.push_str(") ");
                    self.statement(arm.body);
                }
                if let Some(otherwise) = otherwise {
                    self.out.push_str(" else ");
                    self.statement(otherwise);
                }
            }
            StatementKind::While { condition, body } => {
                self.out.push_str("while (");
                self.expr(condition);
                self.out.push_str(") ");
                self.statement(body);
            }
            StatementKind::For {
                init,
                condition,
                update,
                body,
            } => {
                self.out.push_str("for (");
                match init {
                    ForInit::None => {}
                    ForInit::Declare(declaration) => self.declaration(declaration),
                    ForInit::Expression(value) => self.expr(value),
                }
                self.out.push_str("; ");
                if let Some(condition) = condition {
                    self.expr(condition);
                }
                self.out.push_str("; ");
                if let Some(update) = update {
                    self.expr(update);
                }
                self.out.push_str(") ");
                self.statement(body);
            }
            StatementKind::ForEach { each, body } => {
                self.out.push_str("for (");
                if let Some(declared) = each.declared {
                    self.declared_type(declared);
                }
                self.out.push_str(tree.name(each.name));
                self.out.push_str(" : ");
                self.expr(each.values);
                self.out.push_str(") ");
                self.statement(body);
            }
            StatementKind::Break => self.out.push_str("break;"),
            StatementKind::Continue => self.out.push_str("continue;"),
            StatementKind::Return(value) => self.keyword("return ", value),
            StatementKind::Throw(value) => self.keyword("throw ", value),
        }
    }

    fn keyword(&mut self, keyword: &str, value: ExprId) {
        self.out.push_str(keyword);
        self.expr(value);
        self.out.push(';');
    }

    fn declared_type(&mut self, ty: DeclaredType) {
        self.out.push_str(self.tree.name(ty.name));
        self.out.push_str(if ty.array { "[] " } else { " " });
    }

    fn declaration(&mut self, declaration: Declaration) {
        let tree = self.tree;
        self.declared_type(declaration.ty);
        for (index, declarator) in tree.declarators(declaration.declarators).iter().enumerate() {
            self.out.push_str(if index == 0 { "" } else { ", " });
            self.out.push_str(tree.name(declarator.name));
            if let Some(value) = declarator.value {
                self.out.push_str(" = ");
                self.expr(value);
            }
        }
    }

    fn expr(&mut self, id: ExprId) {
        let tree = self.tree;
        match tree.expr(id).kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Name(name) => self.out.push_str(tree.name(name)),
            ExprKind::Unary { operator, operand } => {
                self.out.push_str(operator.text());
                self.operand(operand, |kind| {
                    !matches!(kind, ExprKind::Unary { .. }) && binds_tightly(kind)
                });
            }
            ExprKind::Chain { first, links } => self.chain(first, links),
            ExprKind::Conditional { arms, otherwise } => {
                for arm in tree.conditionals(arms) {
                    self.operand(arm.condition, |kind| !binds_loosely(kind));
                    self.out.push_str(" ? ");
                    self.operand(arm.then, |kind| !binds_loosely(kind));
                    self.out.push_str(" : ");
                }
                self.operand(otherwise, |kind| !binds_loosely(kind));
            }
            ExprKind::Default(values) => self.default(values),
            ExprKind::Assign {
                name, operator, value, ..
            } => {
                self.out.push_str(tree.name(name));
                self.assigned(operator, value);
            }
            ExprKind::AssignElement {
                name,
                index,
                operator,
                value,
                ..
            } => {
                self.out.push_str(tree.name(name));
                self.out.push('[');
                self.expr(index);
                self.out.push(']');
                self.assigned(operator, value);
            }
            ExprKind::Postfix { base, steps } => {
                // A number in front of a `.` would be read as one with a fraction.
                let is_number = |kind| matches!(kind, ExprKind::Literal(literal) if !matches!(literal, Literal::Null | Literal::Boolean(_) | Literal::Text(_)));
                self.operand(base, |kind| binds_tightly(kind) && !is_number(kind));
                for step in tree.steps(steps) {
                    self.step(*step);
                }
            }
            ExprKind::BareCall { name, arguments } => {
                self.out.push_str(tree.name(name));
                self.arguments(arguments);
            }
            ExprKind::Lambda { name, second, body } => {
                match second {
                    None => self.out.push_str(tree.name(name)),
                    Some(second) => {
                        let (name, second) = (tree.name(name), tree.name(second));
                        self.push_formatted(format_args!("({name}, {second})"));
                    }
                }
                self.out.push_str(" -> ");
                self.expr(body);
            }
            ExprKind::New { class, arguments, .. } => {
                self.out.push_str("new ");
                self.out.push_str(tree.name(class));
                self.arguments(arguments);
            }
            ExprKind::NewArray { element, length, .. } => {
                self.out.push_str("new ");
                self.out.push_str(tree.name(element));
                self.out.push('[');
                self.expr(length);
                self.out.push(']');
            }
            ExprKind::ArrayLiteral { element, items, .. } => {
                self.out.push_str("new ");
                self.out.push_str(tree.name(element));
                self.out.push_str("[]");
                self.enclosed('{', items, '}');
            }
            ExprKind::Spliced(parts) => self.spliced(parts),
            ExprKind::Switch {
                subject,
                arms,
                otherwise,
            } => self.switch(subject, arms, otherwise),
            ExprKind::List(items) => self.enclosed('[', items, ']'),
            ExprKind::Map(entries) => self.map(entries),
        }
    }

    fn switch(&mut self, subject: ExprId, arms: CaseList, otherwise: Option<ExprId>) {
        let tree = self.tree;
        self.out.push_str("switch (");
        self.expr(subject);
        self.out.push_str(") { ");
        for case in tree.cases(arms) {
            self.out.push_str("case ");
            self.list(case.labels);
            self.out.push_str(" -> ");
            self.expr(case.value);
            self.out.push_str("; ");
        }
        if let Some(otherwise) = otherwise {
            self.out.push_str("default -> ");
            self.expr(otherwise);
            self.out.push_str("; ");
        }
        self.out.push('}');
    }

    /// `a ?? b`
    fn default(&mut self, values: ExprList) {
        for (index, &value) in self.tree.expr_list(values).iter().enumerate() {
            self.out.push_str(if index == 0 { "" } else { " ?? " });
            self.operand(value, |kind| {
                !binds_loosely(kind) && !matches!(kind, ExprKind::Default(_))
            });
        }
    }

    fn enclosed(&mut self, open: char, items: ExprList, close: char) {
        self.out.push(open);
        self.list(items);
        self.out.push(close);
    }

    fn spliced(&mut self, parts: ExprList) {
        self.out.push_str("f'");
        // A text that is empty, or stands behind another one, is a part of its own as code alone.
        let mut behind_text = false;
        for &part in self.tree.expr_list(parts) {
            let text = match self.tree.expr(part).kind {
                ExprKind::Literal(Literal::Text(text)) if !behind_text => self.tree.text(text),
                _ => "",
            };
            behind_text = !text.is_empty();
            if behind_text {
                let text = text.replace('{', "{{").replace('}', "}}");
                self.escaped(&text);
                continue;
            }
            self.out.push_str("{ ");
            self.operand(part, |kind| !binds_loosely(kind));
            self.out.push_str(" }");
        }
        self.out.push('\'');
    }

    /// A map in parentheses: at the start of a statement its brace would open a block.
    fn map(&mut self, entries: ExprList) {
        self.out.push_str("({");
        for (index, entry) in self.tree.expr_list(entries).chunks_exact(2).enumerate() {
            let &[key, value] = entry else { continue };
            self.out.push_str(if index == 0 { "[" } else { ", [" });
            self.expr(key);
            self.out.push_str("]: ");
            self.expr(value);
        }
        self.out.push_str("})");
    }

    fn chain(&mut self, first: ExprId, links: LinkList) {
        let links = self.tree.links(links);
        if links.is_empty() {
            self.out.push('(');
            self.expr(first);
            return self.out.push(')');
        }
        self.operand(first, binds_tightly_or_unary);
        for link in links {
            self.out.push(' ');
            self.out.push_str(link.operator.text());
            self.out.push(' ');
            let stands_bare: fn(ExprKind) -> bool = match link.operator {
                // A `-` behind the word would make a name of it.
                Binary::In => binds_tightly,
                Binary::Operation(_) | Binary::Logical(_) => binds_tightly_or_unary,
            };
            self.operand(link.operand, stands_bare);
        }
    }

    /// An operand, in parentheses where it would not be read as one without.
    fn operand(&mut self, id: ExprId, stands_bare: impl Fn(ExprKind) -> bool) {
        if stands_bare(self.tree.expr(id).kind) {
            return self.expr(id);
        }
        self.out.push('(');
        self.expr(id);
        self.out.push(')');
    }

    fn assigned(&mut self, operator: Assignment, value: ExprId) {
        if let Assignment::Step(step) = operator {
            return self.out.push_str(step.text());
        }
        // A `String` never refuses.
        let _ = write!(self.out, " {operator} ");
        self.expr(value);
    }

    fn step(&mut self, step: Step) {
        match (step.kind, step.maybe) {
            (StepKind::Index(_), false) => {}
            (_, false) => self.out.push('.'),
            (_, true) => self.out.push_str("?."),
        }
        match step.kind {
            StepKind::Index(index) => {
                self.out.push('[');
                self.expr(index);
                self.out.push(']');
            }
            StepKind::Field { name, .. } => self.out.push_str(self.tree.name(name)),
            StepKind::Call { name, arguments, .. } => {
                self.out.push_str(self.tree.name(name));
                self.arguments(arguments);
            }
        }
    }

    fn arguments(&mut self, arguments: ExprList) {
        self.out.push('(');
        self.list(arguments);
        self.out.push(')');
    }

    fn list(&mut self, items: ExprList) {
        for (index, &item) in self.tree.expr_list(items).iter().enumerate() {
            self.out.push_str(if index == 0 { "" } else { ", " });
            self.expr(item);
        }
    }

    fn literal(&mut self, literal: Literal) {
        match literal {
            Literal::Null => self.out.push_str("null"),
            Literal::Boolean(value) => self.out.push_str(if value { "true" } else { "false" }),
            Literal::Long { value, leading_zero } => {
                self.out.push_str(if leading_zero { "0" } else { "" });
                match value {
                    // Only a hexadecimal literal can be negative.
                    0.. => self.out.push_str(&value.to_string()),
                    negative => self.push_formatted(format_args!("{negative:#x}")),
                }
            }
            Literal::LeastLong => self.out.push_str("9223372036854775808"),
            Literal::LongOutOfRange => self.out.push_str("9223372036854775809"),
            Literal::Double(value) if value.is_infinite() => self.out.push_str("1e999"),
            Literal::Double(value) => self.push_formatted(format_args!("{value:?}d")),
            Literal::OctalEscape => self.out.push_str("'\\0'"),
            Literal::Text(text) => self.string(self.tree.text(text)),
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push('\'');
        self.escaped(text);
        self.out.push('\'');
    }

    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '\'' | '\\' => self.out.extend(['\\', character]),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                // A backslash from the text was doubled above, so this cannot become one of the Unicode escapes.
                other => self.out.push(other),
            }
        }
    }
}

/// Whether it is read as one operand of a postfix step.
fn binds_tightly(kind: ExprKind) -> bool {
    match kind {
        ExprKind::Chain { links, .. } => links.len() == 0,
        ExprKind::Unary { .. }
        | ExprKind::Conditional { .. }
        | ExprKind::Default(_)
        | ExprKind::Assign { .. }
        | ExprKind::AssignElement { .. }
        | ExprKind::Lambda { .. } => false,
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Postfix { .. }
        | ExprKind::BareCall { .. }
        | ExprKind::New { .. }
        | ExprKind::NewArray { .. }
        | ExprKind::ArrayLiteral { .. }
        | ExprKind::Spliced(_)
        | ExprKind::Switch { .. }
        | ExprKind::List(_)
        | ExprKind::Map(_) => true,
    }
}

fn binds_tightly_or_unary(kind: ExprKind) -> bool {
    binds_tightly(kind) || matches!(kind, ExprKind::Unary { .. })
}

/// Whether it needs parentheses as a part of a `? :` ladder.
fn binds_loosely(kind: ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Conditional { .. }
            | ExprKind::Assign { .. }
            | ExprKind::AssignElement { .. }
            | ExprKind::Lambda { .. }
    )
}
