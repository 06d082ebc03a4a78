//! The command-line arguments, and the result of a command.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use bedrock_iam::PolicyKind;
use bedrock_iam::calls::Call as BedrockCall;
use bedrock_iam::check::Day;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::codes;

/// Check, explain and convert IAM policies for Amazon Bedrock, and for other services with `--facts`
#[derive(Debug, Parser)]
#[command(name = "bedrock-iam", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The result of a command: the exit status, or an error to print.
pub(crate) type Outcome = Result<ExitCode, Box<dyn Error>>;

/// Exit status of a command that failed, for example because it can't read a file.
pub(crate) const FAILED: u8 = 1;

/// Prints an error to the standard error, apart from the command's output.
pub(crate) fn report_error(message: &str) {
    report("error", message);
}

/// Prints a message to the standard error, after a word such as `note`.
pub(crate) fn report(word: &str, message: &str) {
    let _ = writeln!(anstream::stderr(), "{word}: {message}");
}

/// Returns the help about call files: their members, from the table of the library.
fn call_members() -> String {
    let mut help = "Members of a call file:\n".to_owned();
    for (names, value) in BedrockCall::members() {
        let (names, value) = (names.replace('`', ""), value.replace('`', ""));
        help += &format!("  {names}\n      {value}\n");
    }
    help + "\nExample:\n  {\"operation\": \"Converse\", \"region\": \"eu-central-1\", \"account\": \"123456789012\",\n   \
            \"model\": \"amazon.nova-lite-v1:0\", \"guardrail\": {\"id\": \"abcdef123456\", \"version\": \"1\"}}"
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Explain(Explain),
    Expand(Expand),
    Minimize(Minimize),
    Convert(Convert),
    Generate(Box<Generate>),
    Requests(Box<Requests>),
    Rule(Rule),
    Simulate(Box<Simulate>),
    Test(Test),
    Why(Box<Why>),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// Facts of other services, or newer facts: a JSON file, or a folder to search for `*.json`
    /// files. The files contain snapshots, output of `cargo xtask scrape`, or AWS's
    /// machine-readable service reference
    #[arg(long = "facts", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Check policies against the facts of their services
///
/// Exit status: 0 if no finding is as severe as `--fail-on`, 1 if a file can't be read, 2 if the
/// arguments are invalid. Otherwise, the worst finding decides: 3 for a warning or suggestion, 4
/// for a security warning, 5 for an error.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Policies as JSON files, or folders of them; `-` for the standard input
    ///
    /// In folders, files that are not policies are ignored.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Kind of the policies: `identity`, `boundary`, `session`, `scp`, `rcp`, `trust`, `resource`, `kms-key`
    /// or `vpc-endpoint`; by default what each document shows
    #[arg(long, value_parser = kind)]
    pub(crate) kind: Option<PolicyKind>,
    /// Day of the check, such as `2026-07-01`, for conditions on dates; by default, that of the clock
    #[arg(long, value_name = "DAY")]
    pub(crate) today: Option<Day>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Lowest severity that causes a nonzero exit status
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub(crate) fail_on: Threshold,
    /// Ignore findings with these codes, which are listed below; separated by commas, or repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    pub(crate) allow: Vec<String>,
    /// File with findings to ignore, each with a reason: `[[allow]]` tables with `code`, `reason`, and
    /// if wanted `file` and `path`; by default `bedrock-iam.toml` in the working directory
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Apply the suggested changes to the files, and report what remains
    #[arg(long)]
    pub(crate) fix: bool,
    /// Print the changes that `--fix` would make, and leave the files unchanged
    #[arg(long, conflicts_with = "fix")]
    pub(crate) diff: bool,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Findings with the lines of the policy that they refer to
    #[default]
    Text,
    /// A JSON object with the findings and the number of statements checked
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations for GitHub Actions
    Github,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    /// Errors only
    Error,
    /// Security warnings and errors
    #[default]
    SecurityWarning,
    /// Warnings, security warnings and errors
    Warning,
    /// All findings
    Suggestion,
}

