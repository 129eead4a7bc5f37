//! When a letter that could not be delivered is tried again.

use jiff::SignedDuration;

/// The first waits, in minutes: most trouble passes soon, and a parent is waiting.
const FIRST_WAITS: [i64; 6] = [1, 5, 15, 60, 3 * 60, 6 * 60];

/// Every later wait, in minutes.
const LATER_WAIT: i64 = 6 * 60;

/// All waits together stay within three days, in minutes. Mail servers give up after four to five
/// (RFC 5321, section 4.5.4.1); staff hear of it sooner.
const PATIENCE: i64 = 3 * 24 * 60;

/// How long to wait after `attempts` failed attempts, the last one included.
///
/// Zero when none has failed yet. `None` means given up: staff see the letter as undelivered.
#[must_use]
pub fn next_attempt(attempts: u32) -> Option<SignedDuration> {
    let Some(earlier) = attempts.checked_sub(1) else {
        return Some(SignedDuration::ZERO);
    };
    let earlier = usize::try_from(earlier).unwrap_or(usize::MAX);
    let mut waits = FIRST_WAITS
        .into_iter()
        .chain(std::iter::repeat(LATER_WAIT))
        .scan(0, |waited, wait| {
            *waited += wait;
            (*waited <= PATIENCE).then_some(wait)
        });
    waits.nth(earlier).map(SignedDuration::from_mins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_to_six_hours() {
        let minutes: Vec<i64> = (0..=8)
            .map(|attempts| next_attempt(attempts).expect("a wait").as_mins())
            .collect();
        assert_eq!(minutes, [0, 1, 5, 15, 60, 180, 360, 360, 360]);
    }

    #[test]
    fn after_three_days_it_is_given_up() {
        let waits: Vec<SignedDuration> = (1..).map_while(next_attempt).collect();
        let total: SignedDuration = waits.iter().sum();
        assert_eq!(waits.len(), 16);
        assert!(total <= SignedDuration::from_hours(72));
        assert!(total + SignedDuration::from_hours(6) > SignedDuration::from_hours(72));
        assert_eq!(next_attempt(17), None);
        assert_eq!(next_attempt(u32::MAX), None);
    }
}
