//! Three-valued logic: what does not follow from the facts stated is unknown.

/// The result of a test in a request of which not everything may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Truth {
    True,
    False,
    /// The facts stated do not decide, or the engine does not model what is tested.
    Unknown,
}

impl Truth {
    /// Returns whether both are true; false if one of them is false.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Returns whether one of them is true; false if both are false.
    pub(crate) const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// Returns the opposite; what is unknown stays unknown.
    pub(crate) const fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Returns whether all are true; stops at the first that is false.
    pub(crate) fn all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut result = Self::True;
        for next in all {
            result = result.and(next);
            if result == Self::False {
                break;
            }
        }
        result
    }

    /// Returns whether one is true; stops at the first that is true.
    pub(crate) fn any(all: impl IntoIterator<Item = Self>) -> Self {
        Self::all(all.into_iter().map(Self::not)).not()
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    /// Returns the results that remain possible if what is unknown becomes true or false.
    fn completed(truth: Truth) -> Vec<bool> {
        match truth {
            True => vec![true],
            False => vec![false],
            Unknown => vec![true, false],
        }
    }

    #[test]
    fn a_result_is_unknown_only_if_both_results_are_possible() {
        let same = |truth: Truth, possible: Vec<bool>| {
            let first = possible[0];
            let expected = if possible.iter().all(|it| *it == first) {
                Truth::from(first)
            } else {
                Unknown
            };
            assert_eq!(truth, expected);
        };
        for a in [True, False, Unknown] {
            same(a.not(), completed(a).iter().map(|a| !a).collect());
            for b in [True, False, Unknown] {
                let pairs = |of: fn(bool, bool) -> bool| {
                    let (left, right) = (completed(a), completed(b));
                    let all = left.iter().flat_map(|a| right.iter().map(|b| of(*a, *b)));
                    all.collect()
                };
                same(a.and(b), pairs(|a, b| a && b));
                same(a.or(b), pairs(|a, b| a || b));
                assert_eq!(Truth::all([a, b]), a.and(b));
                assert_eq!(Truth::any([a, b]), a.or(b));
            }
        }
        assert_eq!((Truth::all([]), Truth::any([])), (True, False));
    }

    #[test]
    fn later_tests_are_skipped_once_the_result_is_certain() {
        let stop = |first: Truth| {
            [first, Unknown]
                .into_iter()
                .inspect(move |it| assert_eq!(*it, first))
        };
        assert_eq!(Truth::all(stop(False)), False);
        assert_eq!(Truth::any(stop(True)), True);
    }
}
