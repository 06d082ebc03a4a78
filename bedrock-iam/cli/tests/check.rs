//! `check`: formats, exit statuses, positions, input.

mod support;

use std::fs;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use serde_json::{Value, json};

use support::{GOOD, POLICY, failed, json_of, printed, run, written};

#[test]
fn check_underlines_the_source() {
    let (text, status) = printed(&["check", "-"], POLICY);
    assert!(text.contains("error[unknown-action]"), "{text}");
    assert!(text.contains("--> <stdin>:4:36"), "{text}");
    let line = text
        .lines()
        .position(|line| line.contains("\"bedrock:InvokeModle\""))
        .unwrap();
    let under = text.lines().nth(line + 1).unwrap();
    assert!(
        under
            .trim_start_matches(['|', ' '])
            .trim()
            .bytes()
            .all(|byte| byte == b'^'),
        "{text}"
    );
    assert_eq!(
        under.matches('^').count(),
        "\"bedrock:InvokeModle\"".len(),
        "{text}"
    );
    assert!(
        text.contains("help: did you mean `bedrock:InvokeModel`?"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colors in a pipe: {text}");
    assert_eq!(status, Some(5));
}

#[test]
fn the_status_depends_on_the_worst_finding() {
    assert_eq!(
        printed(&["check", "-"], GOOD),
        (
            "no findings (1 statement, checked as identity-based policy)\n".to_owned(),
            Some(0)
        )
    );
    let sensitive = GOOD.replace("GetGuardrail", "*");
    assert_eq!(printed(&["check", "-"], &sensitive).1, Some(4));
    assert_eq!(
        printed(&["check", "--fail-on", "error", "-"], &sensitive).1,
        Some(0)
    );
    let dead = GOOD.replace("\"*\"", "\"arn:aws:bedrock:*:*:agent/*\"");
    assert_eq!(printed(&["check", "-"], &dead).1, Some(5));
    let dead = GOOD.replace(
        "\"*\"",
        r#"["arn:aws:bedrock:*:*:guardrail/*", "arn:aws:bedrock:*:*:agent/*"]"#,
    );
    assert_eq!(printed(&["check", "-"], &dead).1, Some(0));
    assert_eq!(
        printed(&["check", "--fail-on=warning", "-"], &dead).1,
        Some(3)
    );
    let allowed = [
        "check",
        "--fail-on=suggestion",
        "--allow=action-without-resource,resource-without-action",
        "-",
    ];
    assert_eq!(printed(&allowed, &dead).1, Some(0));
    let (error, status) = failed(&["check", "--allow=nothing", "-"], GOOD);
    assert!(
        error.contains("'nothing'") && error.contains("check --help") && status == Some(2),
        "{error}"
    );
    let (text, status) = printed(&["check", "-"], "{\"Statement\": [3]}");
    assert!(
        text.contains("at Statement[0]") && text.contains("<stdin>:1:") && status == Some(5),
        "{text}"
    );
    assert_eq!(failed(&["check", "/there/is/no.json"], "").1, Some(1));
    assert_eq!(failed(&["check"], "").1, Some(2));
    let (error, status) = failed(&["check", "--kind", "roel", "-"], GOOD);
    assert!(
        error.contains("expected one of `identity`") && status == Some(2),
        "{error}"
    );
}

#[test]
fn json_is_one_object_with_sorted_keys() {
    let (text, status) = printed(&["check", "--format=json", "-"], POLICY);
    let object: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(object["checked"], 1);
    assert_eq!(
        object["not_checked"],
        json!([{"prefix": "sqs", "statements": 1}])
    );
    assert_eq!(
        object["findings"][0],
        json!({
            "code": "unknown-action",
            "severity": "error",
            "path": "Statement[0].Action[0]",
            "file": "<stdin>",
            "line": 4,
            "column": 36,
            "end_line": 4,
            "end_column": 57,
            "message": object["findings"][0]["message"],
            "fix": {
                "path": "Statement[0].Action[0]",
                "change": {"replace": ["bedrock:InvokeModel"]},
                "certain": true,
            },
        })
    );
    let keys: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("  \""))
        .collect();
    assert!(keys.is_sorted() && keys.len() == 3, "{keys:?}");
    assert_eq!(status, Some(5));
}

#[test]
fn other_files_are_checked_if_one_cannot_be_read() {
    let broken = written("unreadable/broken.json", "{\n  \"Statement\": [,]\n}");
    let policy = written("unreadable/policy.json", POLICY);
    let missing = "/there/is/no.json";
    let check = |format: &str| {
        let output = run(&["check", format, &broken, missing, &policy], "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.starts_with(&format!("error: {missing}: ")),
            "{errors}"
        );
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = check("--format=text");
    assert!(text.contains("error[not-a-policy]: "), "{text}");
    assert!(text.contains("broken.json:2:17"), "{text}");
    assert!(text.contains("error[unknown-action]"), "{text}");
    assert!(text.contains("\nnot read: 1 file\n"), "{text}");
    let object: Value = serde_json::from_str(&check("--format=json")).unwrap();
    assert_eq!(object["checked"], 1);
    let files: Vec<_> = object["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["file"])
        .collect();
    assert_eq!(files[..2], [&json!(broken), &json!(policy)]);
    assert_eq!(object["unreadable"].as_array().unwrap().len(), 1);
    let log: Value = serde_json::from_str(&check("--format=sarif")).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["results"][1]["ruleId"], "unknown-action");
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let levels = invocation["toolExecutionNotifications"].as_array().unwrap();
    let levels: Vec<_> = levels.iter().map(|it| &it["level"]).collect();
    assert_eq!(levels, ["error", "note"]);
    // without a readable file, nothing is printed about findings
    assert_eq!(
        printed(&["check", missing], ""),
        ("not read: 1 file\n".to_owned(), Some(1))
    );
    assert_eq!(printed(&["check", &broken], "").1, Some(5));
}

#[test]
fn policies_below_folders_are_checked() {
    let bad = written("folder/roles/bad.json", POLICY);
    written("folder/good.json", GOOD);
    written("folder/package.json", r#"{"name": "orchard"}"#);
    written("folder/notes.txt", "not a policy");
    let folder = bad.strip_suffix("/roles/bad.json").unwrap();
    let (text, status) = printed(&["check", folder], "");
    assert!(
        text.contains("statements in 2 files)\nignored: 1 file without a policy\n"),
        "{text}"
    );
    assert!(text.contains("roles/bad.json:4"), "{text}");
    assert_eq!(status, Some(5));
    // a file that is named has to be a policy
    let (text, status) = printed(&["check", &format!("{folder}/package.json")], "");
    assert!(text.contains("error[not-a-policy]"), "{text}");
    assert_eq!(status, Some(5));
    // a policy by its intention is not ignored, and a gate without policies does not pass
    let lower = r#"{"version": "2012-10-17", "statement": [{"Effect": "Allow"}]}"#;
    let lower = written("lower/policy.json", lower);
    let (text, status) = printed(&["check", lower.strip_suffix("/policy.json").unwrap()], "");
    assert!(text.contains("error[not-a-policy]"), "{text}");
    assert_eq!(status, Some(5));
    let other = written("other/package.json", r#"{"name": "orchard"}"#);
    let folder = other.strip_suffix("/package.json").unwrap();
    let (error, status) = failed(&["check", folder], "");
    assert!(error.contains("found no policy"), "{error}");
    assert_eq!(status, Some(1));
    let empty = written("empty/none.txt", "");
    let (error, status) = failed(&["check", empty.strip_suffix("/none.txt").unwrap()], "");
    assert!(
        error.contains("found no file that ends in `.json`"),
        "{error}"
    );
    assert_eq!(status, Some(1));
}

/// A policy with three mistakes that can be fixed, in a format of its own.
const CROOKED: &str = "\u{feff}{\r
  \"Version\" : \"2012-10-17\",\r
  \"Statement\": [ {\"Effect\": \"allow\",   \"Action\": [\"bedrock:GetAgnet\", \"bedrock:GetFlow\",\r
     \"bedrock:GetFlow\"], \"Resource\": \"*\"} ]\r
}\r
";

#[test]
fn fixes_keep_the_format_of_everything_else() {
    let file = written("fix/policy.json", CROOKED);
    let (diff, _) = printed(&["check", "--diff", &file], "");
    assert_eq!(fs::read_to_string(&file).unwrap(), CROOKED);
    let lines = |start: &str| diff.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((lines("-"), lines("+")), (3, 3), "{diff}");
    let output = run(&["check", "--fix", &file], "");
    let notes = String::from_utf8(output.stderr).unwrap();
    assert!(
        notes.starts_with(&format!("{file}: 3 changes\n  error[invalid-effect]")),
        "{notes}"
    );
    let expected = CROOKED.replace("allow", "Allow").replace("Agnet", "Agent");
    let expected = expected.replace(",\r\n     \"bedrock:GetFlow\"]", "\r\n]");
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(run(&["check", "--diff", &file], "").stdout, b"");
    let (error, status) = failed(&["check", "--fix", "-"], CROOKED);
    assert!(
        error.contains("hint: `--diff` shows the changes"),
        "{error}"
    );
    assert_eq!(status, Some(1));
}

#[test]
fn annotations_are_escaped() {
    let file = written("git,hub/100%.json", POLICY);
    let (text, status) = printed(&["check", "--format", "github", &file], "");
    let line = text.lines().next().unwrap();
    assert!(line.starts_with("::error file="), "{line}");
    assert!(
        line.contains("git%2Chub/100%25.json,line=4,endLine=4,col="),
        "{line}"
    );
    assert!(
        line.contains(",title=unknown-action::`bedrock:InvokeModle` is not"),
        "{line}"
    );
    assert_eq!(status, Some(5));
}

#[test]
fn settings_suppress_findings_with_a_reason() {
    let policy = written("settings/roles/admin.json", POLICY);
    let with = |text: &str| {
        let file = written("settings/settings.toml", text);
        let output = run(&["check", "--config", &file, &policy], "");
        let all = [output.stdout, output.stderr].concat();
        (String::from_utf8(all).unwrap(), output.status.code())
    };
    let allow = "[[allow]]\ncode = \"unknown-action\"\n";
    let reason = "reason = \"it is new\"\n";
    for (more, is_allowed) in [
        ("", true),
        ("file = \"roles/admin.json\"\n", true),
        ("file = \"min.json\"\n", false),
        ("path = \"Statement[0].Action\"\n", true),
        ("path = \"Statement[0].Act\"\n", false),
        ("path = \"Statement[1]\"\n", false),
    ] {
        let (text, _) = with(&format!("{allow}{reason}{more}"));
        assert_eq!(
            !text.contains("error[unknown-action]"),
            is_allowed,
            "{more}: {text}"
        );
    }
    for (text, message) in [
        (allow.to_owned(), "missing field `reason`"),
        (format!("{allow}reason = \" \"\n"), "without a `reason`"),
        (
            format!("{allow}{reason}").replace("unknown-", "well-known-"),
            "`well-known-action`",
        ),
    ] {
        let (error, status) = with(&text);
        assert!(
            error.contains("settings.toml") && error.contains(message),
            "{error}"
        );
        assert_eq!(status, Some(1));
    }
}

#[test]
fn sarif_is_what_a_reader_of_sarif_expects() {
    let file = written("sarif/policy.json", CROOKED);
    let (text, _) = printed(&["check", "--format=sarif", &file], "");
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &log.runs[0];
    let rules = run.tool.driver.rules.as_ref().unwrap();
    assert!(rules.iter().all(|rule| rule.help.is_some()));
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let fix = &result.fixes.as_ref().unwrap()[0];
        let change = &fix.artifact_changes[0].replacements[0];
        let region = &change.deleted_region;
        assert!(region.start_line <= region.end_line, "{region:?}");
    }
}

#[test]
fn sarif_has_end_positions_and_the_statements_not_checked() {
    let file = written("policy.json", POLICY);
    let (text, status) = printed(&["check", "--format=sarif", &file], "");
    let log: Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"],
        json!({"startLine": 4, "startColumn": 36, "endLine": 4, "endColumn": 57})
    );
    assert_eq!(result["level"], "error");
    // one hint
    assert_eq!(
        result["message"]["text"],
        "`bedrock:InvokeModle` is not a Bedrock action; did you mean `bedrock:InvokeModel`?"
    );
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    assert_eq!(
        run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
        "not checked: `sqs` (1 statement); hint: add the facts of the service with `--facts`"
    );
    assert_eq!(status, Some(5));
}

#[test]
fn windows_line_breaks_do_not_change_the_output() {
    let (text, status) = printed(&["check", "-"], &POLICY.replace('\n', "\r\n"));
    assert_eq!(
        (text, status),
        printed(&["check", "-"], POLICY),
        "only the line breaks differ"
    );
}

#[test]
fn the_status_is_the_same_if_the_output_is_closed() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    input.write_all(POLICY.as_bytes()).unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(5));
}

