//! Printing and parsing of ARNs: printed ARNs are parsed again, and invalid ones are refused.

mod support;

use bedrock_iam::{
    AccountId, Arn, ArnError, ArnFault, ArnPattern, Partition, RawArn, Region, Resource, Scope,
    Segment, SegmentFault, Site, Variable, Version, Versioned, VersionedArn, account, place,
    region, seg,
};
use proptest::prelude::*;
use support::orchard::{AnyArn, ResourceType, arn};

const HERE: Site = Site::new(
    Partition::Aws,
    region!("eu-central-1"),
    account!("123456789012"),
);

impl Versioned for arn::Plot {}

#[test]
fn arns_print_their_fields() {
    let plot = arn::Plot {
        plot_id: seg!("P1"),
    };
    let print = |site: Site| plot.clone().at(site).to_string();
    assert_eq!(
        print(HERE),
        "arn:aws:orchard:eu-central-1:123456789012:plot/P1"
    );
    assert_eq!(
        print(HERE.any_region()),
        "arn:aws:orchard:*:123456789012:plot/P1"
    );
    assert_eq!(
        print(HERE.no_region()),
        "arn:aws:orchard::123456789012:plot/P1"
    );
    assert_eq!(print(Site::ANYWHERE), "arn:*:orchard:*:*:plot/P1");
    assert_eq!(
        print(HERE.with_partition(Partition::AwsCn).any_account()),
        "arn:aws-cn:orchard:eu-central-1:*:plot/P1"
    );
    let variety = arn::Variety {
        variety_id: seg!("cox-v1:0"),
    };
    assert_eq!(
        variety.at(HERE).to_string(),
        "arn:aws:orchard:eu-central-1::variety/cox-v1:0"
    );
    let gate = arn::Gate.at(HERE);
    assert_eq!(gate.to_string(), "arn:aws:orchard:us-west-2:aws:gate/main");
    assert_eq!(gate.site().region(), Scope::None);
    let twig = arn::Twig {
        vendor: seg!("hedge"),
        twig_id: seg!("7"),
    };
    assert_eq!(twig.at(HERE).to_string(), "arn:aws:hedge:eu-central-1:*:7");
}

#[test]
fn wildcards_and_variables_are_printed() {
    let user: Segment = Variable::new("aws:username")
        .and_then(|user| user.or("nobody"))
        .unwrap()
        .try_into()
        .unwrap();
    let tree = arn::Tree {
        plot_id: user,
        tree_id: Segment::prefix("T").unwrap(),
    };
    let arn = tree.at(HERE);
    assert!(!arn.is_concrete());
    assert_eq!(
        arn.to_string(),
        "arn:aws:orchard:eu-central-1:123456789012:plot/${aws:username, 'nobody'}/tree/T*"
    );
    assert!(arn.to_pattern().has_variables());
    let glob = arn::Variety {
        variety_id: seg!(glob "*.cox-?"),
    };
    assert_eq!(
        glob.at(Site::ANYWHERE).to_string(),
        "arn:*:orchard:*::variety/*.cox-?"
    );
}

#[test]
fn wildcards_and_variables_are_checked() {
    assert!(Segment::<place::Strict>::glob("a/*").is_err());
    assert!(Segment::<place::Slash>::glob("a/*").is_ok());
    assert!(<Segment>::glob("${aws:username}").is_err());
    assert!(<Segment>::prefix("").is_err() && <Segment>::prefix("*").is_err());
    for name in [
        "",
        "username",
        "aws:",
        ":x",
        "aws:a}",
        "aws:a, 'b'",
        "${aws:username}",
        " aws:x",
    ] {
        assert!(<Segment>::variable(name).is_err(), "{name:?}");
    }
    assert!(<Segment>::variable("aws:PrincipalTag/Cost Centre").is_ok());
    let slashed = Variable::new("aws:username").unwrap().or("a/b").unwrap();
    assert!(<Segment>::try_from(slashed.clone()).is_err());
    assert!(Segment::<place::Path>::try_from(slashed).is_ok());
}

