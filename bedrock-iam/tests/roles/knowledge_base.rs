//! Knowledge bases from the inputs of documented roles.

use bedrock_iam::bedrock::arn;
use bedrock_iam::roles::{KnowledgeBase, QueryEngine, SourceBucket, SourceSecret, VectorStore};
use bedrock_iam::{aoss, rds_data, s3, s3vectors};

use crate::documented::{Built, Inputs, Recipe, bucket, model};

pub(crate) const RECIPES: &[Recipe] = &[
    ("kb-s3-aurora-rds-data-api", s3_source),
    ("kb-s3-s3-vectors", s3_source),
    ("kb-s3-opensearch-managed", s3_source),
    ("kb-s3-pinecone", s3_source),
    ("kb-s3-mongodb-atlas", s3_source),
    ("kb-s3-prefix-opensearch-serverless", s3_source),
    ("kb-cross-account-s3", s3_source),
    ("kb-rerank", s3_source),
    ("kb-fm-parsing", s3_source),
    ("kb-custom-transformation-lambda", s3_source),
    ("kb-confluence-basic-auth", secret_source),
    ("kb-confluence-oauth-refresh", refreshed_source),
    ("kb-sharepoint-source", secret_source),
    ("kb-salesforce-source", secret_source),
    ("kb-onedrive-source", secret_source),
    ("kb-google-drive-source", secret_source),
    ("kb-web-crawler-authenticated", secret_source),
    ("kb-managed-s3", managed_s3),
    ("kb-managed-google-drive", managed_secret),
    ("s3-kb-cross-account", bucket_policy),
    ("kms-kb-cross-account-source", key_policy),
    ("kms-s3-vectors", vector_key_policy),
    ("kb-redshift-provisioned-iam", structured),
    ("kb-redshift-provisioned-secret", structured),
    ("kb-redshift-serverless-iam", structured),
];

const SOURCE_KEY: &str = "the source bucket is encrypted with a customer managed key";
const OWNERS_KEY: &str = "the bucket is encrypted with a customer managed key of its owner";
const SECRET_KEY: &str = "the secret is encrypted with a customer managed key";
const TRANSIENT: &str = "ingestion jobs encrypt their transient data with a customer managed key";
const RERANK: &str = "Retrieve calls use a reranking model";
const MULTIMODAL: &str = "a multimodal storage destination bucket is configured";
const VECTOR_KEY: &str = "the vector bucket or index is encrypted with a customer managed key";

fn source(inputs: &Inputs) -> SourceBucket {
    let mut source = SourceBucket::new(bucket(inputs, "bucket"));
    if inputs.has("bucket_owner_account") {
        source = source.owned_by(inputs.text("bucket_owner_account").parse().unwrap());
    }
    if inputs.has("prefix") {
        source = source.folder(inputs.segment("prefix"));
    }
    source
}

fn store(inputs: &Inputs) -> VectorStore {
    let here = inputs.here();
    if inputs.has("collection_id") {
        let collection_id = inputs.segment("collection_id");
        VectorStore::OpenSearchServerless(aoss::arn::Collection { collection_id }.at(here))
    } else if inputs.has("cluster") {
        let cluster = rds_data::arn::Cluster {
            db_cluster_instance_name: inputs.segment("cluster"),
        };
        VectorStore::Aurora {
            cluster: cluster.at(here),
            secret: inputs.arn("secret_arn"),
        }
    } else if inputs.has("vector_index") {
        let index = s3vectors::arn::Index {
            bucket_name: inputs.segment("vector_bucket"),
            index_name: inputs.segment("vector_index"),
        };
        VectorStore::S3Vectors(index.at(here))
    } else if inputs.has("domain") {
        VectorStore::OpenSearchCluster {
            domain: inputs.segment("domain"),
            index: inputs.segment("index"),
        }
    } else {
        VectorStore::Secret(inputs.arn("secret_arn"))
    }
}

