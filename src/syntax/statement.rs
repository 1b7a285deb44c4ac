//! Statements.

use std::iter::Peekable;

use super::ast::{
    Declaration, Declarator, DeclaredType, Each, Expr, ExprId, ExprKind, ForInit, IfArm, Literal, StatementId,
    StatementKind, StatementList,
};
use super::build::{Builder, Refused, missing_semicolon, unexpected_part};
use super::grammar::{Part, Rule};
use super::is_name;
use super::reserved::reserved;
use super::scan::skip_space;
use crate::diagnostic::{Code, Diagnostic, quote, write_code};
use crate::operator::{Assignment, Step};
use crate::source::Span;

impl Builder {
    pub(super) fn statement(&mut self, part: Part<'_>) -> Result<StatementId, Refused> {
        self.go_on()?;
        let whole = part.span();
        let kind = match part.rule() {
            Rule::declaration_statement => match part.inside().next() {
                Some(declaration) => StatementKind::Declare(self.declaration(declaration)?),
                None => return Err(unexpected_part(part)),
            },
            Rule::block => StatementKind::Block(self.block(part)?),
            Rule::if_statement => self.if_ladder(part)?,
            Rule::while_statement => {
                let [condition, body] = parts(part)?;
                let condition = self.expression(condition)?;
                StatementKind::While {
                    condition,
                    body: self.statement(body)?,
                }
            }
            Rule::for_statement => self.for_loop(part)?,
            Rule::return_statement => {
                let [value] = parts(part)?;
                StatementKind::Return(self.expression(value)?)
            }
            Rule::throw_statement => {
                let [value] = parts(part)?;
                StatementKind::Throw(self.expression(value)?)
            }
            Rule::break_statement => StatementKind::Break,
            Rule::continue_statement => StatementKind::Continue,
            Rule::import_statement => return Err(misplaced_import(part)),
            Rule::expression_statement => {
                let mut inner = part.inside();
                let Some(value) = inner.next() else {
                    return Err(unexpected_part(part));
                };
                let mut end = value.span().end;
                let mut next = inner.next();
                let step = next.filter(|part| part.rule() == Rule::step);
                if let Some(step) = step {
                    (end, next) = (step.span().end, inner.next());
                }
                if next.is_some() {
                    self.missing_semicolon = Some(end);
                }
                StatementKind::Expression(self.stepped(value, step)?)
            }
            _ => return Err(unexpected_part(part)),
        };
        if self.missing_semicolon.is_some() && !matches!(kind, StatementKind::Expression(_)) {
            return Err(missing_semicolon(part.source(), whole.end as usize));
        }
        Ok(self.push_statement(kind, whole))
    }

    /// An import, which has no effect: names with dots between, after `static` or not.
    fn import(part: Part<'_>) -> Result<StatementKind, Refused> {
        let mut names = part.inside().peekable();
        names.next_if(|name| name.text() == "static");
        let mut end = None;
        for name in names {
            let follows = |end| {
                let between = name.source().get(skip_space(name.source(), end)..);
                between.is_some_and(|between| between.starts_with('.'))
            };
            let found = match (end.is_none_or(follows), reserved(name.text())) {
                (true, None) => None,
                (true, Some(_)) => Some((Code::ReservedWord, "unexpected keyword")),
                (false, _) => Some((Code::UnexpectedToken, "expected `.` or `;`, found")),
            };
            if let Some((code, what)) = found {
                let error = Diagnostic::error(code, name.span(), format!("{what} {}", quote(name.text())));
                return Err(error.with_help("an import has no effect: remove it").into());
            }
            end = Some(name.span().end as usize);
        }
        Ok(StatementKind::Import)
    }

    /// The statements of a program, with the imports at its head.
    pub(super) fn program(&mut self, part: Part<'_>) -> Result<StatementList, Refused> {
        let mut inner = part.inside().filter(|inner| inner.rule() != Rule::EOI).peekable();
        let mark = self.statements.len();
        while let Some(part) = inner.next_if(|inner| inner.rule() == Rule::import_statement) {
            let kind = Self::import(part)?;
            let import = self.push_statement(kind, part.span());
            self.statements.push(import);
        }
        self.listed(mark, inner)
    }

    /// The statements of a block.
    fn block(&mut self, part: Part<'_>) -> Result<StatementList, Refused> {
        self.listed(self.statements.len(), part.inside())
    }

