//! Addresses that a document must not make Envoi contact: loopback, private and link-local.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a host is one by its name alone: an address, or a name that always means this machine.
pub(super) fn is_private_name(host: &str) -> bool {
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .trim_end_matches('.')
        .to_ascii_lowercase();
    let local = host == "localhost" || host.ends_with(".localhost");
    local || host.parse().is_ok_and(is_private)
}

/// Whether an address is none of the public internet (RFC 6890): loopback, private, link-local (where metadata of clouds
/// are), shared, reserved, and addresses of IPv6 that stand for such addresses of IPv4.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || first == 0
        || first >= 224
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 198 && (18..20).contains(&second))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let [first, second, ..] = segments;
    let [.., high, low] = segments;
    let embedded = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match segments {
        // of IPv4, mapped and compatible, with loopback and the unspecified address
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] => is_private_v4(embedded(high, low)),
        // translated (RFC 6052, RFC 8215)
        [0x64, 0xff9b, ..] => true,
        // 6to4 (RFC 3056)
        [0x2002, v4_high, v4_low, ..] => is_private_v4(embedded(v4_high, v4_low)),
        // unique local, link-local, site-local, multicast, Teredo, documentation
        _ => {
            (first & 0xfe00) == 0xfc00
                || (first & 0xff80) == 0xfe80
                || first >= 0xff00
                || (first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_private_name;

    #[test]
    fn what_is_not_on_the_internet_is_private() {
        for host in [
            "localhost",
            "a.LOCALHOST.",
            "127.0.0.1",
            "127.255.1.2",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fec0::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(is_private_name(host), "{host}");
        }
        for host in [
            "example.com",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "localhost.example.com",
        ] {
            assert!(!is_private_name(host), "{host}");
        }
    }
}
