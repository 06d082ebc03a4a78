//! Facts of a service with those of its overlay that correct them.

use std::collections::BTreeMap;

use iam_policy::wire::{ActionResource, Service};

use super::Overlay;

impl Overlay {
    /// Returns the template of a condition key, or the key itself if the page states it right.
    pub fn key_template<'n>(&'n self, key: &'n str) -> &'n str {
        let mut templates = self.key_templates.iter();
        templates
            .find(|it| it.key == key)
            .map_or(key, |it| &it.template)
    }

    /// Returns the service with the templates of [`key_templates`](Self::key_templates) in place of
    /// their names, and with the condition keys of [`unstated_keys`](Self::unstated_keys) and the resource
    /// types of [`unstated_resources`](Self::unstated_resources).
    #[must_use]
    pub fn applied(&self, service: &Service) -> Service {
        let mut service = service.clone();
        let rename = |keys: &mut Vec<String>| {
            for key in keys.iter_mut() {
                *key = self.key_template(key).to_owned();
            }
            // the normal form is sorted
            keys.sort();
        };
        service.condition_keys = std::mem::take(&mut service.condition_keys)
            .into_iter()
            .map(|(key, row)| (self.key_template(&key).to_owned(), row))
            .collect();
        for row in service.resource_types.values_mut() {
            rename(&mut row.condition_keys);
        }
        for (name, row) in &mut service.actions {
            let name = format!("{}:{name}", service.prefix);
            let keys = self.unstated_keys.iter();
            let keys = keys.filter(|it| it.actions.contains(&name));
            row.condition_keys
                .extend(keys.flat_map(|it| it.keys.clone()));
            rename(&mut row.condition_keys);
            for pair in &mut row.resources {
                rename(&mut pair.condition_keys);
            }
            for scenario in &mut row.scenarios {
                rename(&mut scenario.condition_keys);
            }
            let fixed = self.unstated_resources.iter();
            let types: BTreeMap<_, _> = fixed
                .filter(|it| it.actions.contains(&name))
                .map(|it| (&it.resource_type, it.required))
                .collect();
            row.resources
                .extend(types.into_iter().map(|(name, required)| ActionResource {
                    resource_type: name.clone(),
                    required,
                    condition_keys: Vec::new(),
                }));
            row.resources
                .sort_by(|a, b| a.resource_type.cmp(&b.resource_type));
        }
        service
    }
}