#[test]
fn literals_are_accepted_before_a_delimiter() {
    let pair = arn::CratePair {
        left: seg!("apples"),
        right: seg!("a+b"),
    };
    let text = pair.clone().at(HERE).to_string();
    assert!(text.ends_with(":crate/apples+a+b"));
    assert_eq!(text.parse(), Ok(pair));
}

#[cfg(feature = "serde")]
#[test]
fn arns_are_strings_in_json() {
    let plot = arn::Plot {
        plot_id: seg!("P1"),
    }
    .at(HERE);
    let json = r#""arn:aws:orchard:eu-central-1:123456789012:plot/P1""#;
    assert_eq!(serde_json::to_string(&plot).unwrap(), json);
    assert_eq!(serde_json::from_str::<Arn<arn::Plot>>(json).unwrap(), plot);
    assert!(serde_json::from_str::<Arn<arn::Tree>>(json).is_err());
    assert_eq!(
        serde_json::from_str::<ArnPattern>(json).unwrap(),
        plot.to_pattern()
    );
    assert!(serde_json::from_str::<AccountId>(r#""12""#).is_err());
}

#[test]
fn errors_contain_position_and_expected_text() {
    let message = |text: &str| Arn::<arn::Tree>::parse(text).unwrap_err().to_string();
    assert_eq!(
        message("arn:aws:orchard:eu-central-1:123456789012:plott/P1/tree/T"),
        "`arn:aws:orchard:eu-central-1:123456789012:plott/P1/tree/T` is not an ARN of resource type `tree`: \
         expected `:plot/` at byte 41"
    );
    assert!(
        message("arn:amazon:orchard:").contains("expected a partition at byte 4: one of `aws`")
    );
    assert!(message("arn:aws:orchard:Frankfurt:").contains("a region or nothing at byte 16"));
    assert!(
        message("arn:aws:orchard::1:").contains("expected an account id at byte 17: 12 digits")
    );
    assert!(message("arn:aws:orchard:::plot/P1/tree/T").contains("an account id at byte 17"));
    let segment = message("arn:aws:orchard:eu-central-1:123456789012:plot/P1/tree/T/U");
    assert!(
        segment.contains("`tree_id`: segment `T/U` contains `/` at byte 1"),
        "{segment}"
    );
    let error =
        Arn::<arn::Tree>::parse("arn:aws:orchard:eu-central-1:123456789012:plot/P1/tree/T*")
            .unwrap_err();
    assert_eq!(error.at(), 56);
    assert!(matches!(
        error.fault(),
        ArnFault::Segment { field: "tree_id", error } if error.fault() == SegmentFault::Wildcard('*')
    ));
}

#[test]
fn only_concrete_arns_are_parsed() {
    let refused = [
        "",
        "arn",
        "arn:aws:orchard:*:123456789012:plot/P1",
        "arn:*:orchard:eu-central-1:123456789012:plot/P1",
        "arn:aws:orchard:eu-central-1:*:plot/P1",
        "arn:aws:orchard:eu-central-1:123456789012:plot/",
        "arn:aws:orchard:eu-central-1:123456789012:plot/P?",
        "arn:aws:orchard:eu-central-1:123456789012:plot/${aws:username}",
        "arn:aws:orchard:eu-central-1:123456789012:plot/P1 ",
        " arn:aws:orchard:eu-central-1:123456789012:plot/P1",
        "arn:aws:Orchard:eu-central-1:123456789012:plot/P1",
        "arn:aws:orchard:eu-central-1:123456789012:plot/P1/",
        "arn:aws:orchard:eu-central-1:123456789012:plot/P1:2",
    ];
    for text in refused {
        assert!(text.parse::<arn::Plot>().is_err(), "{text:?}");
        assert!(AnyArn::parse(text).is_err(), "{text:?}");
    }
    let owned: Arn<arn::Plot> = "arn:aws:orchard:us-west-2:aws:plot/P1".parse().unwrap();
    assert_eq!(owned.site().account(), Scope::One(AccountId::AWS));
    let no_region: Arn<arn::Variety> = "arn:aws:orchard:::variety/v:0".parse().unwrap();
    assert_eq!(no_region.site().region(), Scope::None);
    assert_eq!(
        arn::Variety::try_from("arn:aws:orchard:::variety/v:0").unwrap(),
        *no_region.resource()
    );
    assert!(
        "arn:aws:orchard:us-west-2:aws:gate/main"
            .parse::<arn::Gate>()
            .is_ok()
    );
    // A `*` of the template matches any text.
    let twig: arn::Twig = "arn:aws:hedge:us-west-2:123456789012:7".parse().unwrap();
    assert_eq!(twig.vendor.as_str(), "hedge");
    assert!("arn:aws:hedge:us-west-2:*:7".parse::<arn::Twig>().is_err());
}

#[test]
fn an_arn_is_parsed_as_all_types_that_match() {
    let types = |text: &str| -> Result<Vec<ResourceType>, ArnError> {
        Ok(AnyArn::parse(text)?
            .iter()
            .map(AnyArn::resource_type)
            .collect())
    };
    let tree = "arn:aws:orchard:eu-central-1:123456789012:plot/P1/tree/T1";
    assert_eq!(types(tree), Ok(vec![ResourceType::Tree]));
    // A windfall's path allows any text, so its template overlaps with all that lack region and
    // account.
    assert_eq!(
        types("arn:aws:orchard:::variety/cox"),
        Ok(vec![ResourceType::Variety, ResourceType::Windfall])
    );
    let found = AnyArn::parse(tree).unwrap();
    assert_eq!(found[0].to_string(), tree);
    assert_eq!(found[0].site(), HERE);
    let error = types("arn:aws:s3:::bucket").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`arn:aws:s3:::bucket` is not an ARN of any resource type of orchard"
    );
    assert_eq!(format!("{error:?}"), error.to_string());
    let with_wildcard = types("arn:aws:s3:::*").unwrap_err().to_string();
    assert!(
        with_wildcard.ends_with("; hint: use `ArnPattern` for ARNs with wildcards"),
        "{with_wildcard}"
    );
    let everything = RawArn::parse("*").unwrap_err().to_string();
    assert!(everything.ends_with("`AnyResource` stands for every resource"));
}

#[test]
fn versions_are_appended_for_condition_values() {
    let plot = arn::Plot {
        plot_id: seg!("P1"),
    }
    .at(HERE);
    let text = "arn:aws:orchard:eu-central-1:123456789012:plot/P1:3";
    assert_eq!(plot.clone().with_version(3).to_string(), text);
    let read: VersionedArn<arn::Plot> = text.parse().unwrap();
    assert_eq!((read.arn(), read.version()), (&plot, Version::Number(3)));
    assert!(plot.with_any_version().to_string().ends_with("plot/P1:*"));
    for version in ["", "0", "+1", "01", "*", "x", "99999999999"] {
        let text = format!("arn:aws:orchard:eu-central-1:123456789012:plot/P1:{version}");
        assert!(
            text.parse::<VersionedArn<arn::Plot>>().is_err(),
            "{version:?}"
        );
    }
}

#[test]
fn patterns_match_resource_types() {
    use ResourceType::{CratePair, Gate, Plot, Tree, Twig, Variety, Windfall};

    let types = |text: &str| -> Vec<ResourceType> {
        AnyArn::types_of(&ArnPattern::parse(text).unwrap()).collect()
    };
    assert_eq!(
        types("*"),
        [CratePair, Gate, Plot, Tree, Twig, Variety, Windfall]
    );
    assert_eq!(types("arn:aws:orchard:*:*:plot/*"), [Plot, Tree, Windfall]);
    assert_eq!(types("arn:aws:orchard:*:*:plot/*/*"), [Tree, Windfall]);
    assert_eq!(types("arn:aws:orchard:eu-*:123456789012:plot/P1"), [Plot]);
    assert_eq!(types("arn:aws:orchard:*:123456789012:plot/A/B"), []);
    assert_eq!(types("arn:aws:orchard:*:12345:plot/A"), []);
    assert_eq!(types("arn:google:orchard:*:*:plot/A"), []);
    assert_eq!(
        types("arn:aws:orchard:*:*:crate/?+?"),
        [CratePair, Windfall]
    );
    assert_eq!(
        types("arn:aws:orchard:*:*:crate/a+b+c"),
        [CratePair, Windfall]
    );
    assert_eq!(types("arn:aws:orchard:*::variety/a:b"), [Variety]);
    assert_eq!(
        types("arn:aws:orchard:us-west-2:aws:*/main"),
        [Gate, Plot, Tree]
    );
    assert!(ArnPattern::parse("*").unwrap().fits::<arn::Plot>());
    // The ARN of a plot needs a region.
    assert_eq!(types("arn:aws:orchard::123456789012:plot/P1"), []);
}

/// Returns the sites that users can create and a concrete ARN can have.
fn sites() -> impl Strategy<Value = Site> {
    let region = "[a-z]{2}-([a-z]{3,4}-)?[a-z]{4,9}-[1-9]";
    (
        proptest::sample::select(Partition::ALL),
        region,
        "[0-9]{12}",
        0..4,
    )
        .prop_map(|(partition, region, account, form)| {
            let region = Region::parse(&region).unwrap();
            let account = AccountId::parse(&account).unwrap();
            let site = Site::new(partition, region, account);
            match form {
                0 => site.no_region(),
                1 => site.with_account(AccountId::AWS),
                _ => site,
            }
        })
}

fn round_trip<R: Resource + Clone + std::fmt::Debug + PartialEq>(arn: &Arn<R>) {
    let text = arn.to_string();
    assert_eq!(Arn::<R>::parse(&text).as_ref(), Ok(arn), "{text}");
    assert!(arn.is_concrete());
    let pattern = arn.to_pattern();
    assert!(pattern.matches(&text) && pattern.meets(&pattern));
    // A statement refuses an ARN without the region that its type needs.
    assert!(pattern.fits::<R>() || arn.site().region() == Scope::None);
    assert_eq!(ArnPattern::parse(&text), Ok(pattern));
}

const STRICT: &str = "[a-zA-Z0-9_.@=,+\u{e9}-]([a-zA-Z0-9_.@=,+ \u{e9}-]{0,12}[a-zA-Z0-9_.@=,+-])?";

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_arns_are_parsed(
        site in sites(), a in STRICT, b in STRICT, path in "[a-z:/]{1,12}", colon in "[a-z:]{1,12}",
        left in "[a-z.]{1,8}",
    ) {
        round_trip(&arn::Plot { plot_id: Segment::parse(&a)? }.at(site));
        round_trip(&arn::Tree { plot_id: Segment::parse(&a)?, tree_id: Segment::parse(&b)? }.at(site));
        round_trip(&arn::Variety { variety_id: Segment::parse(&colon)? }.at(site));
        round_trip(&arn::Gate.at(site));
        round_trip(&arn::CratePair { left: Segment::parse(&left)?, right: Segment::parse(&b)? }.at(site));
        round_trip(&arn::Windfall { field_path: Segment::parse(&path)?, basket: Segment::parse(&b)? }.at(site));
        let tree = arn::Tree { plot_id: Segment::parse(&a)?, tree_id: Segment::parse(&b)? }.at(site);
        prop_assert_eq!(AnyArn::parse(&tree.to_string())?, vec![AnyArn::Tree(tree)]);
    }

    #[test]
    fn patterns_match_concrete_arns(site in sites(), a in STRICT, b in STRICT) {
        let one = arn::Tree { plot_id: Segment::parse(&a)?, tree_id: Segment::parse(&b)? };
        let all = arn::Tree { plot_id: Segment::parse(&a)?, tree_id: Segment::ANY }.at(Site::ANYWHERE).to_pattern();
        let text = one.at(site).to_string();
        prop_assert!(all.matches(&text));
        prop_assert!(all.meets(&ArnPattern::parse(&text)?));
    }

    #[test]
    fn characters_that_no_place_allows_are_refused(
        start in "[a-z]{0,5}", bad in "[*?${}\u{0}-\u{1f}\u{7f}-\u{a0}\u{2028}\u{feff}]", end in "[a-z]{0,5}",
    ) {
        let text = format!("{start}{bad}{end}");
        prop_assert!(<Segment>::parse(&text).is_err());
        prop_assert!(Segment::<place::Path>::parse(&text).is_err());
        prop_assert!(Segment::<place::Path>::try_from(text).is_err());
    }

    #[test]
    fn delimiters_that_a_place_forbids_are_refused(start in "[a-z]{0,5}", end in "[a-z]{0,5}") {
        let (colon, slash, plus) = (format!("{start}:{end}"), format!("{start}/{end}"), format!("{start}+{end}"));
        prop_assert!(<Segment>::parse(&colon).is_err() && <Segment>::parse(&slash).is_err());
        prop_assert!(Segment::<place::Colon>::parse(&colon).is_ok() && Segment::<place::Colon>::parse(&slash).is_err());
        prop_assert!(Segment::<place::Slash>::parse(&colon).is_err() && Segment::<place::Slash>::parse(&slash).is_ok());
        prop_assert!(Segment::<place::Path>::parse(&colon).is_ok() && Segment::<place::Path>::parse(&slash).is_ok());
        prop_assert!(Segment::<place::Before<'+'>>::parse(&plus).is_err() && <Segment>::parse(&plus).is_ok());
    }

    #[test]
    fn parsing_never_panics(text in "\\PC{0,60}", arn in "(arn|aws|orchard|plot|tree|:|/|\\+|\\*|é|1|-){0,20}") {
        for text in [text, arn] {
            let _ = text.parse::<Arn<arn::Tree>>();
            let _ = text.parse::<VersionedArn<arn::Plot>>();
            let _ = AnyArn::parse(&text).map_err(|error| error.to_string());
            if let Ok(pattern) = ArnPattern::parse(&text) {
                let _ = (pattern.matches(&text), AnyArn::types_of(&pattern).count(), pattern.has_variables());
            }
        }
    }
}