fn s3_source(inputs: &Inputs) -> Built {
    let base = KnowledgeBase::new(inputs.here(), model(inputs, "model"), store(inputs));
    let with_all = |source| {
        let mut role = base.clone().source(source);
        if inputs.has("rerank_model") {
            role = role.reranking(model(inputs, "rerank_model"));
        }
        if inputs.has("parsing_model") {
            role = role.parsing(model(inputs, "parsing_model"));
        }
        if inputs.has("intermediate_bucket") {
            let bucket = bucket(inputs, "intermediate_bucket");
            role = role.transformation(&inputs.arn("lambda_arn"), &bucket);
        }
        role
    };
    let role = with_all(source(inputs));
    let mut options = Vec::new();
    for when in [
        SOURCE_KEY, OWNERS_KEY, SECRET_KEY, TRANSIENT, RERANK, MULTIMODAL, VECTOR_KEY,
    ] {
        if !inputs.offers(when) {
            continue;
        }
        let role = role.clone();
        let with = match when {
            SOURCE_KEY | OWNERS_KEY => {
                with_all(source(inputs).encrypted_with(inputs.optional(when)))
            }
            SECRET_KEY => role.encrypted_store_secret(inputs.optional(when)),
            TRANSIENT => role.transient_key(inputs.optional(when)),
            RERANK => role.reranking(inputs.optional::<arn::FoundationModel>(when)),
            MULTIMODAL => role.multimodal_storage(&inputs.optional(when)),
            _ => role.encrypted_vectors(inputs.optional(when)),
        };
        options.push((when, with.permissions()));
    }
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn secret_source(inputs: &Inputs) -> Built {
    with_secret(inputs, SourceSecret::new(inputs.arn("secret_arn")))
}

fn refreshed_source(inputs: &Inputs) -> Built {
    with_secret(
        inputs,
        SourceSecret::new(inputs.arn("secret_arn")).refreshed(),
    )
}

fn with_secret(inputs: &Inputs, source: SourceSecret) -> Built {
    let base = KnowledgeBase::new(inputs.here(), model(inputs, "model"), store(inputs));
    let role = base.clone().source_with_secret(source.clone());
    let encrypted = base.source_with_secret(source.encrypted_with(inputs.optional(SECRET_KEY)));
    let transient = role.clone().transient_key(inputs.optional(TRANSIENT));
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: vec![
            (SECRET_KEY, encrypted.permissions()),
            (TRANSIENT, transient.permissions()),
        ],
    }
}

const EMBEDDING: &str = "a custom embedding model is chosen";

fn managed_s3(inputs: &Inputs) -> Built {
    let base = KnowledgeBase::managed(inputs.here());
    let role = base.clone().source(source(inputs));
    let encrypted = source(inputs).encrypted_with(inputs.optional(SOURCE_KEY));
    let embedding = role
        .clone()
        .embedding(inputs.optional::<arn::FoundationModel>(EMBEDDING));
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: vec![
            (SOURCE_KEY, base.source(encrypted).permissions()),
            (EMBEDDING, embedding.permissions()),
        ],
    }
}

fn managed_secret(inputs: &Inputs) -> Built {
    let role = KnowledgeBase::managed(inputs.here())
        .source_with_secret(inputs.arn::<bedrock_iam::secretsmanager::arn::Secret>("secret_arn"));
    let embedding = role
        .clone()
        .embedding(inputs.optional::<arn::FoundationModel>(EMBEDDING));
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: vec![(EMBEDDING, embedding.permissions())],
    }
}

fn bucket_policy(inputs: &Inputs) -> Built {
    let source = SourceBucket::new(bucket(inputs, "bucket"));
    Built::of_resource(source.bucket_policy(&inputs.arn("kb_role_arn")))
}

fn key_policy(inputs: &Inputs) -> Built {
    let any = s3::arn::Bucket {
        bucket_name: bedrock_iam::seg!("any"),
    }
    .at(inputs.here());
    let source = SourceBucket::new(any).encrypted_with(inputs.attached());
    Built::of_resource(source.key_policy(&inputs.arn("kb_role_arn")))
}

fn vector_key_policy(inputs: &Inputs) -> Built {
    let role = KnowledgeBase::managed(inputs.here());
    Built::of_resource(role.vector_key_policy(&inputs.arn("kb_role_arn")))
}

fn structured(inputs: &Inputs) -> Built {
    let engine = if inputs.has("workgroup_id") {
        QueryEngine::RedshiftServerless(inputs.segment("workgroup_id"))
    } else if inputs.has("secret_arn") {
        QueryEngine::RedshiftWithSecret {
            cluster: inputs.segment("cluster"),
            secret: inputs.arn("secret_arn"),
        }
    } else {
        QueryEngine::Redshift {
            cluster: inputs.segment("cluster"),
            database: inputs.segment("database"),
        }
    };
    let role = KnowledgeBase::structured(inputs.here(), engine);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options: Vec::new(),
    }
}
