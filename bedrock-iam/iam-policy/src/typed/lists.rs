//! From the rows of a service to the lists that its enums return, while compiling.
//!
//! Rows refer to each other by index and state each fact once; the accessors of the generated enums
//! return lists of variants, in either direction. All lists of one kind stand in one array, one
//! after another, and each has its [`Span`] there.

use crate::facts::{
    ActionFacts, ActionResource, OperationFacts, Removed, RemovedFacts, ResourceTypeFacts,
};
use crate::text::names::position;

/// What the accessors of an action return.
#[derive(Clone, Copy, Debug)]
pub struct ActionLists<R: 'static, K: 'static, O: 'static> {
    /// The resource types that it can be scoped to.
    pub resources: &'static [ActionResource<R, K>],
    /// The condition keys in effect whatever the resource.
    pub condition_keys: &'static [K],
    /// The operations that need it.
    pub operations: &'static [O],
}

/// What the accessors of a resource type return.
#[derive(Clone, Copy, Debug)]
pub struct ResourceTypeLists<A: 'static, K: 'static> {
    /// The condition keys in effect for every action.
    pub condition_keys: &'static [K],
    /// The actions that can be scoped to it.
    pub actions: &'static [A],
}

/// Where a list stands in the array of all.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    start: usize,
    length: usize,
}

impl Span {
    const fn of<T>(self, all: &'static [T]) -> &'static [T] {
        all.split_at(self.start).1.split_at(self.length).0
    }
}

/// That a row stands in the list of another one.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Whose list it is; `NONE` for a link that does not count.
    list: u16,
    member: u16,
}

const NONE: u16 = u16::MAX;

/// The name of a row, and whether it was removed.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// Set if it was removed.
    pub removed: Option<RemovedFacts>,
}

impl Named {
    /// To fill an array with.
    pub const NONE: Self = Self {
        name: "",
        removed: None,
    };

