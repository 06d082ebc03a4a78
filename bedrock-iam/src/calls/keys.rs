//! The requests of the caller on a customer managed key.

use super::context::Context;
use super::given::Given;
use super::needs::{Authorized, Collected};
use super::operation::Operation;
use super::rules::{Encrypted, KEY_USES, KeyUse, UNSTATED_USE};

/// The beginnings of operations that take a key.
const TAKING: &[&str] = &[
    "Associate",
    "Create",
    "Invoke",
    "Put",
    "RetrieveAndGenerate",
    "Set",
    "Start",
    "Update",
];

impl Collected<'_> {
    /// Adds the requests on the customer managed key. If no source states them for an operation that
    /// takes a key, they are optional.
    pub(super) fn keys(&mut self) {
        let call = self.given.call;
        let Some(key) = &call.kms_key else {
            return;
        };
        let name = self.operation.name.as_str();
        let mut uses = KEY_USES
            .iter()
            .filter(|it| it.operations.contains(&name))
            .peekable();
        let is_stated = uses.peek().is_some();
        for row in uses.filter(|it| (it.with)(call)) {
            self.key(key, row);
        }
        if !is_stated && TAKING.iter().any(|it| name.starts_with(it)) {
            self.key(key, &UNSTATED_USE);
        }
    }

    fn key(&mut self, key: &str, row: &KeyUse) {
        let context = self.given.key_context(row, self.operation);
        for action in row.actions {
            self.push(Authorized {
                action,
                arn: key.to_owned(),
                context: context.clone(),
                required: row.required,
                when: row.when,
            });
        }
    }
}

impl Given<'_> {
    fn key_context(&self, row: &KeyUse, operation: &Operation) -> Context {
        let mut context = Context::new();
        let encrypted = match row.encrypted {
            Some(Encrypted::Resource(key, name)) => {
                self.encrypted(name, operation).map(|arn| (key, arn))
            }
            Some(Encrypted::Account(key)) => Some((key, self.account.clone())),
            None => None,
        };
        if let Some((key, value)) = encrypted {
            context.insert(format!("kms:EncryptionContext:{key}"), vec![value]);
        }
        if row.via_bedrock {
            let suffix = match self.partition {
                "aws-cn" => ".cn",
                _ => "",
            };
            let service = format!("bedrock.{}.amazonaws.com{suffix}", self.region);
            context.insert("kms:ViaService".to_owned(), vec![service]);
        }
        context
    }

    /// Returns the resource of a type that is encrypted: a new one, the one that the call names, or the
    /// one of which it names a part.
    fn encrypted(&self, name: &str, operation: &Operation) -> Option<String> {
        let Operation {
            service, name: of, ..
        } = operation;
        let row = service.resource_types.iter().find(|it| it.name == name)?;
        if self.created(service, of).is_some_and(|it| it.name == name) {
            return self.new_resource(service, row);
        }
        let named = self.find(name).map(|it| it.arn.clone());
        named.or_else(|| self.known(service, row, None))
    }
}
