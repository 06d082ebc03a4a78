//! Policies prepared for many requests: statements parsed, and indexed by action.

use std::collections::BTreeMap;

use crate::decide::decision::Decision;
use crate::decide::layers::{Scope, Tally};
use crate::decide::pattern::{ActionTest, Target};
use crate::decide::policies::{Place, Policies};
use crate::decide::request::{Body, Request};
use crate::decide::statement::{self, Language, Statement};
use crate::decide::truth::Truth;

use crate::document::{List, Statements};

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
    statements: Vec<Statement<'a>>,
    /// Statements by the hash of an action or of a service prefix that they name.
    named: Buckets,
    /// Statements whose actions have to be compared: patterns of one service, by its prefix.
    of_service: Buckets,
    /// Other statements whose actions have to be compared.
    others: Vec<Entry>,
    actions: Vec<Actions<'a>>,
}

/// The actions of a statement.
#[derive(Debug)]
enum Actions<'a> {
    Entries {
        entries: Box<[ActionTest<'a>]>,
        negated: bool,
    },
    /// Both `Action` and `NotAction`, or neither, which IAM rejects.
    NotOneElement,
}

impl Actions<'_> {
    /// Returns whether they cover an action, given in lower case.
    fn cover(&self, lower: &str) -> Truth {
        match self {
            Self::NotOneElement => Truth::Unknown,
            Self::Entries { entries, negated } => {
                let covered = Truth::any(entries.iter().map(|it| it.matches(lower)));
                if *negated { covered.not() } else { covered }
            }
        }
    }
}

/// The index of a statement.
type Entry = u32;

/// Statements by hash, sorted by it.
#[derive(Debug, Default)]
struct Buckets {
    hashes: Vec<u64>,
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

impl Buckets {
    fn new(all: BTreeMap<u64, Vec<Entry>>) -> Self {
        let mut buckets = Self::default();
        for (hash, entries) in all {
            buckets.hashes.push(hash);
            buckets.entries.extend(entries);
            buckets
                .ends
                .push(u32::try_from(buckets.entries.len()).unwrap_or(u32::MAX));
        }
        buckets
    }

    fn get(&self, hash: u64) -> &[Entry] {
        let Ok(at) = self.hashes.binary_search(&hash) else {
            return &[];
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start as usize..self.ends[at] as usize]
    }
}

/// Returns a hash of a name that ignores ASCII case (FNV-1a).
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Policies {
    /// Prepares the policies for many requests.
    #[must_use]
    pub fn prepare(&self) -> Prepared<'_> {
        let mut statements = Vec::new();
        self.each(|place, document| {
            let language = Language::of(document);
            let sources = document.statements.as_ref().map(Statements::as_slice);
            for (source, statement) in sources.unwrap_or_default().iter().zip(0..) {
                statements.push(Statement::new(
                    source,
                    Place { statement, ..place },
                    language,
                ));
            }
            true
        });
        Prepared::new(self, statements)
    }

    /// Decides one request. For many requests, [`prepare`](Self::prepare) the policies once.
    pub fn decide<'a, A, R>(&'a self, request: &'a Request<A, R>) -> Decision<'a> {
        let body = &request.body;
        let target = Target::new(&body.resource);
        let scope = Scope::new(self, body);
        let mut tally = Tally::new(self, scope);
        self.each(|place, document| {
            if !scope.has(place.layer) {
                return true;
            }
            let language = Language::of(document);
            let sources = document.statements.as_ref().map(Statements::as_slice);
            let mut statements = sources.unwrap_or_default().iter().zip(0..);
            !statements.any(|(source, statement)| {
                let action = statement::covers_action(source, &body.lower_action);
                action != Truth::False && {
                    let statement = Statement::new(source, Place { statement, ..place }, language);
                    let found = statement.matches(action, body, &target, scope.has_boundary);
                    tally.add(statement.place, statement.effect, found)
                }
            })
        });
        Decision::new(self, body, &tally, scope)
    }
}

impl<'a> Prepared<'a> {
    fn new(policies: &'a Policies, statements: Vec<Statement<'a>>) -> Self {
        let (mut named, mut of_service) = (
            BTreeMap::<u64, Vec<Entry>>::new(),
            BTreeMap::<u64, Vec<Entry>>::new(),
        );
        let (mut others, mut actions) = (Vec::new(), Vec::with_capacity(statements.len()));
        for (statement, at) in statements.iter().zip(0..) {
            let source = statement.source;
            let (list, negated) = match (&source.action, &source.not_action) {
                (Some(list), None) => (Some(list), false),
                (None, Some(list)) => (Some(list), true),
                (None, None) | (Some(_), Some(_)) => {
                    actions.push(Actions::NotOneElement);
                    others.push(at);
                    continue;
                }
            };
            let texts = || list.into_iter().flat_map(List::texts);
            actions.push(Actions::Entries {
                entries: texts().map(ActionTest::new).collect(),
                negated,
            });
            if negated {
                others.push(at);
                continue;
            }
            let add = |table: &mut BTreeMap<u64, Vec<Entry>>, name: &str| {
                let entries = table.entry(hash(name)).or_default();
                if entries.last() != Some(&at) {
                    entries.push(at);
                }
            };
            for text in texts() {
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
            statements,
            named: Buckets::new(named),
            of_service: Buckets::new(of_service),
            others,
            actions,
        }
    }

    /// Decides a request.
    pub fn decide<'r, A, R>(&'r self, request: &'r Request<A, R>) -> Decision<'r> {
        let body = &request.body;
        let target = Target::new(&body.resource);
        let scope = Scope::new(self.policies, body);
        let mut tally = Tally::new(self.policies, scope);
        let (prefix, _) = body.action_parts();
        let mut lists = [
            self.named.get(hash(&body.action)),
            self.of_service.get(hash(prefix)),
            &self.others,
        ];
        // in the order of the policies, so that the same statement decides as without an index
        while let Some(next) = lists.iter().filter_map(|list| list.first().copied()).min() {
            for list in &mut lists {
                if list.first() == Some(&next) {
                    *list = &list[1..];
                }
            }
            if self.weigh(next as usize, body, &target, scope, &mut tally) {
                break;
            }
        }
        Decision::new(self.policies, body, &tally, scope)
    }

    /// Adds a statement to the tally. Returns whether the decision is made.
    fn weigh(
        &self,
        at: usize,
        body: &Body,
        target: &Target<'_>,
        scope: Scope,
        tally: &mut Tally,
    ) -> bool {
        let (statement, actions) = (&self.statements[at], &self.actions[at]);
        if !scope.has(statement.place.layer) {
            return false;
        }
        let found = statement.matches(
            actions.cover(&body.lower_action),
            body,
            target,
            scope.has_boundary,
        );
        tally.add(statement.place, statement.effect, found)
    }
}