    /// As the enum's accessor returns it.
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

/// The names, which must be sorted.
#[must_use]
pub const fn names<const N: usize>(rows: &[Named; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = rows[at].name;
        at += 1;
    }
    assert!(
        crate::text::names::is_sorted(&names),
        "names are sorted, ASCII case ignored"
    );
    names
}

/// How many rows were removed, or how many were not.
#[must_use]
pub const fn count(rows: &[Named], removed: bool) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < rows.len() {
        if rows[at].removed.is_some() == removed {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The indices of the rows that were removed, or that were not; `N` is their [count].
#[must_use]
pub const fn indices<const N: usize>(rows: &[Named], removed: bool) -> [u16; N] {
    let mut indices = [0; N];
    let (mut count, mut at) = (0, 0);
    while at < rows.len() {
        if rows[at].removed.is_some() == removed {
            indices[count] = at as u16;
            count += 1;
        }
        at += 1;
    }
    indices
}

/// What stands at the indices; they are not empty.
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

/// The variants at the indices, as `&'static [T]`; an enum without variants has none to begin with.
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

/// The order of the rows by the bytes of their names: that of lists in the other direction.
#[must_use]
pub const fn by_bytes<const N: usize>(names: &[&str; N]) -> [u16; N] {
    let mut order = [0; N];
    let mut count = 0;
    while count < N {
        let mut at = count;
        // they are sorted but for their case, so few move, and not far
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

/// How many actions the operations need in all.
#[must_use]
pub const fn count_needed(operations: &[OperationFacts]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < operations.len() {
        count += operations[at].required_actions.len();
        at += 1;
    }
    count
}

/// The operations in the lists of the actions that they need.
#[must_use]
pub const fn needed<const N: usize>(
    operations: &[OperationFacts],
    order: &[u16],
    actions: &[ActionFacts],
    names: &[&str],
    index: &[u16],
) -> [Link; N] {
    let mut links = [Link {
        list: NONE,
        member: 0,
    }; N];
    let (mut count, mut at) = (0, 0);
    while at < order.len() {
        let operation = &operations[order[at] as usize];
        let first = count;
        let mut required = operation.required_actions;
        while let [one, rest @ ..] = required {
            if let Some(action) = position(names, index, one.action)
                && lists(&actions[action].removed, &operation.removed)
                && !is_linked(&links, first, count, action as u16)
            {
                links[count] = Link {
                    list: action as u16,
                    member: order[at],
                };
            }
            count += 1;
            required = rest;
        }
        at += 1;
    }
    links
}

/// Whether the list of a row has another row: those of today have only rows of today.
const fn lists(one: &Option<RemovedFacts>, other: &Option<RemovedFacts>) -> bool {
    one.is_some() || other.is_none()
}

/// Whether a link of this list is there already: an operation of several SDK clients.
const fn is_linked(links: &[Link], mut from: usize, to: usize, list: u16) -> bool {
    while from < to {
        if links[from].list == list {
            return true;
        }
        from += 1;
    }
    false
}

/// How many pairs of an action and a resource type there are, kept ones among them.
#[must_use]
pub const fn count_scoped(actions: &[ActionFacts]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < actions.len() {
        count += actions[at].resources.len() + actions[at].kept_types.len();
        at += 1;
    }
    count
}

/// The actions in the lists of the resource types that they can be scoped to.
#[must_use]
pub const fn scoped<const N: usize>(
    actions: &[ActionFacts],
    order: &[u16],
    types: &[ResourceTypeFacts],
) -> [Link; N] {
    let mut links = [Link {
        list: NONE,
        member: 0,
    }; N];
    let (mut count, mut at) = (0, 0);
    while at < order.len() {
        let action = &actions[order[at] as usize];
        let (mut resources, mut kept) = (action.resources, action.kept_types);
        loop {
            let of = if let [one, rest @ ..] = resources {
                resources = rest;
                one.resource_type
            } else if let [one, rest @ ..] = kept {
                kept = rest;
                *one
            } else {
                break;
            };
            if lists(&types[of as usize].removed, &action.removed) {
                links[count] = Link {
                    list: of,
                    member: order[at],
                };
            }
            count += 1;
        }
        at += 1;
    }
    links
}

/// How many links count.
#[must_use]
pub const fn count_links(links: &[Link]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < links.len() {
        if links[at].list != NONE {
            count += 1;
        }
        at += 1;
    }
    count
}

/// Where the list of each of `N` rows stands among those of all.
#[must_use]
pub const fn spans<const N: usize>(links: &[Link]) -> [Span; N] {
    let mut spans = [Span {
        start: 0,
        length: 0,
    }; N];
    let mut at = 0;
    while at < links.len() {
        if links[at].list != NONE {
            spans[links[at].list as usize].length += 1;
        }
        at += 1;
    }
    let (mut start, mut at) = (0, 0);
    while at < N {
        spans[at].start = start;
        start += spans[at].length;
        at += 1;
    }
    spans
}

/// The members of the lists, one list after another; `N` is [`count_links`].
#[must_use]
pub const fn members<const N: usize, const ROWS: usize>(
    links: &[Link],
    spans: &[Span; ROWS],
) -> [u16; N] {
    let mut members = [0; N];
    let mut filled = [0; ROWS];
    let mut at = 0;
    while at < links.len() {
        let Link { list, member } = links[at];
        if list != NONE {
            let list = list as usize;
            members[spans[list].start + filled[list]] = member;
            filled[list] += 1;
        }
        at += 1;
    }
    members
}

/// How many condition keys the actions and their pairs name.
#[must_use]
pub const fn count_keys(actions: &[ActionFacts]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < actions.len() {
        count += actions[at].condition_keys.len();
        let mut pairs = actions[at].resources;
        while let [pair, rest @ ..] = pairs {
            count += pair.condition_keys.len();
            pairs = rest;
        }
        at += 1;
    }
    count
}

/// The condition keys of the actions, each action's own before those of its pairs.
#[must_use]
pub const fn keys<const N: usize>(actions: &[ActionFacts]) -> [u16; N] {
    let mut keys = [0; N];
    let (mut count, mut at) = (0, 0);
    while at < actions.len() {
        let mut pairs = actions[at].resources;
        let mut own = actions[at].condition_keys;
        loop {
            while let [key, rest @ ..] = own {
                keys[count] = *key;
                count += 1;
                own = rest;
            }
            let [pair, rest @ ..] = pairs else { break };
            own = pair.condition_keys;
            pairs = rest;
        }
        at += 1;
    }
    keys
}

/// How many resource types the actions have.
#[must_use]
pub const fn count_pairs(actions: &[ActionFacts]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < actions.len() {
        count += actions[at].resources.len();
        at += 1;
    }
    count
}

/// The resource types of the actions, `keys` being their [keys]; there is one at least.
#[must_use]
pub const fn pairs<R: Copy, K: Copy, const N: usize>(
    actions: &[ActionFacts],
    types: &[R],
    mut keys: &'static [K],
) -> [ActionResource<R, K>; N] {
    let mut pairs = [ActionResource {
        resource_type: types[0],
        required: false,
        condition_keys: &[] as &[K],
    }; N];
    let (mut count, mut at) = (0, 0);
    while at < actions.len() {
        keys = keys.split_at(actions[at].condition_keys.len()).1;
        let mut rows = actions[at].resources;
        while let [row, rest @ ..] = rows {
            let (own, others) = keys.split_at(row.condition_keys.len());
            pairs[count] = ActionResource {
                resource_type: types[row.resource_type as usize],
                required: matches!(row.required, Some(true)),
                condition_keys: own,
            };
            keys = others;
            count += 1;
            rows = rest;
        }
        at += 1;
    }
    pairs
}

/// What the accessors of each action return.
#[must_use]
pub const fn action_lists<R, K, O, const N: usize>(
    actions: &[ActionFacts],
    mut pairs: &'static [ActionResource<R, K>],
    mut keys: &'static [K],
    operations: &'static [O],
    spans: &[Span; N],
) -> [ActionLists<R, K, O>; N] {
    let mut lists = [const {
        ActionLists {
            resources: &[],
            condition_keys: &[],
            operations: &[],
        }
    }; N];
    let mut at = 0;
    while at < N {
        (lists[at].condition_keys, keys) = keys.split_at(actions[at].condition_keys.len());
        (lists[at].resources, pairs) = pairs.split_at(actions[at].resources.len());
        let mut of_action = lists[at].resources;
        while let [pair, rest @ ..] = of_action {
            keys = keys.split_at(pair.condition_keys.len()).1;
            of_action = rest;
        }
        lists[at].operations = spans[at].of(operations);
        at += 1;
    }
    lists
}

/// How many condition keys the resource types name.
#[must_use]
pub const fn count_type_keys(types: &[ResourceTypeFacts]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < types.len() {
        count += types[at].condition_keys.len();
        at += 1;
    }
    count
}

/// The condition keys of the resource types.
#[must_use]
pub const fn type_keys<const N: usize>(types: &[ResourceTypeFacts]) -> [u16; N] {
    let mut keys = [0; N];
    let (mut count, mut at) = (0, 0);
    while at < types.len() {
        let mut own = types[at].condition_keys;
        while let [key, rest @ ..] = own {
            keys[count] = *key;
            count += 1;
            own = rest;
        }
        at += 1;
    }
    keys
}

/// What the accessors of each resource type return.
#[must_use]
pub const fn type_lists<A, K, const N: usize>(
    types: &[ResourceTypeFacts],
    mut keys: &'static [K],
    actions: &'static [A],
    spans: &[Span; N],
) -> [ResourceTypeLists<A, K>; N] {
    let mut lists = [const {
        ResourceTypeLists {
            condition_keys: &[],
            actions: &[],
        }
    }; N];
    let mut at = 0;
    while at < N {
        (lists[at].condition_keys, keys) = keys.split_at(types[at].condition_keys.len());
        lists[at].actions = spans[at].of(actions);
        at += 1;
    }
    lists
}
