//! A pattern that is prepared for many texts.

/// A pattern of ASCII characters, `*` and `?`, as an automaton whose states are bits: bit `n` is set while
/// the first `n` steps of the pattern match the text so far.
#[derive(Clone)]
pub(crate) struct Automaton {
    /// The states that each character can leave.
    steps: [u64; 128],
    /// The states that every character can stay in, because `*` follows.
    any: u64,
    /// The state of the whole pattern.
    end: u64,
}

impl Automaton {
    /// Prepares a pattern; `None` if it has more steps than a state has bits, or other characters.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        let (mut steps, mut one, mut any, mut end) = ([0; 128], 0, 0, 1_u64);
        for byte in pattern.bytes() {
            match byte {
                b'*' => {
                    any |= end;
                    continue;
                }
                b'?' => one |= end,
                _ => *steps.get_mut(usize::from(byte))? |= end,
            }
            end = end.checked_mul(2)?;
        }
        for step in &mut steps {
            *step |= one;
        }
        Some(Self { steps, any, end })
    }

    /// Returns whether the pattern matches the whole text, which is ASCII.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut states = 1;
        for byte in text.bytes() {
            let steps = self.steps.get(usize::from(byte)).unwrap_or(&0);
            states = (states & steps) << 1 | states & self.any;
            if states == 0 {
                return false;
            }
        }
        states & self.end != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::glob;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]

        #[test]
        fn matches_as_without_preparation(pattern in "[ab*?]{0,8}", text in "[abc]{0,8}") {
            let prepared = Automaton::new(&pattern).unwrap();
            proptest::prop_assert_eq!(prepared.matches(&text), glob::matches(&pattern, &text));
        }
    }

    #[test]
    fn long_patterns_are_not_prepared() {
        let text = "a".repeat(63);
        assert!(Automaton::new(&text).unwrap().matches(&text));
        assert!(Automaton::new(&(text + "?*")).is_none());
        assert!(Automaton::new("é").is_none());
    }
}
