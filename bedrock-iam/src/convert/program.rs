//! The program: statements, what is done to them afterwards, and comments.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::ConvertError;
use super::imports::Imports;
use super::shape::{Edit, Shape, same};
use super::statement::{Sites, raw, typed};
use super::typed::{Act, Place, Typed};
use super::why::comment;
use crate::Policy;
use crate::document::{Document, DocumentStatement, Scalar, Statements};

/// A statement in the form that says it best.
pub(super) enum Form<'a> {
    Typed(Typed<'a>),
    /// Why nothing more than texts.
    Raw(String),
}

/// A statement with its number.
pub(super) struct Plan<'a> {
    pub(super) number: usize,
    pub(super) shape: &'a Shape<'a>,
    pub(super) form: Form<'a>,
}

/// A statement that is read as it stands, and why.
pub(super) struct Literally<'a> {
    pub(super) number: usize,
    pub(super) statement: &'a DocumentStatement,
    pub(super) why: &'static str,
}

/// Code that is being written, with the comments that go in once it is formatted.
#[derive(Default)]
struct Comments(Vec<Vec<String>>);

impl Comments {
    /// A name that stands for a comment: so long that a chain of calls is broken at it.
    fn marker(&mut self, lines: Vec<String>) -> Ident {
        let name = format!("why_{:_<100}", self.0.len());
        self.0.push(lines);
        Ident::new(&name, Span::call_site())
    }

    /// Puts the comments where their names stand.
    fn put(&self, code: &str) -> String {
        let mut text = String::with_capacity(code.len());
        for line in code.lines() {
            let word = line.trim_start().trim_start_matches('.');
            let number = word
                .strip_prefix("why_")
                .filter(|rest| rest.ends_with("()") || rest.ends_with("();"))
                .and_then(|rest| rest.split('_').next()?.parse::<usize>().ok());
            match number.and_then(|number| self.0.get(number)) {
                None => {
                    text.push_str(line);
                    text.push('\n');
                }
                Some(sentences) => {
                    let indent = &line[..line.len() - line.trim_start().len()];
                    for sentence in sentences {
                        text.push_str(&comment(indent, sentence));
                    }
                }
            }
        }
        text
    }
}

