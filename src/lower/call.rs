//! Calls: arguments into registers in a row, in the form the function takes them.

use super::lowering::Lowering;
use super::refusal::{Refused, internal};
use super::wide::Register;
use crate::check::typed::{CandidateList, ExprList, HostCallId, TextId};
use crate::library::{self, FunctionId};
use crate::machine::code::{DynamicSite, HostSite};
use crate::machine::instruction::Instruction as I;
use crate::machine::native::Accepts;
use crate::types::Type;

impl Lowering<'_> {
    pub(super) fn call(
        &mut self,
        function: FunctionId,
        arguments: ExprList,
        ty: Type,
        d: Register,
    ) -> Result<(), Refused> {
        let tree = self.tree;
        let Some(declaration) = library::function(function) else {
            return Err(internal(self.emit.span()));
        };
        let mark = self.emit.mark();
        let mut base = None;
        for (index, &argument) in tree.expr_list(arguments).iter().enumerate() {
            let register = match declaration.argument_type(index) {
                Type::Any => self.fresh_pair(argument)?,
                _ => self.fresh(argument)?,
            };
            base.get_or_insert(register);
        }
        let width = (self.emit.mark() - mark) as usize;
        let native = self.emit.native(declaration.native(), width);
        let base = base.unwrap_or(d);
        match declaration.result {
            Type::Any => self.pair_result(ty, d, |d| I::CallPair { d, base, native }),
            _ => {
                self.emit.push(I::Call { d, base, native });
                Ok(())
            }
        }
    }

    pub(super) fn dynamic_call(
        &mut self,
        (candidates, in_turn): (CandidateList, bool),
        method: TextId,
        arguments: ExprList,
        ty: Type,
        d: Register,
    ) -> Result<(), Refused> {
        let tree = self.tree;
        let choices = library::choices(tree.candidates(candidates));
        let site = DynamicSite {
            method: tree.text(method).into(),
            arguments: tree.expr_list(arguments).len(),
            candidates: choices.map(|(function, steps)| function.candidate(steps)).collect(),
        };
        self.emit.dynamic_sites.push(site);
        let site = self.emit.dynamic_sites.len() as u32 - 1;
        let base = match in_turn {
            true => self.pairs_in_turn(arguments, site, d)?,
            false => self.pairs(arguments, d)?,
        };
        self.pair_result(ty, d, |d| I::DynamicCall { d, base, site })
    }

    pub(super) fn host_call(
        &mut self,
        function: HostCallId,
        arguments: ExprList,
        ty: Type,
        d: Register,
    ) -> Result<(), Refused> {
        let tree = self.tree;
        let count = tree.expr_list(arguments).len();
        let base = self.pairs(arguments, d)?;
        let Some(function) = self.host_functions.get(function.index()) else {
            return Err(internal(self.emit.span()));
        };
        self.emit.host_sites.push(HostSite {
            function: function.clone(),
            arguments: count,
        });
        let site = self.emit.host_sites.len() as u32 - 1;
        self.pair_result(ty, d, |d| I::HostCall { d, base, site })
    }

    /// The same, where each argument is checked before the next is evaluated.
    fn pairs_in_turn(&mut self, arguments: ExprList, site: u32, d: Register) -> Result<Register, Refused> {
        let tree = self.tree;
        let mut base = None;
        for (index, &argument) in tree.expr_list(arguments).iter().enumerate() {
            let register = self.fresh_pair(argument)?;
            let base = *base.get_or_insert(register);
            if tree.expr(argument).ty == Type::Any {
                let span = self.emit.at(tree.expr(argument).span);
                let (a, ty, count) = (register, self.taken_at_once(site, index), index as u32 + 1);
                self.emit.push(I::CheckTaken {
                    a,
                    ty,
                    base,
                    site,
                    count,
                });
                self.emit.at(span);
            }
        }
        Ok(base.unwrap_or(d))
    }

    /// The type of a receiver that the first candidate accepts whatever follows, else VOID, which no argument has: only the receiver
    /// is looked at without those before it.
    fn taken_at_once(&self, site: u32, index: usize) -> Type {
        let site = self.emit.dynamic_sites.get(site as usize);
        let first = site.and_then(|site| site.candidates.first()).filter(|_| index == 0);
        match first.and_then(|first| first.accepts.first()) {
            Some(Accepts::Exactly(ty)) => *ty,
            _ => Type::Void,
        }
    }

    /// Arguments as pairs in a row, and the first one's register.
    fn pairs(&mut self, arguments: ExprList, d: Register) -> Result<Register, Refused> {
        let tree = self.tree;
        let mut base = None;
        for &argument in tree.expr_list(arguments) {
            let register = self.fresh_pair(argument)?;
            base.get_or_insert(register);
        }
        Ok(base.unwrap_or(d))
    }
}
