//! IP addresses and networks in CIDR form.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IP address, or a network in CIDR form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    length: u8,
}

/// Networks whose addresses are not used on the internet, from the registries of special-purpose
/// addresses: <https://www.iana.org/assignments/iana-ipv4-special-registry> and
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>, read on 2026-11-26.
const PRIVATE: &[Network] = &[
    Network::v4([10, 0, 0, 0], 8),
    Network::v4([172, 16, 0, 0], 12),
    Network::v4([192, 168, 0, 0], 16),
    Network::v4([100, 64, 0, 0], 10),
    Network::v4([127, 0, 0, 0], 8),
    Network::v4([169, 254, 0, 0], 16),
    Network::v6([0, 0, 0, 0, 0, 0, 0, 1], 128),
    Network::v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    Network::v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
];

impl Network {
    const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
            length,
        }
    }

    const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], length: u8) -> Self {
        Self {
            address: IpAddr::V6(Ipv6Addr::new(a, b, c, d, e, f, g, h)),
            length,
        }
    }

    /// Parses an IP address, with or without a prefix length after `/`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let length = match length {
            None => most,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|length| *length <= most)?
            }
            Some(_) => return None,
        };
        Some(Self { address, length })
    }

    /// Returns the network without the bits behind its prefix.
    pub(crate) fn trimmed(self) -> Self {
        let address = match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.length));
                IpAddr::V4(Ipv4Addr::from(u32::from(address) & mask.unwrap_or(0)))
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.length));
                IpAddr::V6(Ipv6Addr::from(u128::from(address) & mask.unwrap_or(0)))
            }
        };
        Self { address, ..self }
    }

    /// Returns whether it contains every address of the other one.
    pub(crate) fn contains(self, other: Self) -> bool {
        let free = |bits: u32| bits - u32::from(self.length);
        let has_prefix = match (self.address, other.address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let differing = u32::from(a) ^ u32::from(b);
                differing.checked_shr(free(32)).unwrap_or(0) == 0
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let differing = u128::from(a) ^ u128::from(b);
                differing.checked_shr(free(128)).unwrap_or(0) == 0
            }
            _ => false,
        };
        has_prefix && self.length <= other.length
    }

    /// Returns whether it contains an address. An IPv4 address that is written as IPv6, such as
    /// `::ffff:203.0.113.7`, is also in networks of IPv4.
    pub(crate) fn contains_address(self, address: IpAddr) -> bool {
        let contains = |address: IpAddr| {
            let length = if address.is_ipv4() { 32 } else { 128 };
            self.contains(Self { address, length })
        };
        contains(address) || contains(address.to_canonical())
    }

    /// Returns whether it consists of all addresses of IPv4 or IPv6.
    pub(crate) const fn is_everything(self) -> bool {
        self.length == 0
    }

    /// Returns whether none of its addresses is used on the internet.
    pub(crate) fn is_private(self) -> bool {
        PRIVATE.iter().any(|range| range.contains(self))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_each_other() {
        let of = |text| Network::parse(text).expect("a network");
        for (wide, narrow) in [
            ("0.0.0.0/0", "203.0.113.7"),
            ("203.0.113.77/24", "203.0.113.0/25"),
            ("::/0", "2001:db8::/32"),
            ("10.0.0.1", "10.0.0.1/32"),
        ] {
            assert!(of(wide).contains(of(narrow)), "{wide} {narrow}");
            assert!(!of("203.0.112.0/24").contains(of(narrow)), "{narrow}");
        }
        assert!(!of("203.0.113.0/25").contains(of("203.0.113.0/24")));
        for (address, is_within) in [
            ("203.0.113.7", true),
            ("::ffff:203.0.113.7", true),
            ("203.0.114.7", false),
            ("2001:db8::1", false),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(of("203.0.113.0/24").contains_address(address), is_within);
        }
        assert!(!of("0.0.0.0/0").contains(of("::1")));
        assert_eq!(
            of("203.0.113.77/24").trimmed().to_string(),
            "203.0.113.0/24"
        );
        assert_eq!(of("2001:db8::1/0").trimmed().to_string(), "::/0");
        for (text, is_private) in [
            ("10.1.2.0/24", true),
            ("fd00::/8", true),
            ("10.0.0.0/7", false),
            ("172.32.0.0/16", false),
            ("203.0.113.0/24", false),
        ] {
            assert_eq!(of(text).is_private(), is_private, "{text}");
        }
    }
}
