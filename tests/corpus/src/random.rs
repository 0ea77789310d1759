//! Numbers that a seed decides: the same sample and the same instances on every machine.

/// SplitMix64: small, and good enough to choose with.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One that depends on a text as well, so that what is made for one thing does not depend on what came before.
    pub fn of(seed: u64, text: &str) -> Self {
        let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(text.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, fnv))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// Whether something of one in `of` happens.
    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// `count` of the elements, in the order they were given.
    pub fn sample<T>(&mut self, elements: Vec<T>, count: usize) -> Vec<T> {
        let total = elements.len();
        let mut order: Vec<usize> = (0..total).collect();
        for index in 0..count.min(total) {
            let other = index + self.below(total - index);
            order.swap(index, other);
        }
        order.truncate(count);
        order.sort_unstable();
        let mut chosen = order.into_iter().peekable();
        let elements = elements.into_iter().enumerate();
        elements
            .filter_map(|(index, element)| chosen.next_if_eq(&index).map(|_| element))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn a_sample_is_of_the_asked_size_and_decided_by_the_seed() {
        let sample = |seed, count| Random::new(seed).sample((0..100).collect(), count);
        assert_eq!(sample(1, 10), sample(1, 10));
        assert_ne!(sample(1, 10), sample(2, 10));
        assert_eq!(sample(1, 10).len(), 10);
        assert!(sample(1, 10).is_sorted());
        assert_eq!(sample(1, 200).len(), 100);
    }
}