#[test]
fn a_byte_order_mark_is_not_counted() {
    let line = POLICY.replace('\n', "");
    let (text, status) = printed(&["check", "-"], &format!("\u{feff}{line}"));
    let (without, _) = printed(&["check", "-"], &line);
    assert!(text.contains("\"bedrock:InvokeModle\""), "{text}");
    assert_eq!(text, without);
    assert_eq!(status, Some(5));
}

#[test]
fn extensions_of_json_are_rejected() {
    for (odd, place) in [
        (GOOD.replace("\"Version\"", "'Version'"), "<stdin>:1:2"),
        (GOOD.replace("17\",", "17\""), "<stdin>:1:"),
        (GOOD.replace("\"*\"", "0x10"), "<stdin>:2:"),
        (GOOD.replace("\"*\"", "\"*\", // all"), "<stdin>:2:"),
    ] {
        let (text, status) = printed(&["check", "-"], &odd);
        assert!(
            text.starts_with("error[not-a-policy]: ") && text.contains(place),
            "{text}"
        );
        assert_eq!(status, Some(5));
    }
}

#[test]
fn the_part_that_has_to_change_is_underlined() {
    let condition = r#""*", "Condition": {
    "StringEqual": {"aws:SourceVpc": "vpc-1"},
    "StringEquals": {"bedrock:ServiceTeir": "flex"},
    "Bool": {"aws:SecureTransport": "yes"}},
    "Comment": "odd""#;
    let policy = GOOD.replace("\"*\"", condition);
    let report = json_of(&["check", "--format=json", "-"], &policy);
    let findings = report["findings"].as_array().unwrap();
    for (code, text) in [
        ("unknown-operator", "\"StringEqual\""),
        ("unknown-key", "\"bedrock:ServiceTeir\""),
        ("invalid-value", "\"yes\""),
        ("unknown-element", "\"Comment\""),
    ] {
        let finding = findings.iter().find(|finding| finding["code"] == code);
        let finding = finding.unwrap_or_else(|| panic!("no {code} in {report:#}"));
        let number = |name: &str| finding[name].as_u64().unwrap() as usize - 1;
        assert_eq!(number("line"), number("end_line"));
        let line = policy.lines().nth(number("line")).unwrap();
        assert_eq!(&line[number("column")..number("end_column")], text);
    }
}

