//! Tokens -> text.
//!
//! Items whose layout is known are printed directly from the tokens. All others go through `prettyplease`, piece
//! by piece: reading tokens as syntax costs far more than anything else that is done to them. Both give the same text.

mod broken;
mod layout;
mod line;
mod plain;
mod statements;
mod trees;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use plain::Plain;
use trees::Tree;

/// Formats tokens as a source file.
///
/// # Errors
///
/// When the tokens are not Rust. Emission never makes such tokens, so this is a bug of Envoi's.
pub fn print(tokens: TokenStream) -> Result<String, String> {
    let text = file(&trees::read(tokens))?;
    Ok(layout::spaced(&layout::rebroken(text)))
}

/// The items of a file, each as it would be by itself.
fn file(mut trees: &[Tree]) -> Result<String, String> {
    let mut plain = Plain::default();
    let inner = inner_attributes(trees);
    if plain.attributes(&trees[..inner], 0).is_none() {
        plain.out = formatted(trees::tokens(&trees[..inner]))?;
    }
    trees = &trees[inner..];
    let mut items = Vec::new();
    while !trees.is_empty() {
        let (item, rest) = trees.split_at(item_length(trees));
        items.push(item);
        trees = rest;
    }
    layout::sort_imports(&mut items);
    for trees in items {
        let kept = plain.out.len();
        if !implementation(&mut plain, trees)? {
            plain.out.truncate(kept);
            item(&mut plain, trees)?;
        }
    }
    Ok(plain.out)
}

fn item(plain: &mut Plain, trees: &[Tree]) -> Result<(), String> {
    let kept = plain.out.len();
    if plain.item(trees, 0).is_none() {
        plain.out.truncate(kept);
        plain.out.push_str(&formatted(trees::tokens(trees))?);
    }
    Ok(())
}

/// An `impl`, member by member; false for what is something else, or has to be printed as a whole.
fn implementation(plain: &mut Plain, trees: &[Tree]) -> Result<bool, String> {
    let Some(attributes) = plain.attributes(trees, 0) else {
        return Ok(false);
    };
    let Some((last, head)) = trees[attributes..].split_last() else {
        return Ok(false);
    };
    let (Some(mut members), true) = (last.braces(), head.first().is_some_and(|first| first.is_word("impl"))) else {
        return Ok(false);
    };
    if inner_attributes(members) > 0 || plain.head(head, members.is_empty(), 0).is_none() {
        return Ok(false);
    }
    if members.is_empty() {
        return Ok(true);
    }
    while !members.is_empty() {
        let (member, rest) = members.split_at(item_length(members));
        let kept = plain.out.len();
        if plain.item(member, 1).is_none() {
            plain.out.truncate(kept);
            plain.out.push_str(&formatted_member(member)?);
        }
        members = rest;
    }
    plain.out.push_str("}\n");
    Ok(true)
}

/// A member of an implementation, indented as it stands there.
fn formatted_member(member: &[Tree]) -> Result<String, String> {
    let mut around: TokenStream = [word("impl"), word("T")].into_iter().collect();
    around.extend([TokenTree::from(Group::new(Delimiter::Brace, trees::tokens(member)))]);
    let text = formatted(around)?;
    let inside = text
        .strip_prefix("impl T {\n")
        .and_then(|text| text.strip_suffix("}\n"));
    inside
        .map(str::to_owned)
        .ok_or_else(|| "a member that ends its implementation".to_owned())
}

fn word(text: &str) -> TokenTree {
    TokenTree::Ident(proc_macro2::Ident::new(text, proc_macro2::Span::call_site()))
}

