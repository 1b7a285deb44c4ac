//! Which file of `src` names items of which other: read off the `use` declarations and paths of each, through re-exports to
//! the file that defines the item.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Component, Path};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path of names from the crate's root.
type Names = Vec<String>;

/// What a file says of itself.
#[derive(Default)]
struct Source {
    module: Names,
    /// The items that it defines.
    defines: HashSet<String>,
    /// The modules below it that are files of their own.
    children: HashSet<String>,
    /// Those that are for tests.
    tests: HashSet<String>,
    /// The names that it brings in, each with the path behind it.
    imports: HashMap<String, Names>,
    /// The modules whose names it brings in all.
    globs: Vec<Names>,
    /// The paths in its code, as they are written.
    paths: Vec<Names>,
}

/// The files that each file names items of; tests are left out.
pub(crate) struct FileGraph {
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl FileGraph {
    /// Reads the sources, each with its path below `src`.
    ///
    /// # Panics
    ///
    /// Where a source does not parse.
    pub(crate) fn of(sources: &[(&Path, &str)]) -> Self {
        let mut files: BTreeMap<String, Source> = sources
            .iter()
            .map(|(path, text)| (path.display().to_string(), Source::read(path, text)))
            .collect();
        let for_tests: Vec<Names> = files.values().flat_map(Source::for_tests).collect();
        files.retain(|_, source| !for_tests.iter().any(|module| source.module.starts_with(module)));
        let crate_files = CrateFiles::of(&files);
        let edges = files.iter().map(|(file, source)| {
            let named = source.named().into_iter();
            let mut others: BTreeSet<String> = named.filter_map(|path| crate_files.definer(&path, 0)).collect();
            others.remove(file);
            (file.clone(), others)
        });
        Self { edges: edges.collect() }
    }

    /// The files that lead back to themselves, each with those of its knot that it names.
    pub(crate) fn knotted(&self) -> BTreeMap<&str, Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (&**file, self.reach(file))).collect();
        let leads = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
        let in_knots = self.edges.iter().filter(|(file, _)| leads(file, file));
        let with_others = in_knots.map(|(file, others)| {
            let others = others.iter().map(String::as_str);
            (file.as_str(), others.filter(|other| leads(other, file)).collect())
        });
        with_others.collect()
    }

    /// The files that a file names, and those that these name.
    fn reach<'g>(&'g self, file: &'g str) -> BTreeSet<&'g str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            let others = self.edges.get(file).into_iter().flatten();
            open.extend(others.map(String::as_str).filter(|other| reached.insert(*other)));
        }
        reached
    }
}

/// The files by their modules.
struct CrateFiles<'f> {
    by_module: HashMap<&'f [String], (&'f str, &'f Source)>,
}

impl<'f> CrateFiles<'f> {
    fn of(files: &'f BTreeMap<String, Source>) -> Self {
        let by_module = files
            .iter()
            .map(|(file, source)| (source.module.as_slice(), (file.as_str(), source)));
        Self {
            by_module: by_module.collect(),
        }
    }

    /// The file that defines the item at a path; none for a module itself, which is not an item of anything.
    fn definer(&self, path: &[String], depth: usize) -> Option<String> {
        // No re-export of the crate goes through more.
        if depth > 12 {
            return None;
        }
        let mut lengths = (0..=path.len()).rev();
        let find = |length| Some((length, *self.by_module.get(&path[..length])?));
        let (length, (file, source)) = lengths.find_map(find)?;
        let (item, rest) = path[length..].split_first()?;
        if source.defines.contains(item) {
            return Some(file.to_owned());
        }
        if let Some(behind) = source.imports.get(item) {
            let whole: Names = behind.iter().chain(rest).cloned().collect();
            return self.definer(&whole, depth + 1);
        }
        let through = source.globs.iter().find_map(|glob| {
            let whole: Names = glob.iter().chain(&path[length..]).cloned().collect();
            self.definer(&whole, depth + 1)
        });
        through.or_else(|| Some(file.to_owned()))
    }
}

