//! Items that generated code uses; not part of the crate's stable interface.

#[cfg(feature = "serde")]
pub use serde;

pub use crate::arn::segment::{
    AllowsColon, AllowsSlash, Literal, Rules, ascii_bytes, check_glob, check_plain, contains_colon,
    contains_slash,
};
pub use crate::arn::site::{account_literal, region_literal};
pub use crate::arn::{
    Candidate, FormatFault, Formats, Part, Parts, Piece, Pieces, Reader, Segments, Template,
    arn_literal, head, read_any, read_any_of, rules_of,
};
pub use crate::condition::key::{KeyId, key_literal};
pub use crate::facts::{ActionResource, ContextEntry, Removed, RequiredAction, required_by};
pub use crate::text::names::{NameTable, bare, index, is_template, nearest, slots};
pub use crate::text::one_or_many::OneOrMany;
#[cfg(feature = "serde")]
pub use crate::text::serde_str::deserialize_str;
pub use crate::typed::action::{
    ActionUse, Actions, KnownAction, ModuleAction, OfService, action_glob, action_literal,
    check_action, check_prefix,
};
pub use crate::typed::lists::{
    ActionLists, Link, NameRow, Span, action_lists, by_bytes, count, count_keys, count_links,
    count_needed, count_pairs, count_scoped, count_type_keys, indices, keys, members, names,
    needed, pairs, pick, scoped, spans, type_key_spans, type_keys,
};
pub use crate::typed::supports::{Has, InEffect, On, Takes};
pub use crate::{AccessLevel, AccessLevels, Arn, Key, NameError, Resource, Segment, ValueType};
pub use crate::{place, value};

/// The keywords of the tables' clauses, as values.
#[allow(non_upper_case_globals, reason = "spelled as in the tables")]
pub mod marks {
    /// A resource type that the reference marks as required.
    pub const required: Option<bool> = Some(true);
    /// A resource type that the reference does not mark as required.
    pub const optional: Option<bool> = Some(false);
    /// `permission only`.
    pub const only: bool = true;
    /// `follows page`.
    pub const page: bool = true;
    /// The ARN format of a type whose ARN was removed from the reference.
    pub const lost: Option<&str> = None;
}
