//! Jobs and the logging of invocations from the inputs of documented roles.

use bedrock_iam::bedrock::arn;
use bedrock_iam::roles::{
    BatchInference, Evaluation, InvocationLogBucket, InvocationLogging, Model, ModelCustomization,
    ModelImport, SourceBucket, Vpc,
};
use bedrock_iam::{s3, seg};

use crate::documented::{Built, Inputs, Recipe, bucket};

pub(crate) const RECIPES: &[Recipe] = &[
    ("batch-inference-s3", batch_inference),
    ("batch-inference-inference-profile", batch_inference),
    ("batch-inference-application-profile", batch_inference),
    ("batch-inference-cross-account-s3", batch_inference),
    ("model-customization-fine-tuning", model_customization),
    ("model-customization-vpc", model_customization),
    ("model-import", model_import),
    ("model-import-cross-account-s3", model_import),
    ("model-import-prefix", model_import),
    ("custom-model-from-sagemaker", model_import),
    ("s3-import-cross-account", import_bucket_policy),
    ("kms-shared-model-source", model_user_key_policy),
    ("evaluation-automatic", evaluation),
    ("evaluation-judge", evaluation_with_judge),
    ("kms-evaluation-job", evaluation_key_policy),
    ("invocation-logging-cloudwatch", invocation_logging),
    ("s3-invocation-logging", invocation_log_bucket),
];

const DATA_KEY: &str =
    "the training, validation or output data is encrypted with a customer managed key";
const OWNERS_KEY: &str = "the bucket is encrypted with a customer managed key of its owner";
const EVALUATED_KEY: &str = "dataset or output buckets are encrypted with a customer managed key";

fn source(inputs: &Inputs, name: &str) -> SourceBucket {
    let mut source = SourceBucket::new(bucket(inputs, name));
    if inputs.has("bucket_owner_account") {
        source = source.owned_by(inputs.text("bucket_owner_account").parse().unwrap());
    }
    if inputs.has("prefix") {
        source = source.folder(inputs.segment("prefix"));
    }
    source
}

fn batch_inference(inputs: &Inputs) -> Built {
    let here = inputs.here();
    let output = bucket(inputs, "output_bucket");
    let mut role = BatchInference::new(here, source(inputs, "input_bucket"), output);
    let model = arn::FoundationModel {
        resource_id: inputs.segment("model"),
    };
    if inputs.has("inference_profile") {
        let profile = arn::InferenceProfile {
            resource_id: inputs.segment("inference_profile"),
        };
        let regions = inputs.regions("profile_regions");
        role = role.model(Model::through_profile(profile.at(here), &model, regions));
    }
    if inputs.has("application_inference_profile") {
        let resource_id = inputs.segment("application_inference_profile");
        let profile = arn::ApplicationInferenceProfile { resource_id }.at(here);
        let regions = inputs.regions("profile_regions");
        role = role.model(Model::through_application_profile(profile, &model, regions));
    }
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: Vec::new(),
    }
}

fn model_customization(inputs: &Inputs) -> Built {
    let (training, output) = (
        bucket(inputs, "training_bucket"),
        bucket(inputs, "output_bucket"),
    );
    let mut role = ModelCustomization::new(inputs.here(), training, output)
        .validation(bucket(inputs, "validation_bucket"));
    if inputs.has("subnets") {
        let group = inputs.segment("security_group");
        role = role.vpc(&Vpc::new(inputs.segments("subnets"), [group]));
    }
    let options = inputs.options(&[(DATA_KEY, &|| {
        role.clone()
            .encrypted_data(inputs.optional(DATA_KEY))
            .permissions()
    })]);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn model_user_key_policy(inputs: &Inputs) -> Built {
    let any = s3::arn::Bucket {
        bucket_name: seg!("any"),
    }
    .at(inputs.here());
    let role = ModelCustomization::new(inputs.here(), any.clone(), any);
    Built::of_resource([role.model_user_key_policy(&inputs.arn("recipient_role_arn"))])
}

fn model_import(inputs: &Inputs) -> Built {
    let source = source(inputs, "bucket");
    let role = ModelImport::new(inputs.here(), source.clone());
    let options = inputs.options(&[(OWNERS_KEY, &|| {
        let source = source.clone().encrypted_with(inputs.optional(OWNERS_KEY));
        ModelImport::new(inputs.here(), source).permissions()
    })]);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn import_bucket_policy(inputs: &Inputs) -> Built {
    let role = ModelImport::new(inputs.here(), bucket(inputs, "bucket"));
    Built::of_resource([role.bucket_policy(&inputs.arn("import_role_arn"))])
}

fn evaluation(inputs: &Inputs) -> Built {
    let (dataset, output) = (
        bucket(inputs, "dataset_bucket"),
        bucket(inputs, "output_bucket"),
    );
    evaluated(
        inputs,
        Evaluation::automatic(inputs.here(), dataset, output),
    )
}

fn evaluation_with_judge(inputs: &Inputs) -> Built {
    let (dataset, output) = (
        bucket(inputs, "dataset_bucket"),
        bucket(inputs, "output_bucket"),
    );
    evaluated(
        inputs,
        Evaluation::with_judge(inputs.here(), dataset, output),
    )
}

fn evaluated(inputs: &Inputs, role: Evaluation) -> Built {
    let role = role
        .dataset_folder(inputs.segment("dataset_prefix"))
        .output_folder(inputs.segment("output_prefix"));
    let options = inputs.options(&[(EVALUATED_KEY, &|| {
        role.clone()
            .encrypted_data(inputs.optional(EVALUATED_KEY))
            .permissions()
    })]);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn evaluation_key_policy(inputs: &Inputs) -> Built {
    let any = s3::arn::Bucket {
        bucket_name: seg!("any"),
    };
    let any = any.at(inputs.here());
    Built::of_resource(Evaluation::automatic(inputs.here(), any.clone(), any).key_policy())
}

fn invocation_logging(inputs: &Inputs) -> Built {
    let role = InvocationLogging::new(inputs.here(), inputs.segment("log_group"));
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: Vec::new(),
    }
}

fn invocation_log_bucket(inputs: &Inputs) -> Built {
    let bucket = InvocationLogBucket::new(inputs.here(), bucket(inputs, "bucket"))
        .prefix(inputs.segment("prefix"));
    Built::of_resource([bucket.bucket_policy()])
}
