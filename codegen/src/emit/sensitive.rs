//! `sensitive`: actions of services without a module that do more harm than their access level shows.

use super::{SNAPSHOTS, docs};
use crate::error::Result;
use crate::render::{self, File, literal};
use crate::sensitive::Sensitive;

/// Emits the crate's table of sensitive actions of services that have no module.
///
/// # Errors
/// A list that is not one.
pub fn sensitive() -> Result<File> {
    let list = Sensitive::read()?;
    let mut text = "pub static SENSITIVE: &[crate::SensitiveActions] = &[\n".to_owned();
    for reason in list.reasons() {
        let actions = reason.actions.iter().map(|action| literal(action));
        let mut words = vec!["actions: &[".to_owned()];
        words.extend(render::listed(actions));
        words.push("],".to_owned());
        text.push_str("    crate::SensitiveActions {\n");
        text.push_str(&render::wrapped_code("        ", "            ", &words));
        text.push_str(&format!("        why: {},\n", literal(&reason.why)));
        text.push_str(&format!(
            "        source: {},\n    }},\n",
            literal(&reason.source)
        ));
    }
    text.push_str("];\n");
    let doc = render::docs(
        "",
        &["The actions, each with the reason and the page that states it.".to_owned()],
    );
    render::file(
        SNAPSHOTS,
        "sensitive.rs",
        &docs::sensitive_file(),
        [format!("{doc}{text}")],
    )
}
