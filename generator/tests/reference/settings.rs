//! What can be set in `envoi.toml` and in `Config`: read from the types that it is read into.

use std::collections::BTreeMap;
use std::fmt::Write;

use syn::{Attribute, Expr, Field, Fields, Item, ItemEnum, ItemFn, ItemImpl, ItemStruct, Lit, Meta, Type};

use super::{cell, place, read};

/// Where the types of settings stand.
const FOLDERS: [&str; 2] = ["generator/src/cli", "generator/src/config"];

/// The types that settings are made of, by name.
#[derive(Default)]
struct Types {
    structs: BTreeMap<String, ItemStruct>,
    enums: BTreeMap<String, ItemEnum>,
    functions: BTreeMap<String, ItemFn>,
    defaults: BTreeMap<String, ItemImpl>,
}

/// A key, ready to be a row.
struct Row {
    key: String,
    value: String,
    default: String,
    meaning: String,
}

pub(super) fn section() -> String {
    let types = Types::read();
    let mut text = String::from(
        "## `envoi.toml`\n\nPaths are relative to the file. A key that is not listed here is an error. [The guide](../guide/command-line.md#the-configuration-file) has an example.\n\n",
    );
    types.table(&mut text, "Top level", "File");
    text += "## Library and build script\n\n`envoi::Config` has the same settings as fields; use `..Config::default()` for the others.\n\n";
    text += "| field | meaning |\n|---|---|\n";
    for field in &types.structs["Config"].fields {
        let name = field.ident.as_ref().expect("a name").to_string();
        writeln!(text, "| `{name}` | {} |", types.meaning(field)).expect("a string takes everything");
    }
    text.push('\n');
    text
}

/// Cargo features with the comments above them.
pub(super) fn features() -> String {
    let mut text = String::from("## Cargo features\n\n");
    for (title, path) in [
        (
            "Of a generated crate, and of `envoi-runtime`",
            "generator/runtime/Cargo.toml",
        ),
        ("Of `envoi` itself", "generator/Cargo.toml"),
    ] {
        write!(text, "### {title}\n\n| feature | meaning |\n|---|---|\n").expect("a string takes everything");
        let manifest = read(path);
        let default = manifest
            .lines()
            .find(|line| line.starts_with("default = "))
            .unwrap_or_default();
        let mut above = "";
        let section = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
        for line in section.take_while(|line| !line.starts_with('[')) {
            let name = line.split(" = ").next().unwrap_or_default();
            if !above.is_empty() && line.contains(" = ") {
                let on = if default.contains(&format!("\"{name}\"")) {
                    " On by default."
                } else {
                    ""
                };
                writeln!(text, "| `{name}` | {}{on} |", cell(above)).expect("a string takes everything");
            }
            above = line.strip_prefix("# ").unwrap_or_default();
        }
        text.push('\n');
    }
    text + "`model-traits` exists only in generated crates: `Serialize`, `Deserialize`, `Eq` and `Hash` for \
            all models that can have them. `xml` exists only in \
            `envoi-runtime`: a crate with an embedded runtime includes XML support if its document needs it.\n"
}

impl Types {
    fn read() -> Self {
        let mut types = <Self as Default>::default();
        let mut paths = vec![place("generator/src/config.rs")];
        for folder in FOLDERS {
            let entries = std::fs::read_dir(place(folder)).expect("the folder is there");
            paths.extend(entries.map(|entry| entry.expect("an entry").path()));
        }
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        {
            let text = std::fs::read_to_string(path).expect("it can be read");
            for item in syn::parse_file(&text).expect("Rust").items {
                types.keep(item);
            }
        }
        types
    }

    fn keep(&mut self, item: Item) {
        match item {
            Item::Struct(item) => drop(self.structs.insert(item.ident.to_string(), item)),
            Item::Enum(item) => drop(self.enums.insert(item.ident.to_string(), item)),
            Item::Fn(item) => drop(self.functions.insert(item.sig.ident.to_string(), item)),
            Item::Impl(item) => {
                let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
                if of.is_some_and(|of| of.ident == "Default") {
                    drop(self.defaults.insert(name_of(&item.self_ty).0, item));
                }
            }
            _ => {}
        }
    }

