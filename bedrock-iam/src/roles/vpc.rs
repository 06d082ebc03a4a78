//! The VPC of a job.

use iam_policy::{
    AnyResource, Arn, Condition, ForeignKey, Key, Resource, Segment, Site, Statement,
};
use iam_policy::{foreign_action, foreign_key, global};

use super::foreign::{NetworkInterface, SecurityGroup, Subnet};

/// The subnets and security groups in which a job runs, in the account and region of its role.
#[derive(Clone, Debug)]
pub struct Vpc {
    subnets: Vec<Segment>,
    security_groups: Vec<Segment>,
}

/// The tag with the ARN of the job that a network interface belongs to.
pub(super) struct JobTag {
    pub(super) name: &'static str,
    /// `ec2:ResourceTag/…` with this name.
    pub(super) on_resource: Key<ForeignKey>,
}

impl Vpc {
    /// Creates the VPC from the identifiers of its subnets and security groups.
    pub fn new(
        subnets: impl IntoIterator<Item = Segment>,
        security_groups: impl IntoIterator<Item = Segment>,
    ) -> Self {
        Self {
            subnets: subnets.into_iter().collect(),
            security_groups: security_groups.into_iter().collect(),
        }
    }

    /// Returns the statements for customization and import jobs.
    ///
    /// The conditions compare tags, which are texts, with ARN operators, as on the pages.
    pub(super) fn for_models<R: Resource>(
        &self,
        here: Site,
        tag: &JobTag,
        jobs: &Arn<R>,
    ) -> [Statement; 5] {
        let managed = foreign_key!("ec2:ResourceTag/BedrockManaged");
        [
            describe(),
            Statement::allow(foreign_action!("ec2:CreateNetworkInterface"))
                .on(interfaces(here))
                .when(is_managed())
                .when(global::request_tag(tag.name).arn_equals(jobs))
                .checked(),
            Statement::allow(foreign_action!("ec2:CreateNetworkInterface"))
                .on((self.subnets(here), self.security_groups(here)))
                .checked(),
            Statement::allow(delete())
                .on(AnyResource)
                .when(foreign_key!("ec2:Subnet").arn_equals(self.subnets(here)))
                .when(tag.on_resource.clone().arn_equals(jobs))
                .when(managed.string_equals("true"))
                .checked(),
            create_tags(here, tag),
        ]
    }

    /// Returns the statements for batch inference jobs.
    pub(super) fn for_batches<R: Resource>(
        &self,
        here: Site,
        tag: &JobTag,
        jobs: &Arn<R>,
    ) -> [Statement; 4] {
        [
            describe(),
            Statement::allow(foreign_action!("ec2:CreateNetworkInterface"))
                .on((
                    interfaces(here),
                    self.subnets(here),
                    self.security_groups(here),
                ))
                .when(is_managed())
                .when(global::request_tag(tag.name).arn_equals(jobs))
                .checked(),
            Statement::allow(delete())
                .on(AnyResource)
                .when(foreign_key!("ec2:Subnet").string_equals(self.subnets(here)))
                .when(tag.on_resource.clone().arn_equals(jobs))
                .checked(),
            create_tags(here, tag),
        ]
    }

    fn subnets(&self, here: Site) -> Vec<Arn<Subnet>> {
        let all = self.subnets.iter().cloned();
        all.map(|id| Subnet { id }.at(here)).collect()
    }

    fn security_groups(&self, here: Site) -> Vec<Arn<SecurityGroup>> {
        let all = self.security_groups.iter().cloned();
        all.map(|id| SecurityGroup { id }.at(here)).collect()
    }
}

fn interfaces(here: Site) -> Arn<NetworkInterface> {
    NetworkInterface { id: Segment::ANY }.at(here)
}

fn is_managed() -> Condition<global::RequestTag> {
    global::request_tag("BedrockManaged").string_equals("true")
}

fn describe() -> Statement {
    Statement::allow([
        foreign_action!("ec2:DescribeNetworkInterfaces"),
        foreign_action!("ec2:DescribeVpcs"),
        foreign_action!("ec2:DescribeDhcpOptions"),
        foreign_action!("ec2:DescribeSubnets"),
        foreign_action!("ec2:DescribeSecurityGroups"),
    ])
    .on(AnyResource)
    .checked()
}

fn delete() -> [iam_policy::ForeignAction; 3] {
    [
        foreign_action!("ec2:CreateNetworkInterfacePermission"),
        foreign_action!("ec2:DeleteNetworkInterface"),
        foreign_action!("ec2:DeleteNetworkInterfacePermission"),
    ]
}

fn create_tags(here: Site, tag: &JobTag) -> Statement {
    Statement::allow(foreign_action!("ec2:CreateTags"))
        .on(interfaces(here))
        .when(foreign_key!("ec2:CreateAction").string_equals("CreateNetworkInterface"))
        .when(
            global::TAG_KEYS
                .for_all_values()
                .string_equals(["BedrockManaged", tag.name]),
        )
        .checked()
}
