//! Runs of the compiled tool.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["bedrock:InvokeModle", "s3:GetObject"], "Resource": "*"},
    {"Effect": "Deny", "Action": "bedrock:Invoke*", "Resource": "*"}
  ]
}"#;

const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
    "Action": ["bedrock:GetGuardrail", "bedrock:ListGuardrails"], "Resource": "*"}}"#;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that does not read its input may have exited already
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Returns the output of a command, and its exit status.
fn printed(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

/// Returns the error output of a command, and its exit status.
fn failed(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stderr).unwrap(),
        output.status.code(),
    )
}

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
        ("no findings\n".to_owned(), Some(0))
    );
    let sensitive = GOOD.replace("GetGuardrail", "Put*");
    assert_eq!(printed(&["check", "-"], &sensitive).1, Some(4));
    assert_eq!(
        printed(&["check", "--fail-on", "error", "-"], &sensitive).1,
        Some(0)
    );
    let dead = GOOD.replace("\"*\"", "\"arn:aws:bedrock:*:*:agent/*\"");
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
        error.contains("`nothing` is not a code") && status == Some(1),
        "{error}"
    );
    let (error, status) = failed(&["check", "-"], "{\"Statement\": [3]}");
    assert!(
        error.contains("<stdin>: Statement[0]: ") && error.contains("line 1") && status == Some(1),
        "{error}"
    );
    assert_eq!(failed(&["check", "/there/is/no.json"], "").1, Some(1));
    assert_eq!(failed(&["check"], "").1, Some(2));
}

/// Writes a file for a test.
fn written(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json_of(arguments: &[&str], input: &str) -> Value {
    let (text, _) = printed(arguments, input);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn json_is_one_object_with_sorted_keys() {
    let (text, status) = printed(&["check", "--format=json", "-"], POLICY);
    let object: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(object["checked"], 1);
    assert_eq!(
        object["not_checked"],
        json!([{"prefix": "s3", "statements": 1}])
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
    let broken = written("unreadable/broken.json", "{");
    let policy = written("unreadable/policy.json", POLICY);
    let missing = "/there/is/no.json";
    let check = |format: &str| {
        let output = run(&["check", format, &broken, missing, &policy], "");
        let errors = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<_> = errors.lines().collect();
        assert_eq!(lines.len(), 2, "{errors}");
        for (line, file) in lines.iter().zip([broken.as_str(), missing]) {
            assert!(line.starts_with(&format!("error: {file}: ")), "{errors}");
        }
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = check("--format=text");
    assert!(text.contains("error[unknown-action]"), "{text}");
    assert!(text.contains("\nnot read: 2 files\n"), "{text}");
    let object: Value = serde_json::from_str(&check("--format=json")).unwrap();
    assert_eq!(object["checked"], 1);
    assert_eq!(object["findings"][0]["file"], policy.as_str());
    assert_eq!(object["unreadable"].as_array().unwrap().len(), 2);
    let log: Value = serde_json::from_str(&check("--format=sarif")).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["results"][0]["ruleId"], "unknown-action");
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let levels = invocation["toolExecutionNotifications"].as_array().unwrap();
    let levels: Vec<_> = levels.iter().map(|it| &it["level"]).collect();
    assert_eq!(levels, ["error", "error", "note"]);
    // without a readable file, nothing is printed about findings
    assert_eq!(
        printed(&["check", missing], ""),
        ("not read: 1 file\n".to_owned(), Some(1))
    );
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
        "not checked: 1 statement of `s3`; hint: add facts with `--facts`"
    );
    assert_eq!(status, Some(5));
}

#[test]
fn services_without_facts_are_reported() {
    let policy = GOOD.replace("bedrock:Get", "lambda:Get");
    let (text, status) = printed(&["check", "-"], &policy);
    assert_eq!(
        text,
        "no findings\nnot checked: 1 statement of `lambda`; hint: add facts with `--facts`\n"
    );
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["explain", "-"], &policy);
    assert!(text.ends_with("\nno facts about: `lambda`\n"), "{text}");
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.ends_with("\nno facts about: `s3`\nunknown actions: `bedrock:InvokeModle`\n"),
        "{text}"
    );
    let (text, status) = failed(&["minimize", "lambda:GetAlias"], "");
    assert!(
        text.contains("no facts about `lambda`; hint: add them with `--facts`")
            && status == Some(1),
        "{text}"
    );
}

/// A snapshot of an invented service.
const SHOP: &str = r#"{
  "page": "shop", "prefix": "shop", "service": "Shop",
  "actions": {
    "GetObject": {
      "access_levels": ["Read"],
      "resources": [{"resource_type": "object", "required": true}]
    },
    "ListObjects": {"access_levels": ["List"]}
  },
  "resource_types": {"object": {"arn": "arn:${Partition}:shop:::${Name}"}},
  "condition_keys": {}
}"#;

