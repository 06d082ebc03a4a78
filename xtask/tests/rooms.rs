//! Dependencies between the top-level modules ("rooms") of each crate go in one direction only: a room
//! uses only the rooms before it in the crate's list, in CONTRIBUTING's section "Architecture".
//!
//! A list is a fenced block with the info string `rooms <package's folder>`: one line for each
//! room, which begins with its name. A module and its submodules are one room. Tests may use any
//! room.
//!
//! A name in parentheses is a part of the crate's face: its public re-exports and entry points. The
//! face uses all rooms. A room uses a part of the face only if the part is named on the room's
//! line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[test]
fn rooms_depend_on_earlier_ones_only() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |name| fs::read_to_string(project.join(name)).unwrap();
    let contributing = read("CONTRIBUTING.md");
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    for member in manifest["workspace"]["members"].as_array().unwrap() {
        let package = member.as_str().unwrap();
        let source = project.join(package).join("src");
        let files: Vec<_> = walkdir::WalkDir::new(&source)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.extension().is_some_and(|it| it == "rs"))
            .map(|path| {
                let text = fs::read_to_string(&path).unwrap();
                File::new(path.strip_prefix(&source).unwrap(), &text)
            })
            .collect();
        let rooms = Rooms::listed(&contributing, package);
        assert_eq!(wrong(&rooms, &files), [""; 0], "{package}");
    }
}

/// The rooms in their order, and the parts of the face.
#[derive(Default)]
struct Rooms {
    order: Vec<String>,
    face: BTreeSet<String>,
    /// Pairs of a room and a part of the face that it may use.
    allowed: BTreeSet<(String, String)>,
}

impl Rooms {
    fn listed(text: &str, package: &str) -> Self {
        let fence = format!("```rooms {package}");
        let mut lines = text.lines().skip_while(|line| line.trim() != fence);
        assert!(
            lines.next().is_some(),
            "CONTRIBUTING.md has no block `{fence}`; expected the crate's rooms in their order"
        );
        let mut rooms = Self::default();
        let in_parentheses =
            |word: &str| Some(word.strip_prefix('(')?.strip_suffix(')')?.to_owned());
        for line in lines.take_while(|line| line.trim() != "```") {
            let mut words = line.split_whitespace();
            let Some(name) = words.next() else { continue };
            if let Some(face) = in_parentheses(name) {
                rooms.face.insert(face);
                continue;
            }
            let allowed = words.map_while(in_parentheses);
            rooms
                .allowed
                .extend(allowed.map(|it| (name.to_owned(), it)));
            rooms.order.push(name.to_owned());
        }
        rooms
    }

    fn position(&self, room: &str) -> Option<usize> {
        self.order.iter().position(|it| it == room)
    }
}

/// A source file: its path below `src`, and its tokens.
struct File {
    path: PathBuf,
    tokens: Vec<TokenTree>,
}

impl File {
    fn new(path: &Path, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap();
        Self {
            path: path.to_owned(),
            tokens: tokens.into_iter().collect(),
        }
    }

    /// Whether this is the root of the crate.
    fn is_root(&self) -> bool {
        matches!(self.path.to_str(), Some("lib.rs" | "main.rs"))
    }

    /// The path of the file's module; the first part is the room.
    fn modules(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let names = path.iter().map(|it| it.to_string_lossy().into_owned());
        names.filter(|name| name != "mod").collect()
    }

    /// The names after each occurrence of a keyword.
    fn names_after(&self, keyword: &[&str]) -> Vec<String> {
        let windows = self.tokens.windows(keyword.len() + 1);
        let matching = windows.filter(|it| {
            it.iter()
                .zip(keyword)
                .all(|(token, key)| word(token) == *key)
        });
        matching.filter_map(|it| it.last().map(word)).collect()
    }
}

