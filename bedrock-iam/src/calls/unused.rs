//! The members of a call on which its requests do not depend.

use std::collections::BTreeMap;

use iam_policy::words::code;

use super::call::{ApiKey, Call, Guardrail, Prompt, Sources};
use super::operation::Operation;
use super::requests::CallRequests;
use super::rules;

impl Call {
    /// Returns the members on which the requests do not depend, as sentences: with another value and
    /// without the member, the requests are the same.
    pub(super) fn unused(&self, operation: &Operation, requests: &CallRequests) -> Vec<String> {
        let is_same = |call: &Self| call.requests_only().is_ok_and(|it| it == *requests);
        let mut unused = self.changed();
        unused.retain(|(_, calls)| calls.iter().all(is_same));
        // the role does not stand in its own requests
        let mut rows = rules::SERVICE_ROLE.iter();
        if rows.any(|row| row.operations.contains(&operation.name.as_str())) {
            unused.retain(|(member, _)| member != "role");
        }
        // a guardrail that is applied has a version
        let mut all = requests.caller.iter().chain(&requests.service_role);
        if all.any(|it| it.action.ends_with(":ApplyGuardrail")) {
            unused.retain(|(member, _)| member != "guardrail.version");
        }
        let is_within = |member: &str| {
            let whole = member.strip_prefix("guardrail.");
            whole.is_some() && unused.iter().any(|it| it.0 == "guardrail")
        };
        let unused = unused.iter().filter(|(member, _)| !is_within(member));
        let sentence = |member: &str| {
            let (member, operation) = (code(member), code(&operation.name));
            format!("{member}: the requests of {operation} do not depend on it")
        };
        unused.map(|(member, _)| sentence(member)).collect()
    }

    /// Returns for each optional member the call without it, and the call with another value.
    fn changed(&self) -> Vec<(String, [Self; 2])> {
        let mut all = Vec::new();
        let mut add = |member: &str, remove: &dyn Fn(&mut Self), vary: &dyn Fn(&mut Self)| {
            let mut calls = [self.clone(), self.clone()];
            remove(&mut calls[0]);
            vary(&mut calls[1]);
            all.push((member.to_owned(), calls));
        };
        macro_rules! members {
            ($($field:ident $member:literal;)*) => {
                $(
                    if is_stated(&self.$field) {
                        add(
                            $member,
                            &|call| call.$field = Default::default(),
                            &|call| call.$field.vary(),
                        );
                    }
                )*
            };
        }
        members! {
            model "model";
            profile_models "profile_models";
            router_models "router_models";
            guardrail "guardrail";
            enforced_guardrail "enforced_guardrail";
            prompt "prompt";
            api_key "api_key";
            service_tier "service_tier";
            system_tools "system_tools";
            tools "tools";
            external_web_access "external_web_access";
            stream "stream";
            vector_store "vector_store";
            credentials_secret "credentials_secret";
            function "function";
            role "role";
            input_bucket "buckets.input";
            output_bucket "buckets.output";
            kms_key "kms_key";
            image "image";
            schema "schema";
            sources "sources";
            collaborators "collaborators";
            tags "tags";
            resource_tags "resource_tags";
        }
        let guardrail = self.guardrail.as_ref();
        if guardrail.is_some_and(|it| it.version.is_some()) {
            add(
                "guardrail.version",
                &|call| call.guardrail.iter_mut().for_each(|it| it.version = None),
                &|call| {
                    for it in call.guardrail.iter_mut() {
                        let is_one = it.version.as_deref() == Some("1");
                        it.version = Some(if is_one { "2" } else { "1" }.to_owned());
                    }
                },
            );
        }
        if guardrail.is_some_and(|it| it.profile.is_some()) {
            add(
                "guardrail.profile",
                &|call| call.guardrail.iter_mut().for_each(|it| it.profile = None),
                &|call| call.guardrail.iter_mut().for_each(|it| it.profile.vary()),
            );
        }
        for member in self.part_models.keys().copied() {
            add(
                member,
                &|call| drop(call.part_models.remove(member)),
                &|call| call.part_models.entry(member).or_default().vary(),
            );
        }
        for member in self.keys.keys() {
            add(member, &|call| drop(call.keys.remove(member)), &|call| {
                call.keys.entry(member.clone()).or_default().vary();
            });
        }
        for (index, (member, _)) in self.resources.iter().enumerate() {
            add(
                member,
                &|call| drop(call.resources.remove(index)),
                &|call| call.resources[index].1.vary(),
            );
        }
        all
    }
}

fn is_stated<T: Default + PartialEq>(value: &T) -> bool {
    *value != T::default()
}

/// A value of a member that becomes another one of the same form.
trait Vary {
    fn vary(&mut self);
}

impl Vary for String {
    fn vary(&mut self) {
        self.push('x');
    }
}

impl Vary for bool {
    fn vary(&mut self) {
        *self = !*self;
    }
}

impl Vary for ApiKey {
    fn vary(&mut self) {
        *self = match self {
            Self::ShortTerm => Self::LongTerm,
            Self::LongTerm => Self::ShortTerm,
        };
    }
}

impl Vary for Sources {
    fn vary(&mut self) {
        *self = match self {
            Self::S3 => Self::Bytes,
            Self::Bytes => Self::S3,
        };
    }
}

impl Vary for Guardrail {
    fn vary(&mut self) {
        self.id.vary();
    }
}

impl Vary for Prompt {
    fn vary(&mut self) {
        self.arn.vary();
        self.model.vary();
    }
}

impl Vary for BTreeMap<String, String> {
    fn vary(&mut self) {
        let tags = std::mem::take(self).into_iter();
        self.extend(tags.map(|(key, value)| (key + "x", value)));
    }
}

impl<T: Vary> Vary for Vec<T> {
    fn vary(&mut self) {
        self.iter_mut().for_each(T::vary);
    }
}

impl<T: Vary> Vary for Option<T> {
    fn vary(&mut self) {
        self.iter_mut().for_each(T::vary);
    }
}
