//! Programs: their statements, the edits to the built document, and comments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ConvertError;
use super::imports::Imports;
use super::modules::Modules;
use super::shape::{Edit, Shape, same};
use super::statement::{Sites, raw, typed};
use super::typed::{Act, Place, Typed};
use super::why::{Comments, comment};
use crate::Policy;
use crate::document::{Document, DocumentStatement, Scalar, Statements};

/// The largest number of calls in a chain.
pub(super) const CHAIN: usize = 100;

/// The form in which a statement is emitted.
pub(super) enum Form<'a> {
    Typed(Typed<'a>),
    /// A raw statement, with the reason.
    Raw(String),
}

/// A statement with its index and form.
pub(super) struct Plan<'a> {
    pub(super) number: usize,
    pub(super) shape: &'a Shape<'a>,
    pub(super) form: Form<'a>,
}

/// A statement that stays JSON, with the reason.
pub(super) struct Unchanged<'a> {
    pub(super) number: usize,
    pub(super) statement: &'a DocumentStatement,
    pub(super) why: &'static str,
}

/// Emits a program that builds its statements.
pub(super) fn built(
    document: &Document,
    plans: &[Plan<'_>],
    unchanged: &[Unchanged<'_>],
    modules: &Modules<'_>,
) -> Result<String, ConvertError> {
    let mut imports = Imports::new(modules, several(plans));
    imports.add("Policy");
    let mut comments = Comments::default();
    let mut sites = Sites::default();
    for plan in plans {
        if let Form::Typed(Typed {
            resources: Some((_, places)),
            ..
        }) = &plan.form
        {
            for place in places {
                if let Place::Typed(arn) = place {
                    sites.add(&arn.site);
                }
            }
        }
    }
    let id = document.id.as_ref().and_then(Scalar::as_str).map(|id| {
        let id = Literal::string(id);
        quote!(.id(#id))
    });
    let mut links = TokenStream::new();
    for (at, plan) in plans.iter().enumerate() {
        // start a new chain: parsers recurse into each call of a chain, and can overflow the stack
        if at > 0 && at % CHAIN == 0 {
            links.extend(quote!(; let policy = policy));
        }
        let (lines, statement) = match &plan.form {
            Form::Typed(it) => (it.whys.lines(), typed(plan.shape, it, &sites, &mut imports)),
            Form::Raw(why) => (vec![why.clone()], raw(plan.shape, &mut imports)),
        };
        if !lines.is_empty() {
            let marker = comments.marker(lines);
            links.extend(quote!(.#marker()));
        }
        links.extend(quote!(.with(#statement)));
    }
    let lets = sites.tokens(&mut imports);
    let edits = edits(document, plans, unchanged, &mut imports, &mut comments)?;
    let result = match edits.is_empty() {
        true => quote!(Ok(policy)),
        false => quote! {
            let mut document = policy.to_document();
            #edits
            Ok(Policy::from(document))
        },
    };
    let body = quote!(#lets let policy = Policy::new() #id #links .build()?; #result);
    finish(&imports, &body, &comments, !unchanged.is_empty())
}

/// Emits a program that reads its policy from JSON.
pub(super) fn read(
    document: &Document,
    why: &str,
    modules: &Modules<'_>,
) -> Result<String, ConvertError> {
    let text = Policy::from(document.clone()).to_json_pretty();
    let back: Option<Document> = serde_json::from_str(&text).ok();
    if !back.is_some_and(|back| same(&back, document)) {
        return Err(ConvertError::new(
            "JSON can't represent a value of the document, such as an infinite number".to_owned(),
        ));
    }
    let mut imports = Imports::new(modules, false);
    imports.add("Policy");
    let mut comments = Comments::default();
    let marker = comments.marker(vec![format!("unchanged JSON: {why}")]);
    let text = json(&text)?;
    let body = quote!(#marker(); Ok(serde_json::from_str(#text)?));
    finish(&imports, &body, &comments, true)
}

/// Emits the edits to the document once the statements are built.
fn edits(
    document: &Document,
    plans: &[Plan<'_>],
    unchanged: &[Unchanged<'_>],
    imports: &mut Imports<'_>,
    comments: &mut Comments,
) -> Result<TokenStream, ConvertError> {
    let mut all = TokenStream::new();
    let version = document.version.as_ref().map(Scalar::as_str);
    if version != Some(Some("2012-10-17")) {
        let marker = comments.marker(vec!["the version differs from the default".to_owned()]);
        let version = version.flatten().map(|version| {
            imports.document("Scalar");
            let version = Literal::string(version);
            quote!(Some(Scalar::Text(#version.to_owned())))
        });
        let version = version.unwrap_or_else(|| quote!(None));
        all.extend(quote!(#marker(); document.version = #version;));
    }
    for Unchanged {
        number,
        statement,
        why,
    } in unchanged
    {
        let text = serde_json::to_string_pretty(statement)
            .map_err(|error| ConvertError::new(error.to_string()))?;
        let (text, number) = (json(&text)?, Literal::usize_unsuffixed(*number));
        let marker = comments.marker(vec![format!("unchanged JSON: {why}")]);
        all.extend(quote!(#marker(); document.insert(#number, serde_json::from_str(#text)?);));
    }
    all.extend(differences(plans, imports, comments));
    if matches!(document.statements, Some(Statements::Alone(_))) {
        let lines = vec!["a single statement instead of a list".to_owned()];
        let marker = comments.marker(lines);
        all.extend(quote!(#marker(); document.unwrap_statement();));
    }
    Ok(all)
}

/// Emits the edits of single statements.
fn differences(
    plans: &[Plan<'_>],
    imports: &mut Imports<'_>,
    comments: &mut Comments,
) -> TokenStream {
    // first the statements of each edit, then the edits with the same statements together
    let mut each: Vec<(&Edit<'_>, Vec<usize>)> = Vec::new();
    for plan in plans {
        for edit in &plan.shape.edits {
            match each.iter_mut().find(|(other, _)| *other == edit) {
                Some((_, numbers)) => numbers.push(plan.number),
                None => each.push((edit, vec![plan.number])),
            }
        }
    }
    let mut grouped: Vec<(Vec<usize>, TokenStream)> = Vec::new();
    for (edit, numbers) in each {
        let call = match edit {
            Edit::Wrap(place) => quote!(statement.wrap(&[#(#place),*]);),
            Edit::Unquote(place) => quote!(statement.unquote(&[#(#place),*]);),
            Edit::Sid(sid) => {
                imports.document("Scalar");
                let sid = Literal::string(sid);
                quote!(statement.sid = Some(Scalar::Text(#sid.to_owned()));)
            }
        };
        match grouped.iter_mut().find(|(other, _)| *other == numbers) {
            Some((_, calls)) => calls.extend(call),
            None => grouped.push((numbers, call)),
        }
    }
    if grouped.is_empty() {
        return TokenStream::new();
    }
    let line = "lists of one, values without quotes and Sids that the builder does not accept";
    let marker = comments.marker(vec![line.to_owned()]);
    let mut all = quote!(#marker(););
    for (numbers, calls) in grouped {
        let numbers: Vec<_> = numbers.into_iter().map(Literal::usize_unsuffixed).collect();
        all.extend(match numbers.as_slice() {
            [number] => quote!(if let Some(statement) = document.statement_mut(#number) { #calls }),
            _ => quote! {
                for number in [#(#numbers),*] {
                    if let Some(statement) = document.statement_mut(number) { #calls }
                }
            },
        });
    }
    all
}

/// Returns whether the statements need more than one service module.
fn several(plans: &[Plan<'_>]) -> bool {
    let mut modules = Vec::new();
    for plan in plans {
        let Form::Typed(typed) = &plan.form else {
            continue;
        };
        modules.extend(
            typed
                .actions
                .iter()
                .filter_map(Act::known)
                .map(|it| it.module),
        );
        if let Some((_, places)) = &typed.resources {
            modules.extend(places.iter().filter_map(|place| match place {
                Place::Typed(arn) => Some(arn.of.module),
                Place::Any | Place::Raw(_) => None,
            }));
        }
        let keys = typed.conditions.iter().filter_map(|test| test.key.as_ref());
        modules.extend(keys.filter_map(|(key, _)| key.module));
    }
    modules.sort_unstable();
    modules.dedup();
    modules.len() > 1
}

/// Emits JSON as a literal: a raw string if all characters are printable ASCII.
fn json(text: &str) -> Result<Literal, ConvertError> {
    let plain = text
        .bytes()
        .all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte));
    if !plain {
        return Ok(Literal::string(text));
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .map_err(|error| ConvertError::new(format!("{error}")))
}

/// Formats the program and inserts its comments.
fn finish(
    imports: &Imports<'_>,
    body: &TokenStream,
    comments: &Comments,
    reads: bool,
) -> Result<String, ConvertError> {
    let uses = imports.tokens();
    let program = quote! {
        #uses

        fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
            #body
        }

        fn main() -> Result<(), Box<dyn std::error::Error>> {
            let policy = policy()?;
            println!("{}", policy.to_json_pretty());
            Ok(())
        }
    };
    let file = syn::parse2(program).map_err(|error| ConvertError::new(error.to_string()))?;
    let code = prettyplease::unparse(&file);
    let packages = imports.packages().into_iter().map(|(package, features)| {
        let features: Vec<_> = features.iter().map(|name| format!("`{name}`")).collect();
        match features.is_empty() {
            true => format!("`{package}`"),
            false => format!("`{package}` with {}", features.join(", ")),
        }
    });
    let mut packages: Vec<_> = packages.collect();
    packages.extend(reads.then(|| "`serde_json`".to_owned()));
    let last = packages.pop().unwrap_or_default();
    let needs = match packages.as_slice() {
        [] => last,
        before => format!("{}, and on {last}", before.join(", on ")),
    };
    let needs =
        format!("converted from a policy document by `bedrock-iam convert`; depends on {needs}");
    let mut text = comment("", &needs);
    for (at, part) in comments.put(&code).split("\nfn ").enumerate() {
        text.push_str(if at == 0 { "\n" } else { "\n\nfn " });
        text.push_str(part.trim_end());
    }
    text.push('\n');
    Ok(text)
}