/// Finds dependencies against the order, and differences between the listed and the actual rooms.
fn wrong(rooms: &Rooms, files: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    let roots = || files.iter().filter(|file| file.is_root());
    let found: BTreeSet<_> = roots()
        .flat_map(|file| file.names_after(&["mod"]))
        .collect();
    let listed: BTreeSet<_> = rooms.order.iter().chain(&rooms.face).cloned().collect();
    for room in found.difference(&listed) {
        wrong.push(format!("`{room}` is not in the list of rooms"));
    }
    for room in listed.difference(&found) {
        wrong.push(format!(
            "`{room}` is in the list of rooms but is not a module"
        ));
    }
    let exported: BTreeMap<_, _> = roots().flat_map(exported).collect();
    let macros = files
        .iter()
        .flat_map(|file| file.names_after(&["macro_rules", "!"]));
    let macros: BTreeSet<_> = macros.collect();
    for file in files {
        let modules = file.modules();
        let room = &modules[0];
        let Some(own) = rooms.position(room) else {
            continue;
        };
        let mut names = Vec::new();
        uses(&file.tokens, modules.len(), &mut names);
        for name in names {
            let used = exported.get(&name).unwrap_or(&name);
            let place = format!("{}: `{room}` uses `{name}`", file.path.display());
            match rooms.position(used) {
                Some(other) if other <= own => {}
                Some(_) => wrong.push(format!("{place} of a later room, `{used}`")),
                None if macros.contains(&name) => {}
                None if rooms.allowed.contains(&(room.clone(), used.clone())) => {}
                None if rooms.face.contains(used) => {
                    wrong.push(format!("{place}, which is a part of the crate's face"));
                }
                None => wrong.push(format!("{place}, which is not in a room")),
            }
        }
    }
    wrong
}

/// The names that a crate's root exports, each with its room.
fn exported(root: &File) -> Vec<(String, String)> {
    let positions = root.tokens.iter().enumerate();
    let uses = positions.filter(|(_, token)| word(token) == "use");
    uses.flat_map(|(at, _)| tree(&root.tokens[at + 1..]))
        .filter_map(|(mut path, name)| {
            path.retain(|it| it != "crate");
            (path.len() > 1).then(|| (name, path.swap_remove(0)))
        })
        .collect()
}

/// Finds the names at the crate's root that code outside of tests uses. The code is `depth` modules
/// below the root.
fn uses(tokens: &[TokenTree], depth: usize, found: &mut Vec<String>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let before = |back| {
            at.checked_sub(back)
                .map_or(String::new(), |at| word(&tokens[at]))
        };
        match (word(token).as_str(), token) {
            ("#", _) if tokens.get(at + 1).is_some_and(is_test) => {
                let ends = |it: &TokenTree| matches!(word(it).as_str(), ";" | "{");
                at += tokens[at..].iter().position(ends).unwrap_or(tokens.len());
            }
            (_, TokenTree::Group(group)) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                let is_module = before(2) == "mod";
                uses(&inner, depth + usize::from(is_module), found);
            }
            ("crate" | "super", _) if before(1) != "$" => {
                for (path, _) in tree(&tokens[at..]) {
                    let up = path.iter().take_while(|it| *it == "super").count();
                    let from_root = if path[0] == "crate" { 1 } else { up };
                    if path[0] == "crate" || up >= depth {
                        found.extend(path.into_iter().nth(from_root));
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether the tokens after `#` are a `cfg` attribute that applies to tests only.
fn is_test(attribute: &TokenTree) -> bool {
    let text = attribute.to_string();
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty());
    words.next() == Some("cfg")
        && words.clone().any(|it| it == "test")
        && words.all(|it| it != "not")
}

/// The paths of a use tree such as `a::{b, c::d as e}`, each with the name that it imports.
fn tree(tokens: &[TokenTree]) -> Vec<(Vec<String>, String)> {
    let is = |token: &TokenTree, text: &str| word(token) == text;
    match tokens {
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<_> = group.stream().into_iter().collect();
            inner.split(|it| is(it, ",")).flat_map(tree).collect()
        }
        // generic arguments in an expression end the path
        [first, colon, other, rest @ ..]
            if is(colon, ":") && is(other, ":") && !rest.first().is_some_and(|it| is(it, "<")) =>
        {
            let with_first = |(path, name)| ([vec![word(first)], path].concat(), name);
            tree(rest).into_iter().map(with_first).collect()
        }
        [first, keyword, name, ..] if is(keyword, "as") => vec![(vec![word(first)], word(name))],
        [first, ..] => vec![(vec![word(first)], word(first))],
        [] => Vec::new(),
    }
}

/// The text of a token; for a group, its opening delimiter.
fn word(token: &TokenTree) -> String {
    let sign = match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Brace => "{",
            Delimiter::Parenthesis => "(",
            Delimiter::Bracket => "[",
            Delimiter::None => "",
        },
        token => return token.to_string(),
    };
    sign.to_owned()
}

