//! Speed of decisions, compared with other engines: `cargo run --release`, or
//! `cargo run --release -- small` for the cases whose names contain a text.
//!
//! Each engine decides the same requests, one after the other, on one thread. The engines take turns,
//! and the best of several turns counts, in processor time: other programs matter less.

mod engines;
mod texts;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

use engines::{Answer, Awsim, AwsimWithStatement, Engine, IamPolicy, IamRs};
use texts::Setting;

/// How often the engines take turns, and how long each turn lasts.
const TURNS: usize = 5;
const TURN: Duration = Duration::from_millis(150);
const BATCH: u32 = 50;

/// The work that is measured.
#[derive(Clone, Copy)]
enum Task {
    /// Policies and requests are prepared before.
    Prepared,
    /// The request is made from strings.
    FromStrings,
    /// The policies are parsed, but not prepared.
    Unprepared,
    /// The policies are parsed from JSON.
    FromJson,
    /// The reasons are printed.
    Explained,
}

impl Task {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Prepared => "",
            Self::FromStrings => ", request from strings",
            Self::Unprepared => ", not prepared",
            Self::FromJson => ", from JSON text",
            Self::Explained => ", explained",
        }
    }
}

fn main() {
    let settings = [
        ("small policy", &texts::small()),
        ("condition operators", &texts::operators()),
        ("1,000 statements of 40 services", &texts::mixed()),
        ("1,000 statements of one action", &texts::one_action()),
    ];
    let [small, operators, mixed, one_action] = settings;
    let filter = std::env::args().nth(1).unwrap_or_default();
    println!("decisions a second\n");
    println!(
        "| case | iam-policy | awsim-iam-policy, verdict | ratio | awsim-iam-policy, statement | ratio | iam-rs, verdict | ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for ((name, setting), task) in [
        (small, Task::Prepared),
        (small, Task::FromStrings),
        (small, Task::Unprepared),
        (small, Task::FromJson),
        (small, Task::Explained),
        (operators, Task::Prepared),
        (mixed, Task::Prepared),
        (mixed, Task::Unprepared),
        (one_action, Task::Prepared),
    ] {
        let name = format!("{name}{}", task.suffix());
        if name.contains(&*filter) {
            println!("{}", row(&name, setting, task));
        }
    }
    println!();
    for (name, setting) in settings {
        if name.contains(&*filter) {
            println!("{}", differences(name, setting));
        }
    }
}

/// Measures a case, and returns it as the row of a table.
fn row(name: &str, setting: &Setting, task: Task) -> String {
    let mut engines = [
        timed::<IamPolicy>(setting, task),
        timed::<Awsim>(setting, task),
        timed::<AwsimWithStatement>(setting, task),
        timed::<IamRs>(setting, task),
    ];
    let mut best = [0.0_f64; 4];
    for _ in 0..TURNS {
        for (engine, best) in engines.iter_mut().zip(&mut best) {
            *best = best.max(engine());
        }
    }
    let [ours, peers @ ..] = best;
    let peers = peers.map(|peer| format!("{} | {:.1}", rate(peer), ours / peer));
    format!("| {name} | {} | {} |", rate(ours), peers.join(" | "))
}

/// Returns a function that decides requests for one turn, and returns how many a second.
fn timed<'a, E: Engine + 'a>(setting: &'a Setting, task: Task) -> Box<dyn FnMut() -> f64 + 'a> {
    let policy: &'static E::Policy = Box::leak(Box::new(E::parse(&setting.policy)));
    let prepared = E::prepare(policy);
    let requests: Vec<_> = setting.calls.iter().map(E::request).collect();
    let mut at = 0;
    Box::new(move || {
        let (start, mut count) = (ThreadTime::now(), 0);
        while start.elapsed() < TURN {
            // reading the clock takes longer than a decision
            for _ in 0..BATCH {
                at = (at + 1) % requests.len();
                let request = &requests[at];
                match task {
                    Task::Prepared => _ = black_box(E::decide_prepared(&prepared, request)),
                    Task::FromStrings => {
                        let request = E::request(black_box(&setting.calls[at]));
                        _ = black_box(E::decide_prepared(&prepared, &request));
                    }
                    Task::Unprepared => _ = black_box(E::decide(policy, request)),
                    Task::FromJson => {
                        let policy = E::parse(black_box(&setting.policy));
                        _ = black_box(E::decide(&policy, request));
                    }
                    Task::Explained => _ = black_box(E::explain(&prepared, request)),
                }
            }
            count += BATCH;
        }
        f64::from(count) / start.elapsed().as_secs_f64()
    })
}

fn rate(rate: f64) -> String {
    match rate {
        1e6.. => format!("{:.2} M", rate / 1e6),
        1e4.. => format!("{:.0} k", rate / 1e3),
        _ => format!("{:.2} k", rate / 1e3),
    }
}

/// Compares the decisions of all engines.
fn differences(name: &str, setting: &Setting) -> String {
    let ours = answers::<IamPolicy>(setting);
    let mut text = format!("{name}: {} requests", ours.len());
    let mut kinds = BTreeMap::<String, usize>::new();
    for answer in &ours {
        *kinds.entry(format!("{:?}", answer.outcome)).or_default() += 1;
    }
    text += &format!(", {kinds:?}");
    for (peer, theirs) in [
        ("awsim-iam-policy", answers::<AwsimWithStatement>(setting)),
        ("iam-rs", answers::<IamRs>(setting)),
    ] {
        let pairs = || ours.iter().zip(&theirs).zip(&setting.calls);
        let differs = |ours: &Answer, theirs: &Answer| ours.outcome != theirs.outcome;
        let other = pairs().filter(|((ours, theirs), _)| differs(ours, theirs));
        let other: Vec<_> = other.collect();
        let statements = pairs().filter(|((ours, theirs), _)| {
            !differs(ours, theirs)
                && theirs.statement.is_some()
                && ours.statement != theirs.statement
        });
        text += &format!(
            "\n  {peer} decides {} otherwise, and names another statement for {}",
            other.len(),
            statements.count()
        );
        let mut actions = BTreeMap::<_, usize>::new();
        for ((ours, theirs), call) in other {
            let kind = (&*call.action, ours.outcome, theirs.outcome);
            *actions.entry(kind).or_default() += 1;
        }
        for ((action, ours, theirs), count) in actions {
            text += &format!("\n    {action}: {count} {ours:?} here, {theirs:?} there");
        }
    }
    text
}

fn answers<E: Engine>(setting: &Setting) -> Vec<Answer> {
    let policy = E::parse(&setting.policy);
    let prepared = E::prepare(&policy);
    let requests = setting.calls.iter().map(E::request);
    requests
        .map(|request| E::decide_prepared(&prepared, &request))
        .collect()
}
