//! Suggested changes: each removes its finding and adds none.

use bedrock_iam::check::Fix;
use bedrock_iam::document::Step;

use super::*;

/// Documents whose findings have fixes that are easy to get wrong.
fn documents() -> Vec<Value> {
    let allow = |action: &str, condition: Value| {
        json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition}})
    };
    let deny = |condition: Value| {
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Deny", "Action": "bedrock:*", "Resource": "*", "Condition": condition}]})
    };
    vec![
        allow(
            "bedrock:ListAgents",
            json!({"StringEquals": {"aws:PrincipalTag/team": "ml-*"}}),
        ),
        // the operator that would be right is there already
        allow(
            "bedrock:ListAgents",
            json!({"StringEquals": {"aws:PrincipalTag/team": "ml-*"}, "StringLike": {"aws:PrincipalTag/unit": "x"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"stringEqual": {"aws:PrincipalTag/team": "ml"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"NullIfExists": {"aws:PrincipalTag/team": "false"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"StringEquals": {"PrincipalOrgID": "o-exampleorgid"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"StringEquals": {"aws:PrincipleTag/team": "ml"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"Bool": {"aws:MultiFactorAuth": "true"}}),
        ),
        allow(
            "bedrock:TagResource",
            json!({"ForAnyValue:Null": {"aws:TagKeys": "false"}}),
        ),
        allow(
            "bedrock:ListAgents",
            json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}),
        ),
        // the requests of the action have no tags: a guard would make the statement dead
        allow(
            "bedrock:InvokeAgent",
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}),
        ),
        deny(
            json!({"NotIpAddress": {"aws:SourceIp": ["203.0.113.77/24", "203.0.113.0/24", "10.0.0.0/8"]}}),
        ),
        deny(
            json!({"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "203.0.113.0/24", "203.0.113.9"]}}),
        ),
        deny(
            json!({"NumericGreaterThanIfExists": {"aws:MultiFactorAuthAge": ["3600", "3600", "7200"]}}),
        ),
        deny(json!({"StringEquals": {"bedrock:BearerTokenType": ["LONG-TERM", "LONG_TERM"]}})),
        deny(json!({"StringLike": {"aws:PrincipalTag/team": "${aws:PrincipleTag/team, none}-*"}})),
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
            "Resource": ["arn:aws:s3:::a/${aws: username}/*", "arn:aws:s3:::a/${aws:usrname}/*"]}]}),
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Action": ["bedrock:InvokeModle", "bedrock:InvokeModel"], "Resource": "*"}]}),
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Action": ["bedrock:Converse", "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
            "Resource": "*"}]}),
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "bedrock:GetAgent",
            "Resource": ["arn:aws:bedrock:us-east-1:111122223333:agent/*", "arn:aws:bedrock:us-east-1:111122223333:agent/**",
                "arn:aws:bedrock:us-east-1:111122223333:agent/A"]}]}),
    ]
}

/// Applies a change; `None` if the document has no such place.
fn applied(document: &Value, fix: &Fix) -> Option<Value> {
    let mut document = document.clone();
    let (last, steps) = fix.path.steps().split_last()?;
    let mut place = &mut document;
    for step in steps {
        place = match step {
            Step::Member(name) => place.get_mut(&**name)?,
            Step::Index(index) => place.get_mut(*index)?,
        };
    }
    let texts = |values: &[String]| values.iter().cloned().map(Value::from).collect::<Vec<_>>();
    match (last, &fix.change) {
        (Step::Member(name), Change::Replace(values)) => {
            let value = match values.as_slice() {
                [one] => one.clone().into(),
                _ => texts(values).into(),
            };
            *place.get_mut(&**name)? = value;
        }
        (Step::Member(name), Change::Rename(new)) => {
            let object = place.as_object_mut()?;
            let value = object.remove(&**name)?;
            assert!(
                object.insert(new.clone(), value).is_none(),
                "{fix} replaces another member"
            );
        }
        (Step::Member(name), Change::Add(values)) => {
            let list = place.get_mut(&**name)?;
            if let Value::String(one) = list {
                *list = json!([one]);
            }
            list.as_array_mut()?.extend(texts(values));
        }
        (Step::Member(name), Change::Remove) => {
            place.as_object_mut()?.remove(&**name)?;
        }
        (Step::Index(index), Change::Replace(values)) => {
            place.as_array_mut()?.splice(index..=index, texts(values));
        }
        (Step::Index(index), Change::Remove) => {
            place.as_array_mut()?.remove(*index);
        }
        (step, change) => panic!("{change:?} at {step:?}"),
    }
    Some(document)
}