/// The whole program that builds its statements.
pub(super) fn built(
    document: &Document,
    plans: &[Plan<'_>],
    literally: &[Literally<'_>],
) -> Result<String, ConvertError> {
    let mut imports = Imports::new(several(plans));
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
    let mut withs = TokenStream::new();
    for plan in plans {
        let (lines, statement) = match &plan.form {
            Form::Typed(it) => (it.whys.lines(), typed(plan.shape, it, &sites, &mut imports)),
            Form::Raw(why) => (vec![why.clone()], raw(plan.shape, &mut imports)),
        };
        if !lines.is_empty() {
            let marker = comments.marker(lines);
            withs.extend(quote!(.#marker()));
        }
        withs.extend(quote!(.with(#statement)));
    }
    let id = document.id.as_ref().and_then(Scalar::as_str).map(|id| {
        let id = Literal::string(id);
        quote!(.id(#id))
    });
    let lets = sites.tokens(&mut imports);
    let policy = quote!(Policy::new() #id #withs .build()?);
    let edits = edits(document, plans, literally, &mut imports, &mut comments)?;
    let body = match edits.is_empty() {
        true => quote!(#lets Ok(#policy)),
        false => quote! {
            #lets
            let policy = #policy;
            let mut document = policy.to_document();
            #edits
            Ok(Policy::from(document))
        },
    };
    let features = imports
        .services()
        .map(|name| name.replace('_', "-"))
        .collect();
    finish(&imports, &body, &comments, features, !literally.is_empty())
}

/// The whole program that reads its policy.
pub(super) fn read(document: &Document, why: &str) -> Result<String, ConvertError> {
    let text = Policy::from(document.clone()).to_json_pretty();
    let back: Option<Document> = serde_json::from_str(&text).ok();
    if !back.is_some_and(|back| same(&back, document)) {
        return Err(ConvertError::new(
            "the document holds what JSON can't, such as an infinite number".to_owned(),
        ));
    }
    let mut imports = Imports::new(false);
    imports.add("Policy");
    let mut comments = Comments::default();
    let marker = comments.marker(vec![format!("read as it stands: {why}")]);
    let text = json(&text)?;
    let body = quote!(#marker(); Ok(serde_json::from_str(#text)?));
    finish(&imports, &body, &comments, Vec::new(), true)
}

/// What is done to the document once the statements are built.
fn edits(
    document: &Document,
    plans: &[Plan<'_>],
    literally: &[Literally<'_>],
    imports: &mut Imports,
    comments: &mut Comments,
) -> Result<TokenStream, ConvertError> {
    let mut all = TokenStream::new();
    let version = document.version.as_ref().map(Scalar::as_str);
    if version != Some(Some("2012-10-17")) {
        let marker = comments.marker(vec![
            "the version is not the one that is printed".to_owned(),
        ]);
        let version = version.flatten().map(|version| {
            imports.document("Scalar");
            let version = Literal::string(version);
            quote!(Some(Scalar::Text(#version.to_owned())))
        });
        let version = version.unwrap_or_else(|| quote!(None));
        all.extend(quote!(#marker(); document.version = #version;));
    }
    for Literally {
        number,
        statement,
        why,
    } in literally
    {
        let text = serde_json::to_string_pretty(statement)
            .map_err(|error| ConvertError::new(error.to_string()))?;
        let (text, number) = (json(&text)?, Literal::usize_unsuffixed(*number));
        let marker = comments.marker(vec![format!("read as it stands: {why}")]);
        all.extend(quote!(#marker(); document.insert(#number, serde_json::from_str(#text)?);));
    }
    let mut grouped: Vec<(&Edit<'_>, Vec<usize>)> = Vec::new();
    for plan in plans {
        for edit in &plan.shape.edits {
            match grouped.iter_mut().find(|(other, _)| *other == edit) {
                Some((_, numbers)) => numbers.push(plan.number),
                None => grouped.push((edit, vec![plan.number])),
            }
        }
    }
    if !grouped.is_empty() {
        let marker = comments.marker(vec![
            "written otherwise than this crate prints it; to IAM it is the same".to_owned(),
        ]);
        all.extend(quote!(#marker();));
    }
    for (edit, numbers) in grouped {
        let edit = match edit {
            Edit::Wrap(place) => quote!(statement.wrap(&[#(#place),*]);),
            Edit::Unquote(place) => quote!(statement.unquote(&[#(#place),*]);),
            Edit::Sid(sid) => {
                imports.document("Scalar");
                let sid = Literal::string(sid);
                quote!(statement.sid = Some(Scalar::Text(#sid.to_owned()));)
            }
        };
        let literals = numbers.iter().copied().map(Literal::usize_unsuffixed);
        let literals: Vec<_> = literals.collect();
        all.extend(match literals.as_slice() {
            [number] => quote!(if let Some(statement) = document.statement_mut(#number) { #edit }),
            _ => quote! {
                for number in [#(#literals),*] {
                    if let Some(statement) = document.statement_mut(number) { #edit }
                }
            },
        });
    }
    if matches!(document.statements, Some(Statements::Alone(_))) {
        let lines = vec!["the statement stands alone, not in a list".to_owned()];
        let marker = comments.marker(lines);
        all.extend(quote!(#marker(); document.unwrap_statement();));
    }
    Ok(all)
}

/// Whether the statements need more than one service module.
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
                Place::Typed(arn) => Some(arn.module),
                Place::Any | Place::Raw(_) => None,
            }));
        }
        let keys = typed.conditions.iter().filter_map(|test| test.key);
        modules.extend(keys.filter_map(|key| key.module));
    }
    modules.sort_unstable();
    modules.dedup();
    modules.len() > 1
}

/// A literal of JSON: as it stands, where the characters are plain.
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

/// Formats the program and puts in its comments.
fn finish(
    imports: &Imports,
    body: &TokenStream,
    comments: &Comments,
    features: Vec<String>,
    reads: bool,
) -> Result<String, ConvertError> {
    let uses = imports.tokens();
    let program = quote! {
        #uses

        fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
            #body
        }

        fn main() -> Result<(), Box<dyn std::error::Error>> {
            println!("{}", policy()?.to_json_pretty());
            Ok(())
        }
    };
    let file = syn::parse2(program).map_err(|error| ConvertError::new(error.to_string()))?;
    let code = prettyplease::unparse(&file);
    let mut needs =
        "made from a policy document by `bedrock-iam convert`; depends on `bedrock-iam`".to_owned();
    if !features.is_empty() {
        let names: Vec<_> = features.iter().map(|name| format!("`{name}`")).collect();
        needs.push_str(&format!(" with {}", names.join(", ")));
    }
    if reads {
        needs.push_str(", and on `serde_json`");
    }
    let mut text = comment("", &needs);
    for (at, part) in comments.put(&code).split("\nfn ").enumerate() {
        text.push_str(if at == 0 { "\n" } else { "\n\nfn " });
        text.push_str(part.trim_end());
    }
    text.push('\n');
    Ok(text)
}
