//! Errors that look like a denial but are not a matter of IAM, and vague ones that are.
//!
//! See <https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html>,
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html> and
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>. Most texts are on
//! no page; they are from messages that users report, with the change that helped.

use iam_policy::decide::Layer;

/// A text of an error that does not state which policy denied the request.
#[derive(Debug)]
pub(super) struct OtherCause {
    pub(super) code: &'static str,
    /// Phrases in lower case. One of them has to be in the text; `*` stands for up to 80 characters.
    phrases: &'static [&'static str],
    /// Whether policies decide; `None` if the text leaves it open.
    pub(super) is_iam: Option<bool>,
    /// Whether it is the cause even if the text also states that an action is not authorized.
    prevails: bool,
    pub(super) text: &'static str,
    pub(super) change: &'static str,
    /// The layer whose policies have to be changed.
    pub(super) layer: Option<Layer>,
    /// The actions that a statement has to allow.
    pub(super) actions: &'static [&'static str],
}

/// The cause of an error of the table that policies do not decide.
const NOT_IAM: OtherCause = OtherCause {
    code: "",
    phrases: &[],
    is_iam: Some(false),
    prevails: false,
    text: "",
    change: "",
    layer: None,
    actions: &[],
};

/// The cause of an error of the table that policies decide.
const IAM: OtherCause = OtherCause {
    is_iam: Some(true),
    layer: Some(Layer::Identity),
    ..NOT_IAM
};

/// The cause of a request with wrong parameters.
const INVALID_REQUEST: OtherCause = OtherCause {
    code: "invalid-request",
    text: "the request is not valid for the model or operation",
    change: "compare the request's parameters with those of the model and operation",
    ..NOT_IAM
};