/// The output for a finding does not depend on the length of the policy, even if it is one line.
#[test]
fn text_output_grows_only_with_the_findings() {
    let lengths = |separator: &str| {
        [10, 20, 40].map(|count| {
            let one = r#"{"Effect": "Allow", "Action": "bedrock:InvokeModle", "Resource": "*"}"#;
            let statements = vec![one; count].join(&format!(",{separator}"));
            let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
            let (text, _) = printed(&["check", "-"], &policy);
            let findings = text.matches("error[unknown-action]").count();
            assert_eq!(findings, count);
            text.len() / count
        })
    };
    for separator in ["\n", " "] {
        let [few, more, many] = lengths(separator);
        assert!(many < few + 200 && more < few + 200, "{few} {more} {many}");
    }
}

#[test]
fn dates_are_compared_with_the_day() {
    let until =
        r#""*", "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-06-30T23:59:59Z"}}"#;
    let policy = GOOD.replace("\"*\"", until);
    let codes = |day: &str| {
        let object = json_of(&["check", "--format=json", "--today", day, "-"], &policy);
        let findings = object["findings"].as_array().unwrap().iter();
        findings.map(|it| it["code"].clone()).collect::<Vec<_>>()
    };
    assert!(codes("2026-06-30").is_empty());
    assert_eq!(codes("2026-07-01"), ["contradictory-condition"]);
    assert_eq!(
        printed(&["check", "--today", "soon", "-"], &policy).1,
        Some(2)
    );
}
