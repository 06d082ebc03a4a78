//! How long what was removed is kept.

use semver::Version;

/// Whether what was found missing at one version of the crate is still kept at another.
///
/// It is for one step: through the patches of its own minor version, the whole next minor version,
/// and, where a major version follows instead, the whole first minor version of that one. So every
/// user gets at least one minor version that says "deprecated" before one that says nothing, even if
/// the name vanished just before a major version. It depends on the two versions alone, so that the
/// same snapshots give the same crate on any day.
pub fn is_kept(removed: &Version, now: &Version) -> bool {
    match now.major.checked_sub(removed.major) {
        // an older version than the one it vanished in
        None => true,
        Some(0) => now.minor <= removed.minor.saturating_add(1),
        Some(1) => now.minor == 0,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_minor_version_is_one_step() {
        let cases = [
            ("0.1.0", "0.1.0", true),
            ("0.1.0", "0.1.9", true),
            ("0.1.7", "0.2.0", true),
            ("0.1.0", "0.2.5", true),
            ("0.1.0", "0.3.0-rc.1", false),
            ("0.1.0", "0.3.0", false),
            ("0.1.0", "0.12.0", false),
            ("0.9.0", "0.10.0", true),
            ("0.9.0", "1.0.0", true),
            ("0.9.0", "1.0.8", true),
            ("0.9.0", "1.1.0", false),
            ("1.4.2", "1.5.0", true),
            ("1.4.2", "1.6.0", false),
            ("1.4.2", "2.0.0", true),
            ("1.4.2", "2.1.0", false),
            ("1.4.2", "3.0.0", false),
            // a version that was taken back
            ("0.2.0", "0.1.0", true),
            ("1.0.0", "0.9.0", true),
        ];
        for (removed, now, kept) in cases {
            let parse = |text| Version::parse(text).unwrap();
            assert_eq!(
                is_kept(&parse(removed), &parse(now)),
                kept,
                "{removed} {now}"
            );
        }
    }
}
