//! Buckets that a role reads.

use iam_policy::typing::{Actions, On};
use iam_policy::{AccountId, Arn, Principal, Segment, Site, Statement, global, place};

use super::site::{account, via};
use crate::generated::{iam, kms, s3};

/// A bucket that a role reads: of this or another account, whole or one folder, encrypted or not.
///
/// ```
/// use bedrock_iam::roles::SourceBucket;
/// use bedrock_iam::{Partition, Site, account, kms, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let handbook = s3::arn::Bucket { bucket_name: seg!("partner-handbook") };
/// let key = kms::arn::Key { key_id: seg!("1111aaaa-22bb-33cc-44dd-555566667777") };
/// let bucket = SourceBucket::new(handbook.at(here))
///     .owned_by(account!("210987654321"))
///     .encrypted_with(key.at(here.with_account(account!("210987654321"))))
///     .folder(seg!("handbook/"));
/// ```
#[derive(Clone, Debug)]
pub struct SourceBucket {
    pub(super) bucket: Arn<s3::arn::Bucket>,
    pub(super) owner: Option<AccountId>,
    pub(super) key: Option<Arn<kms::arn::Key>>,
    pub(super) folder: Option<Segment<place::Path>>,
}

impl SourceBucket {
    /// Creates a source: a whole bucket of the role's own account, encrypted with S3's keys.
    #[must_use]
    pub const fn new(bucket: Arn<s3::arn::Bucket>) -> Self {
        Self {
            bucket,
            owner: None,
            key: None,
            folder: None,
        }
    }

    /// Sets the account that owns the bucket.
    ///
    /// A bucket of another account needs [`bucket_policy`](Self::bucket_policy), and its key
    /// [`key_policy`](Self::key_policy).
    #[must_use]
    pub const fn owned_by(mut self, account: AccountId) -> Self {
        self.owner = Some(account);
        self
    }

    /// Sets the customer managed key that encrypts the bucket.
    #[must_use]
    pub fn encrypted_with(mut self, key: Arn<kms::arn::Key>) -> Self {
        self.key = Some(key);
        self
    }

    /// Limits the source to objects whose names begin with this prefix, such as `handbook/`.
    #[must_use]
    pub fn folder(mut self, prefix: Segment<place::Path>) -> Self {
        self.folder = Some(prefix);
        self
    }

    /// Returns the statements of the bucket's policy that let a role of another account read it.
    ///
    /// From "Create a service role for Amazon Bedrock Knowledge Bases". Its text has the role as
    /// principal, its example an account; the role is the narrower.
    pub fn bucket_policy(&self, role: &Arn<iam::arn::Role>) -> [Statement; 2] {
        let role = Principal::arn(role.clone());
        self.reads(None).map(|read| read.principal(role.clone()))
    }

    /// Returns the statement of the key's policy that lets a role of another account decrypt objects.
    ///
    /// From "Create a service role for Amazon Bedrock Knowledge Bases". In a key policy, the resource is
    /// the key itself.
    #[must_use]
    pub fn key_policy(&self, role: &Arn<iam::arn::Role>) -> Option<Statement> {
        let key = self.key.as_ref()?;
        let decrypt = Statement::allow(kms::action::Decrypt)
            .principal(Principal::arn(role.clone()))
            .on(key);
        Some(decrypt.checked())
    }

    /// Returns the objects of the source.
    pub(super) fn objects(&self) -> Arn<s3::arn::Object> {
        match &self.folder {
            Some(folder) => objects(&self.bucket, folder.clone().then(Segment::ANY)),
            None => objects(&self.bucket, Segment::ANY),
        }
    }

    /// Returns the statements with which a role reads the source: one for the bucket, one for its
    /// objects.
    pub(super) fn reads(&self, owner: Option<&[AccountId]>) -> [Statement; 2] {
        let mut list = Statement::allow(s3::action::ListBucket).on(&self.bucket);
        let mut read = Statement::allow(s3::action::GetObject).on(self.objects());
        if let Some(owner) = owner {
            list = list.when(global::RESOURCE_ACCOUNT.string_equals(owner));
            read = read.when(global::RESOURCE_ACCOUNT.string_equals(owner));
        }
        if let Some(prefixes) = self.prefixes() {
            // not in the statement of `s3:GetObject`, whose requests do not contain the key
            list = list.when(s3::key::PREFIX.string_like(prefixes));
        }
        [list.checked(), read.checked()]
    }

    /// Returns the statements with which a role reads the source: one for the bucket and its objects
    /// together, unless it is limited to a folder.
    pub(super) fn reads_jointly(&self, here: Site) -> Vec<Statement> {
        let owner = self.owner(here);
        if self.folder.is_some() {
            return self.reads(Some(&owner)).into();
        }
        let read = Statement::allow((s3::action::GetObject, s3::action::ListBucket))
            .on_mixed((&self.bucket, self.objects()))
            .when(global::RESOURCE_ACCOUNT.string_equals(owner));
        vec![read.checked()]
    }

    /// Returns the statement with which a role decrypts the source through S3, if it is encrypted.
    pub(super) fn decrypts(&self, here: Site) -> Option<Statement> {
        let decrypt = Statement::allow(kms::action::Decrypt)
            .on(self.key.as_ref()?)
            .when(kms::key::VIA_SERVICE.string_equals(via("s3", here)));
        Some(decrypt.checked())
    }

    /// Returns whether the source is a whole bucket of the role's account.
    pub(super) fn is_whole_and_own(&self, here: Site) -> bool {
        self.folder.is_none() && self.owner(here) == account(here)
    }

    /// Returns the statement with which a role describes and uses the key of the source, if it is
    /// encrypted.
    pub(super) fn describes_key(&self) -> Option<Statement> {
        let actions = (kms::action::Decrypt, kms::action::DescribeKey);
        Some(Statement::allow(actions).on(self.key.as_ref()?).checked())
    }

    /// Returns the owner's account, by default that of the role.
    pub(super) fn owner(&self, here: Site) -> Vec<AccountId> {
        match self.owner {
            Some(owner) => vec![owner],
            None => account(here),
        }
    }

    /// Returns the values of `s3:prefix` of requests for the folder.
    fn prefixes(&self) -> Option<[String; 2]> {
        let folder = self.folder.as_ref()?;
        Some([folder.to_string(), format!("{folder}*")])
    }
}

impl From<Arn<s3::arn::Bucket>> for SourceBucket {
    fn from(bucket: Arn<s3::arn::Bucket>) -> Self {
        Self::new(bucket)
    }
}

/// Returns objects of a bucket.
pub(super) fn objects(
    bucket: &Arn<s3::arn::Bucket>,
    object_name: Segment<place::Path>,
) -> Arn<s3::arn::Object> {
    let bucket_name = bucket.resource().bucket_name.clone();
    s3::arn::Object {
        bucket_name,
        object_name,
    }
    .at(bucket.site())
}

/// Returns the statements with which a role lists a bucket and uses its objects.
pub(super) fn uses<A: Actions + On<s3::arn::Object>>(
    bucket: &Arn<s3::arn::Bucket>,
    actions: A,
    owner: &[AccountId],
) -> [Statement; 2] {
    [
        Statement::allow(s3::action::ListBucket)
            .on(bucket)
            .when(global::RESOURCE_ACCOUNT.string_equals(owner))
            .checked(),
        Statement::allow(actions)
            .on(objects(bucket, Segment::ANY))
            .when(global::RESOURCE_ACCOUNT.string_equals(owner))
            .checked(),
    ]
}