/// Print what a policy allows and denies, as a table of resources, access levels and actions
///
/// Actions are grouped by access level and shortened to patterns; the number in parentheses is how many
/// actions a row covers. `check` reports the actions that none of the resources fits.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Policy as a JSON file; `-` for the standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Explain the findings of a code, with an example
#[derive(Debug, Args)]
pub(crate) struct Rule {
    /// The code, such as `unknown-action`
    #[arg(value_parser = code)]
    pub(crate) code: String,
}

/// Explain an access-denied message: what it states, likely causes, and the change for each
///
/// The text can be pasted as it is: from an SDK, the CLI, the console, a proxy or a log, also cut or
/// masked. Errors that are not a matter of IAM, such as a used-up quota, are named as such.
#[derive(Debug, Args)]
pub(crate) struct Why {
    /// The message; `-` or nothing for the standard input
    #[arg(value_name = "TEXT")]
    pub(crate) text: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: WhyFormat,
    #[command(flatten)]
    pub(crate) facts: Facts,
    #[command(flatten)]
    pub(crate) policies: PolicyFlags,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhyFormat {
    /// The stated facts, then the causes with their signs and changes
    #[default]
    Text,
    /// A JSON object; `null` or `unknown` is not stated
    Json,
}

/// Print a Rust program that builds and prints the policy
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Policy as a JSON file; `-` for the standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Print the authorization requests that an API call causes
///
/// A call through an inference profile is authorized on the models behind it as well, one with a
/// guardrail on the guardrail, and one that passes a role on the role.
///
/// Exit status: 0 if all requests are known, 1 if a file can't be read or a call is not valid, 2 if the
/// arguments are invalid, 3 if members are missing, so that some requests are not known.
#[derive(Debug, Args)]
#[command(after_long_help = call_members())]
pub(crate) struct Requests {
    #[command(flatten)]
    pub(crate) call: Call,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Lines of text
    #[default]
    Text,
    /// A JSON object
    Json,
}

/// Print the policy that allows API calls, and nothing else
///
/// Models behind an inference profile are allowed only through the profile, and a role only for the
/// service that it is passed to.
///
/// Exit status: 0 if the policy is printed, 1 if a file can't be read, a call is not valid or lacks members,
/// 2 if the arguments are invalid.
#[derive(Debug, Args)]
#[command(after_long_help = call_members())]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) call: Call,
    /// The policy to print
    #[arg(long = "for", value_enum, default_value_t, value_name = "PRINCIPAL")]
    pub(crate) principal: Generated,
    /// Print a Rust program that builds the policy, instead of JSON
    #[arg(long)]
    pub(crate) rust: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Generated {
    /// The policy of the caller
    #[default]
    Caller,
    /// The policy of the role that is passed, or with which the service runs
    Role,
    /// The trust policy of the role that is passed
    Trust,
}

/// API calls, in files or as flags.
#[derive(Debug, Args)]
pub(crate) struct Call {
    /// Calls as JSON files, one in each, with the members `operation`, `region` and `account`, and others
    /// that `--help` lists; `-` for the standard input
    #[arg(id = "file", required_unless_present = "operation")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) members: Members,
}

#[derive(Debug, Args)]
#[group(conflicts_with = "file", multiple = true)]
pub(crate) struct Members {
    /// API operation, such as `Converse`
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<String>,
    /// SDK client, such as `bedrock-runtime`, if several have the operation
    #[arg(long, value_name = "NAME")]
    pub(crate) client: Option<String>,
    /// Region of the call
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// Account of the caller
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    /// Model: the id of a model or inference profile, or an ARN
    #[arg(long, value_name = "ID")]
    pub(crate) model: Option<String>,
    /// ARNs of the models behind the inference profile, separated by commas, or a file with the response
    /// of `GetInferenceProfile`
    #[arg(long, value_name = "ARNS|FILE")]
    pub(crate) profile_models: Option<String>,
    /// ARNs behind the prompt router, separated by commas, or a file with the response of
    /// `GetPromptRouter`
    #[arg(long, value_name = "ARNS|FILE")]
    pub(crate) router_models: Option<String>,
    /// Guardrail, by id or ARN
    #[arg(long, value_name = "ID")]
    pub(crate) guardrail: Option<String>,
    /// Version of the guardrail
    #[arg(long, value_name = "VERSION", requires = "guardrail")]
    pub(crate) guardrail_version: Option<String>,
    /// ARN of a managed prompt
    #[arg(long, value_name = "ARN")]
    pub(crate) prompt: Option<String>,
    /// Model that the managed prompt names
    #[arg(long, value_name = "ID", requires = "prompt")]
    pub(crate) prompt_model: Option<String>,
    /// Kind of Bedrock API key with which the call is made: `short-term` or `long-term`
    #[arg(long, value_name = "KIND")]
    pub(crate) api_key: Option<String>,
    /// ARN of another resource that is called, read or changed, such as a knowledge base
    #[arg(long, value_name = "ARN")]
    pub(crate) resource: Option<String>,
    /// ARN of the role that is passed, or with which the service runs
    #[arg(long, value_name = "ARN")]
    pub(crate) role: Option<String>,
    /// Bucket that a job or data source reads
    #[arg(long, value_name = "NAME")]
    pub(crate) input_bucket: Option<String>,
    /// Bucket that a job writes
    #[arg(long, value_name = "NAME")]
    pub(crate) output_bucket: Option<String>,
    /// ARN of a customer managed key
    #[arg(long, value_name = "ARN")]
    pub(crate) kms_key: Option<String>,
    /// Tag of the request; can be repeated
    #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = pair)]
    pub(crate) tags: Vec<(String, String)>,
    /// Tag of the resource that is called, read or changed; can be repeated
    #[arg(long = "resource-tag", value_name = "KEY=VALUE", value_parser = pair)]
    pub(crate) resource_tags: Vec<(String, String)>,
    /// System tool, such as `nova_grounding`; can be repeated
    #[arg(long = "system-tool", value_name = "NAME")]
    pub(crate) system_tools: Vec<String>,
    /// Another member of a call file, such as `embedding_model` or `knowledge_base`; lists, objects, `true`
    /// and `false` are JSON; can be repeated
    #[arg(long = "with", value_name = "MEMBER=VALUE", value_parser = pair)]
    pub(crate) others: Vec<(String, String)>,
}

/// Print the actions that patterns match
#[derive(Debug, Args)]
pub(crate) struct Expand {
    /// Patterns such as `bedrock:Get*`; `-` reads them from the standard input, one per line
    #[arg(required = true)]
    pub(crate) patterns: Vec<String>,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Print the fewest patterns that match exactly the given actions
#[derive(Debug, Args)]
pub(crate) struct Minimize {
    /// Actions or patterns; `-` reads them from the standard input, one per line
    #[arg(required = true)]
    pub(crate) actions: Vec<String>,
    /// Avoid patterns that are likely to match actions added later
    #[arg(long)]
    pub(crate) keep_distance: bool,
    /// Use wildcards only at the end of a pattern
    #[arg(long)]
    pub(crate) prefixes_only: bool,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

/// Decide a request: is it allowed, by which statement, or what is missing?
///
/// Exit status: 0 if the request is allowed, 1 if a file can't be read or the request is not valid, 2 if
/// the arguments are invalid, 3 if it is denied or undecided.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    #[command(flatten)]
    pub(crate) request: RequestFlags,
    #[command(flatten)]
    pub(crate) policies: PolicyFlags,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Request")]
pub(crate) struct RequestFlags {
    /// API call as a JSON file, as for `bedrock-iam requests`: decides all requests of its caller, by
    /// default a role of its account; can be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "action", "resource", "resource_account", "partial", "absent"])]
    pub(crate) call: Vec<PathBuf>,
    /// Request as a JSON file with `principal`, `action`, `resource`, `context`; `-` for the standard
    /// input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["principal", "action", "resource"])]
    pub(crate) request: Option<PathBuf>,
    /// Caller: the ARN of a user, a role or a session, an account, a service such as
    /// `bedrock.amazonaws.com`, or `*` for nobody in particular
    #[arg(long, value_name = "ARN", required_unless_present_any = ["request", "call"])]
    pub(crate) principal: Option<String>,
    /// Action, such as `bedrock:InvokeModel`
    #[arg(long, required_unless_present_any = ["request", "call"])]
    pub(crate) action: Option<String>,
    /// ARN of the resource; `*` for an action without resource types
    #[arg(long, value_name = "ARN", default_value = "*")]
    pub(crate) resource: String,
    /// Account of the resource, if its ARN has none; by default the caller's
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) resource_account: Option<String>,
    /// Condition key with its value; repeated for more keys, or for more values of one
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub(crate) context: Vec<(String, String)>,
    /// Condition keys that the request does not have; of use with `--partial`
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    pub(crate) absent: Vec<String>,
    /// Take condition keys that are not stated as unknown, instead of absent
    #[arg(long)]
    pub(crate) partial: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Policies")]
pub(crate) struct PolicyFlags {
    /// Identity-based policy of the caller; repeated for more
    #[arg(long, value_name = "FILE")]
    pub(crate) identity: Vec<PathBuf>,
    /// Policy of the resource; for `sts:AssumeRole` the trust policy of the role
    #[arg(long, value_name = "FILE")]
    pub(crate) resource_policy: Option<PathBuf>,
    /// Permissions boundary of the caller
    #[arg(long, value_name = "FILE")]
    pub(crate) boundary: Option<PathBuf>,
    /// Session policy of the caller; repeated for more
    #[arg(long, value_name = "FILE")]
    pub(crate) session: Vec<PathBuf>,
    /// Service control policies of one level of the organization, separated by commas; repeated for each
    /// level, from the root down to the account
    #[arg(long, value_name = "FILES", value_parser = level)]
    pub(crate) scp: Vec<Level>,
    /// Resource control policies of one level of the organization, likewise
    #[arg(long, value_name = "FILES", value_parser = level)]
    pub(crate) rcp: Vec<Level>,
    /// Policy of the VPC endpoint through which the request comes
    #[arg(long, value_name = "FILE")]
    pub(crate) vpc_endpoint: Option<PathBuf>,
    /// All policies by layer in one JSON file, instead of the flags above
    #[arg(long, value_name = "FILE", conflicts_with_all = ["identity", "resource_policy", "boundary", "session", "scp", "rcp", "vpc_endpoint"])]
    pub(crate) policies: Option<PathBuf>,
    /// Management account of the organization, which control policies do not limit
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) management_account: Option<String>,
}

impl PolicyFlags {
    /// Returns whether a policy is given.
    pub(crate) fn are_given(&self) -> bool {
        let lists = [&self.identity, &self.session];
        let files = [
            &self.resource_policy,
            &self.boundary,
            &self.vpc_endpoint,
            &self.policies,
        ];
        lists.iter().any(|it| !it.is_empty())
            || files.iter().any(|it| it.is_some())
            || !self.scp.is_empty()
            || !self.rcp.is_empty()
    }
}

/// Run test cases: requests with policies, and the decisions that are expected
///
/// A file of cases is a JSON object with the list `cases`; each case has `name`, `request`, `policies` by
/// layer, and `expected`: `allowed`, `denied`, `implicitly-denied`, `explicitly-denied` or `undecided`.
///
/// Exit status: 0 if every case is as expected, 1 if one is not or a file can't be read.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Files of cases, or folders of them; in folders, files without `cases` are ignored
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) facts: Facts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// Text for people
    #[default]
    Text,
    /// A JSON object
    Json,
}

