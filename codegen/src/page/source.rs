//! The source of a snapshot, which is kept with the facts because links into the reference depend on
//! it.

use iam_policy::Layout;
use serde::{Deserialize, Serialize};

use crate::markup::Rendition;
use crate::tables::Tables;
use crate::tables::layout::{self, Anchored, Ids, SectionKind};

/// The source of the English facts of a snapshot: the content of `source.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's name.
    pub page: String,
    /// Its layout.
    pub layout: Layout,
    /// The format that was read.
    pub rendition: Rendition,
}

const REFERENCE: &str = "https://docs.aws.amazon.com/service-authorization/latest/reference";

impl Source {
    /// Returns the source of a page.
    pub fn of(tables: &Tables, rendition: Rendition) -> Self {
        Self {
            page: tables.page.clone(),
            layout: layout::of(tables),
            rendition,
        }
    }

    /// Returns the address of the page.
    pub fn address(&self) -> String {
        format!("{REFERENCE}/list_{}.html", self.page)
    }

    /// Returns the name of the file that was read.
    pub fn file(&self) -> String {
        let extension = Rendition::EXTENSIONS
            .into_iter()
            .find(|(_, rendition)| *rendition == self.rendition);
        format!(
            "list_{}.{}",
            self.page,
            extension.map_or("html", |(extension, _)| extension)
        )
    }

    /// Returns the address of an action's row.
    pub fn action(&self, name: &str) -> String {
        self.row(Anchored::Action, name)
    }

    /// Returns the address of a resource type's row.
    pub fn resource_type(&self, name: &str) -> String {
        self.row(Anchored::ResourceType, name)
    }

    /// Returns the address of a condition key's row.
    pub fn condition_key(&self, name: &str) -> String {
        self.row(Anchored::ConditionKey, name)
    }

    /// Returns the address of the operations table.
    pub fn operations(&self) -> String {
        self.at(&self.ids().section(SectionKind::Operations))
    }

    fn row(&self, thing: Anchored, name: &str) -> String {
        self.at(&self.ids().row(thing, name))
    }

    fn ids(&self) -> Ids {
        Ids::new(&self.page, self.layout)
    }

    fn at(&self, id: &str) -> String {
        format!("{}#{id}", self.address())
    }
}
