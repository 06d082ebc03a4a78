//! Errors that are not a matter of IAM, and vague ones that are.

use bedrock_iam::denials::Denial;

use super::{causes_of, sentence};

#[test]
fn other_causes_are_named() {
    for (text, is_iam, code) in [
        (
            "An error occurred (AccessDeniedException) when calling the Converse operation: You don’t have access to the model with the specified model ID.",
            Some(false),
            "model-access",
        ),
        (
            "ResourceNotFoundException: Model use case details have not been submitted for this account.",
            Some(false),
            "use-case-form",
        ),
        (
            "Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.",
            Some(false),
            "payment-method",
        ),
        (
            "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.",
            Some(true),
            "marketplace-subscription",
        ),
        (
            "Invocation of model ID amazon.nova-pro-v1:0 with on-demand throughput isn&#39;t supported.",
            Some(false),
            "on-demand-not-supported",
        ),
        (
            "The provided model doesn't support on-demand throughput.",
            Some(false),
            "on-demand-not-supported",
        ),
        (
            "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model",
            Some(false),
            "legacy-model",
        ),
        ("ThrottlingException: Rate exceeded", Some(false), "quota"),
        (
            "You are not authorized to invoke the InvokeModel operation.",
            Some(false),
            "feature-not-available",
        ),
        (
            "Your account is not authorized to invoke this API operation.",
            Some(false),
            "account-not-enabled",
        ),
        (
            "UnrecognizedClientException: The security token included in the request is invalid.",
            Some(false),
            "credentials-invalid",
        ),
        (
            "ExpiredTokenException: The security token included in the request is expired",
            Some(false),
            "credentials-expired",
        ),
        (
            "Forbidden: {\"Message\":\"Authentication failed: Please make sure your API Key is valid.\"}",
            Some(false),
            "api-key",
        ),
        (
            "The request signature we calculated does not match the signature you provided.",
            Some(false),
            "signature",
        ),
        (
            "Could not load credentials from any providers",
            Some(false),
            "credentials-missing",
        ),
        (
            "The knowledge base storage configuration provided is invalid... Bad Authorization",
            Some(true),
            "vector-store",
        ),
        (
            "Encountered error: Access Denied (Service: S3, Status Code: 403). Call to Amazon S3 Source did not succeed.",
            Some(true),
            "job-bucket",
        ),
        (
            "Access denied while invoking Lambda function arn:aws:lambda:us-east-1:123456789012:function:f. Check the permissions on the Lambda function and retry the request.",
            Some(true),
            "agent-function",
        ),
        (
            "Error when retrieving token from sso: Token has expired and refresh failed",
            Some(false),
            "credentials-expired",
        ),
        (
            "The SSO session associated with this profile has expired or is otherwise invalid.",
            Some(false),
            "credentials-expired",
        ),
        (
            "Unable to determine service/operation name to be authorized",
            Some(false),
            "unknown-operation",
        ),
        (
            "Failed to validate permissions for log group: /aws/bedrock, with role: arn:aws:iam::123456789012:role/x",
            Some(true),
            "service-role-permissions",
        ),
        (
            "AccessDenied: Access Denied status code: 403, request id: X",
            Some(true),
            "not-allowed",
        ),
        (
            "AuthorizationException(403, 'security_exception', 'no permissions for [indices:data/read/search]')",
            Some(true),
            "vector-store",
        ),
        (
            "Bedrock was unable to assume the given role. Provide the proper permissions.",
            Some(true),
            "service-role-trust",
        ),
        (
            "Credential refresh failed: response did not contain: Expiration",
            Some(false),
            "credentials-expired",
        ),
        (
            "{\"message\":\"Your request rate is too high. Reduce the frequency of requests.\"}",
            Some(false),
            "quota",
        ),
        (
            "AmazonServiceException: (Service: AmazonBedrockRuntime; Status Code: 429)",
            Some(false),
            "quota",
        ),
        (
            "Error loading SSO Token: Token for dev does not exist",
            Some(false),
            "credentials-expired",
        ),
        (
            "Error: Resolved credential object is not valid",
            Some(false),
            "credentials-missing",
        ),
        (
            "API Error: 403 {\"Message\":\"Authorization header is missing\"}",
            Some(false),
            "credentials-missing",
        ),
        (
            "botocore.exceptions.NoRegionError: You must specify a region.",
            Some(false),
            "region-missing",
        ),
        (
            "SdkClientException: Unable to load region from any of the providers in the chain",
            Some(false),
            "region-missing",
        ),
        (
            "SSLError: SSL validation failed for https://bedrock-runtime.us-east-1.amazonaws.com/",
            Some(false),
            "tls",
        ),
        (
            "ReadTimeoutError: Read timeout on endpoint URL: \"https://bedrock-runtime.us-east-1.amazonaws.com/\"",
            Some(false),
            "service-unavailable",
        ),
        (
            "getaddrinfo ENOTFOUND bedrock-runtime.eu-central-9.amazonaws.com",
            Some(false),
            "service-unavailable",
        ),
        (
            "UnknownServiceError: Unknown service: 'bedrock-runtime'. Valid service names are: ec2",
            Some(false),
            "unknown-operation",
        ),
        (
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (AccessDeniedException)",
            Some(true),
            "key-or-policy",
        ),
        (
            "elastic: Error 403 (Forbidden): User does not have permissions [type=authorization_exception]",
            Some(true),
            "vector-store",
        ),
        (
            "The knowledge base storage configuration provided is invalid... status code: 404, error message: no such index [i]",
            Some(false),
            "vector-index",
        ),
        (
            "ValidationException: Failed creating service linked role. Please verify that the calling role has sufficient permissions",
            Some(true),
            "service-linked-role",
        ),
        (
            "Role validation failed for 'arn:aws:iam::123456789012:role/x'. Please verify that the role exists and its trust policy allows assumption by this service",
            Some(true),
            "service-role-trust",
        ),
        (
            "ValidationException: The provided guardrail identifier is invalid.",
            Some(false),
            "invalid-guardrail",
        ),
        (
            "AccessDeniedException: Access to this model is not available for channel program accounts.",
            Some(false),
            "model-not-offered",
        ),
        (
            "ResourceNotFoundException: The provided ARN is invalid for the service region.",
            Some(false),
            "invalid-model",
        ),
        (
            "An error occurred (403) when calling the HeadObject operation: Forbidden",
            None,
            "head-forbidden",
        ),
        (
            "Ingestion job failed: Access denied to S3 bucket docs",
            Some(true),
            "job-bucket",
        ),
        // by the name of the error, if nothing is about access
        (
            "An error occurred (ResourceNotFoundException) when calling the Retrieve operation: KB1 does not exist",
            Some(false),
            "resource-not-found",
        ),
        (
            "ConflictException: An agent with the specified name already exists",
            Some(false),
            "conflict",
        ),
        (
            "ValidationException: max_tokens: 8192 > 4096",
            Some(false),
            "invalid-request",
        ),
        (
            "ValidationException: The role has no access to the collection",
            None,
            "",
        ),
        ("403 Forbidden", None, ""),
    ] {
        let denial = Denial::read(text);
        assert_eq!(denial.is_iam(), is_iam, "{text}");
        let causes = causes_of(text);
        let first = causes.first().map_or("", |cause| cause.code);
        assert_eq!(first, code, "{text}");
        if is_iam == Some(false) {
            assert_eq!(causes.len(), 1, "{text}");
            assert!(causes[0].fix.policy.is_none(), "{text}");
        }
    }
}

