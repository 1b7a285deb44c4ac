//! No match over an enum of the crate's own ends in a catch-all, in the modules where a new variant has to be looked at everywhere:
//! `machine`, `lower`, `cost`, `library` and `operator`.
//!
//! What is seen: every `match` in these modules, also inside macros whose arguments are expressions, that has three arms or more.
//! It is over an enum of our own where a pattern of one of its arms names a variant of an enum that `src` declares, by whatever
//! name the enum is imported. Then no arm without a guard may be `_` or a name.
//!
//! What is not seen: a question about one variant, as `if let`, `let … else`, `matches!` and a match of two arms ask it; a match over
//! the nodes of a tree (`Kind` and the like), which looks for a form that it treats in its own way; a match over a tuple, which is a table of what goes together; `_` inside a variant; arms with a guard; matches in macros that are
//! declared in `src`; and matches over a number or a text that stands for an enum.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::{BTreeMap, BTreeSet};

#[path = "support/sources.rs"]
mod sources;

use proc_macro2::{TokenStream, TokenTree};
use sources::{is_test, sources};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Arm, Expr, ExprMatch, Item, Pat, Path as SynPath, UseTree};

/// The modules that are held to it.
const MODULES: [&str; 5] = ["machine", "lower", "cost", "library", "operator.rs"];

/// The enums whose variants are forms of a tree's nodes.
const TREES: [&str; 4] = ["Kind", "StatementKind", "ExprKind", "StepKind"];

/// The variants of each enum; none known of one whose variants a macro's arguments give.
type Enums = BTreeMap<String, BTreeSet<String>>;

/// All enums that the files declare.
struct Declared(Enums);

impl<'ast> Visit<'ast> for Declared {
    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let variants = item.variants.iter().map(|variant| variant.ident.to_string());
        self.0.entry(item.ident.to_string()).or_default().extend(variants);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.in_macro(called.tokens.clone());
    }
}

impl Declared {
    /// The enums among a macro's tokens: `enum Name { A, B { … }, }`.
    fn in_macro(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for three in tokens.windows(3) {
            let [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body)] = three else {
                continue;
            };
            if word == "enum" {
                let of_arguments = body.stream().to_string().contains('$');
                let variants = body.stream().into_iter().filter_map(|token| match token {
                    TokenTree::Ident(variant) if !of_arguments => Some(variant.to_string()),
                    _ => None,
                });
                self.0.entry(name.to_string()).or_default().extend(variants);
            }
        }
        for token in tokens {
            if let TokenTree::Group(group) = token {
                self.in_macro(group.stream());
            }
        }
    }
}

/// The matches of one file that end in a catch-all.
struct Matches<'e> {
    enums: &'e Enums,
    /// What a file or a function calls an enum instead.
    renamed: BTreeMap<String, String>,
    /// The enum that `Self` is.
    own: Vec<String>,
    seen: usize,
    found: Vec<usize>,
}

impl Matches<'_> {
    /// Whether a path names a variant of an enum of ours.
    fn is_variant(&self, path: &SynPath) -> bool {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let [.., of, variant] = &names[..] else { return false };
        let of = match of.as_str() {
            "Self" => self.own.last().unwrap_or(of),
            _ => self.renamed.get(of).unwrap_or(of),
        };
        !TREES.contains(&of.as_str())
            && self
                .enums
                .get(of)
                .is_some_and(|variants| variants.is_empty() || variants.contains(variant))
    }

    /// Whether a pattern, or one of its alternatives, names a variant of ours.
    fn names_variant(&self, pattern: &Pat) -> bool {
        match pattern {
            Pat::Or(or) => or.cases.iter().any(|case| self.names_variant(case)),
            Pat::Paren(inner) => self.names_variant(&inner.pat),
            Pat::Reference(inner) => self.names_variant(&inner.pat),
            Pat::Ident(bound) => bound
                .subpat
                .as_ref()
                .is_some_and(|(_, pattern)| self.names_variant(pattern)),
            Pat::Path(path) => self.is_variant(&path.path),
            Pat::TupleStruct(pattern) => self.is_variant(&pattern.path),
            Pat::Struct(pattern) => self.is_variant(&pattern.path),
            _ => false,
        }
    }

    fn arms(&mut self, arms: &[Arm]) {
        if arms.len() < 3 || !arms.iter().any(|arm| self.names_variant(&arm.pat)) {
            return;
        }
        self.seen += 1;
        let catches = arms.iter().filter(|arm| arm.guard.is_none() && catches_all(&arm.pat));
        self.found
            .extend(catches.map(|arm| syn::spanned::Spanned::span(&arm.pat).start().line));
    }

    fn renames(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.renames(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.renames(tree)),
            UseTree::Rename(renamed) => {
                self.renamed
                    .insert(renamed.rename.to_string(), renamed.ident.to_string());
            }
            UseTree::Name(_) | UseTree::Glob(_) => {}
        }
    }

    /// The matches in a macro's arguments.
    fn arguments(&mut self, tokens: TokenStream) {
        let parsed = Punctuated::<Expr, syn::Token![,]>::parse_terminated.parse2(tokens);
        for argument in parsed.iter().flatten() {
            self.visit_expr(argument);
        }
    }
}

