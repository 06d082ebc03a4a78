//! The facts that would decide an undecided request.

/// Something that would decide a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// A condition key that the request does not state.
    Key {
        /// The key.
        key: String,
        /// The values that the policies expect, in words; empty for the key of a policy variable.
        asked: Vec<String>,
    },
    /// Something that is not modelled: the reason.
    Unmodelled(String),
}

/// The needs of an undecided request, each once.
#[derive(Default)]
pub(super) struct Needs {
    pub(super) all: Vec<Need>,
}

impl Needs {
    pub(super) fn unmodelled(&mut self, reason: String) {
        let need = Need::Unmodelled(reason);
        if !self.all.contains(&need) {
            self.all.push(need);
        }
    }

    pub(super) fn key(&mut self, key: &str, asked: Option<String>) {
        let found = self.all.iter_mut().find_map(|need| match need {
            Need::Key { key: other, asked } if other.eq_ignore_ascii_case(key) => Some(asked),
            _ => None,
        });
        match (found, asked) {
            (Some(known), Some(asked)) if !known.contains(&asked) => known.push(asked),
            (Some(_), _) => {}
            (None, asked) => self.all.push(Need::Key {
                key: key.to_owned(),
                asked: asked.into_iter().collect(),
            }),
        }
    }
}
