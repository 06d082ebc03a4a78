//! The rooms of a crate, its top-level modules, depend on each other one way only: each on those
//! that stand before it in the list of CONTRIBUTING's section "Architecture".
//!
//! The list is a fenced block with the info string `rooms <package>`: a line for each room, its
//! name first; a name in parentheses is of the crate's face, which uses all rooms and is used by
//! none but those whose line has it after their name. A parent and its children are one room. Tests may use any room. Another crate holds its
//! own list by `#[path = "…/iam-policy/tests/rooms.rs"] mod rooms;`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn rooms_depend_on_earlier_ones_only() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut above = package.ancestors().map(|it| it.join("CONTRIBUTING.md"));
    let Some(contributing) = above.find(|path| path.exists()) else {
        eprintln!("skipped: a packaged crate has no CONTRIBUTING.md");
        return;
    };
    let contributing = fs::read_to_string(contributing).unwrap();
    let rooms = Rooms::listed(&contributing, env!("CARGO_PKG_NAME"));
    let source = package.join("src");
    let mut files = Vec::new();
    read_files(&source, &source, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert_eq!(wrong(&rooms, &files), Vec::<String>::new());
}

/// Rooms in their order, and the face.
struct Rooms {
    order: Vec<String>,
    face: BTreeSet<String>,
    /// Rooms with parts of the face that they use all the same.
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
        let mut rooms = Self {
            order: Vec::new(),
            face: BTreeSet::new(),
            allowed: BTreeSet::new(),
        };
        let in_parentheses =
            |word: &str| Some(word.strip_prefix('(')?.strip_suffix(')')?.to_owned());
        for line in lines.take_while(|line| line.trim() != "```") {
            let mut words = line.split_whitespace();
            let Some(name) = words.next() else { continue };
            match in_parentheses(name) {
                Some(face) => _ = rooms.face.insert(face),
                None => {
                    let allowed = words.map_while(in_parentheses);
                    rooms
                        .allowed
                        .extend(allowed.map(|it| (name.to_owned(), it)));
                    rooms.order.push(name.to_owned());
                }
            }
        }
        rooms
    }

    fn position(&self, room: &str) -> Option<usize> {
        self.order.iter().position(|it| it == room)
    }
}

/// A source file: its path below `src`, its text without comments as tokens.
struct File {
    path: PathBuf,
    tokens: Vec<Token>,
}

impl File {
    fn new(path: &Path, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            tokens: tokens(text),
        }
    }

    /// Whether it is the crate's root.
    fn is_root(&self) -> bool {
        matches!(self.path.to_str(), Some("lib.rs" | "main.rs"))
    }

    /// The modules that it is in, the room first.
    fn modules(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let names = path.iter().map(|it| it.to_string_lossy().into_owned());
        names.filter(|name| name != "mod").collect()
    }
}

fn read_files(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_files(root, &path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push(File::new(path.strip_prefix(root).unwrap(), &text));
        }
    }
}

/// Every dependency against the order, and every room that the list lacks or has beyond the source.
fn wrong(rooms: &Rooms, files: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = files
        .iter()
        .filter(|file| file.is_root())
        .flat_map(|file| named(&file.tokens, "mod"));
    let found: BTreeSet<_> = found.collect();
    let listed = rooms.order.iter().chain(&rooms.face);
    let listed: BTreeSet<_> = listed.cloned().collect();
    for room in found.difference(&listed) {
        wrong.push(format!("`{room}` is not in the list of rooms"));
    }
    for room in listed.difference(&found) {
        wrong.push(format!(
            "`{room}` is in the list of rooms and is not a module"
        ));
    }
    let exported = exported(files);
    let macros = files
        .iter()
        .flat_map(|file| named(&file.tokens, "macro_rules"));
    let macros: BTreeSet<_> = macros.collect();
    for file in files {
        let room = file.modules().remove(0);
        let Some(own) = rooms.position(&room) else {
            continue;
        };
        for (line, name) in uses(file) {
            let used = exported.get(&name).unwrap_or(&name);
            let place = format!("{}:{line}: `{room}` uses `{name}`", file.path.display());
            match rooms.position(used) {
                Some(other) if other <= own => {}
                Some(_) => wrong.push(format!("{place} of a later room, `{used}`")),
                None if macros.contains(&name) => {}
                None if rooms.allowed.contains(&(room.clone(), used.clone())) => {}
                None if rooms.face.contains(used) => {
                    wrong.push(format!("{place}, which is of the crate's face"));
                }
                None => wrong.push(format!("{place}, which is in no room")),
            }
        }
    }
    wrong
}

/// Names that the crate's root exports, each with the room that it is from.
fn exported(files: &[File]) -> BTreeMap<String, String> {
    let mut exported = BTreeMap::new();
    for file in files.iter().filter(|file| file.is_root()) {
        for at in 0..file.tokens.len() {
            if file.tokens[at].text == "use" {
                for (path, name) in tree(&file.tokens, &mut (at + 1)) {
                    let path: Vec<_> = path.iter().filter(|it| *it != "crate").collect();
                    if let [room, _, ..] = path.as_slice() {
                        exported.insert(name, (*room).clone());
                    }
                }
            }
        }
    }
    exported
}

