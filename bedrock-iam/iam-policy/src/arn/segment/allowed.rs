//! The characters of a segment, checked in one pass, at run time and while compiling alike.

use crate::text::glob::Rules;

use super::error::SegmentFault;

/// Whether `*` and `?` are meant as wildcards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Glob,
}

/// Bits of [`CLASSES`]: bytes that need a second look unless the place and form allow them.
const COLON: u8 = 1;
const SLASH: u8 = 2;
const WILDCARD: u8 = 4;
const OTHER: u8 = 8;

/// What each byte is to a segment; 0 for what may stand anywhere in one.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b':' => COLON,
            b'/' => SLASH,
            b'*' | b'?' => WILDCARD,
            b'$' | b'{' | b'}' | 0..=b' ' | 0x7f | 0xc2.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// The first thing that the text may not hold, with its offset in bytes.
pub(crate) const fn fault(text: &str, rules: Rules, form: Form) -> Option<(usize, SegmentFault)> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Some((0, SegmentFault::Empty));
    }
    let mut refused = OTHER;
    if !rules.colon {
        refused |= COLON;
    }
    if !rules.slash {
        refused |= SLASH;
    }
    if matches!(form, Form::Plain) {
        refused |= WILDCARD;
    }
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if let Some(delimiter) = rules.delimiter
            && delimiter == byte
        {
            return Some((at, SegmentFault::Delimiter(byte as char)));
        }
        if CLASSES[byte as usize] & refused != 0
            && let Some(found) = look(bytes, at)
        {
            return Some((at, found));
        }
        at += 1;
    }
    None
}

/// What is wrong with the refused byte at this offset, if it is at all.
const fn look(bytes: &[u8], at: usize) -> Option<SegmentFault> {
    let byte = bytes[at];
    match byte {
        b':' | b'/' => Some(SegmentFault::Delimiter(byte as char)),
        b'*' | b'?' => Some(SegmentFault::Wildcard(byte as char)),
        b'$' | b'{' | b'}' => Some(SegmentFault::Variable(byte as char)),
        b' ' if at > 0 && at + 1 < bytes.len() => None,
        b' ' => Some(SegmentFault::Space(' ')),
        0xc2.. => beyond_ascii(bytes, at),
        _ => Some(SegmentFault::Control(byte as char)),
    }
}

/// A control character or white space that starts at this byte of UTF-8 text.
const fn beyond_ascii(bytes: &[u8], at: usize) -> Option<SegmentFault> {
    // A lead byte always has its followers: the text is valid UTF-8.
    let second = bytes[at + 1] as u32 & 0x3f;
    let code = match bytes[at] {
        lead @ 0xc2..=0xdf => (lead as u32 & 0x1f) << 6 | second,
        lead @ 0xe0..=0xef => {
            (lead as u32 & 0x0f) << 12 | second << 6 | (bytes[at + 2] as u32 & 0x3f)
        }
        _ => return None,
    };
    let Some(char) = char::from_u32(code) else {
        return None;
    };
    match code {
        0x80..=0x9f => Some(SegmentFault::Control(char)),
        // White space, and what is invisible or turns the reading order around.
        0xa0 | 0x1680 | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x2069 | 0x3000 | 0xfeff => {
            Some(SegmentFault::Space(char))
        }
        _ => None,
    }
}

/// For `seg!`: does not compile for what no place can hold.
#[doc(hidden)]
#[track_caller]
pub const fn check_plain(text: &str) {
    if let Some((_, fault)) = fault(text, Rules::LOOSE, Form::Plain) {
        panic!("{}", fault.while_compiling());
    }
}

/// For `seg!(glob …)`: the same, but for `*` and `?`.
#[doc(hidden)]
#[track_caller]
pub const fn check_glob(text: &str) {
    if let Some((_, fault)) = fault(text, Rules::LOOSE, Form::Glob) {
        panic!("{}", fault.while_compiling());
    }
}
