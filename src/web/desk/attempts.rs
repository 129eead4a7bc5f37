//! Slows down who tries passwords. It slows one account from one network: the owner, elsewhere, is
//! never locked out. Per replica.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// How many wrong attempts at once, and how long until the next one.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).unwrap();
const EVERY: Duration = Duration::from_mins(1);

/// From this many on, those at rest are forgotten.
const MANY: usize = 10_000;

type Who = (String, IpAddr);

/// How often somebody tried of late.
#[derive(Debug)]
pub(in crate::web) struct Attempts(RateLimiter<Who, DashMapStateStore<Who>, DefaultClock>);

impl Default for Attempts {
    fn default() -> Self {
        let quota = Quota::with_period(EVERY).unwrap_or(Quota::per_minute(AT_ONCE));
        Self(RateLimiter::dashmap(quota.allow_burst(AT_ONCE)))
    }
}

impl Attempts {
    /// Whether one more attempt at `account` from `network` is heard. Each one counts, also a right
    /// one: who signs in eight times in a minute can wait.
    pub(super) fn allows(&self, account: &str, network: IpAddr) -> bool {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(&(account.to_lowercase(), network)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_is_slowed_and_the_owner_elsewhere_is_not() {
        let attempts = Attempts::default();
        let (guesser, owner) = ([203, 0, 113, 7].into(), [198, 51, 100, 1].into());
        let heard = (0..50)
            .filter(|_| attempts.allows("anna@voorbeeld.nl", guesser))
            .count();
        assert_eq!(heard, 8);
        assert!(!attempts.allows("Anna@voorbeeld.nl", guesser));
        assert!(attempts.allows("anna@voorbeeld.nl", owner));
    }
}
