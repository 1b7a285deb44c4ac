//! Walks a file's functions and notes the sites.

use std::ops::Range;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, Pat, Stmt, Token};

use crate::sites::{Insert, Kind, Site};

/// An entry of the machine's table of handlers: an instruction, its operands, a kind, and closures that say what it does.
struct Entry {
    instruction: syn::Ident,
    body: Vec<Expr>,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let instruction = input.parse()?;
        input.parse::<proc_macro2::Group>()?;
        input.parse::<syn::Ident>()?;
        let closures;
        syn::parenthesized!(closures in input);
        let body = Punctuated::<Expr, Token![,]>::parse_terminated(&closures)?;
        let body = body.into_iter().collect();
        Ok(Self { instruction, body })
    }
}

fn entries(input: ParseStream<'_>) -> syn::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        entries.push(input.parse()?);
    }
    Ok(entries)
}

pub(crate) struct Finder<'a> {
    source: &'a str,
    file: &'a str,
    functions: Vec<String>,
    sites: Vec<Site>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(source: &'a str, file: &'a str) -> Self {
        Self {
            source,
            file,
            functions: Vec::new(),
            sites: Vec::new(),
        }
    }

    pub(crate) fn find(mut self, file: &syn::File) -> Vec<Site> {
        self.visit_file(file);
        self.sites
    }

    /// The text of a node on one line; `None` if that is not possible without reading it.
    fn text(&self, range: Range<usize>) -> Option<String> {
        let text = &self.source[range];
        if text.contains("//") || text.contains("\\\n") {
            return None;
        }
        Some(text.split('\n').map(str::trim).collect::<Vec<_>>().join(" "))
    }

    fn add(&mut self, kind: Kind, range: Range<usize>, change: String, inserts: Vec<Insert>) {
        let Some(function) = self.functions.last().cloned() else {
            return;
        };
        self.sites.push(Site {
            file: self.file.to_owned(),
            line: self.source[..range.start].matches('\n').count() + 1,
            function,
            kind,
            change,
            nth: 0,
            range,
            inserts,
        });
    }

    /// An expression that is another one where the mutant is on.
    fn replace(&mut self, kind: Kind, range: Range<usize>, from: &str, to: &str) {
        let inserts = vec![
            Insert {
                place: range.start,
                text: format!("(if SWITCH {{ {to} }} else {{ "),
                closes: false,
            },
            Insert {
                place: range.end,
                text: " })".to_owned(),
                closes: true,
            },
        ];
        self.add(kind, range, format!("{from} => {to}"), inserts);
    }

    /// The range's text with one part of it replaced.
    fn with_part(&self, whole: &Range<usize>, part: &Range<usize>, new: &str) -> Option<String> {
        let before = self.text(whole.start..part.start)?;
        let after = self.text(part.end..whole.end)?;
        Some(format!("{before} {new} {after}"))
    }

    /// The range's text with two parts of it swapped.
    fn swapped(&self, whole: &Range<usize>, first: &Range<usize>, second: &Range<usize>) -> Option<String> {
        let [before, one, between, two, after] = [
            whole.start..first.start,
            first.clone(),
            first.end..second.start,
            second.clone(),
            second.end..whole.end,
        ]
        .map(|range| self.text(range));
        let (one, two) = (one?, two?);
        (one != two).then(|| Some(format!("{}{two}{} {one}{}", before?, between?, after?)))?
    }

    fn swap(&mut self, whole: Range<usize>, first: &Range<usize>, second: &Range<usize>) {
        if let (Some(from), Some(to)) = (self.text(whole.clone()), self.swapped(&whole, first, second)) {
            self.replace(Kind::Swap, whole, &from, &to);
        }
    }

    fn swap_neighbours<'b>(&mut self, whole: &Range<usize>, parts: impl Iterator<Item = &'b Expr>) {
        let ranges: Vec<Range<usize>> = parts.map(range_of).collect();
        for pair in ranges.windows(2) {
            self.swap(whole.clone(), &pair[0], &pair[1]);
        }
    }

    fn operator(&mut self, binary: &syn::ExprBinary) {
        let whole = range_of(binary);
        let part = range_of(&binary.op);
        if has_let(&binary.left) || has_let(&binary.right) {
            return;
        }
        if let Some(new) = other(&binary.op)
            && let (Some(from), Some(to)) = (self.text(whole.clone()), self.with_part(&whole, &part, new))
        {
            self.replace(Kind::Operator, whole.clone(), &from, &to);
        }
        if matches!(
            binary.op,
            BinOp::Sub(_) | BinOp::Div(_) | BinOp::Rem(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
        ) {
            self.swap(whole, &range_of(&binary.left), &range_of(&binary.right));
        }
    }

    fn literal(&mut self, literal: &syn::ExprLit) {
        let syn::Lit::Int(int) = &literal.lit else {
            return;
        };
        let Ok(value) = int.base10_parse::<u64>() else {
            return;
        };
        let new = if value == 0 || range_of(int).start % 2 == 0 {
            value.saturating_add(1)
        } else {
            value - 1
        };
        let from = self.context(range_of(int));
        let to = format!("{new}{}", int.suffix());
        let range = range_of(int);
        self.replace(Kind::Literal, range, &from, &to);
    }

    /// A literal alone does not tell its place: with what stands before it.
    fn context(&self, range: Range<usize>) -> String {
        let line = self.source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        format!(
            "{}[{}]",
            self.source[line..range.start].trim_start(),
            &self.source[range]
        )
    }

    fn charge_or_check(&mut self, range: Range<usize>, name: &str) {
        let kind = match name {
            "steps" => Kind::Charge,
            _ if name.starts_with("charge") => Kind::Charge,
            _ if name.starts_with("check") => Kind::Check,
            _ => return,
        };
        if let Some(from) = self.text(range.clone()) {
            self.replace(kind, range, &from, "Ok(())");
        }
    }

    /// `charge(…);` without a result.
    fn charge_statement(&mut self, statement: &Stmt) {
        let Stmt::Expr(expr @ Expr::MethodCall(call), Some(_)) = statement else {
            return;
        };
        let range = range_of(statement);
        if call.method.to_string().starts_with("charge")
            && let Some(from) = self.text(range_of(expr))
        {
            let inserts = vec![
                Insert {
                    place: range.start,
                    text: "if !SWITCH { ".to_owned(),
                    closes: false,
                },
                Insert {
                    place: range.end,
                    text: " }".to_owned(),
                    closes: true,
                },
            ];
            self.add(Kind::Charge, range, format!("{from}; => nothing"), inserts);
        }
    }

    /// `if condition { return …; }`
    fn refusal(&mut self, expr: &syn::ExprIf) {
        let ends = |block: &Block| matches!(block.stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)));
        if expr.else_branch.is_some() || !ends(&expr.then_branch) {
            return;
        }
        let range = range_of(&expr.cond);
        let Some(from) = self.text(range_of(expr)) else { return };
        let has_let = has_let(&expr.cond);
        let mut inserts = vec![Insert {
            place: range.start,
            text: if has_let { "!SWITCH && " } else { "!SWITCH && (" }.to_owned(),
            closes: false,
        }];
        if !has_let {
            inserts.push(Insert {
                place: range.end,
                text: ")".to_owned(),
                closes: true,
            });
        }
        self.add(Kind::Check, range, format!("{from} => nothing"), inserts);
    }

    fn arms(&mut self, expr: &syn::ExprMatch) {
        for (at, arm) in expr.arms.iter().enumerate() {
            let own = range_of(&arm.body);
            let neighbours = [at + 1, at.wrapping_sub(1)].map(|at| expr.arms.get(at));
            let body = neighbours.into_iter().flatten().find_map(|other| {
                let body = self.text(range_of(&other.body))?;
                (Some(&body) != self.text(own.clone()).as_ref()).then_some(body)
            });
            let Some(body) = body else { continue };
            let guard = arm.guard.as_ref().map(|(_, guard)| self.text(range_of(&**guard)));
            let guard = match guard {
                None => String::new(),
                Some(Some(guard)) if !guard.contains("let ") => format!(" && ({guard})"),
                Some(_) => continue,
            };
            let place = range_of(&arm.pat).start;
            for case in cases(&arm.pat) {
                let Some(pattern) = self.text(range_of(case)).filter(|_| names_variant(case)) else {
                    continue;
                };
                let insert = Insert {
                    place,
                    text: format!("{pattern} if SWITCH{guard} => {{ {body} }} "),
                    closes: false,
                };
                self.add(Kind::Arm, place..place, format!("{pattern} => {body}"), vec![insert]);
            }
        }
    }
}

