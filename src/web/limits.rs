//! How much one visitor may ask: enough for anybody, too little to wear the site out.
//!
//! Limits are per replica. They hold for what is worked out anew for each request (searches,
//! suggestions, forms), not for pages that are made once. An address that may stand for many is not
//! limited: loopback is a proxy that nobody named.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;

use actix_web::http::header::HeaderMap;
use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;

/// Requests a second that one address may keep up, and how many at once: a school or a library
/// behind one address stays far below it.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();
const AT_ONCE: NonZeroU32 = NonZeroU32::new(500).unwrap();

/// From this many known addresses on, those at rest are forgotten.
const MANY: usize = 10_000;

/// Who may speak for visitors, and how much each asked of late.
#[derive(Debug)]
pub struct Limits {
    trusted_proxies: Vec<IpNet>,
    asked: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>,
}

impl Limits {
    /// Nobody asked yet; `trusted_proxies` may tell the address of a visitor.
    #[must_use]
    pub fn new(trusted_proxies: Vec<IpNet>) -> Self {
        let quota = Quota::per_second(PER_SECOND).allow_burst(AT_ONCE);
        Self {
            trusted_proxies,
            asked: RateLimiter::dashmap(quota),
        }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|net| net.contains(&address))
    }

    /// The address of the visitor: that of the connection, or what a trusted proxy says it is. Of a
    /// chain the last address counts that is no trusted proxy itself; what stands before it a
    /// visitor can make up.
    pub(super) fn visitor(&self, connection: IpAddr, forwarded: &str) -> IpAddr {
        if !self.trusts(connection) {
            return connection;
        }
        let chain = forwarded
            .rsplit(',')
            .map_while(|part| part.trim().parse::<IpAddr>().ok());
        let mut visitor = connection;
        for address in chain {
            visitor = address.to_canonical();
            if !self.trusts(visitor) {
                break;
            }
        }
        visitor
    }

    /// The address of who sent a request, as far as it is known.
    pub(super) fn visitor_of(
        &self,
        peer: Option<SocketAddr>,
        headers: &HeaderMap,
    ) -> Option<IpAddr> {
        let forwarded = headers.get_all("x-forwarded-for");
        let values: Vec<&str> = forwarded.filter_map(|value| value.to_str().ok()).collect();
        Some(self.visitor(peer?.ip().to_canonical(), &values.join(",")))
    }

    /// Whether many visitors may stand behind this address.
    pub(super) fn is_shared(&self, visitor: IpAddr) -> bool {
        visitor.is_loopback() || self.trusts(visitor)
    }

    /// Whether this visitor may ask once more.
    pub(super) fn allows(&self, visitor: IpAddr) -> bool {
        if self.is_shared(visitor) {
            return true;
        }
        if self.asked.len() > MANY {
            self.asked.retain_recent();
        }
        self.asked.check_key(&network_of(visitor)).is_ok()
    }
}

/// Of IPv6 one visitor has a whole network of 64 bits.
pub(super) fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::new(vec!["10.0.0.0/8".parse().expect("a network")])
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_a_trusted_proxy_may_tell_who_the_visitor_is() {
        for (connection, forwarded, visitor) in [
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            (
                "10.0.0.1",
                "6.6.6.6, 198.51.100.1, 10.0.0.2",
                "198.51.100.1",
            ),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.1, onzin", "10.0.0.1"),
        ] {
            let found = limits().visitor(address(connection), forwarded);
            assert_eq!(found, address(visitor), "{connection} {forwarded}");
        }
    }

    #[test]
    fn one_visitor_is_limited_and_others_are_not() {
        let limits = limits();
        let greedy = address("203.0.113.7");
        let allowed = (0..2_000).filter(|_| limits.allows(greedy)).count();
        assert!((500..2_000).contains(&allowed), "{allowed}");
        assert!(limits.allows(address("203.0.113.8")));
        assert!((0..2_000).all(|_| limits.allows(address("127.0.0.1"))));
        assert!((0..2_000).all(|_| limits.allows(address("10.1.2.3"))));
    }

    #[test]
    fn a_network_of_ipv6_is_one_visitor() {
        assert_eq!(
            network_of(address("2001:db8::1")),
            network_of(address("2001:db8::ffff:2"))
        );
        assert_ne!(
            network_of(address("2001:db8::1")),
            network_of(address("2001:db8:0:1::1"))
        );
    }
}
