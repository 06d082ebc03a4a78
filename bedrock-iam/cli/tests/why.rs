//! The command `why`.

mod support;

use serde_json::{Value, json};
use support::{failed, json_of, printed};

const MESSAGE: &str = "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized \
    to perform: bedrock:Retrieve on resource: \
    arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678 because no session policy \
    allows the bedrock:Retrieve action";

#[test]
fn json_has_the_facts_causes_and_fixes() {
    let mut read = json_of(&["why", "--format", "json"], MESSAGE);
    // as an argument, and in words
    assert_eq!(read, json_of(&["why", MESSAGE, "--format=json"], ""));
    let words: Vec<_> = MESSAGE.split(' ').collect();
    let arguments = [&["why", "--format", "json"], words.as_slice()].concat();
    assert_eq!(read, json_of(&arguments, ""));
    let members = read.as_object_mut().expect("an object");
    let causes = members.remove("causes").expect("causes");
    let fixes = members.remove("fixes").expect("fixes");
    members.remove("unknowns").expect("unknowns");
    let expected = json!({
        "principal": "arn:aws:sts::123456789012:assumed-role/app/session",
        "action": "bedrock:Retrieve",
        "resource": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678",
        "layer": "session", "kind": "implicit", "policy_arn": null, "is_iam": true,
    });
    assert_eq!(read, expected);
    assert_eq!(causes[0]["code"], "session-policy");
    assert_eq!(fixes[0]["cause"], "session-policy");
    assert_eq!(fixes[0]["layer"], "session");
    let statement = json!([{
        "Effect": "Allow", "Action": "bedrock:Retrieve",
        "Resource": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678"
    }]);
    assert_eq!(fixes[0]["statements"], statement);
}

#[test]
fn facts_that_are_not_stated_are_null_or_unknown() {
    let read = json_of(&["why", "-", "--format", "json"], "something else");
    let expected = json!({
        "principal": null, "action": null, "resource": null, "layer": "unknown", "kind": "unknown",
        "policy_arn": null, "is_iam": null, "causes": [], "fixes": [], "unknowns": [],
    });
    assert_eq!(read, expected);
    let (text, status) = printed(&["why", "-"], "something else");
    assert!(text.starts_with("not recognized"), "{text}");
    assert_eq!(status, Some(0));
    let (error, status) = failed(&["why"], " \n");
    assert!(error.starts_with("error: no text; expected"), "{error}");
    assert_eq!(status, Some(1));
}

#[test]
fn text_shows_what_a_person_needs() {
    let (text, status) = printed(&["why"], MESSAGE);
    for line in [
        "action     bedrock:Retrieve\n",
        "denied by  session policy (implicit)\n",
        "1. the session policy, ",
        "   sign: the reason names the session policy\n",
        "   {\n     \"Effect\": \"Allow\",\n     \"Action\": \"bedrock:Retrieve\",\n",
        "The message does not show:\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["why"], "ThrottlingException: Too many tokens per day");
    assert!(text.starts_with("not a matter of IAM"), "{text}");
}

#[test]
fn hostile_text_is_escaped() {
    let hostile = "\u{1b}]0;title\u{7}User: arn:aws:iam::1:user/\u{1b}[31m[a](https://example.com)\u{202e}`x \
        is not authorized to perform: bedrock:Retrieve on resource: \
        arn:aws:bedrock:::knowledge-base/\u{9b}31m\u{8}<script> with an explicit deny in a service \
        control policy: arn:aws:organizations::1:policy/\u{1b}[2J\u{200b}p";
    for hostile in [
        hostile.to_owned(),
        json!({ "Message": hostile }).to_string(),
    ] {
        let (text, _) = printed(&["why"], &hostile);
        let controls: Vec<_> = text
            .chars()
            .filter(|it| it.is_control() && *it != '\n')
            .collect();
        assert!(controls.is_empty(), "{controls:?}: {text}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text}");
        let read: Value = json_of(&["why", "--format", "json"], &hostile);
        assert_eq!(read["action"], "bedrock:Retrieve");
        let shown = read.to_string();
        assert!(!shown.chars().any(char::is_control), "{shown}");
        assert!(!shown.contains("](http"), "{shown}");
    }
    // bytes that are not UTF-8 do not hide the rest
    let (text, _) = printed(&["why"], &MESSAGE.replace("app/", "app\u{fffd}/"));
    assert!(text.contains("bedrock:Retrieve"), "{text}");
}

#[test]
fn addresses_in_the_facts_are_no_links_in_markdown() {
    let hostile = "User: arn:aws:iam::1:user/https://a.example is not authorized to perform: \
        bedrock:Retrieve on resource: \
        arn:aws:bedrock:us-east-1:123456789012:knowledge-base/http://b.example because no \
        identity-based policy allows the bedrock:Retrieve action \
        \u{1b}]8;;https://c.example\u{1b}\\text\u{1b}]8;;\u{1b}\\";
    let (text, _) = printed(&["why"], hostile);
    assert!(!text.contains("c.example"), "{text}");
    let outside: String = text.split('`').step_by(2).collect();
    assert!(
        text.contains("a.example") && outside.contains("b.example"),
        "{text}"
    );
    assert!(!outside.contains("://"), "{text}");
}