fn range_of(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// The operator that is put in the place of one.
fn other(operator: &BinOp) -> Option<&'static str> {
    Some(match operator {
        BinOp::Add(_) => "-",
        BinOp::Sub(_) | BinOp::BitXor(_) => "+",
        BinOp::Mul(_) | BinOp::Rem(_) => "/",
        BinOp::Div(_) => "*",
        BinOp::And(_) => "||",
        BinOp::Or(_) => "&&",
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        BinOp::Eq(_) => "!=",
        BinOp::Ne(_) => "==",
        BinOp::BitAnd(_) => "|",
        BinOp::BitOr(_) => "&",
        BinOp::Shl(_) => ">>",
        BinOp::Shr(_) => "<<",
        BinOp::AddAssign(_) => "-=",
        BinOp::SubAssign(_) => "+=",
        _ => return None,
    })
}

/// Whether a condition binds names, and so is not an expression of its own.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// The alternatives of a pattern.
fn cases(pattern: &Pat) -> Vec<&Pat> {
    match pattern {
        Pat::Or(or) => or.cases.iter().collect(),
        pattern => vec![pattern],
    }
}

/// Whether a pattern names a variant of an enum of ours: all of these are written with the enum's name.
fn names_variant(pattern: &Pat) -> bool {
    struct Names(bool);
    impl Visit<'_> for Names {
        fn visit_path(&mut self, path: &syn::Path) {
            self.0 |= path.segments.len() > 1;
        }
    }
    let mut names = Names(false);
    names.visit_pat(pattern);
    names.0
}

