//! The cell that names an action.

use super::links::Links;
use crate::error::{Error, Result, quoted};
use crate::labels::is_bracket;
use crate::table::{Cell, folded, without_space};

/// The name cell of an action, taken apart.
pub(crate) struct ActionName {
    pub(crate) name: String,
    /// Where the name links to.
    pub(crate) href: Option<String>,
    /// What stands beside it.
    pub(crate) mark: String,
}

/// The name of an action, where it links to, and the mark beside it: `Name [permission only]`.
pub(crate) fn action_name(cell: &Cell, links: &Links) -> Result<ActionName> {
    let linked = cell.runs.iter().position(|run| run.href.is_some());
    let text = cell.text();
    // without a link, the name is the first word; a mark may stand in the link, or without space
    let (shown, mark) = match linked {
        Some(at) => {
            let link = cell.runs[at].text.as_str();
            let (shown, mark) = link.split_at(link.find(is_bracket).unwrap_or(link.len()));
            let others = cell
                .runs
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != at)
                .map(|(_, run)| run.text.as_str());
            (
                without_space(shown),
                folded(
                    &std::iter::once(mark)
                        .chain(others)
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            )
        }
        None => {
            let (name, mark) = text.split_at(
                text.find(|c| c == ' ' || is_bracket(c))
                    .unwrap_or(text.len()),
            );
            (name.to_owned(), mark.to_owned())
        }
    };
    let name = links
        .own_action(cell.anchor.as_deref(), &shown)?
        .unwrap_or(&shown)
        .to_owned();
    if name.is_empty()
        || !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    {
        return Err(Error::new(
            format!("the action {}", quoted(&name)),
            "a name of letters, digits, `-` and `_`",
        ));
    }
    Ok(ActionName {
        name,
        href: linked.and_then(|at| cell.runs[at].href.clone()),
        mark,
    })
}
