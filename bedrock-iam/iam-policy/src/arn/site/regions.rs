//! The regions of each partition.
//!
//! Source: the partitions of AWS's SDKs (`partitions.json` of botocore), and the regions of
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints-region-availability.html>; read on
//! 2026-11-26. New regions are added over time, so a region that is not in the table may exist.

use super::{Partition, Region};

/// The regions of each partition, sorted in each.
const REGIONS: &[(Partition, &[&str])] = &[
    (
        Partition::Aws,
        &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
    ),
    (Partition::AwsCn, &["cn-north-1", "cn-northwest-1"]),
    (Partition::AwsUsGov, &["us-gov-east-1", "us-gov-west-1"]),
    (Partition::AwsEusc, &["eusc-de-east-1"]),
    (Partition::AwsIso, &["us-iso-east-1", "us-iso-west-1"]),
    (Partition::AwsIsoB, &["us-isob-east-1", "us-isob-west-1"]),
    (Partition::AwsIsoE, &["eu-isoe-west-1"]),
    (Partition::AwsIsoF, &["us-isof-east-1", "us-isof-south-1"]),
];

/// Returns all known regions, each with its partition.
pub(crate) fn all() -> impl Iterator<Item = (Partition, &'static str)> {
    let partitions = REGIONS.iter();
    partitions.flat_map(|(partition, names)| names.iter().map(move |name| (*partition, *name)))
}

impl Region {
    /// Returns the partition of the region; `None` if the region is not known to this crate, such as
    /// a newer one.
    ///
    /// ```
    /// use iam_policy::{Partition, region};
    ///
    /// assert_eq!(region!("eu-central-1").partition(), Some(Partition::Aws));
    /// assert_eq!(region!("us-gov-west-1").partition(), Some(Partition::AwsUsGov));
    /// assert_eq!(region!("us-orchard-1").partition(), None);
    /// ```
    #[must_use]
    pub fn partition(&self) -> Option<Partition> {
        let mut known = all();
        known.find_map(|(partition, name)| (name == self.as_str()).then_some(partition))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_regions_and_each_region_one_partition() {
        for partition in Partition::ALL {
            assert!(all().any(|(of, _)| of == *partition), "{partition}");
        }
        for (partition, name) in all() {
            let region = Region::parse(name).expect("a region");
            assert_eq!(region.partition(), Some(partition), "{name}");
        }
        for (_, names) in REGIONS {
            assert!(names.is_sorted(), "{names:?}");
        }
    }
}
