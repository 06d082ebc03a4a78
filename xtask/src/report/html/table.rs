//! The table of actions against resource types, as markup.

use codegen::model::AccessLevel;
use maud::{Markup, html};

use super::anchor::id;
use super::matrix::{Cell, Column, Mark, Matrix, Row};
use super::words::breakable;

/// What letters, colours and marks mean.
fn legend() -> Markup {
    html! {
        dl.legend {
            @for level in AccessLevel::ALL {
                div { dt { (letter(*level, Mark::Same)) } dd { (level.as_str()) } }
            }
            div { dt { (required()) } dd { "required" } }
            div { dt { (permission_only()) } dd { "permission only: no operation of its own" } }
            div { dt.added { (sign(Mark::Added)) } dd { "added" } }
            div { dt.removed { (sign(Mark::Removed)) } dd { "removed" } }
            div { dt.changed { (sign(Mark::Changed)) } dd { "changed" } }
            div { dt { (keys()) } dd { "other condition keys in effect" } }
        }
    }
}

/// The table of a module, with its filters, below its heading.
pub(super) fn table(module: &str, matrix: &Matrix<'_>) -> Markup {
    let table = id(&[module, "table"]);
    let heading = id(&[module, "actions"]);
    html! {
        h3 id=(heading) { "Actions and resource types" }
        (legend())
        // without a script there is nothing to filter with
        div.controls hidden role="group" aria-labelledby=(heading) data-table=(table) {
            label { "Action " input type="search" autocomplete="off" spellcheck="false" placeholder="part of a name"; }
            label { input type="checkbox"; " changed only" }
            output {}
        }
        // keyboards scroll it where it does not fit
        div.scroll.matrix tabindex="0" role="region" aria-label={ "Table of " (module) } {
            table id=(table) aria-labelledby=(heading) {
                thead {
                    tr {
                        th.corner scope="col" { "Action" }
                        @for column in &matrix.columns { (head(column)) }
                    }
                }
                tbody { @for row in &matrix.rows { (line(module, row)) } }
            }
        }
    }
}

/// The id of an action's row.
pub(super) fn row(module: &str, action: &str) -> String {
    id(&[module, "action", action])
}

fn head(column: &Column<'_>) -> Markup {
    html! {
        th scope="col" class=[column.mark.class()] title=[column.arn] {
            span {
                (sign(column.mark))
                @match column.resource_type {
                    Some(name) => (struck(name, column.mark)),
                    None => "no resource type",
                }
            }
        }
    }
}

fn line(module: &str, row: &Row<'_>) -> Markup {
    let name = struck(row.name, row.mark);
    // a snapshot may come from anywhere: no other scheme is a link
    let link = row.action.api.as_deref();
    let link = link.filter(|link| link.starts_with("https://"));
    html! {
        tr id=(self::row(module, row.name)) class=[row.mark.class()] {
            th scope="row" {
                (sign(row.mark))
                @match link {
                    Some(link) => a.name href=(link) { (name) },
                    None => span.name { (name) },
                }
                @if row.action.permission_only { " " (permission_only()) }
            }
            @for cell in &row.cells {
                @match cell {
                    Some(cell) => (pair(cell)),
                    None => td {},
                }
            }
        }
    }
}

fn pair(cell: &Cell) -> Markup {
    html! {
        td class=[cell.mark.class()] {
            (sign(cell.mark))
            @for (level, mark) in &cell.levels {
                (letter(*level, if cell.mark == Mark::Removed { Mark::Removed } else { *mark }))
            }
            @if cell.levels.is_empty() { abbr title="no access level" { "?" } }
            @match (cell.required, cell.required_changed) {
                (true, false) => (required()),
                (true, true) => ins { (required()) },
                (false, true) => del { (required()) },
                (false, false) => {},
            }
            @if cell.keys_changed { (keys()) }
        }
    }
}

/// An access level: its letter on its colour.
fn letter(level: AccessLevel, mark: Mark) -> Markup {
    let name = level.as_str();
    let word = name.split(' ').next().unwrap_or(name).to_ascii_lowercase();
    let letter = html! { abbr class={ "level " (word) } title=(name) { (name[..1]) } };
    html! {
        @match mark {
            Mark::Added => ins { (letter) },
            Mark::Removed => del { (letter) },
            Mark::Same | Mark::Changed => (letter),
        }
    }
}

/// What became of something, as a sign: colour is not all that says so.
fn sign(mark: Mark) -> Markup {
    html! {
        @match mark {
            Mark::Same => {},
            Mark::Added => abbr.sign title="added" { "+" },
            Mark::Removed => abbr.sign title="removed" { "−" },
            Mark::Changed => abbr.sign title="changed" { "~" },
        }
    }
}

/// A name, struck through where it is no longer there.
fn struck(name: &str, mark: Mark) -> Markup {
    let name = breakable(name);
    html! {
        @if mark == Mark::Removed { del { (name) } } @else { (name) }
    }
}

fn required() -> Markup {
    html! { abbr.required title="required" { "*" } }
}

fn permission_only() -> Markup {
    html! { abbr.only title="permission only" { "p/o" } }
}

fn keys() -> Markup {
    html! { abbr.keys title="other condition keys in effect" { "k" } }
}