#[test]
fn a_stated_denial_prevails_over_other_words_of_a_log() {
    let reason = "because no identity-based policy allows the bedrock:InvokeModel action";
    let model = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
    let stated = sentence("bedrock:InvokeModel", model, reason);
    let log = format!("ThrottlingException: Too many tokens\n{stated}\nretrying, rate exceeded");
    assert_eq!(Denial::read(&log).is_iam(), Some(true));
    // a setting that is not a policy prevails
    let blocked = sentence(
        "s3:PutBucketPolicy",
        "\"arn:aws:s3:::b\"",
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    );
    let denial = Denial::read(&blocked);
    assert_eq!(denial.is_iam(), Some(false));
    assert_eq!(denial.action(), Some("s3:PutBucketPolicy"));
}

#[test]
fn an_embedding_model_is_read_with_the_role_that_calls_it() {
    let denial = Denial::read(
        "Knowledge base role arn:aws:iam::123456789012:role/kb is not able to call specified \
         embedding model arn:aws:bedrock:us-east-1::foundation-model/m: You don't have access to \
         the model with the specified model ID.",
    );
    assert_eq!(
        denial.principal(),
        Some("arn:aws:iam::123456789012:role/kb")
    );
    let model = "arn:aws:bedrock:us-east-1::foundation-model/m";
    assert_eq!(denial.resource(), Some(model));
    assert_eq!((denial.action(), denial.is_iam()), (None, Some(false)));
}