    /// The table of a struct, and those of the tables in it.
    fn table(&self, text: &mut String, title: &str, name: &str) {
        let item = &self.structs[name];
        let (mut rows, mut tables) = (Vec::new(), Vec::new());
        for field in &item.fields {
            let row = self.row(item, field);
            let (name, inner) = name_of(&field.ty);
            let of = if name == "IndexMap" { &inner } else { &name };
            if self.structs.contains_key(of) && of != "Pagination" {
                let key = row.key.clone();
                let path = if name == "IndexMap" { format!("{key}.NAME") } else { key };
                tables.push((path, of.clone()));
            }
            rows.push(row);
        }
        write!(
            text,
            "### {title}\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
        )
        .expect("a string takes everything");
        for row in rows {
            writeln!(
                text,
                "| `{}` | {} | {} | {} |",
                row.key, row.value, row.default, row.meaning
            )
            .expect("a string takes everything");
        }
        text.push('\n');
        if name == "ClientSection" {
            self.pages(text);
        }
        let outer = title.trim_start_matches("`[").trim_end_matches("]`");
        for (path, of) in tables {
            let path = if title.starts_with('`') {
                format!("{outer}.{path}")
            } else {
                path
            };
            self.table(text, &format!("`[{path}]`"), &of);
        }
    }

    /// The one setting that has a shape of its own.
    fn pages(&self, text: &mut String) {
        text.push_str("### `[clients.NAME.pagination]`\n\n");
        text.push_str("`pagination = false` disables pagination, `\"*\" = false` disables it for all operations that are not listed, ");
        text.push_str(
            "`listJars = false` for\none. Otherwise, it is a table by `operationId`, with a `style` each. In a key, ",
        );
        text.push_str("`*` matches any text and `?` one character: `\"list*\" = { … }`.\nIf several keys match an ");
        text.push_str(
            "operation, its exact name is used, or else the pattern with the most literal characters, and of\n",
        );
        text.push_str(
            "those the one with the fewest `*`. A pattern whose table cannot be applied to the operation is skipped.\n\n",
        );
        text.push_str("| `style` | how the next page is found | keys |\n|---|---|---|\n");
        for variant in &self.enums["Pages"].variants {
            let keys = variant.fields.iter().map(|field| {
                let key = kebab(&field.ident.as_ref().expect("a name").to_string());
                let needed = if name_of(&field.ty).0 == "Option" || setting(&field.attrs, "default").is_some() {
                    ""
                } else {
                    " (required)"
                };
                format!("`{key}`{needed}: {}", docs(&field.attrs))
            });
            let keys = keys.collect::<Vec<_>>().join("<br>");
            writeln!(
                text,
                "| `\"{}\"` | {} | {keys} |",
                kebab(&variant.ident.to_string()),
                docs(&variant.attrs)
            )
            .expect("a string takes everything");
        }
        text.push('\n');
    }

    fn row(&self, of: &ItemStruct, field: &Field) -> Row {
        let name = field.ident.as_ref().expect("a name").to_string();
        let key = if setting(&of.attrs, "rename_all").is_some() {
            kebab(&name)
        } else {
            name.clone()
        };
        let (ty, inner) = name_of(&field.ty);
        let ty = if ty == "Option" { inner.clone() } else { ty };
        Row {
            key,
            value: self.value(&ty, &inner),
            default: self.default(of, field, &name, &ty),
            meaning: self.meaning(field),
        }
    }

    /// What stands behind a key.
    fn value(&self, ty: &str, inner: &str) -> String {
        match (ty, inner) {
            ("bool", _) => "boolean".to_owned(),
            ("String", _) => "string".to_owned(),
            ("PathBuf", _) => "path".to_owned(),
            ("u64" | "usize", _) => "number".to_owned(),
            ("Vec", "PathBuf") => "list of paths".to_owned(),
            ("Vec", "String") => "list of strings".to_owned(),
            ("BTreeMap", "String") => "table of strings".to_owned(),
            ("Vec", "Vec") => "list of lists of strings".to_owned(),
            ("IndexMap", _) => "table by name".to_owned(),
            ("Pagination", _) => "boolean or table".to_owned(),
            _ if self.structs.contains_key(ty) => "table".to_owned(),
            _ => match self.enums.get(ty) {
                Some(item) => {
                    let names = item.variants.iter().map(|variant| match variant.fields {
                        syn::Fields::Unit => format!("`\"{}\"`", kebab(&variant.ident.to_string())),
                        _ => "list of strings".to_owned(),
                    });
                    names.collect::<Vec<_>>().join(", ")
                }
                None => panic!("a setting has the type {ty}<{inner}>, which this page has no words for"),
            },
        }
    }

