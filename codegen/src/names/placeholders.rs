//! Identifiers of placeholders: the fields of ARN builders, the parameters of condition keys.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::Service;

use super::words::{numbered, snake};
use super::{Names, Naming, check, taken};
use crate::error::{Error, Result, quoted};
use crate::overlay::Kind;
use crate::template::{self, ArnPiece, Piece};

impl Names {
    /// Returns the fields of a resource type's builder, one for each placeholder of its ARN format,
    /// in order: placeholder and identifier.
    ///
    /// # Errors
    /// Returns [`Error`] if the format is invalid, or has a placeholder twice.
    pub fn fields(&self, resource_type: &str, arn: &str) -> Result<Vec<(String, String)>> {
        let within =
            |error: Error| error.within(format!("resource type {}", quoted(resource_type)));
        let names = placeholders_of_arn(arn).map_err(within)?;
        self.distinct(names).map_err(within)
    }

    /// Returns the parameters of a condition key's function, one for each placeholder of the key.
    ///
    /// # Errors
    /// Returns [`Error`] if the key is not a valid template, or has a placeholder twice.
    pub fn parameters(&self, key: &str) -> Result<Vec<String>> {
        let within = |error: Error| error.within(format!("condition key {}", quoted(key)));
        let parameters = self.distinct(placeholders_of_key(key)?).map_err(within)?;
        Ok(parameters.into_iter().map(|(_, it)| it).collect())
    }

    /// Returns different identifiers for the placeholders of a format, in order. Those that were in
    /// different formats when they got the same identifier are numbered in the order of their names,
    /// because their order in the format may change.
    fn distinct(&self, names: Vec<String>) -> Result<Vec<(String, String)>> {
        let mut sorted = names.clone();
        sorted.sort();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            let (one, other) = (&pair[0], &pair[1]);
            return Err(taken(Kind::Placeholder, one, other, &self.placeholder(one)));
        }
        let given: BTreeSet<_> = names.iter().map(|name| self.placeholder(name)).collect();
        let mut owners: BTreeMap<String, String> = BTreeMap::new();
        for name in sorted {
            let own = self.placeholder(&name);
            let is_free = |it: &str| !owners.contains_key(it) && (it == own || !given.contains(it));
            owners.insert(numbered(&own, is_free), name);
        }
        let fields: BTreeMap<_, _> = owners.into_iter().map(|(it, name)| (name, it)).collect();
        let in_order = names.into_iter().map(|name| {
            let field = fields[&name].clone();
            (name, field)
        });
        Ok(in_order.collect())
    }

    fn placeholder(&self, name: &str) -> String {
        let given = self.placeholders.get(name);
        given.map_or_else(|| snake(name), Clone::clone)
    }
}

impl Naming<'_> {
    /// Assigns the identifiers of placeholders: different ones to those of the same format.
    pub(super) fn placeholders(
        &self,
        given: &BTreeMap<String, String>,
        service: &Service,
        keys: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, String>> {
        let kind = Kind::Placeholder;
        for (name, identifier) in given {
            check(kind, name, identifier)?;
        }
        let mut formats = Vec::new();
        for (name, row) in &service.resource_types {
            let within = |error: Error| error.within(format!("resource type {}", quoted(name)));
            formats.push(placeholders_of_arn(&row.arn).map_err(within)?);
        }
        for key in keys {
            formats.push(placeholders_of_key(key)?);
        }
        let mut placeholders: BTreeMap<String, String> = BTreeMap::new();
        for format in &formats {
            for name in format.iter().filter(|name| given.contains_key(*name)) {
                self.agrees(kind, name, &given[name])?;
                placeholders.insert(name.clone(), given[name].clone());
            }
        }
        for name in formats.iter().flatten() {
            if placeholders.contains_key(name) {
                continue;
            }
            let identifier = match self.stated(kind, name) {
                Some(stated) => stated.to_owned(),
                None => {
                    let same_format = formats.iter().filter(|format| format.contains(name));
                    let others: BTreeSet<_> = same_format
                        .flatten()
                        .filter_map(|other| placeholders.get(other))
                        .collect();
                    numbered(&snake(name), |it| !others.contains(&it.to_owned()))
                }
            };
            check(kind, name, &identifier)?;
            placeholders.insert(name.clone(), identifier);
        }
        Ok(placeholders)
    }
}

fn placeholders_of_arn(arn: &str) -> Result<Vec<String>> {
    let pieces = template::arn(arn)?.into_iter();
    let names = pieces.filter_map(|piece| match piece {
        ArnPiece::Placeholder(name) => Some(name),
        _ => None,
    });
    Ok(names.collect())
}

fn placeholders_of_key(key: &str) -> Result<Vec<String>> {
    let pieces = template::condition_key(key)?.into_iter();
    let names = pieces.filter_map(|piece| match piece {
        Piece::Placeholder(name) => Some(name),
        Piece::Literal(_) => None,
    });
    Ok(names.collect())
}
