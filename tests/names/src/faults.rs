//! What a payload became in generated files: nothing but words, if all is well.

use std::cell::RefCell;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::payloads::MARK;

/// What rustdoc reads documentation with.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// What of a generated file is more than words though a payload wrote it: code, blocks of code, HTML, links, and characters
/// that act or deceive.
#[must_use]
pub fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(character) = text.chars().find(|c| deceives(*c)) {
        faults.push(format!("a character that deceives: {character:?}"));
    }
    if path.ends_with(".rs") {
        match TokenStream::from_str(text) {
            Ok(tokens) => code(tokens, &mut faults),
            Err(error) => faults.push(format!("no Rust: {error}")),
        }
    } else if path.ends_with(".md") {
        let text = text.split_once("-->\n").map_or(text, |(_, text)| text);
        markdown(
            &text.replace("<br>", " "),
            &["rust", "rust,ignore", "json", "toml", "text"],
            &mut faults,
        );
        rows(text, &mut faults);
    }
    faults.into_iter().map(|fault| format!("{path}: {fault}")).collect()
}

/// Whether a character moves the cursor, or changes or hides what stands around it.
#[must_use]
pub fn deceives(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Looks through tokens for code of a payload, and reads what `doc` attributes next to each other say together.
fn code(tokens: TokenStream, faults: &mut Vec<String>) {
    let mut comment: Vec<String> = Vec::new();
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                trees.next_if(|next| matches!(next, TokenTree::Punct(bang) if bang.as_char() == '!'));
                let Some(TokenTree::Group(group)) = trees.next_if(|next| matches!(next, TokenTree::Group(_))) else {
                    continue;
                };
                match documentation(&group) {
                    Some(text) => comment.extend(text.split('\n').map(str::to_owned)),
                    None => code(group.stream(), faults),
                }
                continue;
            }
            // as the name of something it is a word
            TokenTree::Ident(ident)
                if ident == MARK && matches!(trees.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!') =>
            {
                faults.push("code of the document".to_owned());
            }
            TokenTree::Group(group) => code(group.stream(), faults),
            _ => {}
        }
        documented(&mut comment, faults);
    }
    documented(&mut comment, faults);
}

fn documented(comment: &mut Vec<String>, faults: &mut Vec<String>) {
    let lines = std::mem::take(comment);
    if lines.is_empty() {
        return;
    }
    // rustdoc takes away what every line is indented by
    let indent = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min();
    let least = least.unwrap_or_default();
    let lines: Vec<&str> = lines.iter().map(|line| line.get(least..).unwrap_or_default()).collect();
    markdown(&lines.join("\n"), &["text", "no_run"], faults);
}

/// The text of `doc = "…"` or of `deprecated = "…"`, both of which rustdoc reads as Markdown.
fn documentation(group: &proc_macro2::Group) -> Option<String> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(literal)] = tokens.as_slice() else {
        return None;
    };
    let known = (name == "doc" || name == "deprecated") && group.delimiter() == Delimiter::Bracket;
    let text = literal.to_string();
    match text.strip_prefix('r') {
        _ if !known => None,
        Some(raw) => Some(raw.trim_matches('#').trim_matches('"').to_owned()),
        None => syn::parse_str::<syn::LitStr>(&text).ok().map(|text| text.value()),
    }
}

/// Reads Markdown as rustdoc does; `languages` are those of code blocks that may be there.
fn markdown(text: &str, languages: &[&str], faults: &mut Vec<String>) {
    let references = RefCell::new(Vec::new());
    let look_up = |link: BrokenLink<'_>| {
        references.borrow_mut().push(link.reference.into_string());
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let mut parser = Parser::new_with_broken_link_callback(text, RUSTDOC, Some(look_up));
    let mut found = Vec::new();
    let mut block: Option<(String, String)> = None;
    for event in parser.by_ref() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found.push("an indented code block".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                if !languages.contains(&&*language) {
                    found.push(format!("a code block of `{language}`"));
                }
                block = Some((language.into_string(), String::new()));
            }
            Event::Text(text) if let Some((_, code)) = &mut block => code.push_str(&text),
            Event::End(TagEnd::CodeBlock) => found.extend(block.take().and_then(foreign)),
            Event::Html(html) | Event::InlineHtml(html) => found.push(format!("HTML `{html}`")),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if dest_url.starts_with(MARK) => {
                found.push(format!("a link to `{dest_url}`"));
            }
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                found.push("a footnote".to_owned())
            }
            _ => {}
        }
    }
    let defined = parser.reference_definitions().iter();
    found.extend(defined.map(|(name, _)| format!("a definition of `{name}`")));
    drop(parser);
    let references = references.into_inner().into_iter();
    found.extend(
        references
            .filter(|name| name.contains(MARK) && !is_path(name))
            .map(|name| format!("a reference to `{name}`")),
    );
    faults.extend(found.into_iter().map(|fault| format!("{fault} in\n{text}\n")));
}

/// What is wrong with Rust of ours in a comment: it holds code of a payload.
fn foreign((language, text): (String, String)) -> Option<String> {
    if !matches!(language.as_str(), "no_run" | "rust") {
        return None;
    }
    let mut inner = Vec::new();
    match TokenStream::from_str(
        &text
            .lines()
            .map(|line| line.strip_prefix("# ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n"),
    ) {
        Ok(tokens) => code(tokens, &mut inner),
        Err(error) => inner.push(error.to_string()),
    }
    (!inner.is_empty()).then(|| format!("an example with {inner:?}"))
}

/// Whether the name of a link is that of an item, as Envoi writes them.
fn is_path(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '`' | '#'))
}

/// Rows of tables that have not as many cells as the heads of their tables.
fn rows(text: &str, faults: &mut Vec<String>) {
    let mut columns = None;
    for line in text.lines() {
        if !line.starts_with("| ") && !line.starts_with("|---") {
            columns = None;
            continue;
        }
        let cells = cells(line);
        if *columns.get_or_insert(cells) != cells {
            faults.push(format!("a row with {cells} cells: {line}"));
        }
    }
}

fn cells(line: &str) -> usize {
    let mut escaped = false;
    let mut cells = 0;
    for character in line.chars() {
        match character {
            '|' if !escaped => cells += 1,
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    cells
}