/// The names that follow a keyword: of modules, of macros.
fn named<'a>(tokens: &'a [Token], keyword: &str) -> impl Iterator<Item = String> + 'a {
    let keyword = keyword.to_owned();
    let all = tokens.iter().enumerate();
    all.filter(move |(_, token)| token.text == keyword)
        .filter_map(|(at, _)| tokens[at + 1..].iter().find(|token| token.text != "!"))
        .map(|token| token.text.clone())
}

/// The names at the crate's root that a file uses outside of tests, each with its line.
fn uses(file: &File) -> Vec<(usize, String)> {
    let tokens = &file.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut uses = Vec::new();
    // How deep the current place is in modules; the braces that opened those inside the file.
    let mut depth = file.modules().len();
    let (mut braces, mut modules) = (0, Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        match text(at) {
            "#" if is_test(tokens, at) => {
                at = after_item(tokens, at);
                continue;
            }
            "mod" if text(at + 2) == "{" => {
                depth += 1;
                modules.push(braces);
            }
            "{" => braces += 1,
            "}" => {
                braces -= 1;
                if modules.last() == Some(&braces) {
                    modules.pop();
                    depth -= 1;
                }
            }
            "crate" | "super" if text(at + 1) == "::" => {
                let is_crate = text(at) == "crate";
                let is_inner = at > 0 && matches!(text(at - 1), "$" | "::");
                let mut up = 0;
                let mut end = at;
                while text(end) == "super" && text(end + 1) == "::" {
                    up += 1;
                    end += 2;
                }
                if is_crate {
                    end += 2;
                }
                if !is_inner && (is_crate || up >= depth) && text(end + 1) != "!" {
                    let line = tokens[at].line;
                    let mut from = end;
                    let named = tree(tokens, &mut from).into_iter();
                    uses.extend(named.filter_map(|(path, _)| Some((line, path.first()?.clone()))));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    uses
}

/// Whether an attribute says that what follows is for tests.
fn is_test(tokens: &[Token], at: usize) -> bool {
    let attribute = tokens[at..].iter().take_while(|token| token.text != "]");
    let words: Vec<_> = attribute.map(|token| token.text.as_str()).collect();
    words.get(2) == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not")
}

/// Where the item that begins here ends: behind its `;` or its block.
fn after_item(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth <= 1 => break,
            "}" => depth -= 1,
            ";" if depth == 0 => break,
            _ => {}
        }
    }
    at
}

/// The paths of a tree such as `a::{b, c::d as e}`, each with the name that it brings in.
fn tree(tokens: &[Token], at: &mut usize) -> Vec<(Vec<String>, String)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut path: Vec<String> = Vec::new();
    loop {
        match text(*at) {
            "{" => {
                let mut all = Vec::new();
                *at += 1;
                while !matches!(text(*at), "}" | "") {
                    for (inner, name) in tree(tokens, at) {
                        all.push(([path.clone(), inner].concat(), name));
                    }
                    if text(*at) == "," {
                        *at += 1;
                    }
                }
                *at += 1;
                return all;
            }
            name => path.push(name.to_owned()),
        }
        *at += 1;
        match text(*at) {
            // A generic argument in an expression ends what is of interest.
            "::" if text(*at + 1) != "<" => *at += 1,
            "as" => {
                let name = text(*at + 1).to_owned();
                *at += 2;
                return vec![(path, name)];
            }
            _ => {
                let name = path.last().cloned().unwrap_or_default();
                return vec![(path, name)];
            }
        }
    }
}

/// A word or a sign.
#[derive(Clone, Debug)]
struct Token {
    text: String,
    line: usize,
}

/// The words and signs of a source text; comments and literals are left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if rest.starts_with("::") => 2,
            'r' | 'b' | '"' | '\'' if literal(rest).is_some() => literal(rest).unwrap_or(1),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, tail) = rest.split_at(length);
        let is_sign = token.len() == 1 && token.is_ascii() || token == "::";
        if !first.is_whitespace() && (is_word(first) && literal(rest).is_none() || is_sign) {
            tokens.push(Token {
                text: token.to_owned(),
                line,
            });
        }
        line += token.matches('\n').count();
        rest = tail;
    }
    tokens
}

/// How long the text or character literal is that a source text begins with.
fn literal(text: &str) -> Option<usize> {
    let plain = text.strip_prefix('b').unwrap_or(text);
    let before = text.len() - plain.len();
    if let Some(raw) = plain.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(before + hashes + 2 + inside.find(&end)? + end.len());
    }
    let quote = plain.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let mut escaped = false;
    for (at, char) in plain.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return Some(before + at + 1),
            // A lifetime is not a literal.
            _ if quote == '\'' && plain[1..at].chars().count() > 0 && !plain.starts_with("'\\") => {
                return None;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
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
    fn what_goes_the_right_way_passes() {
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
    fn each_way_to_name_a_later_room_is_found() {
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
            ["b.rs:2: `b` uses `face`, which is of the crate's face"]
        );
        assert_eq!(
            found(&[("a.rs", "use crate::gone::x;"), ("b.rs", "")]),
            ["a.rs:1: `a` uses `gone`, which is in no room"]
        );
    }

    #[test]
    fn the_list_is_of_all_modules() {
        let rooms = Rooms::listed("```rooms x\na\nb\n```", "x");
        let root = File::new(Path::new("lib.rs"), "mod a; mod c;");
        assert_eq!(
            wrong(&rooms, &[root]),
            [
                "`c` is not in the list of rooms",
                "`b` is in the list of rooms and is not a module",
            ]
        );
    }
}
