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

/// Whether two names are the same, ASCII case ignored; eight bytes at once, for each step takes its
/// time while compiling.
const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    while let (Some((a, one_rest)), Some((b, other_rest))) =
        (one.split_first_chunk::<8>(), other.split_first_chunk::<8>())
    {
        if u64::from_le_bytes(*a) != u64::from_le_bytes(*b) && !a.eq_ignore_ascii_case(b) {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    one.eq_ignore_ascii_case(other)
}

/// A hash that is the same for names that differ in ASCII case only: of the length and the last 24
/// bytes, which tell most names apart.
const fn hash(text: &[u8]) -> u64 {
    let mut hash = text.len() as u64;
    let mut rest = text;
    let mut rounds = 0;
    while rounds < 3
        && let Some((before, eight)) = rest.split_last_chunk::<8>()
    {
        hash = mixed(hash, u64::from_le_bytes(*eight));
        rest = before;
        rounds += 1;
    }
    if rounds > 0 {
        return hash;
    }
    let (mut short, mut at) = (0, 0);
    while at < text.len() {
        short = short << 8 | text[at] as u64;
        at += 1;
    }
    mixed(hash, short)
}

const fn mixed(hash: u64, bytes: u64) -> u64 {
    /// The bit by which ASCII letters of either case differ, in each byte. It makes a few other
    /// characters alike as well, which costs a comparison and no more.
    const CASE: u64 = 0x2020_2020_2020_2020;
    let product = (hash ^ (bytes | CASE)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
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
