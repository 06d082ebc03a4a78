//! Checks of a segment's characters, in one pass, both at run time and at compile time.

use crate::text::glob::Rules;

use super::error::SegmentFault;

/// The form of a segment: plain, or with `*` and `?` as wildcards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Glob,
}

/// Bits of [`CLASSES`]: bytes that need a closer check unless the place and form allow them.
const COLON: u8 = 1;
const SLASH: u8 = 2;
const WILDCARD: u8 = 4;
const OTHER: u8 = 8;

/// The class of each byte; 0 for bytes that are valid anywhere in a segment.
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

/// Returns the first fault of a text, with its offset in bytes.
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

/// Returns the fault of a suspicious byte, if it is one at this offset.
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

/// Returns the fault of a non-ASCII control character or white space that starts at this byte.
const fn beyond_ascii(bytes: &[u8], at: usize) -> Option<SegmentFault> {
    // The text is valid UTF-8, so continuation bytes follow each lead byte.
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
        // White space, invisible characters and those that change the text direction.
        0xa0 | 0x1680 | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x2069 | 0x3000 | 0xfeff => {
            Some(SegmentFault::Space(char))
        }
        _ => None,
    }
}

/// Checks a literal of `seg!`: characters that no place allows do not compile.
#[doc(hidden)]
#[track_caller]
pub const fn check_plain(text: &str) {
    if let Some((_, fault)) = fault(text, Rules::LOOSE, Form::Plain) {
        panic!("{}", fault.at_compile_time());
    }
}

/// Checks a literal of `seg!(glob …)`, in which `*` and `?` are allowed.
#[doc(hidden)]
#[track_caller]
pub const fn check_glob(text: &str) {
    if let Some((_, fault)) = fault(text, Rules::LOOSE, Form::Glob) {
        panic!("{}", fault.at_compile_time());
    }
}
