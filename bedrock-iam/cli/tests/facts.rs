//! `--facts`: services that are not built in, and errors in their facts.

mod support;

use serde_json::json;

use support::{GOOD, POLICY, failed, json_of, printed, written};

#[test]
fn services_without_facts_are_reported() {
    let policy = GOOD.replace("bedrock:Get", "sqs:Get");
    let (text, status) = printed(&["check", "-"], &policy);
    assert_eq!(
        text,
        "no findings (1 statement, checked as identity-based policy)\nnot checked: `sqs` (1 statement); hint: add the facts of the service with `--facts`\n"
    );
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["explain", "-"], &policy);
    assert!(text.ends_with("\nno facts about: `sqs`\n"), "{text}");
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.ends_with("\nno facts about: `sqs`\nunknown actions: `bedrock:InvokeModle`\n"),
        "{text}"
    );
    let (text, status) = failed(&["expand", "sqs:GetAlias"], "");
    assert!(
        text.contains("no facts about `sqs`; hint: add them with `--facts`") && status == Some(1),
        "{text}"
    );
}

#[test]
fn of_many_services_without_facts_those_of_the_most_statements_are_listed() {
    let services = "dms ec2 ecs eks es rds sdb ses sns sqs swf waf".split(' ');
    let actions: Vec<_> = services.map(|it| format!("{it}:Get")).collect();
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": "*"},
        {"Effect": "Allow", "Action": "waf:Get", "Resource": "*"},
    ]});
    let (text, _) = printed(&["check", "-"], &policy.to_string());
    let line = text.lines().last().unwrap();
    assert!(
        line.starts_with("not checked: `waf` (2 statements), `dms` (1 statement), "),
        "{line}"
    );
    assert!(
        line.contains("`sns` (1 statement), 2 other services; hint: "),
        "{line}"
    );
    let report = json_of(&["check", "--format=json", "-"], &policy.to_string());
    assert_eq!(report["not_checked"].as_array().unwrap().len(), 12);
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
    let policy = POLICY.replace("sqs:SendMessage", "shop:GetObjekt");
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
    assert!(with(&["explain", "-"]).contains("Read (1)"));
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
