//! What the server does with a request, decided by a seed: the same for the same request, in every run.

use std::time::Duration;

/// What is done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Answer,
    /// Answers after a while.
    Delay(Duration),
    /// Closes the connection after the answer, and says so.
    Close,
    /// Ends the connection, or the stream of HTTP/2, without any answer.
    Drop,
}

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// `None` for a server that only answers.
    pub seed: Option<u64>,
}

impl Plan {
    /// What is done with the request for an item that comes for the so-manieth time. The third one is never dropped.
    pub fn deed(self, item: u64, times: u32) -> Deed {
        let Some(seed) = self.seed else {
            return Deed::Answer;
        };
        let chance = mixed(seed ^ mixed(item) ^ u64::from(times));
        match chance % 100 {
            0 if times < 3 => Deed::Drop,
            1 => Deed::Close,
            2 | 3 => Deed::Delay(Duration::from_millis(1 + chance / 100 % 10)),
            _ => Deed::Answer,
        }
    }
}

/// Whether the call for an item creates it; others ask for it.
pub const fn creates(item: u64) -> bool {
    item.is_multiple_of(5)
}

/// `splitmix64`.
const fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_and_the_third_request_is_answered() {
        let plan = Plan { seed: Some(1) };
        let dropped = |times| (0..10_000).filter(|item| plan.deed(*item, times) == Deed::Drop).count();
        assert!((50..150).contains(&dropped(1)), "{}", dropped(1));
        assert_eq!(dropped(3), 0);
        let deeds = |seed| (0..1000).map(|item| Plan { seed }.deed(item, 1)).collect::<Vec<_>>();
        assert_eq!(deeds(Some(1)), deeds(Some(1)));
        assert_ne!(deeds(Some(1)), deeds(Some(2)));
        assert!(deeds(None).iter().all(|deed| *deed == Deed::Answer));
    }
}