    fn listed<'p>(&mut self, mark: usize, parts: impl Iterator<Item = Part<'p>>) -> Result<StatementList, Refused> {
        for part in parts {
            let statement = self.statement(part)?;
            self.statements.push(statement);
        }
        Ok(self.tree.statement_lists.extend(self.statements.drain(mark..)))
    }

    fn declaration(&mut self, part: Part<'_>) -> Result<Declaration, Refused> {
        let mut inner = part.inside().peekable();
        let ty = self.declared_type(part, &mut inner)?;
        let mark = self.declarators.len();
        for part in inner {
            let declarator = self.declarator(part)?;
            self.declarators.push(declarator);
        }
        Ok(Declaration {
            ty,
            declarators: self.tree.declarators.extend(self.declarators.drain(mark..)),
        })
    }

    /// The type that the parts inside a part begin with.
    fn declared_type<'p>(
        &mut self,
        part: Part<'p>,
        inner: &mut Peekable<impl Iterator<Item = Part<'p>>>,
    ) -> Result<DeclaredType, Refused> {
        let name = inner.next().ok_or_else(|| unexpected_part(part))?;
        let array = inner.next_if(|part| part.rule() == Rule::array_mark);
        Ok(DeclaredType {
            name: self.type_name(name)?,
            array: array.is_some(),
            span: array.map_or(name.span(), |array| name.span().to(array.span())),
        })
    }

    fn declarator(&mut self, part: Part<'_>) -> Result<Declarator, Refused> {
        let mut inner = part.inside();
        let Some(name) = inner.next() else {
            return Err(unexpected_part(part));
        };
        let value = match inner.next() {
            Some(value) => Some(self.expression(value)?),
            None => None,
        };
        Ok(Declarator {
            name: self.name(name)?,
            name_span: name.span(),
            value,
        })
    }

    fn if_ladder(&mut self, part: Part<'_>) -> Result<StatementKind, Refused> {
        let mark = self.ifs.len();
        let mut otherwise = None;
        let mut inner = part.inside();
        while let Some(next) = inner.next() {
            if next.rule() == Rule::otherwise {
                let [body] = parts(next)?;
                otherwise = Some(self.statement(body)?);
                break;
            }
            let Some(body) = inner.next() else {
                return Err(unexpected_part(part));
            };
            let condition = self.expression(next)?;
            let body = self.statement(body)?;
            self.ifs.push(IfArm { condition, body });
        }
        let arms = self.tree.ifs.extend(self.ifs.drain(mark..));
        Ok(StatementKind::If { arms, otherwise })
    }

    fn for_loop(&mut self, part: Part<'_>) -> Result<StatementKind, Refused> {
        if let Some(each) = part.inside().next().filter(|part| part.rule() == Rule::for_each) {
            let [_, body] = parts(part)?;
            let each = self.each(each)?;
            let body = self.statement(body)?;
            return Ok(StatementKind::ForEach { each, body });
        }
        let [init, condition, update, body] = parts(part)?;
        let init = match init.inside().next() {
            None => ForInit::None,
            Some(init) if init.rule() == Rule::declaration => ForInit::Declare(self.declaration(init)?),
            Some(init) => ForInit::Expression(self.expression(init)?),
        };
        let condition = condition
            .inside()
            .next()
            .map(|condition| self.expression(condition))
            .transpose()?;
        let mut update = update.inside();
        let update = match (update.next(), update.next()) {
            (Some(update), step) => Some(self.stepped(update, step)?),
            (None, _) => None,
        };
        Ok(StatementKind::For {
            init,
            condition,
            update,
            body: self.statement(body)?,
        })
    }

    /// `T x : values`
    fn each(&mut self, part: Part<'_>) -> Result<Each, Refused> {
        let mut inner = part.inside().peekable();
        let declared = inner.next_if(|part| part.rule() == Rule::each_type);
        let declared = declared.map(|part| self.declared_type(part, &mut part.inside().peekable()));
        let declared = declared.transpose()?;
        let (Some(name), Some(values)) = (inner.next(), inner.next()) else {
            return Err(unexpected_part(part));
        };
        Ok(Each {
            declared,
            name: self.name(name)?,
            name_span: name.span(),
            values: self.expression(values)?,
        })
    }

    /// An expression, with `++` or `--` behind it where it is the name of a variable.
    fn stepped(&mut self, value: Part<'_>, step: Option<Part<'_>>) -> Result<ExprId, Refused> {
        let id = self.expression(value)?;
        let Some((part, step)) = step.and_then(|part| Some((part, Step::of(part.text())?))) else {
            return Ok(id);
        };
        let target = self.tree.expr(id);
        let ExprKind::Name(name) = target.kind else {
            return Err(not_stepped(value, part, step, target));
        };
        let one = Literal::Long {
            value: 1,
            leading_zero: false,
        };
        let kind = ExprKind::Assign {
            name,
            name_span: target.span,
            operator: Assignment::Step(step),
            value: self.expr(ExprKind::Literal(one), part.span()),
        };
        Ok(self.expr(kind, target.span.to(part.span())))
    }
}

/// An import that is not at the head of the program.
#[cold]
fn misplaced_import(part: Part<'_>) -> Refused {
    let start = part.span().start;
    let span = Span::new(start, start + "import".len() as u32);
    let error = Diagnostic::error(Code::UnexpectedToken, span, "an import stands at the head of a program");
    error.with_help("an import has no effect: remove it").into()
}

/// `++` behind something else than a name.
#[cold]
fn not_stepped(value: Part<'_>, part: Part<'_>, step: Step, target: Expr) -> Refused {
    let shown = quote(step.text());
    let operator = step.arithmetic().text();
    let (message, help) = match target.kind {
        ExprKind::Postfix { .. } => (
            format!("{shown} takes the name of a variable"),
            write_code(&counted(value.text().trim_end(), operator)),
        ),
        _ => (
            format!("{shown} is a statement and has no value"),
            format!(
                "write {} as a statement of its own",
                quote(&format!("i {operator}= 1;"))
            ),
        ),
    };
    let error = Diagnostic::error(Code::InvalidAssignmentTarget, part.span(), message);
    error.with_help(help).into()
}

/// What counts what is not a name: an element, an entry of a map, or something else, which is kept first.
fn counted(code: &str, operator: &str) -> String {
    let entry = code.rsplit_once('.').filter(|(_, key)| is_name(key));
    match (code.split_once('['), entry) {
        (Some((array, _)), None) if is_name(array) && code.matches('[').count() == 1 && code.ends_with(']') => {
            format!("{code} {operator}= 1")
        }
        (_, Some((map, key))) if map != "params" => format!("{map}.put('{key}', {map}.get('{key}') {operator} 1)"),
        _ => format!("x = {code} {operator} 1;"),
    }
}

/// The parts inside a part, of which the grammar gives so many.
fn parts<const N: usize>(part: Part<'_>) -> Result<[Part<'_>; N], Refused> {
    let mut found = [part; N];
    let mut inside = part.inside();
    for place in &mut found {
        *place = inside.next().ok_or_else(|| unexpected_part(part))?;
    }
    Ok(found)
}