mod cases {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let rooms = "```rooms x\na  first\nb (open) (too) many\n(face) of all\n(open)\n```\n";
        let rooms = Rooms::listed(rooms, "x");
        let mut all = vec![
            (
                "lib.rs",
                "mod a; mod b; mod open; pub mod face; pub use a::inner::{One, Two as Second}; pub use b::Late;",
            ),
            ("face.rs", "use crate::{a::x, b::y};"),
            ("open.rs", ""),
        ];
        all.extend(files);
        let all: Vec<_> = all
            .into_iter()
            .map(|(path, text)| File::new(Path::new(path), text))
            .collect();
        wrong(&rooms, &all)
    }

    #[test]
    fn dependencies_in_the_listed_order_pass() {
        let b = r#"
            //! use crate::face::x;
            use crate::a::{self, inner::{One, y}};
            use crate::{Second, Late, helper};
            use super::a as other;
            use super::open::x;
            macro_rules! helper { () => { $crate::face::x() }; }
            const A: (char, &str) = ('"', "crate::face::x");
            fn f<'a>(x: &'a crate::One) { crate::helper!(); r"\"; super::a::g::<u8>(); }
        "#;
        let a = "mod tests { use super::*; use super::x; }
            #[cfg(test)] mod more { use crate::b::x; }
            #[cfg(test)] use crate::b::y;
            fn x() {}";
        assert_eq!(found(&[("a/inner.rs", a), ("b.rs", b)]), [""; 0]);
    }

    #[test]
    fn each_form_of_a_dependency_against_the_order_is_found() {
        for (path, text) in [
            ("a.rs", "use crate::b::x;"),
            ("a.rs", "use crate::{a::x, b::{y}, One};"),
            ("a.rs", "\n\nfn f() -> crate::Late {}"),
            ("a.rs", "use super::b;"),
            ("a/inner.rs", "use super::super::b::x;"),
            (
                "a/inner.rs",
                "mod m { use super::super::super::b; } use super::One;",
            ),
            ("a.rs", "const A: &str = \"\\\"\"; use crate::b::x;"),
            ("a.rs", "fn f(x: &'static str) { crate::b::x(x) }"),
            ("a.rs", "fn f(x: crate::b::X) {}"),
            ("a.rs", "fn f() { println!(\"{}\", crate::b::X) }"),
            ("a/inner.rs", "use self::super::super::b::X;"),
        ] {
            let wrong = found(&[(path, text), ("b.rs", "")]);
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
            assert!(wrong[0].contains("of a later room, `b`"), "{wrong:?}");
        }
        let wrong = found(&[("a.rs", "use crate::open::x;"), ("b.rs", "")]);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        let wrong = found(&[("a.rs", ""), ("b.rs", "\nuse crate::face::x;")]);
        assert_eq!(
            wrong,
            ["b.rs: `b` uses `face`, which is a part of the crate's face"]
        );
        assert_eq!(
            found(&[("a.rs", "use crate::other::x;"), ("b.rs", "")]),
            ["a.rs: `a` uses `other`, which is not in a room"]
        );
    }

    #[test]
    fn the_list_contains_exactly_the_modules() {
        let rooms = Rooms::listed("```rooms x\na\nb\n```", "x");
        let root = File::new(Path::new("lib.rs"), "mod a; mod c;");
        assert_eq!(
            wrong(&rooms, &[root]),
            [
                "`c` is not in the list of rooms",
                "`b` is in the list of rooms but is not a module",
            ]
        );
    }
}
