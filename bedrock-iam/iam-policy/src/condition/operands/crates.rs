//! Condition values from other crates, each enabled by a feature with the crate's name.

use super::into::values;
use super::operand;
use super::sink::ValueSink;
use super::{IntoValue, IntoValues};

#[cfg(feature = "chrono")]
values! { Date:
    [Z: chrono::TimeZone] chrono::DateTime<Z> = |time, values| {
        let text = time.to_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        values.push(text)
    };
}

#[cfg(feature = "ipnet")]
values! { IpAddress:
    [] ipnet::IpNet = |network, values| values.push(network.trunc().to_string());
    [] ipnet::Ipv4Net = |network, values| values.push(network.trunc().to_string());
    [] ipnet::Ipv6Net = |network, values| values.push(network.trunc().to_string());
}
