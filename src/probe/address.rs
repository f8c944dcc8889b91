//! Which internet addresses are private, so that a link in a mail cannot make presend knock inside a network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Says why an address is not one of the public internet, in words; nothing if it is.
///
/// IPv6 forms that carry an IPv4 address are judged by the address they carry (IANA special-purpose registries,
/// <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>).
pub(super) fn private(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(v4) => private_v4(v4),
        IpAddr::V6(v6) => private_v6(v6),
    }
}

fn private_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, d] = address.octets();
    Some(match (a, b, c, d) {
        (169, 254, 169, 254 | 253 | 250) | (100, 100, 100, 200) | (192, 0, 0, 192) | (168, 63, 129, 16) => "a cloud's metadata address",
        (0, ..) => "an address that means “this computer”",
        (127, ..) => "an address of this very computer",
        (10, ..) | (172, 16..=31, ..) | (192, 168, ..) => "an address inside a private network",
        (100, 64..=127, ..) => "an address inside a provider's network",
        (169, 254, ..) => "an address that holds on one cable only",
        (192, 0, 0, _) | (192, 88, 99, _) | (198, 18..=19, ..) => "an address reserved for special purposes",
        (192, 0, 2, _) | (198, 51, 100, _) | (203, 0, 113, _) => "an address reserved for examples",
        (224..=239, ..) => "an address for many computers at once",
        (240..=255, ..) => "an address that is not in use",
        _ => return None,
    })
}

#[allow(
    clippy::match_same_arms,
    reason = "each form is a standard of its own, and patterns that bind in different places cannot be joined"
)]
fn private_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    let pair = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    if address == Ipv6Addr::UNSPECIFIED || address == Ipv6Addr::LOCALHOST {
        return Some("an address of this very computer");
    }
    let carried = match segments {
        // Mapped and compatible, translated, NAT64.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(pair(high, low))
        }
        [0x64, 0xff9b, 1, ..] => return Some("an address inside a private network"),
        // 6to4.
        [0x2002, high, low, ..] => Some(pair(high, low)),
        // Teredo keeps the reader's address with all bits turned.
        [0x2001, 0, _, _, _, _, high, low] => Some(pair(!high, !low)),
        // ISATAP.
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(pair(high, low)),
        _ => None,
    };
    if let Some(words) = carried.and_then(private_v4) {
        return Some(words);
    }
    Some(match segments {
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => "a cloud's metadata address",
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] => "an address inside a private network",
        [0xfe80..=0xfebf, ..] => "an address that holds on one cable only",
        [0xff00..=0xffff, ..] => "an address for many computers at once",
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => "an address reserved for examples",
        [0x100, 0, 0, 0, ..] | [0x2001, 2, 0, ..] | [0x2001, 0x10..=0x2f, ..] | [0x5f00, ..] => "an address reserved for special purposes",
        _ => return None,
    })
}

/// The private addresses that the user allows.
#[derive(Debug, Clone, Default)]
pub(super) struct Allowed {
    names: Vec<String>,
    ranges: Vec<(IpAddr, u8)>,
}

impl Allowed {
    /// Reads host names, addresses and ranges (`10.0.0.0/8`); what is none of these counts as a name.
    pub(super) fn new(entries: &[String]) -> Self {
        let mut allowed = Self::default();
        for entry in entries {
            let (text, bits) = entry.split_once('/').map_or((entry.as_str(), None), |(text, bits)| (text, bits.parse().ok()));
            match text.trim_matches(['[', ']']).parse::<IpAddr>() {
                Ok(address) => allowed.ranges.push((address, bits.unwrap_or(128))),
                Err(_) => allowed.names.push(entry.trim().trim_end_matches('.').to_lowercase()),
            }
        }
        allowed
    }

    /// Whether a host is allowed by name: exactly, or below a `*.` entry.
    pub(super) fn name(&self, host: &str) -> bool {
        let below = |entry: &String| entry.strip_prefix('*').is_some_and(|tail| tail.starts_with('.') && host.ends_with(tail));
        self.names.iter().any(|entry| entry == host || below(entry))
    }

    /// Whether an address is in an allowed range.
    pub(super) fn address(&self, address: IpAddr) -> bool {
        self.ranges.iter().any(|(range, bits)| match (address, range) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same_head(u128::from(a.to_bits()), u128::from(b.to_bits()), 32, *bits),
            (IpAddr::V6(a), IpAddr::V6(b)) => same_head(a.to_bits(), b.to_bits(), 128, *bits),
            _ => false,
        })
    }
}

fn same_head(a: u128, b: u128, of: u32, bits: u8) -> bool {
    let rest = of.saturating_sub(u32::from(bits));
    // A shift by the whole width is no shift in Rust, but here it means: everything is in the range.
    (a ^ b).checked_shr(rest).is_none_or(|difference| difference == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_all_their_clothes() {
        for address in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.7",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001:0:1:2:3:4:80ff:fffe",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "fe80::5efe:10.0.0.1",
            "2a00:1450:4001::200:5efe:a00:1",
        ] {
            assert!(private(address.parse().expect(address)).is_some(), "{address}");
        }
        for address in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "2002:101:101::1", "64:ff9b::101:101"]
        {
            assert_eq!(private(address.parse().expect(address)), None, "{address}");
        }
    }

    #[test]
    fn allowing_by_name_address_and_range() {
        let allowed = Allowed::new(&["*.intra.example".into(), "10.0.0.0/8".into(), "::1".into(), "Shop.test".into()]);
        assert!(allowed.name("a.intra.example") && allowed.name("shop.test"));
        assert!(!allowed.name("intra.example") && !allowed.name("evilintra.example"));
        assert!(allowed.address("10.200.0.1".parse().expect("address")) && allowed.address("::1".parse().expect("address")));
        assert!(!allowed.address("11.0.0.1".parse().expect("address")) && !allowed.address("::2".parse().expect("address")));
        assert!(Allowed::new(&["0.0.0.0/0".into()]).address("127.0.0.1".parse().expect("address")));
    }
}