/// Whether a pattern is `_` or a name.
fn catches_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(bound) => bound.subpat.is_none() && bound.ident.to_string().starts_with(char::is_lowercase),
        Pat::Paren(inner) => catches_all(&inner.pat),
        Pat::Reference(inner) => catches_all(&inner.pat),
        Pat::Or(or) => or.cases.iter().any(catches_all),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Matches<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.renames(&item.tree);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let own = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        self.own.push(own.unwrap_or_default());
        visit::visit_item_impl(self, item);
        self.own.pop();
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if module.ident == "tests" => {}
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_expr_match(&mut self, expression: &'ast ExprMatch) {
        self.arms(&expression.arms);
        visit::visit_expr_match(self, expression);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.arguments(called.tokens.clone());
    }
}

impl<'e> Matches<'e> {
    fn of(enums: &'e Enums, file: &syn::File) -> Self {
        let mut matches = Self {
            enums,
            renamed: BTreeMap::new(),
            own: Vec::new(),
            seen: 0,
            found: Vec::new(),
        };
        matches.visit_file(file);
        matches
    }
}

/// What is seen: each line that ends in `// found` holds a catch-all.
const SAMPLE: &str = r"
use colours::Colour as C;
enum Colour { Red, Green, Blue(u8) }
macro_rules! shapes { ($($name:ident)*) => { enum Shape { $($name,)* } } }
impl Colour {
    fn own(self) -> u8 { match self { Self::Red => 1, Self::Green => 2,
        _ => 3, // found
    } }
}
fn renamed(c: C) -> u8 { match c { C::Red => 1, C::Green => 2,
    other => 3, // found
} }
fn in_a_macro(c: C) { println!(0, match c { C::Red | C::Green => 1, C::Blue(0) => 0,
    _ => 2, // found
}); }
fn of_a_macro(s: Shape) -> u8 { match s { Shape::Round => 1, Shape::Square => 2,
    _ => 3, // found
} }
fn named(c: C) -> u8 { match c { C::Red => 1, C::Green => 2, C::Blue(_) => 3 } }
fn asked(c: C) -> bool { match c { C::Red => true, _ => false } }
fn guarded(c: C) -> u8 { match c { _ if dark() => 0, C::Red => 1, C::Green | C::Blue(_) => 2 } }
fn of_others(o: Option<u8>) -> u8 { match o { Some(1) => 1, Some(2) => 2, _ => 3 } }
";

#[test]
fn catch_alls_are_found() {
    let file = syn::parse_file(SAMPLE).unwrap();
    let mut declared = Declared(Enums::new());
    declared.visit_file(&file);
    let marked = (1..).zip(SAMPLE.lines()).filter(|(_, line)| line.ends_with("// found"));
    let marked: Vec<usize> = marked.map(|(number, _)| number).collect();
    assert_eq!(Matches::of(&declared.0, &file).found, marked);
}

#[test]
fn no_match_over_an_enum_of_our_own_ends_in_a_catch_all() {
    let mut declared = Declared(Enums::new());
    let mut parsed = Vec::new();
    for (file, text) in sources("src") {
        let tree = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        declared.visit_file(&tree);
        parsed.push((file, tree));
    }
    let (mut seen, mut found) = (0, Vec::new());
    for (file, tree) in &parsed {
        if is_test(file) || !MODULES.iter().any(|module| file.starts_with(module)) {
            continue;
        }
        let matches = Matches::of(&declared.0, tree);
        seen += matches.seen;
        found.extend(
            matches
                .found
                .iter()
                .map(|line| format!("src/{}:{line}", file.display())),
        );
    }
    println!("{seen} matches over our own enums");
    assert!(seen > 90, "only {seen} matches are over enums of our own");
    assert!(
        found.is_empty(),
        "{} catch-alls over enums of our own:\n{}",
        found.len(),
        found.join("\n")
    );
}
