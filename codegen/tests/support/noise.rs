//! Choices that depend only on a seed.

/// A small generator of choices (splitmix64), so that the same seed gives the same page.
#[derive(Clone, Debug)]
pub struct Noise {
    state: u64,
    quiet: bool,
}

impl Noise {
    /// Creates a generator; with seed 0, it always takes the first choice.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            quiet: seed == 0,
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        if self.quiet || bound < 2 {
            return 0;
        }
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    /// Returns true on average once in this number of calls; never with seed 0.
    pub fn once_in(&mut self, times: usize) -> bool {
        !self.quiet && self.below(times) == 0
    }

    /// Returns one of the choices.
    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// Shuffles a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        if self.quiet {
            return;
        }
        for last in (1..list.len()).rev() {
            let other = self.below(last + 1);
            list.swap(last, other);
        }
    }
}
