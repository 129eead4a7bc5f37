//! How many wrong codes are taken. A right code always is: nobody can be locked out by others.
//!
//! Limits are per replica. A code holds 80 bits; at thirty guesses a minute one among a million
//! questions is found in some thirty billion years.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::limits::network_of;

/// Wrong codes a minute of one address.
const OF_ONE: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// Wrong codes a minute of all together.
const OF_ALL: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// From this many known addresses on, those at rest are forgotten.
const MANY: usize = 10_000;

/// The wrong codes of late.
#[derive(Debug)]
pub(super) struct Guesses {
    of_one: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>,
    of_all: DefaultDirectRateLimiter,
}

impl Default for Guesses {
    fn default() -> Self {
        Self {
            of_one: RateLimiter::dashmap(Quota::per_minute(OF_ONE)),
            of_all: RateLimiter::direct(Quota::per_minute(OF_ALL)),
        }
    }
}

impl Guesses {
    /// Notes a wrong code; says whether there were not too many. `visitor` is nothing when many may
    /// stand behind that address.
    pub(super) fn note(&self, visitor: Option<IpAddr>) -> bool {
        if self.of_one.len() > MANY {
            self.of_one.retain_recent();
        }
        let of_one = visitor.is_none_or(|visitor| {
            let network = network_of(visitor);
            self.of_one.check_key(&network).is_ok()
        });
        // Who has used up their own share, takes none of the others'.
        of_one && self.of_all.check().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_stopped_long_before_all_are() {
        let guesses = Guesses::default();
        let one: IpAddr = "203.0.113.7".parse().expect("an address");
        let other: IpAddr = "203.0.113.8".parse().expect("an address");
        let taken = (0..100).filter(|_| guesses.note(Some(one))).count();
        assert!((10..14).contains(&taken), "{taken}");
        assert!(guesses.note(Some(other)));
    }

    #[test]
    fn all_together_are_stopped_too() {
        let guesses = Guesses::default();
        let taken = (0..200).filter(|_| guesses.note(None)).count();
        assert!((30..40).contains(&taken), "{taken}");
    }
}
