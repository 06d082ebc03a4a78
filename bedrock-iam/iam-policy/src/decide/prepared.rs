//! Policies prepared for many requests: statements parsed, and indexed by action.

use std::collections::BTreeMap;

use crate::decide::decision::Decision;
use crate::decide::layers::{Scope, Tally};
use crate::decide::pattern::{Action, Probe};
use crate::decide::policies::Policies;
use crate::decide::request::{Body, Request};
use crate::decide::statement::{self, Language, Parsed, Statement};
use crate::decide::truth::Truth;
use crate::document::List;

/// Policies prepared for many requests.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use iam_policy::decide::{Caller, Policies, Request};
/// use iam_policy::document::Document;
///
/// let policies = Policies::new().identity(Document::from_json(
///     r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}"#,
/// )?);
/// let prepared = policies.prepare();
/// let caller: Caller = "arn:aws:iam::123456789012:user/ana".parse()?;
/// for object in ["a", "b"] {
///     let request = Request::of(caller.clone(), "s3:GetObject", &format!("arn:aws:s3:::docs/{object}"))?;
///     assert!(prepared.decide(&request).is_allowed());
/// }
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Prepared<'a> {
    policies: &'a Policies,
    statements: Vec<Parsed<'a>>,
    /// The probes of each statement: it does not match a resource that passes none of them.
    probes: Lists<Probe>,
    /// Statements by the hash of an action or of a service prefix that they name.
    named: Buckets,
    /// Statements whose actions have to be compared: patterns of one service, by its prefix.
    of_service: Buckets,
    /// Other statements whose actions have to be compared.
    others: Vec<Entry>,
}

/// The index of a statement.
type Entry = u32;

/// Lists in one vector.
#[derive(Debug)]
struct Lists<T> {
    items: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Lists<T> {
    fn new(lists: impl IntoIterator<Item: IntoIterator<Item = T>>) -> Self {
        let (mut items, mut ends) = (Vec::new(), Vec::new());
        for list in lists {
            items.extend(list);
            ends.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
        }
        Self { items, ends }
    }

    fn get(&self, at: usize) -> &[T] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..self.ends[at] as usize]
    }
}

/// Statements by hash.
#[derive(Debug)]
struct Buckets {
    /// The hashes, sorted.
    hashes: Vec<u64>,
    entries: Lists<Entry>,
}

impl Buckets {
    fn new(all: BTreeMap<u64, Vec<Entry>>) -> Self {
        Self {
            hashes: all.keys().copied().collect(),
            entries: Lists::new(all.into_values()),
        }
    }

    fn get(&self, hash: u64) -> &[Entry] {
        match self.hashes.binary_search(&hash) {
            Ok(at) => self.entries.get(at),
            Err(_) => &[],
        }
    }
}

/// Returns a hash of a name that ignores ASCII case: eight bytes at once, for names are hashed for each
/// decision.
fn hash(name: &str) -> u64 {
    let word = |bytes: &[u8]| {
        let all = bytes.iter().rev();
        all.fold(0, |word, byte| word << 8 | u64::from(byte | 0x20))
    };
    let words = name.as_bytes().chunks(8);
    words.fold(0xcbf2_9ce4_8422_2325, |hash, bytes| {
        let hash: u64 = (hash ^ word(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ hash >> 32
    })
}

impl Policies {
    /// Prepares the policies for many requests.
    #[must_use]
    pub fn prepare(&self) -> Prepared<'_> {
        let mut statements = Vec::new();
        self.each(|place, document| {
            let language = Language::of(document);
            for (source, place) in statement::statements(document, place) {
                statements.push(Statement::new(source, place, language).parse());
            }
            true
        });
        Prepared::new(self, statements)
    }

    /// Decides one request. For many requests, [`prepare`](Self::prepare) the policies once.
    pub fn decide<'a, A, R>(&'a self, request: &'a Request<A, R>) -> Decision<'a> {
        self.decide_body(&request.body)
    }

    fn decide_body<'a>(&'a self, body: &'a Body) -> Decision<'a> {
        let called = Action::new(&body.action);
        let scope = Scope::new(self, body, called);
        let mut tally = Tally::new(self, scope);
        self.each(|place, document| {
            if !scope.has(place.layer) {
                return true;
            }
            let language = Language::of(document);
            !statement::statements(document, place).any(|(source, place)| {
                let action = statement::covers_action(source, called);
                action != Truth::False && {
                    let statement = Statement::new(source, place, language);
                    let found = statement.matches(action, body, scope.has_boundary);
                    tally.add(statement.place, statement.effect, found)
                }
            })
        });
        Decision::new(self, body, &tally, scope)
    }
}

impl<'a> Prepared<'a> {
    fn new(policies: &'a Policies, statements: Vec<Parsed<'a>>) -> Self {
        let (mut named, mut of_service) = (
            BTreeMap::<u64, Vec<Entry>>::new(),
            BTreeMap::<u64, Vec<Entry>>::new(),
        );
        let mut others = Vec::new();
        for (parsed, at) in statements.iter().zip(0..) {
            let source = parsed.statement.source;
            // also a malformed statement, of which nothing is known
            if source.not_action.is_some() || parsed.statement.unmodelled.is_some() {
                others.push(at);
                continue;
            }
            let add = |table: &mut BTreeMap<u64, Vec<Entry>>, name: &str| {
                let entries = table.entry(hash(name)).or_default();
                if entries.last() != Some(&at) {
                    entries.push(at);
                }
            };
            for text in source.action.iter().flat_map(List::texts) {
                let has_wildcard = |text: &str| text.contains(['*', '?']);
                match text.split_once(':') {
                    Some(_) if !has_wildcard(text) => add(&mut named, text),
                    Some((prefix, _)) if !has_wildcard(prefix) => add(&mut of_service, prefix),
                    _ if others.last() != Some(&at) => others.push(at),
                    _ => {}
                }
            }
        }
        Self {
            policies,
            probes: Lists::new(statements.iter().map(Parsed::probes)),
            statements,
            named: Buckets::new(named),
            of_service: Buckets::new(of_service),
            others,
        }
    }

    /// Decides a request.
    pub fn decide<'r, A, R>(&'r self, request: &'r Request<A, R>) -> Decision<'r> {
        self.decide_body(&request.body)
    }

    fn decide_body<'r>(&'r self, body: &'r Body) -> Decision<'r> {
        let (target, called) = (body.target(), Action::new(&body.action));
        let scope = Scope::new(self.policies, body, called);
        let mut tally = Tally::new(self.policies, scope);
        let mut lists = [
            self.named.get(hash(&body.action)),
            self.of_service.get(hash(called.prefix)),
            &self.others,
        ]
        .map(|list| {
            let passes = |at: usize| self.probes.get(at).iter().any(|it| it.passes(target));
            let all = list.iter().map(|at| *at as usize);
            all.filter(move |at| passes(*at)).peekable()
        });
        // in the order of the policies, so that the same statement decides as without an index
        while let Some(next) = lists.iter_mut().filter_map(|it| it.peek().copied()).min() {
            for list in &mut lists {
                list.next_if_eq(&next);
            }
            let parsed = &self.statements[next];
            let (place, effect) = (parsed.statement.place, parsed.statement.effect);
            if !scope.has(place.layer) {
                continue;
            }
            let action = statement::covers_action(parsed.statement.source, called);
            let found = parsed.matches(action, body, scope.has_boundary);
            if tally.add(place, effect, found) {
                break;
            }
        }
        Decision::new(self.policies, body, &tally, scope)
    }
}
