//! Statements.

use super::ast::{Declaration, Declarator, DeclaratorList, ForInit, IfArm, IfList, StatementId, StatementKind};
use super::build::{Builder, Part, missing_semicolon, span, unexpected_part};
use super::grammar::Rule;
use crate::diagnostic::{Code, Diagnostic};

impl Builder {
    pub(super) fn statement(&mut self, part: Part<'_>) -> Result<StatementId, Diagnostic> {
        let whole = span(&part);
        let kind = match part.as_rule() {
            Rule::declaration_statement => match part.clone().into_inner().next() {
                Some(declaration) => StatementKind::Declare(self.declaration(declaration)?),
                None => return Err(unexpected_part(&part)),
            },
            Rule::block => {
                let statements: Result<Vec<_>, _> = part.into_inner().map(|inner| self.statement(inner)).collect();
                StatementKind::Block(self.statement_list(&statements?))
            }
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
            Rule::import_statement => StatementKind::Import,
            Rule::expression_statement => {
                let mut inner = part.clone().into_inner();
                let Some(value) = inner.next() else {
                    return Err(unexpected_part(&part));
                };
                let end = span(&value).end;
                if inner.next().is_some() {
                    self.missing_semicolon = Some(end);
                }
                StatementKind::Expression(self.expression(value)?)
            }
            _ => return Err(unexpected_part(&part)),
        };
        if self.missing_semicolon.is_some() && !matches!(kind, StatementKind::Expression(_)) {
            return Err(missing_semicolon(whole.end));
        }
        Ok(self.push_statement(kind, whole))
    }

    fn declaration(&mut self, part: Part<'_>) -> Result<Declaration, Diagnostic> {
        let mut inner = part.clone().into_inner();
        let Some(type_part) = inner.next() else {
            return Err(unexpected_part(&part));
        };
        let type_name = self.type_name(&type_part)?;
        let mut type_span = span(&type_part);
        let mut array = false;
        let mut declarators = Vec::new();
        for part in inner {
            match part.as_rule() {
                Rule::array_mark => {
                    array = true;
                    type_span = type_span.to(span(&part));
                }
                _ => declarators.push(self.declarator(part)?),
            }
        }
        let list = DeclaratorList {
            start: self.tree.declarators.len() as u32,
            len: declarators.len() as u32,
        };
        self.tree.declarators.append(&mut declarators);
        Ok(Declaration {
            type_name,
            array,
            type_span,
            declarators: list,
        })
    }

    fn declarator(&mut self, part: Part<'_>) -> Result<Declarator, Diagnostic> {
        let mut inner = part.clone().into_inner();
        let Some(name) = inner.next() else {
            return Err(unexpected_part(&part));
        };
        let value = match inner.next() {
            Some(value) => Some(self.expression(value)?),
            None => None,
        };
        Ok(Declarator {
            name: self.name(&name)?,
            name_span: span(&name),
            value,
        })
    }

    fn if_ladder(&mut self, part: Part<'_>) -> Result<StatementKind, Diagnostic> {
        let mut arms = Vec::new();
        let mut otherwise = None;
        let mut inner = part.clone().into_inner();
        while let Some(next) = inner.next() {
            if next.as_rule() == Rule::otherwise {
                let [body] = parts(next)?;
                otherwise = Some(self.statement(body)?);
                break;
            }
            let Some(body) = inner.next() else {
                return Err(unexpected_part(&part));
            };
            let condition = self.expression(next)?;
            arms.push(IfArm {
                condition,
                body: self.statement(body)?,
            });
        }
        let list = IfList {
            start: self.tree.ifs.len() as u32,
            len: arms.len() as u32,
        };
        self.tree.ifs.append(&mut arms);
        Ok(StatementKind::If { arms: list, otherwise })
    }

    fn for_loop(&mut self, part: Part<'_>) -> Result<StatementKind, Diagnostic> {
        let [init, condition, update, body] = parts(part)?;
        let init = match init.into_inner().next() {
            None => ForInit::None,
            Some(init) if init.as_rule() == Rule::declaration => ForInit::Declare(self.for_declaration(init)?),
            Some(init) => ForInit::Expression(self.expression(init)?),
        };
        let condition = condition
            .into_inner()
            .next()
            .map(|condition| self.expression(condition))
            .transpose()?;
        let update = update
            .into_inner()
            .next()
            .map(|update| self.expression(update))
            .transpose()?;
        Ok(StatementKind::For {
            init,
            condition,
            update,
            body: self.statement(body)?,
        })
    }

    fn for_declaration(&mut self, part: Part<'_>) -> Result<Declaration, Diagnostic> {
        let declaration = self.declaration(part)?;
        match self.tree.declarators(declaration.declarators) {
            [_, second, ..] => {
                let message = "a `for` declares one variable";
                Err(Diagnostic::error(Code::UnsupportedSyntax, second.name_span, message)
                    .with_help("declare the others before the loop"))
            }
            _ => Ok(declaration),
        }
    }
}

/// The parts inside a part, of which the grammar gives so many.
fn parts<const N: usize>(part: Part<'_>) -> Result<[Part<'_>; N], Diagnostic> {
    let whole = part.clone();
    let inner: Vec<Part<'_>> = part.into_inner().collect();
    inner.try_into().map_err(|_| unexpected_part(&whole))
}