/// Whether something is compiled for tests only, or in another build than this one.
fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else {
            return false;
        };
        let tokens = list.tokens.to_string();
        attribute.path().is_ident("cfg") && (tokens.contains("test") || tokens.contains("not"))
    })
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Fn(item) if item.sig.constness.is_none() && !is_left_out(&item.attrs) => {
                self.functions.push(item.sig.ident.to_string());
                visit::visit_block(self, &item.block);
                self.functions.pop();
            }
            syn::Item::Impl(item) => {
                let of = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
                let is_text = of.is_some_and(|last| last.ident == "Debug" || last.ident == "Display");
                if !is_text && !is_left_out(&item.attrs) {
                    visit::visit_item_impl(self, item);
                }
            }
            syn::Item::Mod(item) if !is_left_out(&item.attrs) => visit::visit_item_mod(self, item),
            syn::Item::Trait(item) => visit::visit_item_trait(self, item),
            _ => {}
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if item.sig.constness.is_none() && !is_left_out(&item.attrs) {
            self.functions.push(item.sig.ident.to_string());
            visit::visit_block(self, &item.block);
            self.functions.pop();
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let (Some(block), None) = (&item.default, &item.sig.constness) {
            self.functions.push(item.sig.ident.to_string());
            visit::visit_block(self, block);
            self.functions.pop();
        }
    }

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_path_arguments(&mut self, _: &'ast syn::PathArguments) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}

    fn visit_expr_repeat(&mut self, expr: &'ast syn::ExprRepeat) {
        self.visit_expr(&expr.expr);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if !call.path.is_ident("handlers") {
            return;
        }
        for entry in call.parse_body_with(entries).unwrap_or_default() {
            self.functions.push(entry.instruction.to_string());
            for closure in &entry.body {
                // What is parsed here lives no longer than this call.
                Finder::visit_expr(self, &closure.clone());
            }
            self.functions.pop();
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.charge_statement(statement);
        visit::visit_stmt(self, statement);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        self.operator(binary);
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_lit(&mut self, literal: &'ast syn::ExprLit) {
        self.literal(literal);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.swap_neighbours(&range_of(call), call.args.iter());
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
        {
            self.charge_or_check(range_of(call), &last.ident.to_string());
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.swap_neighbours(&range_of(call), call.args.iter());
        self.charge_or_check(range_of(call), &call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        let whole = range_of(expr);
        for pair in expr.fields.iter().collect::<Vec<_>>().windows(2) {
            self.swap_fields(&whole, pair[0], pair[1]);
        }
        visit::visit_expr_struct(self, expr);
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        self.refusal(expr);
        visit::visit_expr_if(self, expr);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        self.arms(expr);
        visit::visit_expr_match(self, expr);
    }
}

impl Finder<'_> {
    /// The values of two fields change places: their names do, in the text.
    fn swap_fields(&mut self, whole: &Range<usize>, first: &syn::FieldValue, second: &syn::FieldValue) {
        let value = |field: &syn::FieldValue| self.text(range_of(&field.expr));
        let name = |field: &syn::FieldValue| self.text(range_of(&field.member));
        let parts = (value(first), value(second), name(first), name(second));
        let (Some(one), Some(two), Some(first_name), Some(second_name)) = parts else {
            return;
        };
        let (at, end) = (range_of(first), range_of(second));
        let texts = (
            self.text(whole.clone()),
            self.text(whole.start..at.start),
            self.text(end.end..whole.end),
        );
        if let (Some(from), Some(before), Some(after)) = texts {
            let to = format!("{before} {first_name}: {two}, {second_name}: {one}{after}");
            self.replace(Kind::Swap, whole.clone(), &from, &to);
        }
    }
}