/// The table; the first entry that matches is the cause.
static TABLE: &[OtherCause] = &[
    OtherCause {
        code: "public-access-block",
        phrases: &["in s3 block public access", "by the block public access"],
        prevails: true,
        text: "S3 Block Public Access rejects the request, whatever the policies allow",
        change: "do not make the bucket or object public; if it has to be public, change the named setting of the bucket, the account or the organization",
        ..NOT_IAM
    },
    OtherCause {
        code: "payment-method",
        phrases: &["invalid_payment_instrument", "valid payment instrument"],
        prevails: true,
        text: "the account has no valid payment method for the model's AWS Marketplace subscription",
        change: "add a valid payment method to the account that pays (Billing, Payment preferences), and try again after 15 minutes",
        ..NOT_IAM
    },
    OtherCause {
        code: "marketplace-subscription",
        phrases: &[
            "required aws marketplace actions",
            "perform: aws-marketplace:",
        ],
        prevails: true,
        text: "the model is not yet subscribed in the account, and the caller may not subscribe to it",
        change: "call the model once with a role that has the AWS Marketplace actions, which subscribes the whole account, or allow the actions; then wait up to 15 minutes",
        actions: &[
            "aws-marketplace:ViewSubscriptions",
            "aws-marketplace:Subscribe",
        ],
        ..IAM
    },
    OtherCause {
        code: "marketplace-pending",
        layer: Some(Layer::Identity),
        phrases: &["aws marketplace subscription for this model cannot be completed"],
        is_iam: None,
        text: "the AWS Marketplace subscription for the model is not complete",
        change: "wait 15 minutes; then create the model's agreement with a role that has `aws-marketplace:Subscribe` (console: Model catalog; API: `CreateFoundationModelAgreement`)",
        actions: &[
            "aws-marketplace:ViewSubscriptions",
            "aws-marketplace:Subscribe",
        ],
        ..NOT_IAM
    },
    OtherCause {
        code: "use-case-form",
        phrases: &[
            "use case details have not been submitted",
            "use case details form",
            "use-case form",
            "use case form",
            "ftuformnotfilled",
        ],
        text: "Anthropic's form about the use case was not submitted for the account",
        change: "submit the form once per account or organization (console: Model catalog, an Anthropic model; API: `PutUseCaseForModelAccess`), and try again after 15 minutes",
        ..NOT_IAM
    },
    OtherCause {
        code: "legacy-model",
        phrases: &[
            "marked by provider as legacy",
            "reached the end of its life",
            "reached end of life",
            "model has been deprecated",
            "model version is no longer",
        ],
        text: "the model is a legacy or retired version, which is closed to accounts that do not use it",
        change: "change the model ID to an active version (`ListFoundationModels` shows `modelLifecycle`)",
        ..NOT_IAM
    },
    OtherCause {
        code: "on-demand-not-supported",
        phrases: &[
            "on-demand throughput isn't supported",
            "support on-demand throughput",
            "on-demand throughput is not supported",
        ],
        text: "the model can only be invoked through an inference profile or provisioned throughput",
        change: "use the ID of an inference profile instead of the model ID, such as the ID with the prefix `us.`, `eu.` or `global.` (`ListInferenceProfiles` lists them)",
        ..NOT_IAM
    },
    OtherCause {
        code: "unsupported-country",
        phrases: &["unsupported countries", "unsupported country"],
        text: "the model's provider does not serve the country of the account or caller",
        change: "use a model of another provider, or call from a supported country",
        ..NOT_IAM
    },
    OtherCause {
        code: "model-not-offered",
        phrases: &[
            "is not available for this account",
            "is not available in your account",
            "is not available for channel program accounts",
            "badcscore",
            "account is not authorized to access this model",
        ],
        text: "AWS does not offer the model to this account",
        change: "use another model, or ask AWS Support or sales for access to this one",
        ..NOT_IAM
    },
    OtherCause {
        code: "model-access",
        phrases: &[
            "you don't have access to the model",
            "you do not have access to the model",
            "not have access to the model with the specified model id",
            "no access to the model",
            "does not have an agreement to this model",
            "model access has not been granted",
            "not been granted access to the model",
            "model access is not enabled",
        ],
        text: "the model is not enabled for the account in this region",
        change: "check that the region offers the model and that the model ID is the intended one; then enable the model: accept its agreement (console: Model catalog; API: `CreateFoundationModelAgreement`), for Anthropic with the form about the use case",
        ..NOT_IAM
    },
    OtherCause {
        code: "feature-not-available",
        phrases: &[
            "not authorized to invoke the * operation",
            "account is unauthorized to use",
            "account is not authorized to use",
            "not supported in this region",
            "is not available in this region",
            "not supported in the region",
        ],
        text: "the feature or model is not offered in this region, or not to this account",
        change: "call a region that has the feature or model, or stop using the feature; if the region has it, ask AWS Support",
        ..NOT_IAM
    },
    OtherCause {
        code: "account-not-enabled",
        phrases: &[
            "account is not authorized to invoke this api operation",
            "account is not authorized to perform this operation",
            "aws access key id needs a subscription for the service",
            "optinrequired",
            "account has not been activated",
            "account is being verified",
            "account is currently blocked",
        ],
        text: "the account, not the caller, lacks access: to the model in this region, to the feature, or to the service",
        change: "set the region in which the model is enabled, or enable the model in this one; for a new or managed account, ask its administrator or AWS Support",
        ..NOT_IAM
    },
    OtherCause {
        code: "operation-not-allowed",
        phrases: &["operation not allowed", "operation is not allowed"],
        text: "the account is restricted: it is new, not verified, or the model is not enabled",
        change: "enable the model and check the account's payment and verification status; if the error remains, open a case with AWS Support",
        ..NOT_IAM
    },
    OtherCause {
        code: "invalid-model",
        phrases: &[
            "model identifier is invalid",
            "model id is invalid",
            "invalid model id",
            "could not resolve the foundation model",
            "the provided model doesn't exist",
            "could not find the model",
            "model not found",
            "provided arn is invalid for the service region",
            "could not find the inference profile",
        ],
        text: "the region has no model or inference profile with this ID",
        change: "use an ID that `ListFoundationModels` or `ListInferenceProfiles` lists in the region of the call",
        ..NOT_IAM
    },
    OtherCause {
        code: "agent-profile",
        phrases: &["access denied while trying to create/update an agent"],
        text: "the agent's role does not allow the inference profile or the models behind it",
        change: "add the statements to the policy of the agent's role, limited to the profile and its models, and check that its trust policy names `bedrock.amazonaws.com`",
        actions: &["bedrock:InvokeModel", "bedrock:GetInferenceProfile"],
        ..IAM
    },
    OtherCause {
        code: "agent-role",
        phrases: &[
            "access denied when calling bedrock",
            "check your request permissions and retry",
        ],
        text: "the role of the agent or flow may not invoke its model, or the model is not enabled",
        change: "add the statement to the policy of the agent's role, limited to its model, and check that the model is enabled",
        actions: &["bedrock:InvokeModel"],
        ..IAM
    },
    OtherCause {
        code: "agent-function",
        phrases: &["access denied while invoking lambda function"],
        text: "the policy of the Lambda function does not allow Bedrock to invoke it for the agent or flow",
        change: "allow `lambda:InvokeFunction` for the principal `bedrock.amazonaws.com` in the policy of the function, with the agent's ARN as `aws:SourceArn`",
        layer: Some(Layer::Resource),
        ..IAM
    },
    OtherCause {
        code: "job-bucket",
        phrases: &[
            "could not validate * permissions to access",
            "does not have access to the s3",
            "not able to access the s3",
            "unable to access the s3",
            "amazon s3 source did not succeed",
            "access denied*s3 bucket",
        ],
        text: "the service role of the job or knowledge base may not read or write its bucket, or decrypt it",
        change: "allow the actions on the bucket in the policy of the service role, and `kms:Decrypt` on the bucket's key; check the bucket's policy, account and region too",
        actions: &["s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        ..IAM
    },
    OtherCause {
        code: "image-pull",
        phrases: &[
            "access denied while validating ecr",
            "denied while validating ecr uri",
        ],
        text: "the execution role may not pull the container image",
        change: "check that the role passed is the execution role of the runtime, and add the statement to its policy",
        ..IAM
    },
    OtherCause {
        code: "service-role-permissions",
        phrases: &[
            "role requires permissions for",
            "role does not have permission",
            "failed to validate permissions for",
            "role is missing permission",
            "role doesn't have permission",
            "role has insufficient permission",
        ],
        text: "the service role that was passed lacks permissions",
        change: "check that the role passed is the intended one, and add the actions to its policy",
        ..IAM
    },
    OtherCause {
        code: "service-role-trust",
        phrases: &[
            "unable to assume",
            "cannot assume",
            "can't assume",
            "could not assume",
            "cannot be assumed",
            "failed to assume",
            "not able to assume",
            "does not have permission to assume",
            "trust policy allows assumption by",
        ],
        text: "the service or caller cannot assume the role: the trust policy does not allow it",
        change: "allow `sts:AssumeRole` in the role's trust policy for the service principal, such as `bedrock.amazonaws.com`, and check that its conditions `aws:SourceAccount` and `aws:SourceArn` name this account and resource; retry after a minute if the role or its policy is new, because a change takes time to reach every region",
        layer: Some(Layer::Resource),
        ..IAM
    },
    OtherCause {
        code: "service-linked-role",
        phrases: &[
            "creating service linked role",
            "create a service linked role",
            "create a service-linked role",
            "create the service linked role",
            "create the service-linked role",
        ],
        text: "the feature needs a service-linked role that the account does not have, and the caller may not create it",
        change: "allow the action for the service of the role (`iam:AWSServiceName`), or have an administrator create the role once: `aws iam create-service-linked-role --aws-service-name …`",
        actions: &["iam:CreateServiceLinkedRole"],
        ..IAM
    },
    OtherCause {
        code: "vector-index",
        phrases: &[
            "storage configuration provided is invalid* no such index",
            "storage configuration provided is invalid* engine type",
            "storage configuration provided is invalid* must be indexed",
            "storage configuration provided is invalid* does not exist",
            "storage configuration provided is invalid* dimension",
        ],
        text: "the knowledge base reaches its vector store, but the index or table does not exist, or has other fields, dimensions or another engine than the knowledge base needs",
        change: "create the index before the knowledge base, with the engine, the dimensions of the embedding model and the names of the fields that the knowledge base states; a new index of OpenSearch Serverless takes a minute to be found",
        ..NOT_IAM
    },
    OtherCause {
        code: "vector-store",
        phrases: &[
            "storage configuration provided is invalid",
            "security_exception",
            "authorization_exception",
            "bad authorization",
        ],
        text: "the caller or the knowledge base's role may not access the vector store",
        change: "add the statement to the policy of the role, and add the role to the data access policy of the OpenSearch Serverless collection, which IAM does not contain (of a domain: map the role to one of its fine-grained access control); wait two minutes before creating the knowledge base",
        actions: &["aoss:APIAccessAll"],
        ..IAM
    },
    OtherCause {
        code: "credentials-expired",
        phrases: &[
            "token included in the request is expired",
            "expiredtoken",
            "token has expired",
            "session has expired",
            "session * has expired",
            "token is expired",
            "request has expired",
            "bearer token is expired",
            "credentials have expired",
            "credentials are expired",
            "credential refresh failed",
            "credentials refresh failed",
            "error loading sso token",
            "refreshing temporary credentials failed",
        ],
        text: "the temporary credentials or the API key expired, or could not be renewed",
        change: "get new credentials (`aws sso login`, assume the role again, or create a new API key), and check that the application reloads them",
        ..NOT_IAM
    },
    OtherCause {
        code: "api-key",
        phrases: &[
            "make sure your api key is valid",
            "invalid api key",
            "api key is invalid",
            "api key is not valid",
            "invalid bearer token",
            "bearer token included in the request is invalid",
        ],
        text: "the Bedrock API key is not valid for this request",
        change: "check `AWS_BEARER_TOKEN_BEDROCK`: copy the whole key, use it in the region it was created for, and remove the variable to use other credentials; create a new key if it was deleted or expired",
        ..NOT_IAM
    },
    OtherCause {
        code: "signature",
        phrases: &[
            "signature we calculated does not match",
            "signaturedoesnotmatch",
            "invalidsignature",
            "signature expired",
            "signature not yet current",
            "incompletesignature",
            "credential should be scoped to",
            "not a valid key=value pair",
        ],
        text: "the request is signed in a wrong way: another service name or region, a wrong secret key, or a wrong clock",
        change: "sign with the service name `bedrock` (for `bedrock-runtime` and `bedrock-agent` too) and the region of the endpoint, or use an AWS SDK; check the secret key and the clock",
        ..NOT_IAM
    },
    OtherCause {
        code: "credentials-invalid",
        phrases: &[
            "token included in the request is invalid",
            "unrecognizedclient",
            "invalidclienttokenid",
            "invalidaccesskeyid",
            "authfailure",
            "validate the provided access credentials",
        ],
        text: "AWS does not know the credentials: they are wrong, deleted, incomplete or of another partition",
        change: "check which credentials the application uses (`aws sts get-caller-identity`); temporary ones need the session token too",
        ..NOT_IAM
    },
    OtherCause {
        code: "credentials-missing",
        phrases: &[
            "unable to locate credentials",
            "could not load credentials",
            "unable to load credentials",
            "nocredentialproviders",
            "no valid credential sources",
            "no credentials found",
            "missing authentication token",
            "missingauthenticationtoken",
            "failed to refresh cached credentials",
            "no basic auth credentials",
            "resolved credential object is not valid",
            "authorization header is missing",
            "config profile * could not be found",
            "partial credentials found",
        ],
        text: "the application found no credentials",
        change: "give the application credentials: a role of its compute service, a profile, or environment variables",
        ..NOT_IAM
    },
    OtherCause {
        code: "quota",
        phrases: &[
            "too many tokens",
            "too many requests",
            "throttling",
            "rate exceeded",
            "servicequotaexceeded",
            "service quota",
            "toomanyrequests",
            "too many connections",
            "limit exceeded",
            "quota exceeded",
            "request rate is too high",
            "rate of requests exceeded",
            "status code: 429",
            "status code 429",
            "statuscode: 429",
        ],
        text: "a quota is used up: requests or tokens per minute, or tokens per day",
        change: "wait and retry with backoff, send fewer or shorter requests, use a cross-region inference profile, or request an increase (Service Quotas, Amazon Bedrock); new accounts have low quotas",
        ..NOT_IAM
    },
    OtherCause {
        code: "service-unavailable",
        phrases: &[
            "modelnotready",
            "model is not ready",
            "serviceunavailable",
            "bedrock is unable to process your request",
            "internalserver",
            "modeltimeout",
            "connect to the endpoint url",
            "connection timed out",
            "connection refused",
            "econnrefused",
            "read timeout on endpoint",
            "etimedout",
            "getaddrinfo",
            "eai_again",
            "no such host",
            "could not resolve host",
            "name or service not known",
            "unknownhostexception",
            "modelerrorexception",
            "modelstreamerror",
            "encountered an unexpected error during processing",
        ],
        text: "the service or the network fails, not a policy",
        change: "retry with backoff; check the endpoint, the region and the network",
        ..NOT_IAM
    },
    OtherCause {
        code: "tls",
        phrases: &[
            "certificate_verify_failed",
            "ssl validation failed",
            "self-signed certificate",
            "self signed certificate",
            "unable to get local issuer certificate",
            "unable to find valid certification path",
            "certificate signed by unknown authority",
        ],
        text: "the application does not trust the certificate of the connection, such as one that a proxy of the company presents",
        change: "add the certificate of the proxy's authority to those that the application trusts (`AWS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`, the trust store of the JVM), or exempt the endpoint from inspection",
        ..NOT_IAM
    },
    OtherCause {
        code: "region-missing",
        phrases: &[
            "must specify a region",
            "unable to load region",
            "region is missing",
            "missing region in config",
            "could not find region configuration",
            "no regionendpoint or serviceurl configured",
        ],
        text: "the application has no region configured",
        change: "set the region of the client, the environment variable `AWS_REGION`, or `region` of the profile",
        ..NOT_IAM
    },
    OtherCause {
        code: "key-state",
        phrases: &[
            "kmsinvalidstate",
            "key is disabled",
            "is pending deletion",
            "kms key is disabled",
        ],
        prevails: true,
        text: "the KMS key is disabled or pending deletion",
        change: "enable the key or cancel its deletion, or use another key",
        ..NOT_IAM
    },
    OtherCause {
        code: "web-identity",
        phrases: &[
            "invalididentitytoken",
            "no openidconnect provider found",
            "incorrect token audience",
        ],
        text: "the account has no identity provider for the token, or the token is for another audience",
        change: "create the OpenID Connect provider in the account with the token's issuer, and add the token's audience to it",
        ..NOT_IAM
    },
    OtherCause {
        code: "invalid-guardrail",
        phrases: &[
            "guardrail identifier is invalid",
            "guardrail identifier or version provided in the request does not exist",
        ],
        text: "the region of the call has no guardrail with this ID and version",
        change: "use an ID and version that `ListGuardrails` lists in the region of the call; a guardrail of another account is named by its ARN",
        ..NOT_IAM
    },
    OtherCause {
        code: "head-forbidden",
        phrases: &[
            "(403) when calling the headobject operation",
            "(403) when calling the headbucket operation",
        ],
        is_iam: None,
        text: "S3 answers a `HEAD` request without a reason; most often the caller may not read the object, or the object does not exist and the caller may not list the bucket",
        change: "allow the actions, limited to the bucket and its objects; then check the bucket's policy and key, and repeat the request with `GetObject`, whose error states the reason",
        layer: Some(Layer::Identity),
        actions: &["s3:GetObject", "s3:ListBucket"],
        ..NOT_IAM
    },
    OtherCause {
        code: "unknown-operation",
        phrases: &[
            "unable to determine service/operation name to be authorized",
            "unknownoperation",
            "unknown service: 'bedrock",
            "bedrockruntime' object has no attribute",
            "bedrock' object has no attribute",
        ],
        text: "the SDK or the endpoint does not know the operation: the SDK is too old, or the URL, method or service name is wrong",
        change: "use the endpoint of the operation's client (`bedrock`, `bedrock-runtime`, `bedrock-agent`, `bedrock-agent-runtime`) and a recent SDK; check the path and the encoding of the model ID in it",
        ..NOT_IAM
    },
    OtherCause {
        phrases: &[
            "malformed input request",
            "input is too long",
            "this model doesn't support",
            "the model returned the following errors",
            "validation error detected",
            "validation errors detected",
        ],
        ..INVALID_REQUEST
    },
];

/// Errors whose name shows that policies do not decide, if nothing in the text is about access.
static BY_NAME: &[OtherCause] = &[
    OtherCause {
        code: "resource-not-found",
        phrases: &["resourcenotfound"],
        text: "the region and account of the call have no resource with this ID",
        change: "check the ID, its version or alias, and the region and account of the call; name a resource of another account by its ARN",
        ..NOT_IAM
    },
    OtherCause {
        code: "conflict",
        phrases: &["conflictexception"],
        text: "the resource exists already, or another change of it is in progress",
        change: "use another name, or wait until the resource is ready and try again",
        ..NOT_IAM
    },
    OtherCause {
        phrases: &[
            "validationexception",
            "paramvalidationerror",
            "parameter validation failed",
        ],
        ..INVALID_REQUEST
    },
];

/// Words that can be about access.
const ABOUT_ACCESS: &[&str] = &[
    "access",
    "authori",
    "denied",
    "forbidden",
    "permi",
    "policy",
    "role",
    "trust",
];

/// Words of errors that can only come from a denial.
const DENIALS: &[&str] = &[
    "access denied",
    "accessdenied",
    "not authorized",
    "unauthorizedoperation",
    "authorizationerror",
    "explicit deny",
];

/// Returns the entry whose phrase is in a text; `states_action` is whether the text also states that an
/// action is not authorized.
pub(super) fn find(plain: &str, states_action: bool) -> Option<&'static OtherCause> {
    let flat = plain.to_ascii_lowercase().replace('\n', " ");
    let is_about_access = ABOUT_ACCESS.iter().any(|word| flat.contains(word));
    let by_name = BY_NAME.iter().filter(|_| !is_about_access);
    let mut table = TABLE.iter().chain(by_name);
    table.find(|cause| {
        (cause.prevails || !states_action)
            && cause.phrases.iter().any(|phrase| contains(&flat, phrase))
    })
}