#[test]
fn given_facts_are_added_to_those_built_in() {
    let shop = written("given/shop/service.json", SHOP);
    // a folder of snapshots has other files too
    written("given/shop/source.json", r#"{"page": "shop"}"#);
    let folder = shop.trim_end_matches("/shop/service.json").to_owned();
    let policy = POLICY.replace("s3:GetObject", "shop:GetObjekt");
    for facts in [&shop, &folder] {
        let report = json_of(&["check", "--format=json", "--facts", facts, "-"], &policy);
        assert_eq!(report["not_checked"], json!([]));
        let messages = report["findings"].as_array().unwrap().iter();
        let misspelt: Vec<_> = messages
            .filter(|it| it["code"] == "unknown-action")
            .map(|it| it["fix"]["change"]["replace"][0].as_str())
            .collect();
        assert_eq!(
            misspelt,
            [Some("bedrock:InvokeModel"), Some("shop:GetObject")]
        );
    }
    let facts = ["--facts", &shop];
    let with = |arguments: &[&str]| printed(&[arguments, &facts].concat(), &policy).0;
    assert_eq!(
        with(&["expand", "shop:*"]),
        "shop:GetObject\nshop:ListObjects\n"
    );
    assert_eq!(
        with(&["minimize", "shop:GetObject", "shop:ListObjects"]),
        "shop:*\n"
    );
    // several objects in one file, as `scrape` prints several pages
    let both = [SHOP, &SHOP.replace("shop", "mall")].join("\n");
    let both = written("several/both.json", &both);
    let expanded = printed(&["expand", "shop:Get*", "mall:Get*", "--facts", &both], "");
    assert_eq!(expanded.0, "mall:GetObject\nshop:GetObject\n");
    let policy = policy.replace("GetObjekt", "GetObject");
    let with = |arguments: &[&str]| printed(&[arguments, &facts].concat(), &policy).0;
    assert!(with(&["explain", "-"]).contains("shop:GetObject (1)"));
    // the service has no generated module
    assert!(with(&["convert", "-"]).contains(r#"foreign_action!("shop:GetObject")"#));
}

#[test]
fn a_given_page_replaces_the_one_built_in() {
    let page = SHOP.replace("shop", "bedrock");
    let first = written("built_in/a.json", &page);
    let facts = ["--facts", &first];
    let expanded = |facts: &[&str]| printed(&[&["expand", "bedrock:*"], facts].concat(), "").0;
    assert_eq!(expanded(&facts), "bedrock:GetObject\nbedrock:ListObjects\n");
    let note = format!("note: facts of `bedrock` from `{first}` replace the built-in ones\n");
    let (errors, status) = failed(&[&["expand", "bedrock:*"], &facts[..]].concat(), "");
    assert_eq!((errors, status), (note, Some(0)));
    // a translated page is ignored
    let page = page.replace("\"page\"", "\"locale\": \"de_de\", \"page\"");
    let translated = page
        .replace("GetObject", "GetDing")
        .replace("resources", "uses");
    written("built_in/c.json", &translated);
    let folder = first.trim_end_matches("/a.json");
    assert_eq!(
        expanded(&["--facts", folder]),
        "bedrock:GetObject\nbedrock:ListObjects\n"
    );
    let alone = written("translated/c.json", &translated);
    assert!(expanded(&["--facts", &alone]).contains("bedrock:InvokeModel\n"));
    assert_eq!(
        failed(&["expand", "bedrock:*", "--facts", &alone], "").0,
        ""
    );
    // a program is compiled with the built-in module
    let (text, _) = printed(&["convert", "-", "--facts", folder], GOOD);
    assert!(text.contains("action::GetGuardrail"), "{text}");
}

#[test]
fn the_same_facts_in_two_files_are_an_error() {
    let first = written("stated/a.json", SHOP);
    let other_page = SHOP.replace("\"page\": \"shop\"", "\"page\": \"shop2\"");
    let reference = r#"{"Name": "shop", "Actions": [{"Name": "SellObject"}]}"#;
    let refused = |later: &str, text: &str| {
        let later = written(later, text);
        let (errors, status) = failed(
            &["expand", "shop:*", "--facts", &first, "--facts", &later],
            "",
        );
        let message = format!(
            "error: {later}: found facts of `shop` that are also in {first}; expected them in one \
             file\n"
        );
        assert!(errors.starts_with(&message), "{errors}");
        assert_eq!(status, Some(1));
    };
    refused("stated/b.json", SHOP);
    refused("stated/reference.json", reference);
    // several pages with the same prefix
    let later = written(
        "stated/c.json",
        &other_page.replace("ListObjects", "SellObject"),
    );
    let both = ["expand", "shop:*", "--facts", &first, "--facts", &later];
    assert_eq!(
        printed(&both, ""),
        (
            "shop:GetObject\nshop:ListObjects\nshop:SellObject\n".to_owned(),
            Some(0)
        )
    );
}

#[test]
fn errors_in_facts_contain_the_place_and_a_hint() {
    let empty = written("nothing/none.json", "");
    let folder = empty.trim_end_matches("/none.json");
    let second = format!("{}\n {}", SHOP, r#"{"prefix": "odd", "actions": 3}"#);
    let forms = "expected the facts of a service: a snapshot (`page`, `prefix`, `actions`, …), \
        the facts of a page (those and `locale`), or AWS's service reference (`Name`, `Actions`, …)";
    for (path, message) in [
        (
            "/there/is/no.json",
            "No such file or directory (os error 2); expected a file or folder with facts of \
             services",
        ),
        (&*empty, "found no facts; expected those of a service in it"),
        (
            folder,
            "found no facts; expected those of a service in `*.json` files in it",
        ),
        (
            &written("page/list_shop.html", "<!DOCTYPE html>"),
            &format!("found text that is not JSON at line 1 column 1, {forms}"),
        ),
        (
            &written("page/policy.json", GOOD),
            &format!("found an object with `Statement`, `Version`, {forms}"),
        ),
        (
            &written("page/list.json", "[]"),
            &format!("found a list at line 1 column 0, {forms}"),
        ),
        (
            &written("page/second.json", &second),
            "`actions`: found an integer `3` at line 13 column 31, expected an object",
        ),
        (
            &written("page/broken.json", &second.replace(": 3", " 3")),
            "found text that is not JSON at line 13 column 30, expected `:`",
        ),
    ] {
        let (errors, _) = failed(&["expand", "bedrock:*", "--facts", path], "");
        let hint = errors.strip_prefix(&format!("error: {path}: {message}\n  hint: "));
        assert!(
            hint.is_some_and(|hint| hint.lines().count() == 1),
            "{errors}"
        );
    }
}

#[test]
fn errors_in_facts_contain_the_file() {
    let odd = written("odd/odd.json", r#"{"prefix": "odd", "actions": 3}"#);
    let broken = written("broken/broken.json", "{");
    let other = written("other/other.json", "[]");
    for (path, name) in [
        (odd.as_str(), "odd.json"),
        (odd.trim_end_matches("/odd.json"), "odd.json"),
        (broken.as_str(), "broken.json"),
        (other.as_str(), "other.json"),
        (other.trim_end_matches("/other.json"), "other"),
        ("/there/is/no.json", "no.json"),
    ] {
        let (text, status) = failed(&["expand", "bedrock:*", "--facts", path], "");
        let line = text
            .strip_prefix("error: ")
            .and_then(|it| it.split_once(": "));
        assert!(line.is_some_and(|(file, _)| file.ends_with(name)), "{text}");
        assert_eq!(status, Some(1));
    }
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
        (GOOD.replace("\"Version\"", "'Version'"), "line 1 column 2"),
        (GOOD.replace("17\",", "17\""), "line 1"),
        (GOOD.replace("\"*\"", "0x10"), "line 2"),
        (GOOD.replace("\"*\"", "\"*\", // all"), "line 2"),
    ] {
        let (text, status) = failed(&["check", "-"], &odd);
        assert!(
            text.starts_with("error: <stdin>: ") && text.contains(place),
            "{text}"
        );
        assert_eq!(status, Some(1));
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
fn explain_prints_a_table() {
    let (text, status) = printed(&["explain", "-"], GOOD);
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines[0], "RESOURCES LEVEL ALLOWED CONDITION");
    assert_eq!(lines[1], "* List bedrock:ListGuardrails (1)");
    assert_eq!(lines[2], "* Read bedrock:GetGuardrail (1)");
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.contains("DENIED") && text.contains("s3:GetObject"),
        "{text}"
    );
}

#[test]
fn patterns_are_expanded_and_minimized() {
    let (actions, status) = printed(&["expand", "bedrock:Get*", "bedrock:*Tag*"], "");
    assert!(
        actions.lines().count() > 40 && actions.contains("bedrock:UntagResource\n"),
        "{actions}"
    );
    assert_eq!(status, Some(0));
    let (patterns, _) = printed(&["minimize", "-"], &actions);
    assert!(
        patterns.contains("bedrock:Get*\n") && patterns.lines().count() < 7,
        "{patterns}"
    );
    let (distant, _) = printed(&["minimize", "--keep-distance", "bedrock:Get*"], "");
    assert!(
        !distant.contains("bedrock:Get*\n") && distant.contains("bedrock:GetAgent*\n"),
        "{distant}"
    );
    let (error, status) = failed(&["expand", "bedrock:Nothing*"], "");
    assert!(error.contains("`bedrock:Nothing*` matches no known action") && status == Some(1));
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            printed(&["completions", shell], "").0.contains("minimize"),
            "{shell}"
        );
    }
    assert!(printed(&["man"], "").0.contains(".TH bedrock-iam 1"));
    assert!(printed(&["--help"], "").0.contains("explain"));
}

#[test]
fn convert_prints_a_program() {
    let (text, status) = printed(&["convert", "-"], GOOD);
    assert!(
        text.contains("action::GetGuardrail, action::ListGuardrails"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let (text, status) = failed(&["convert", "-"], "{");
    assert!(text.starts_with("error: "), "{text}");
    assert_eq!(status, Some(1));
}
