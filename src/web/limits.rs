//! How much one visitor may ask: enough for anybody, too little to wear the site out.
//!
//! Limits are per replica. They hold for what is worked out anew for each request (searches,
//! suggestions, forms), not for pages that are made once. An address that may stand for many is not
//! limited: loopback is a proxy that nobody named.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::HeaderMap;
use governor::clock::{Clock as Ticks, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use ipnet::IpNet;
use jiff::Timestamp;

use crate::clock::Clock;

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

/// Questions that one address may ask at once, and how soon there may be one more: a class of thirty
/// that asks in one lesson fits, with some to spare, and when it does not, the wait is a quarter of a
/// minute. The numbers are ours.
const CLASS: NonZeroU32 = NonZeroU32::new(40).unwrap();
const CLASS_AGAIN: Duration = Duration::from_secs(15);

/// The same for a day: four such classes, and after that one each nine minutes (160 a day). More than that a
/// loket could not read from one address.
const SCHOOL: NonZeroU32 = NonZeroU32::new(160).unwrap();
const SCHOOL_AGAIN: Duration = Duration::from_mins(9);

/// The same for all together: 600 an hour, far more than the parents of one province ask, and less than
/// would fill the disk or the inbox before somebody sees it.
const ALL: NonZeroU32 = NonZeroU32::new(600).unwrap();
const ALL_AGAIN: Duration = Duration::from_secs(6);

/// The clock of the house, for governor.
struct Watch {
    clock: Arc<dyn Clock>,
    began: Timestamp,
}

impl Ticks for Watch {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let passed = self.clock.now().duration_since(self.began);
        Nanos::from(Duration::try_from(passed).unwrap_or_default())
    }
}

impl Clone for Watch {
    fn clone(&self) -> Self {
        Self {
            clock: Arc::clone(&self.clock),
            began: self.began,
        }
    }
}

type ByAddress = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Watch, NoOpMiddleware<Nanos>>;
type OfAll = RateLimiter<NotKeyed, InMemoryState, Watch, NoOpMiddleware<Nanos>>;

/// How many new questions are taken: of one address and of all together. Waiting always helps, and never
/// takes long.
pub(super) struct QuestionLimits {
    class: ByAddress,
    school: ByAddress,
    all: OfAll,
    watch: Watch,
}

impl fmt::Debug for QuestionLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuestionLimits").finish_non_exhaustive()
    }
}

impl QuestionLimits {
    /// Nobody asked yet.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let began = clock.now();
        let watch = Watch { clock, began };
        let by_address = |quota| ByAddress::new(quota, DashMapStateStore::default(), watch.clone());
        let all = OfAll::new(
            quota(ALL, ALL_AGAIN),
            InMemoryState::default(),
            watch.clone(),
        );
        Self {
            class: by_address(quota(CLASS, CLASS_AGAIN)),
            school: by_address(quota(SCHOOL, SCHOOL_AGAIN)),
            all,
            watch,
        }
    }

    /// Counts a question; or says how long to wait when there were too many. `visitor` is nothing when
    /// many may stand behind that address.
    pub(super) fn count(&self, visitor: Option<IpAddr>) -> Result<(), Duration> {
        if let Some(visitor) = visitor.map(network_of) {
            for limit in [&self.class, &self.school] {
                if limit.len() > MANY {
                    limit.retain_recent();
                }
                let counted = limit.check_key(&visitor);
                counted.map_err(|until| until.wait_time_from(self.watch.now()))?;
            }
        }
        // Who has used up their own share, takes none of the others'.
        let counted = self.all.check();
        counted.map_err(|until| until.wait_time_from(self.watch.now()))
    }
}

/// So many at once, and one more after each `again`.
fn quota(at_once: NonZeroU32, again: Duration) -> Quota {
    let quota = Quota::with_period(again).unwrap_or(Quota::per_hour(at_once));
    quota.allow_burst(at_once)
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

    /// A clock that the test sets forward, in seconds.
    struct Hand(std::sync::atomic::AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            let seconds = self.0.load(std::sync::atomic::Ordering::SeqCst);
            Timestamp::from_second(seconds).expect("a moment")
        }
    }

    fn questions() -> (Arc<Hand>, QuestionLimits) {
        let hand = Arc::new(Hand(1_800_000_000.into()));
        let limits = QuestionLimits::new(Arc::clone(&hand) as Arc<dyn Clock>);
        (hand, limits)
    }

    fn wait(hand: &Hand, seconds: i64) {
        hand.0
            .fetch_add(seconds, std::sync::atomic::Ordering::SeqCst);
    }

    #[test]
    fn a_class_may_ask_and_who_waits_may_ask_again() {
        let (hand, limits) = questions();
        let school = Some(address("203.0.113.7"));
        assert!((0..40).all(|_| limits.count(school).is_ok()));
        let told = limits.count(school).expect_err("enough");
        assert!(told <= CLASS_AGAIN && told > Duration::ZERO, "{told:?}");
        assert!(limits.count(Some(address("203.0.113.8"))).is_ok());
        wait(&hand, 15);
        assert!(limits.count(school).is_ok());
        assert!(limits.count(school).is_err());
        wait(&hand, 10 * 60);
        assert!(
            (0..40).all(|_| limits.count(school).is_ok()),
            "the next class"
        );
    }

    #[test]
    fn a_school_may_ask_all_day_and_more_the_next() {
        let (hand, limits) = questions();
        let school = Some(address("2001:db8::1"));
        let mut asked = 0;
        for _ in 0..8 {
            asked += (0..40).filter(|_| limits.count(school).is_ok()).count();
            wait(&hand, 10 * 60);
        }
        assert!((160..180).contains(&asked), "{asked}");
        // Another of the same network.
        let other = Some(address("2001:db8::2"));
        let told = (0..40).find_map(|_| limits.count(other).err());
        let told = told.expect("enough");
        assert!(told <= SCHOOL_AGAIN, "{told:?}");
        wait(&hand, 24 * 3600);
        assert!((0..40).all(|_| limits.count(school).is_ok()));
    }

    #[test]
    fn all_together_are_limited_and_an_address_of_many_only_so() {
        let (hand, limits) = questions();
        assert!((0..600).all(|_| limits.count(None).is_ok()));
        let told = limits.count(None).expect_err("enough");
        assert!(told <= ALL_AGAIN, "{told:?}");
        wait(&hand, 6);
        assert!(limits.count(None).is_ok());
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
