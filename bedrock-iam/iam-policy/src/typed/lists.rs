//! Constant functions that turn the rows of a service into the lists that its enums return.
//!
//! Rows refer to each other by index and state each fact once; the accessors of the generated enums
//! return lists of variants, in both directions. All lists of one kind are in one array, one after
//! another, each at its [`Span`]. rustc interprets these functions whenever a generated crate is
//! checked, so the loops do as little as possible: an accessor slices its list when it is called.

use crate::facts::{
    ActionFacts, ActionResource, OperationFacts, Removed, RemovedFacts, ResourceTypeFacts,
};
use crate::text::names::position;

/// Runs the block for each row of a slice. Constant functions have no `for`.
macro_rules! each {
    ($row:ident in $rows:expr => $block:block) => {{
        let mut rows: &[_] = $rows;
        while let [$row, rest @ ..] = rows {
            $block
            rows = rest;
        }
    }};
}

/// The position of a list in the array of all lists.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    start: usize,
    length: usize,
}

impl Span {
    const EMPTY: Self = Self {
        start: 0,
        length: 0,
    };

    /// Returns the span of the next `length` rows, and adds them to the number of rows so far.
    const fn after(so_far: &mut usize, length: usize) -> Self {
        let start = *so_far;
        *so_far += length;
        Self { start, length }
    }

    /// Returns the list.
    #[must_use]
    pub const fn of<T>(self, all: &'static [T]) -> &'static [T] {
        all.split_at(self.start).1.split_at(self.length).0
    }
}

/// The lists that the accessors of an action return.
#[derive(Clone, Copy, Debug)]
pub struct ActionLists {
    /// The resource types that it can be scoped to, in [`pairs`].
    pub resources: Span,
    /// The condition keys in effect for every resource, in [`keys`].
    pub condition_keys: Span,
}

/// The name of a row, and whether it was removed.
#[derive(Clone, Copy, Debug)]
pub struct NameRow {
    /// The name.
    pub name: &'static str,
    /// The date of its removal and its replacement; `None` if it was not removed.
    pub removed: Option<RemovedFacts>,
}

impl NameRow {
    /// The initial value of an array's elements.
    pub const NONE: Self = Self {
        name: "",
        removed: None,
    };