    fn default(&self, of: &ItemStruct, field: &Field, name: &str, ty: &str) -> String {
        let default = setting(&field.attrs, "default");
        let optional = name_of(&field.ty).0 == "Option";
        if !optional && default.is_none() && setting(&of.attrs, "default").is_none() {
            return "required".to_owned();
        }
        let named = default.and_then(|text| self.functions.get(text.trim_matches('"')));
        if let Some(literal) = named.and_then(|function| literal(&function.block)) {
            return format!("`{literal}`");
        }
        let by_hand = self
            .defaults
            .get(&of.ident.to_string())
            .and_then(|of| assigned(of, name));
        let marked = self.enums.get(ty).and_then(|item| {
            let marked = item.variants.iter().find(|variant| {
                variant
                    .attrs
                    .iter()
                    .any(|attribute| attribute.path().is_ident("default"))
            });
            marked.map(|variant| variant.ident.to_string())
        });
        match by_hand.or(marked) {
            Some(variant) => format!("`\"{}\"`", kebab(&variant)),
            None if ty == "bool" && !optional => "`false`".to_owned(),
            None => String::new(),
        }
    }

    /// What a key means: its own words, or those of its type; with those of the values of an enum.
    fn meaning(&self, field: &Field) -> String {
        let (ty, inner) = name_of(&field.ty);
        let ty = if ty == "Option" { inner } else { ty };
        let of_type = self
            .structs
            .get(&ty)
            .map(|item| &item.attrs)
            .or_else(|| self.enums.get(&ty).map(|item| &item.attrs));
        let mut words = docs(&field.attrs);
        if words.is_empty() {
            words = of_type.map(|attributes| docs(attributes)).unwrap_or_default();
        }
        assert!(
            !words.is_empty(),
            "the setting `{:?}` has no documentation",
            field.ident
        );
        if let Some(item) = self.enums.get(&ty).filter(|item| {
            item.variants
                .iter()
                .all(|variant| matches!(variant.fields, Fields::Unit))
        }) {
            for variant in &item.variants {
                let name = kebab(&variant.ident.to_string());
                write!(words, "<br>`\"{name}\"`: {}", docs(&variant.attrs)).expect("a string takes everything");
            }
        }
        words
    }
}

/// The first paragraph of a doc comment, without links to items.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let paragraph: Vec<String> = lines.take_while(|line| !line.trim().is_empty()).collect();
    cell(&paragraph.join(" ").replace("[`", "`").replace("`]", "`"))
}

/// What `#[serde(name)]` or `#[serde(name = value)]` says: the value, or nothing but that it is there.
fn setting(attributes: &[Attribute], name: &str) -> Option<String> {
    let serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    let mut found = None;
    for attribute in serde {
        // The keywords that are not asked for are passed over with their values.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(|value| value.parse::<Lit>()).ok();
            if meta.path.is_ident(name) {
                found = Some(match value {
                    Some(Lit::Str(text)) => text.value(),
                    _ => String::new(),
                });
            }
            Ok(())
        });
    }
    found
}

/// The name of a type and that of its last argument.
fn name_of(ty: &Type) -> (String, String) {
    let Type::Path(path) = ty else {
        panic!("a setting has a type without a name");
    };
    let last = path.path.segments.last().expect("a segment");
    let mut inner = String::new();
    if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(syn::GenericArgument::Type(ty)) = arguments.args.last()
    {
        inner = name_of(ty).0;
    }
    (last.ident.to_string(), inner)
}

/// The variant that a `Default` written out gives to a field.
fn assigned(of: &ItemImpl, field: &str) -> Option<String> {
    let syn::ImplItem::Fn(function) = of.items.first()? else {
        return None;
    };
    let Some(syn::Stmt::Expr(Expr::Struct(made), _)) = function.block.stmts.last() else {
        return None;
    };
    let given = made
        .fields
        .iter()
        .find(|given| matches!(&given.member, syn::Member::Named(name) if name == field))?;
    match &given.expr {
        Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// The literal that a function returns, as TOML has it.
fn literal(block: &syn::Block) -> Option<String> {
    let Some(syn::Stmt::Expr(expression, _)) = block.stmts.last() else {
        return None;
    };
    let inner = match expression {
        Expr::MethodCall(call) => &call.receiver,
        other => other,
    };
    match inner {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(format!("\"{}\"", text.value())),
            Lit::Bool(flag) => Some(flag.value.to_string()),
            Lit::Int(number) => Some(number.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// `TotalPages` and `total_pages` as `total-pages`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && i > 0 {
            text.push('-');
        }
        text.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    text
}