#[cfg(feature = "companions")]
#[test]
fn an_arn_is_parsed_as_the_types_of_every_module() {
    let types = |text: &str| -> Result<Vec<_>, ArnError> {
        let arns = bedrock_iam::AnyArn::parse(text)?;
        for arn in &arns {
            assert_eq!(arn.to_string(), text);
        }
        let types = arns.iter();
        Ok(types
            .map(|it| (it.service().prefix, it.resource_type()))
            .collect())
    };
    assert_eq!(types("arn:aws:s3:::b").unwrap(), [("s3", "bucket")]);
    assert_eq!(types("arn:aws:s3:::b/k/x").unwrap(), [("s3", "object")]);
    // several services have a type for roles
    assert_eq!(
        types("arn:aws:iam::123456789012:role/r").unwrap(),
        [("iam", "role"), ("sts", "role")]
    );
    let error = |text| types(text).unwrap_err().to_string();
    let of_service = error("arn:aws:kms:eu-central-1:123456789012:locks/k");
    assert!(
        of_service.ends_with("any resource type of kms"),
        "{of_service}"
    );
    let of_none = error("arn:aws:ec2:eu-central-1:123456789012:vpc/v");
    assert!(
        of_none.ends_with("any resource type of the enabled modules"),
        "{of_none}"
    );
}
