//! A hash index of a table of names, built at compile time.
//!
//! The number of slots is a power of two, at least twice the number of names. A slot contains the
//! position of a name plus one, or 0 if it is free. A name whose slot is taken goes to the next free
//! one.

/// Returns the number of slots for a number of names.
#[doc(hidden)]
#[must_use]
pub const fn slots(names: usize) -> usize {
    (names * 2).next_power_of_two()
}

/// Builds the index of the names; `SLOTS` is [`slots`] of their number.
#[doc(hidden)]
#[must_use]
pub const fn index<const SLOTS: usize>(names: &[&str]) -> [u16; SLOTS] {
    assert!(names.len() < u16::MAX as usize && SLOTS == slots(names.len()));
    let mut index = [0; SLOTS];
    let mut at = 0;
    while at < names.len() {
        let mut slot = hash(names[at].as_bytes()) as usize & (SLOTS - 1);
        while index[slot] != 0 {
            slot = (slot + 1) & (SLOTS - 1);
        }
        at += 1;
        index[slot] = at as u16;
    }
    index
}

/// Returns the position of a name in the indexed table, ignoring ASCII case. Of condition keys that
/// differ only in case, it returns the one with this case, if any.
pub(super) fn find(names: &[&str], index: &[u16], text: &str) -> Option<usize> {
    let mask = index.len() - 1;
    let mut slot = hash(text.as_bytes()) as usize & mask;
    let mut found = None;
    loop {
        // Ends at a free slot, because at least half of them are free.
        let Some(at) = usize::from(index[slot]).checked_sub(1) else {
            return found;
        };
        if names[at] == text {
            return Some(at);
        }
        if found.is_none() && names[at].eq_ignore_ascii_case(text) {
            found = Some(at);
        }
        slot = (slot + 1) & mask;
    }
}

/// Does the same as [`find`] at compile time.
pub(crate) const fn position(names: &[&str], index: &[u16], text: &str) -> Option<usize> {
    let mask = index.len() - 1;
    let mut slot = hash(text.as_bytes()) as usize & mask;
    loop {
        if index[slot] == 0 {
            return None;
        }
        let at = index[slot] as usize - 1;
        if is_same(names[at].as_bytes(), text.as_bytes()) {
            return Some(at);
        }
        slot = (slot + 1) & mask;
    }
}

/// Returns whether two names are equal, ignoring ASCII case.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let length = one.len();
    if length != other.len() {
        return false;
    }
    let mut at = 0;
    while at < length {
        // most bytes are equal, and a call is slow at compile time
        if one[at] != other[at] && !one[at].eq_ignore_ascii_case(&other[at]) {
            return false;
        }
        at += 1;
    }
    true
}

/// Hashes a name, ignoring ASCII case.
///
/// Uses the length and every third of the last 36 bytes, which distinguish almost all names. More
/// bytes would slow down compilation.
const fn hash(text: &[u8]) -> u64 {
    /// The bit that differs between upper and lower case. Setting it also maps a few other characters
    /// to the same value, which only costs a comparison.
    const CASE: u8 = 0x20;
    let mut bytes = 0;
    let (mut rest, mut taken) = (text.len(), 0);
    while rest > 0 && taken < 12 {
        bytes = bytes << 5 ^ (text[rest - 1] | CASE) as u64;
        rest = rest.saturating_sub(3);
        taken += 1;
    }
    let product = (bytes ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_table_are_found_in_any_case() {
        let names = [
            "b:A",
            "b:Create",
            "b:CreateA",
            "b:createBookOfManyPages",
            "b:Z",
        ];
        let index = index::<16>(&names);
        for (at, name) in names.iter().enumerate() {
            assert_eq!(find(&names, &index, name), Some(at));
            assert_eq!(find(&names, &index, &name.to_uppercase()), Some(at));
            assert_eq!(position(&names, &index, &name.to_uppercase()), Some(at));
        }
        for absent in [
            "",
            "b",
            "b:",
            "b:Creat",
            "b:CreateC",
            "b:ZZ",
            "a:A",
            "b:é",
            "b:\u{1}",
        ] {
            assert_eq!(find(&names, &index, absent), None, "{absent}");
            assert_eq!(position(&names, &index, absent), None, "{absent}");
        }
        assert_eq!(find(&[], &super::index::<1>(&[]), "x"), None);
        let names = ["x:Foo", "x:foo"];
        let index = super::index::<4>(&names);
        let found = ["x:Foo", "x:foo", "X:FOO"].map(|text| find(&names, &index, text));
        assert_eq!(found, [Some(0), Some(1), Some(0)]);
    }
}