/// The files with the control policies of one level of an organization.
#[derive(Clone, Debug)]
pub(crate) struct Level(pub(crate) Vec<PathBuf>);

#[expect(
    clippy::unnecessary_wraps,
    reason = "a parser of values returns a result"
)]
fn level(text: &str) -> Result<Level, String> {
    let files = text.split(',').filter(|file| !file.is_empty());
    Ok(Level(files.map(PathBuf::from).collect()))
}

/// Parses `KEY=VALUE`. A key ends at the first `=`.
fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("expected a key and its value, such as `aws:SourceIp=203.0.113.7`")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Parses a kind of policy.
fn kind(text: &str) -> Result<PolicyKind, String> {
    let words = PolicyKind::ALL.map(|kind| format!("`{kind}`", kind = kind.as_str()));
    text.parse()
        .map_err(|_| format!("expected one of {}", words.join(", ")))
}

/// Parses the code of a finding.
fn code(text: &str) -> Result<String, String> {
    match codes::all().iter().any(|code| code.as_str() == text) {
        true => Ok(text.to_owned()),
        false => Err("expected one of the codes that `bedrock-iam check --help` lists".to_owned()),
    }
}

/// Parses a name and a value, separated by `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected a name and a value, separated by `=`")?;
    Ok((name.to_owned(), value.to_owned()))
}