fn formatted(tokens: TokenStream) -> Result<String, String> {
    let file = syn::parse2::<syn::File>(tokens).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

/// How many tokens the attributes are that are about what they stand in.
fn inner_attributes(trees: &[Tree]) -> usize {
    let inner = |part: &&[Tree]| matches!(part, [hash, bang, _] if hash.is_punct('#') && bang.is_punct('!'));
    trees.chunks(3).take_while(inner).count() * 3
}

/// How many tokens the first item is.
fn item_length(trees: &[Tree]) -> usize {
    const LINES: [&str; 4] = ["use", "const", "static", "type"];
    let mut line = false;
    for (at, tree) in trees.iter().enumerate() {
        if LINES.iter().any(|keyword| tree.is_word(keyword)) {
            line = !trees.get(at + 1).is_some_and(|next| next.is_word("fn"));
        }
        if tree.is_punct(';') || (!line && tree.braces().is_some()) {
            return at + 1;
        }
    }
    trees.len()
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::plain::Plain;
    use super::trees::{self, Tree};
    use super::{file, formatted, print};

    #[test]
    fn items_stand_apart() {
        let text = print(quote! {
            use a::B;
            use c::D;
            pub struct E { pub f: B }
            impl E {
                fn g(&self) { if true { self.h(); } self.h(); }
                fn h(&self) {}
            }
        });
        let expected = "use a::B;\nuse c::D;\n\npub struct E {\n    pub f: B,\n}\n\nimpl E {\n    fn g(&self) {\n        \
             if true {\n            self.h();\n        }\n        self.h();\n    }\n\n    fn h(&self) {}\n}\n";
        assert_eq!(text.as_deref(), Ok(expected));
    }

    #[test]
    fn tokens_that_are_not_rust_are_an_error() {
        assert!(print(quote!(fn fn)).is_err());
    }

    /// What is too wide for its line, where it is known how it is broken.
    #[test]
    fn wide_lines_are_broken_as_prettyplease_does() {
        let (a, b) = (format_ident!("{}", "a".repeat(35)), format_ident!("{}", "B".repeat(80)));
        let items = [
            quote!(pub struct #b { pub a: String }),
            quote!(pub enum C { #b(Box<#b>), D(i64) }),
            quote!(impl Request<C> { pub fn #a(&self, #a: &[models::#b]) -> Request<#b> { self.d() } }),
            quote!(impl C { pub fn d(mut self, #a: bool) -> Self { self.#a = Some(#a); self } }),
            quote!(impl C { pub fn d(mut self, #a: bool) -> Self { self.#a = #a.into(); self } }),
            quote!(impl C { fn d(&self) -> bool { match self.e() { 400..=499 => true, _ => false } } }),
            quote!(impl C { fn d() -> Option<Self> {
                let shape = union::Shape::object(&["e", "f"]).constants(&[("g", "the value of an enum with one")]);
                if let Some(value) = attempts.branch("a name of such a length that it is too long for it", shape) {
                    return Some(value);
                }
                None
            } }),
        ];
        for item in items {
            let trees = trees::read(item.clone());
            let mut plain = Plain::default();
            let members = trees.last().and_then(Tree::braces).filter(|_| trees[0].is_word("impl"));
            let known = match members {
                Some(members) => plain.item(members, 1),
                None => plain.item(&trees, 0),
            };
            assert!(known.is_some(), "{item}");
            assert_eq!(file(&trees), formatted(item));
        }
    }

    /// Whatever this workspace holds of generated code looks the same from both printers.
    #[test]
    fn what_is_printed_straight_is_what_prettyplease_prints() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut pending = vec![
            root.join("generated/src"),
            root.join("generator/src/emit"),
            root.join("generator/runtime/src"),
        ];
        let mut compared = 0;
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                let entries = std::fs::read_dir(&path).expect("a folder");
                pending.extend(entries.map(|entry| entry.expect("an entry").path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a text");
            let tokens = || text.parse().expect("tokens");
            // sorting is none of prettyplease's business
            let sorted = file(&trees::read(tokens())).and_then(|text| formatted(text.parse().expect("tokens")));
            assert_eq!(file(&trees::read(tokens())), sorted, "{}", path.display());
            compared += 1;
        }
        assert!(compared > 100, "{compared}");
    }
}
