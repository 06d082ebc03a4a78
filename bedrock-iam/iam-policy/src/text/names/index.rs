//! A hash index of a table of names, built while compiling.
//!
//! Twice as many slots as names at least, a power of two; a slot holds a name's position plus one,
//! or 0. A name that finds its slot taken goes to the next free one.

/// How many slots a table of so many names gets.
#[doc(hidden)]
#[must_use]
pub const fn slots(names: usize) -> usize {
    (names * 2).next_power_of_two()
}

/// The index of the names; `SLOTS` is [`slots`] of their number.
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

/// Where a name stands in the table that the index is of, ASCII case ignored.
pub(super) fn find(names: &[&str], index: &[u16], text: &str) -> Option<usize> {
    let mask = index.len() - 1;
    let mut slot = hash(text.as_bytes()) as usize & mask;
    loop {
        // Half of the slots are free at least, so there is an end to it.
        let at = usize::from(index[slot]).checked_sub(1)?;
        if names[at].eq_ignore_ascii_case(text) {
            return Some(at);
        }
        slot = (slot + 1) & mask;
    }
}

/// The same as [`find`] while compiling.
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

/// Whether two names are the same, ASCII case ignored.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let length = one.len();
    if length != other.len() {
        return false;
    }
    let mut at = 0;
    while at < length {
        // most are the same, and a call takes its time while compiling
        if one[at] != other[at] && !one[at].eq_ignore_ascii_case(&other[at]) {
            return false;
        }
        at += 1;
    }
    true
}

/// A hash that is the same for names that differ in ASCII case only: of the length and of every third
/// of the last 36 bytes, which tell almost all names apart. More would take its time while compiling.
const fn hash(text: &[u8]) -> u64 {
    /// The bit by which ASCII letters of either case differ. It makes a few other characters alike
    /// as well, which costs a comparison and no more.
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
    fn finds_every_name_in_any_case_and_nothing_else() {
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
    }
}