/// Returns whether a text is an error of a denial, though it may not state anything about it.
pub(super) fn is_denial(plain: &str) -> bool {
    let flat = plain.to_ascii_lowercase().replace('\n', " ");
    DENIALS.iter().any(|phrase| flat.contains(phrase))
}

fn contains(flat: &str, phrase: &str) -> bool {
    let Some((head, tail)) = phrase.split_once('*') else {
        return flat.contains(phrase);
    };
    flat.match_indices(head).any(|(at, _)| {
        let rest = &flat[at + head.len()..];
        let ends = rest.char_indices().map(|it| it.0);
        let mut ends = ends.take_while(|at| *at <= 80);
        ends.any(|at| rest[at..].starts_with(tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_phrases_in_lower_case() {
        let mut codes: Vec<_> = TABLE.iter().map(|cause| cause.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), TABLE.len());
        for cause in TABLE.iter().chain(BY_NAME) {
            assert!(
                !cause.text.is_empty() && !cause.change.is_empty() && !cause.phrases.is_empty()
            );
            for phrase in cause.phrases {
                assert_eq!(*phrase, phrase.to_ascii_lowercase());
                // an earlier entry does not hide it
                let text = phrase.replace('*', "Rerank");
                let found = find(&text, false).map(|it| it.code);
                assert_eq!(found, Some(cause.code), "{phrase}");
            }
        }
    }
}