/// Returns the findings of a document, without their places.
fn found(document: &Value, kind: PolicyKind) -> Vec<(Finding, String)> {
    let parsed: Document = serde_json::from_value(document.clone()).expect("a policy");
    let options = Options::default().kind(kind);
    let findings = check_as(&parsed, catalog(), &options).findings.into_iter();
    let key = |finding: &Finding| {
        let path = finding.path.to_string();
        let statement = path.split('.').next().unwrap_or_default().to_owned();
        format!("{} {statement} {}", finding.code, finding.severity)
    };
    findings
        .map(|finding| (finding.clone(), key(&finding)))
        .collect()
}

/// Returns the codes whose findings an author sees only after another mistake is corrected: a name that
/// does not exist has no other findings.
fn is_hidden_before(code: Code) -> bool {
    [
        Code::UNKNOWN_SERVICE,
        Code::UNKNOWN_ACTION,
        Code::UNKNOWN_RESOURCE_TYPE,
        Code::OPERATION_AS_ACTION,
        Code::UNKNOWN_KEY,
        Code::UNKNOWN_SERVICE,
        Code::UNKNOWN_OPERATOR,
        Code::INVALID_EFFECT,
        Code::INVALID_VERSION,
        Code::UNKNOWN_ELEMENT,
    ]
    .contains(&code)
}

/// Returns how many fixes were applied.
fn apply_all(name: &str, document: &Value, kind: PolicyKind) -> usize {
    let before = found(document, kind);
    let count =
        |all: &[(Finding, String)], key: &str| all.iter().filter(|(_, it)| it == key).count();
    let mut fixes = 0;
    for (finding, key) in &before {
        let Some(fix) = &finding.fix else {
            continue;
        };
        let fixed = applied(document, fix).unwrap_or_else(|| panic!("{name}: {finding}"));
        let after = found(&fixed, kind);
        let is_same =
            |(it, _): &&(Finding, String)| it.code == finding.code && it.message == finding.message;
        assert!(
            after.iter().filter(is_same).count() < before.iter().filter(is_same).count(),
            "{name}: the finding remains: {finding}\n{fixed:#}"
        );
        if !is_hidden_before(finding.code) {
            for (new, new_key) in &after {
                assert!(
                    count(&after, new_key) <= count(&before, new_key) || new_key == key,
                    "{name}: {finding}\n  leads to: {new}\n{fixed:#}"
                );
            }
        }
        fixes += 1;
    }
    fixes
}

#[test]
fn fixes_remove_their_findings_and_add_none() {
    let mut fixes = 0;
    for (index, document) in documents().iter().enumerate() {
        fixes += apply_all(&index.to_string(), document, PolicyKind::Identity);
    }
    assert!(fixes >= 20, "{fixes}");
}

#[cfg(all(feature = "all-modules", feature = "json"))]
#[test]
fn fixes_of_labelled_policies_add_no_findings() {
    let mut fixes = 0;
    for policy in corpus::corpus() {
        let value = serde_json::from_str(&policy.text).ok();
        let document = value.filter(|it: &Value| Document::from_json(&it.to_string()).is_ok());
        if let Some(document) = document {
            fixes += apply_all(&policy.id, &document, policy.kind);
        }
    }
    eprintln!("{fixes} fixes were applied");
}