impl Source {
    fn read(path: &Path, text: &str) -> Self {
        let mut module: Names = path.with_extension("").components().map(name_of).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            module.pop();
        }
        let mut source = Self {
            module,
            ..Self::default()
        };
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        source.visit_file(&file);
        source
    }

    /// The modules below it that are for tests.
    fn for_tests(&self) -> impl Iterator<Item = Names> {
        self.tests
            .iter()
            .map(|name| [self.module.as_slice(), std::slice::from_ref(name)].concat())
    }

    /// The paths that it names, from the crate's root; those of other crates are left out.
    fn named(&self) -> Vec<Names> {
        let imported = self.imports.values().cloned();
        let written = self.paths.iter().filter_map(|path| self.absolute(path));
        imported.chain(written).collect()
    }

    /// A path as it is written, from the crate's root.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        let mut base = self.module.clone();
        match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "self" => {}
            "super" => {
                base.pop();
                let mut rest = rest;
                while let Some((_, further)) = rest.split_first().filter(|(name, _)| *name == "super") {
                    base.pop();
                    rest = further;
                }
                return Some(base.into_iter().chain(rest.iter().cloned()).collect());
            }
            name if self.children.contains(name) => base.push(name.to_owned()),
            name => base.clone_from(self.imports.get(name)?),
        }
        Some(base.into_iter().chain(rest.iter().cloned()).collect())
    }

    fn import(&mut self, before: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                let with = [before, &[path.ident.to_string()]].concat();
                self.import(&with, &path.tree);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
            syn::UseTree::Name(name) if name.ident == "self" => self.bring(before.last().cloned(), before),
            syn::UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.bring(Some(name.clone()), &[before, &[name]].concat());
            }
            syn::UseTree::Rename(rename) => {
                let path = [before, &[rename.ident.to_string()]].concat();
                self.bring(Some(rename.rename.to_string()), &path);
            }
            syn::UseTree::Glob(_) => self.globs.extend(self.absolute(before)),
        }
    }

    fn bring(&mut self, name: Option<String>, path: &[String]) {
        if let (Some(name), Some(path)) = (name, self.absolute(path)) {
            self.imports.insert(name, path);
        }
    }

    /// The paths among the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Names::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if colons == 2 || path.is_empty() => path.push(name.to_string()),
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(name) => {
                    self.paths.push(std::mem::replace(&mut path, vec![name.to_string()]));
                }
                TokenTree::Group(group) => {
                    self.paths.push(std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.paths.push(std::mem::take(&mut path)),
            }
            colons = 0;
        }
        self.paths.push(path);
    }
}

impl<'s> Visit<'s> for Source {
    fn visit_file(&mut self, file: &'s syn::File) {
        let items = || file.items.iter().filter(|item| !is_for_tests(item));
        let for_tests = file.items.iter().filter(|item| is_for_tests(item));
        self.tests.extend(for_tests.filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        }));
        for item in items() {
            self.defines.extend(defined(item));
            if let syn::Item::Mod(module) = item
                && module.content.is_none()
            {
                self.children.insert(module.ident.to_string());
            }
        }
        // In two rounds: a path may begin with a name that is brought in below it.
        for item in items() {
            if let syn::Item::Use(import) = item {
                self.import(&[], &import.tree);
            }
        }
        for item in items().filter(|item| !matches!(item, syn::Item::Use(_))) {
            self.visit_item(item);
        }
    }

    fn visit_item_use(&mut self, import: &'s syn::ItemUse) {
        self.import(&[], &import.tree);
    }

    fn visit_path(&mut self, path: &'s syn::Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string());
        self.paths.push(names.collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'s syn::Macro) {
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone());
    }

    fn visit_visibility(&mut self, _: &'s syn::Visibility) {}
}

fn name_of(part: Component<'_>) -> String {
    part.as_os_str().to_string_lossy().into_owned()
}

fn is_for_tests(item: &syn::Item) -> bool {
    let syn::Item::Mod(module) = item else { return false };
    module.attrs.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

/// The name of an item that others may use.
fn defined(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Macro(item) => item.ident.as_ref()?,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
