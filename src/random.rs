//! The only source of randomness: everything else is handed a [`Random`].

use std::sync::atomic::{AtomicU64, Ordering};

/// Gives random bytes.
pub trait Random: Send + Sync {
    /// Overwrites all of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// `N` random bytes.
#[must_use]
pub fn array<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}

/// Why there is no [`SystemRandom`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RandomError {
    /// The machine refuses, as in a container without `/dev/urandom`.
    #[error("de machine geeft geen willekeurige getallen: {0}")]
    Refused(String),
}

/// The random generator of the machine's kernel, fit for keys.
#[derive(Debug)]
pub struct SystemRandom(());

impl SystemRandom {
    /// Draws once, so that a machine that cannot give random bytes is told of at start.
    ///
    /// # Errors
    /// [`RandomError`] when the machine refuses.
    pub fn open() -> Result<Self, RandomError> {
        getrandom::fill(&mut [0; 32]).map_err(|cause| RandomError::Refused(cause.to_string()))?;
        Ok(Self(()))
    }
}

impl Random for SystemRandom {
    /// # Panics
    /// When the machine gave random bytes at start and no longer does: a key or a code made
    /// without them is worse than none, and there is nothing to fall back on.
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(cause) = getrandom::fill(bytes) {
            panic!("the machine no longer gives random bytes: {cause}");
        }
    }
}

/// A row of bytes that is the same for the same seed, for tests. Never for secrets: who sees a
/// few bytes knows all that follow.
#[derive(Debug)]
pub struct SeededRandom(AtomicU64);

/// The step of `SplitMix64` (Steele, Lea and Flood 2014): 2^64 over the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl SeededRandom {
    /// The row of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        let z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (to, from) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *to = from;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_fills_all_bytes_and_never_twice_the_same() {
        let random = SystemRandom::open().expect("random bytes");
        let (one, two): ([u8; 32], [u8; 32]) = (array(&random), array(&random));
        assert_ne!(one, two);
        // Were the tail left alone, it would be zero in every draw.
        assert!((0..64).any(|_| array::<33>(&random)[32] != 0));
    }

    #[test]
    fn a_seed_gives_the_same_row_again() {
        let (one, again, other) = (
            SeededRandom::new(7),
            SeededRandom::new(7),
            SeededRandom::new(8),
        );
        let row: [u8; 21] = array(&one);
        assert_eq!(row, array(&again));
        assert_ne!(row, array(&other));
        assert_ne!(row, array(&one), "the row goes on");
    }

    #[test]
    fn the_row_is_that_of_splitmix64() {
        // First value of the reference implementation for seed 0.
        assert_eq!(
            array::<8>(&SeededRandom::new(0)),
            0xe220_a839_7b1d_cdaf_u64.to_le_bytes()
        );
    }
}
