//! The library reads its arguments for a charge. The texts, arrays and maps of an evaluation are private to `machine`: the library gets a
//! text as `Unread`, whose bytes cost steps, and elements and entries by functions that charge. So a function that forgets to charge does
//! not compile. What types do not hold is held here, over the source of `src/library` without its tests:
//!
//! - the one reading that does not charge, `Unread::for_search`, is used by the search with patterns alone, which charges as it goes;
//! - each loop can be refused, as it holds a `?`, or stands in a function that `tests/bounded_loops.txt` lists with what bounds it.
//!
//! Chains of iterators are not looked at: they work on what a charged reading gave, at most 4 KiB of a text at once.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::PathBuf;

#[path = "support/sources.rs"]
mod sources;

use sources::{is_test, sources};
use syn::visit::{self, Visit};

/// The files that may read a text without a charge: what they look at they charge for themselves.
const SEARCHES: [&str; 1] = ["java/regex/search.rs"];

/// Finds the functions with loops that cannot be refused, and names that read without a charge.
#[derive(Default)]
struct Reader {
    function: Vec<String>,
    loops: Vec<String>,
    uncharged: Vec<String>,
}

/// Whether there is a `?` inside.
#[derive(Default)]
struct Refusal(bool);

impl<'s> Visit<'s> for Refusal {
    fn visit_expr_try(&mut self, _: &'s syn::ExprTry) {
        self.0 = true;
    }
}

impl Reader {
    fn note_loop(&mut self, look: impl FnOnce(&mut Refusal)) {
        let mut refusal = Refusal::default();
        look(&mut refusal);
        if !refusal.0 {
            self.loops.push(self.function.last().cloned().unwrap_or_default());
        }
    }

    fn inside(&mut self, name: &syn::Ident, walk: impl FnOnce(&mut Self)) {
        self.function.push(name.to_string());
        walk(self);
        self.function.pop();
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
    })
}

impl<'s> Visit<'s> for Reader {
    fn visit_item_mod(&mut self, item: &'s syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'s syn::ItemFn) {
        self.inside(&item.sig.ident, |reader| visit::visit_item_fn(reader, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'s syn::ImplItemFn) {
        self.inside(&item.sig.ident, |reader| visit::visit_impl_item_fn(reader, item));
    }

    fn visit_expr_for_loop(&mut self, item: &'s syn::ExprForLoop) {
        self.note_loop(|refusal| refusal.visit_expr_for_loop(item));
        visit::visit_expr_for_loop(self, item);
    }

    fn visit_expr_while(&mut self, item: &'s syn::ExprWhile) {
        self.note_loop(|refusal| refusal.visit_expr_while(item));
        visit::visit_expr_while(self, item);
    }

    fn visit_expr_loop(&mut self, item: &'s syn::ExprLoop) {
        self.note_loop(|refusal| refusal.visit_expr_loop(item));
        visit::visit_expr_loop(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'s syn::ExprMethodCall) {
        if call.method == "for_search" {
            self.uncharged.push(call.method.to_string());
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// What each file of the library has.
fn readers() -> BTreeMap<String, Reader> {
    let read = |(file, text): &(PathBuf, String)| {
        let mut reader = Reader::default();
        reader.visit_file(&syn::parse_file(text).unwrap());
        (file.display().to_string(), reader)
    };
    let files = sources("src/library");
    files.iter().filter(|(file, _)| !is_test(file)).map(read).collect()
}

#[test]
fn only_the_search_reads_texts_without_a_charge() {
    let readers = readers();
    let uncharged = readers.iter().filter(|(_, reader)| !reader.uncharged.is_empty());
    let files: Vec<&str> = uncharged.map(|(file, _)| &**file).collect();
    assert_eq!(files, SEARCHES);
}

#[test]
fn each_loop_can_be_refused_or_is_listed_with_what_bounds_it() {
    let mut listed = BTreeMap::new();
    for line in include_str!("bounded_loops.txt").lines() {
        let (place, bound) = line.split_once(": ").unwrap_or_else(|| panic!("no bound: {line}"));
        assert!(listed.insert(place.to_owned(), bound).is_none(), "twice: {place}");
    }
    let mut free: Vec<String> = Vec::new();
    for (file, reader) in readers() {
        free.extend(reader.loops.iter().map(|function| format!("{file} {function}")));
    }
    free.sort();
    free.dedup();
    let missing: Vec<&String> = free.iter().filter(|place| !listed.contains_key(*place)).collect();
    assert!(missing.is_empty(), "loops that nothing can refuse: {missing:#?}");
    let stale: Vec<&String> = listed.keys().filter(|place| !free.contains(place)).collect();
    assert!(stale.is_empty(), "listed, but not there: {stale:#?}");
}