    /// Returns its removal, with the replacement as a variant of the enum.
    #[must_use]
    pub const fn removed<T: Copy>(self, variants: &[T]) -> Option<Removed<T>> {
        match self.removed {
            Some(RemovedFacts { date, replaced_by }) => Some(Removed {
                date,
                replaced_by: match replaced_by {
                    Some(index) => Some(variants[index as usize]),
                    None => None,
                },
            }),
            None => None,
        }
    }
}

/// Returns the names of the rows.
#[must_use]
pub const fn names<const N: usize>(rows: &[NameRow; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    each!(row in rows => {
        names[at] = row.name;
        at += 1;
    });
    names
}

/// Returns the number of rows that were removed, or that were not.
#[must_use]
pub const fn count(rows: &[NameRow], removed: bool) -> usize {
    let mut count = 0;
    each!(row in rows => {
        count += (row.removed.is_some() == removed) as usize;
    });
    count
}

/// Returns the indices of the rows that were removed, or that were not; `N` is their [count].
#[must_use]
pub const fn indices<const N: usize>(rows: &[NameRow], removed: bool) -> [u16; N] {
    let mut indices = [0; N];
    let (mut count, mut at) = (0, 0);
    each!(row in rows => {
        if row.removed.is_some() == removed {
            indices[count] = at;
            count += 1;
        }
        at += 1;
    });
    indices
}

/// Returns the elements at the indices, of which there is at least one.
#[must_use]
pub const fn pick<T: Copy, const N: usize>(all: &[T], indices: &[u16; N]) -> [T; N] {
    let mut picked = [all[indices[0] as usize]; N];
    let mut at = 1;
    while at < N {
        picked[at] = all[indices[at] as usize];
        at += 1;
    }
    picked
}

/// Returns the variants at the indices as `&'static [T]`; the enum may have no variants.
#[doc(hidden)]
#[macro_export]
macro_rules! __picked {
    ($T:ty, $all:expr, $indices:expr) => {{
        const PICKED: &[$T] = if $indices.len() == 0 {
            &[]
        } else {
            &$crate::runtime::pick::<$T, { $indices.len() }>($all, &$indices)
        };
        PICKED
    }};
}

/// Returns the number of condition keys in the rows of the actions and their pairs.
#[must_use]
pub const fn count_keys(actions: &[ActionFacts]) -> usize {
    let mut count = 0;
    each!(action in actions => {
        count += action.condition_keys.len();
        each!(pair in action.resources => { count += pair.condition_keys.len(); });
    });
    count
}

/// Returns the condition keys of the actions: for each action its own, then those of its pairs.
#[must_use]
pub const fn keys<const N: usize>(actions: &[ActionFacts]) -> [u16; N] {
    let mut keys = [0; N];
    let mut count = 0;
    each!(action in actions => {
        each!(key in action.condition_keys => {
            keys[count] = *key;
            count += 1;
        });
        each!(pair in action.resources => {
            each!(key in pair.condition_keys => {
                keys[count] = *key;
                count += 1;
            });
        });
    });
    keys
}

/// Returns the number of pairs of an action and a resource type.
#[must_use]
pub const fn count_pairs(actions: &[ActionFacts]) -> usize {
    let mut count = 0;
    each!(action in actions => { count += action.resources.len(); });
    count
}

/// Returns the resource types of the actions, of which there is at least one; `keys` are their
/// [keys].
#[must_use]
pub const fn pairs<R: Copy, K: Copy, const N: usize>(
    actions: &[ActionFacts],
    types: &[R],
    keys: &'static [K],
) -> [ActionResource<R, K>; N] {
    let mut pairs = [ActionResource {
        resource_type: types[0],
        required: false,
        condition_keys: &[] as &[K],
    }; N];
    let (mut count, mut key) = (0, 0);
    each!(action in actions => {
        key += action.condition_keys.len();
        each!(row in action.resources => {
            pairs[count].resource_type = types[row.resource_type as usize];
            pairs[count].required = matches!(row.required, Some(true));
            if !row.condition_keys.is_empty() {
                pairs[count].condition_keys = Span::after(&mut key, row.condition_keys.len()).of(keys);
            }
            count += 1;
        });
    });
    pairs
}

/// Returns the positions of the lists of each action.
#[must_use]
pub const fn action_lists<const N: usize>(actions: &[ActionFacts]) -> [ActionLists; N] {
    let mut lists = [ActionLists {
        resources: Span::EMPTY,
        condition_keys: Span::EMPTY,
    }; N];
    let (mut at, mut pair, mut key) = (0, 0, 0);
    each!(action in actions => {
        lists[at].resources = Span::after(&mut pair, action.resources.len());
        lists[at].condition_keys = Span::after(&mut key, action.condition_keys.len());
        each!(pair in action.resources => { key += pair.condition_keys.len(); });
        at += 1;
    });
    lists
}

/// Returns the number of condition keys of the resource types.
#[must_use]
pub const fn count_type_keys(types: &[ResourceTypeFacts]) -> usize {
    let mut count = 0;
    each!(row in types => { count += row.condition_keys.len(); });
    count
}

/// Returns the condition keys of the resource types.
#[must_use]
pub const fn type_keys<const N: usize>(types: &[ResourceTypeFacts]) -> [u16; N] {
    let mut keys = [0; N];
    let mut count = 0;
    each!(row in types => {
        each!(key in row.condition_keys => {
            keys[count] = *key;
            count += 1;
        });
    });
    keys
}

/// Returns the position of each resource type's condition keys in [`type_keys`].
#[must_use]
pub const fn type_key_spans<const N: usize>(types: &[ResourceTypeFacts]) -> [Span; N] {
    let mut spans = [Span::EMPTY; N];
    let (mut at, mut key) = (0, 0);
    each!(row in types => {
        spans[at] = Span::after(&mut key, row.condition_keys.len());
        at += 1;
    });
    spans
}

/// Returns the order of the rows by the bytes of their names, in which the reverse lists are.
#[must_use]
pub const fn by_bytes<const N: usize>(names: &[&str; N]) -> [u16; N] {
    let mut order = [0; N];
    let mut count = 0;
    while count < N {
        let mut at = count;
        // already sorted, ignoring case, so few names move, and only by a few places
        while at > 0 && is_less(names[count], names[order[at - 1] as usize]) {
            order[at] = order[at - 1];
            at -= 1;
        }
        order[at] = count as u16;
        count += 1;
    }
    order
}

const fn is_less(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}

/// A member of a row's list.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The row that has the list; `NONE` for an unused link.
    list: u16,
    member: u16,
}

const NONE: u16 = u16::MAX;

impl Link {
    const NONE: Self = Self {
        list: NONE,
        member: 0,
    };
}

/// Returns the number of actions that the operations need in total.
#[must_use]
pub const fn count_needed(operations: &[OperationFacts]) -> usize {
    let mut count = 0;
    each!(operation in operations => { count += operation.required_actions.len(); });
    count
}

/// Links each operation to the actions that it needs.
#[must_use]
pub const fn needed<const N: usize>(
    operations: &[OperationFacts],
    order: &[u16],
    actions: &[ActionFacts],
    names: &[&str],
    index: &[u16],
) -> [Link; N] {
    let mut links = [Link::NONE; N];
    let mut count = 0;
    each!(at in order => {
        let operation = &operations[*at as usize];
        let first = count;
        each!(required in operation.required_actions => {
            if let Some(action) = position(names, index, required.action)
                && lists(&actions[action].removed, &operation.removed)
                && !is_linked(&links, first, count, action as u16)
            {
                links[count] = Link { list: action as u16, member: *at };
            }
            count += 1;
        });
    });
    links
}

/// Returns whether the list of a row includes another row: only removed rows list removed rows.
const fn lists(one: &Option<RemovedFacts>, other: &Option<RemovedFacts>) -> bool {
    one.is_some() || other.is_none()
}

/// Returns whether the list is already linked, as for an operation of several SDK clients.
const fn is_linked(links: &[Link], mut from: usize, to: usize, list: u16) -> bool {
    while from < to {
        if links[from].list == list {
            return true;
        }
        from += 1;
    }
    false
}

/// Returns the number of pairs of an action and a resource type, including removed types.
#[must_use]
pub const fn count_scoped(actions: &[ActionFacts]) -> usize {
    let mut count = 0;
    each!(action in actions => { count += action.resources.len() + action.kept_types.len(); });
    count
}

/// Links each action to the resource types that it can be scoped to.
#[must_use]
pub const fn scoped<const N: usize>(
    actions: &[ActionFacts],
    order: &[u16],
    types: &[ResourceTypeFacts],
) -> [Link; N] {
    let mut links = [Link::NONE; N];
    let mut count = 0;
    each!(at in order => {
        let action = &actions[*at as usize];
        each!(pair in action.resources => {
            if lists(&types[pair.resource_type as usize].removed, &action.removed) {
                links[count] = Link { list: pair.resource_type, member: *at };
            }
            count += 1;
        });
        each!(kept in action.kept_types => {
            if lists(&types[*kept as usize].removed, &action.removed) {
                links[count] = Link { list: *kept, member: *at };
            }
            count += 1;
        });
    });
    links
}

/// Returns the number of links that are in use.
#[must_use]
pub const fn count_links(links: &[Link]) -> usize {
    let mut count = 0;
    each!(link in links => { count += (link.list != NONE) as usize; });
    count
}

/// Returns the position of the list of each of `N` rows.
#[must_use]
pub const fn spans<const N: usize>(links: &[Link]) -> [Span; N] {
    let mut spans = [Span::EMPTY; N];
    each!(link in links => {
        if link.list != NONE {
            spans[link.list as usize].length += 1;
        }
    });
    let (mut so_far, mut at) = (0, 0);
    while at < N {
        spans[at] = Span::after(&mut so_far, spans[at].length);
        at += 1;
    }
    spans
}

/// Returns the members of the lists, one list after another; `N` is [`count_links`].
#[must_use]
pub const fn members<const N: usize, const ROWS: usize>(
    links: &[Link],
    spans: &[Span; ROWS],
) -> [u16; N] {
    let mut members = [0; N];
    let mut filled = [0; ROWS];
    each!(link in links => {
        if link.list != NONE {
            let list = link.list as usize;
            members[spans[list].start + filled[list]] = link.member;
            filled[list] += 1;
        }
    });
    members
}
