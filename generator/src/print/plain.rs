//! Prints what needs no decision: items all of whose lines are short enough to stand as they are.
//!
//! Whatever is not known for certain to look the same from `prettyplease` is `None`, and left to it.

use proc_macro2::{Delimiter, TokenTree};

use super::line;
use super::trees::{Tree, is_whole, split};

/// Lines up to this length are broken nowhere. `prettyplease` breaks those longer than 89, but leaves to some places
/// a comma beyond.
pub(super) const WIDTH: usize = 86;

/// Lines up to this many bytes are not broken.
pub(super) const MARGIN: usize = 89;

/// Heads of functions up to this length are not broken.
const HEAD_WIDTH: usize = 89;

/// Output text.
#[derive(Default)]
pub(super) struct Plain {
    pub(super) out: String,
}

impl Plain {
    /// How long the line is that is being written.
    pub(super) fn column(&self, start: usize) -> usize {
        self.out[start..].chars().count()
    }

    pub(super) fn indent(&mut self, depth: usize) -> usize {
        let start = self.out.len();
        for _ in 0..depth {
            self.out.push_str("    ");
        }
        start
    }

    /// Ends a line, if it is short enough.
    pub(super) fn end(&mut self, start: usize, text: &str) -> Option<()> {
        self.out.push_str(text);
        let fits = self.column(start) <= WIDTH;
        self.out.push('\n');
        fits.then_some(())
    }

    /// Attributes in front of an item, each on a line; how many tokens they are.
    pub(super) fn attributes(&mut self, trees: &[Tree], depth: usize) -> Option<usize> {
        let mut at = 0;
        while trees.get(at).is_some_and(|tree| tree.is_punct('#')) {
            let inner = trees.get(at + 1).is_some_and(|tree| tree.is_punct('!'));
            let body = trees.get(at + 1 + usize::from(inner))?.group(Delimiter::Bracket)?;
            at += 2 + usize::from(inner);
            let start = self.indent(depth);
            if let [name, equals, Tree::Leaf(TokenTree::Literal(literal))] = body
                && name.is_word("doc")
                && equals.is_punct('=')
            {
                self.doc(&literal.to_string(), if inner { "//!" } else { "///" }, depth)?;
                continue;
            }
            self.out.push_str(if inner { "#![" } else { "#[" });
            match body {
                [name, Tree::Group(Delimiter::Parenthesis, _)] if name.is_word("cfg") => {
                    self.condition(body, start, depth, 1)?;
                    self.out.push_str("]\n");
                }
                _ => {
                    self.flat(body)?;
                    self.end(start, "]")?;
                }
            }
        }
        Some(at)
    }

    /// A condition; one that is too wide has a line for each condition in it. `after` is what follows on its line.
    fn condition(&mut self, trees: &[Tree], start: usize, depth: usize, after: usize) -> Option<()> {
        let kept = self.out.len();
        self.flat(trees)?;
        let width = self.column(start) + after;
        let (name, list) = match trees {
            _ if width <= WIDTH => return Some(()),
            _ if width <= MARGIN + 2 => return None,
            [name, Tree::Group(Delimiter::Parenthesis, list)] => (name, split(list)),
            _ => return trees.iter().all(|tree| matches!(tree, Tree::Leaf(_))).then_some(()),
        };
        self.out.truncate(kept);
        self.flat(std::slice::from_ref(name))?;
        self.out.push_str("(\n");
        for (index, inner) in list.iter().enumerate() {
            let comma = index + 1 < list.len();
            let start = self.indent(depth + 1);
            self.condition(inner, start, depth + 1, usize::from(comma))?;
            self.out.push_str(if comma { ",\n" } else { "\n" });
        }
        self.indent(depth);
        self.out.push(')');
        Some(())
    }

    /// Lines of documentation, from the string literal they are. The first is indented already.
    fn doc(&mut self, literal: &str, mark: &str, depth: usize) -> Option<()> {
        self.out.push_str(mark);
        if let Some(raw) = literal.strip_prefix("r\"") {
            let text = raw.strip_suffix('"')?;
            self.out.push_str(text);
            self.end_doc();
            return (!text.starts_with('/') && !text.contains('\n')).then_some(());
        }
        let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
        // a comment with a fourth slash is no documentation
        let mut begins = true;
        loop {
            if std::mem::take(&mut begins) && rest.starts_with('/') {
                return None;
            }
            let Some(at) = rest.find('\\') else {
                break;
            };
            self.out.push_str(&rest[..at]);
            let quoted = rest[at + 1..].chars().next()?;
            rest = &rest[at + 1 + quoted.len_utf8()..];
            match quoted {
                '\\' | '"' | '\'' => self.out.push(quoted),
                'n' => {
                    self.end_doc();
                    self.indent(depth);
                    self.out.push_str(mark);
                    begins = true;
                }
                _ => return None,
            }
        }
        self.out.push_str(rest);
        self.end_doc();
        Some(())
    }

    fn end_doc(&mut self) {
        let length = self.out.trim_end_matches(' ').len();
        self.out.truncate(length);
        self.out.push('\n');
    }

    /// An item of a file or of an implementation, its attributes included.
    pub(super) fn item(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let at = self.attributes(trees, depth)?;
        let trees = &trees[at..];
        let keyword = trees.iter().find_map(|tree| match tree {
            Tree::Leaf(TokenTree::Ident(ident)) if ident != "pub" && ident != "async" => Some(ident),
            _ => None,
        })?;
        let (last, head) = trees.split_last()?;
        let lines = ["mod", "use", "type", "const"];
        let words = trees.iter().skip(1);
        let function = words.take(3).any(|tree| tree.is_word("fn"));
        if (lines.iter().any(|word| keyword == word) && !function) || (keyword == "struct" && last.is_punct(';')) {
            return self.line(trees, depth);
        }
        if keyword == "struct" || keyword == "enum" {
            return self.members(head, last.braces()?, depth);
        }
        if keyword == "fn" {
            return self.function(head, last.braces()?, depth);
        }
        None
    }

    /// An item that ends with a semicolon.
    fn line(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let (_, item) = trees.split_last()?;
        let kept = self.out.len();
        let start = self.indent(depth);
        if self.flat(trees).is_some() && (self.fits(start, 0) || is_whole(item)) {
            self.out.push('\n');
            return Some(());
        }
        self.out.truncate(kept);
        let is = |word: &str| item.iter().take(3).any(|tree| tree.is_word(word));
        if is("use") {
            return self.import(trees, depth);
        }
        let equals = item.iter().position(|tree| tree.is_punct('='))?;
        let (head, value) = item.split_at(equals + 1);
        let start = self.indent(depth);
        self.flat(head)?;
        self.out.push(' ');
        match value.split_last()? {
            _ if is("type") => self.ty(value, start, depth, 1)?,
            (Tree::Group(Delimiter::Brace, fields), path) if is("const") => self.fields(path, fields, depth)?,
            _ if is("const") => self.value(value, start, depth, 1)?,
            _ => return None,
        }
        self.out.push_str(";\n");
        Some(())
    }

    /// The line that a block begins with.
    pub(super) fn head(&mut self, head: &[Tree], empty: bool, depth: usize) -> Option<()> {
        let opening = if empty { " {}" } else { " {" };
        let kept = self.out.len();
        let start = self.indent(depth);
        self.flat(head)?;
        self.out.push_str(opening);
        let width = self.column(start);
        let implements = head.first().is_some_and(|first| first.is_word("impl"));
        // the second brace may stand beyond the margin
        let fits = self.out.len() - start <= MARGIN + usize::from(empty);
        let of = head.iter().rposition(|tree| tree.is_word("for"));
        let Some(of) = of.filter(|of| implements && *of > 1 && !fits) else {
            self.out.push('\n');
            return (width <= WIDTH || (implements && fits) || is_whole(head)).then_some(());
        };
        self.out.truncate(kept);
        let start = self.indent(depth);
        self.flat(&head[..of])?;
        self.end(start, "")?;
        let start = self.indent(depth);
        self.flat(&head[of..])?;
        let fits = self.end(start, opening).is_some();
        (fits || is_whole(&head[of + 1..])).then_some(())
    }

    fn members(&mut self, head: &[Tree], members: &[Tree], depth: usize) -> Option<()> {
        self.head(head, members.is_empty(), depth)?;
        if members.is_empty() {
            return Some(());
        }
        for member in split(members) {
            let at = self.attributes(member, depth + 1)?;
            let start = self.indent(depth + 1);
            self.typed(&member[at..], start, depth + 1, 1)?;
            self.out.push_str(",\n");
        }
        self.close(depth, "}")
    }

    pub(super) fn close(&mut self, depth: usize, text: &str) -> Option<()> {
        let start = self.indent(depth);
        self.end(start, text)
    }

    fn function(&mut self, head: &[Tree], body: &[Tree], depth: usize) -> Option<()> {
        let kept = self.out.len();
        let opening = if body.is_empty() { " {}" } else { " {" };
        let start = self.indent(depth);
        self.flat(head)?;
        self.out.push_str(opening);
        let width = self.column(start);
        if width > HEAD_WIDTH {
            self.out.truncate(kept);
            self.broken_head(head, opening, depth)?;
        } else {
            self.out.push('\n');
        }
        if body.is_empty() {
            return Some(());
        }
        self.statements(body, depth + 1)?;
        self.close(depth, "}")
    }

    /// The head of a function with an argument per line.
    fn broken_head(&mut self, head: &[Tree], opening: &str, depth: usize) -> Option<()> {
        let named = head.iter().position(|tree| tree.is_word("fn"))?;
        let list = head[named..]
            .iter()
            .position(|tree| tree.group(Delimiter::Parenthesis).is_some())?;
        let (before, rest) = head.split_at(named + list);
        let (arguments, rest) = rest.split_first()?;
        let arguments = arguments.group(Delimiter::Parenthesis)?;
        if arguments.is_empty() {
            return None;
        }
        let start = self.indent(depth);
        self.flat(before)?;
        if self.end(start, "(").is_none() && !is_whole(before) {
            return None;
        }
        let arguments = split(arguments);
        for (index, argument) in arguments.iter().enumerate() {
            let start = self.indent(depth + 1);
            self.typed(argument, start, depth + 1, usize::from(index + 1 < arguments.len()))?;
            self.out.push_str(",\n");
        }
        let start = self.indent(depth);
        self.out.push(')');
        if let [minus, greater, ty @ ..] = rest
            && minus.is_punct('-')
            && greater.is_punct('>')
        {
            self.out.push_str(" -> ");
            self.ty(ty, start, depth, opening.len())?;
        } else if !rest.is_empty() {
            return None;
        }
        self.out.push_str(opening);
        self.out.push('\n');
        Some(())
    }

    /// Tokens in one line.
    pub(super) fn flat(&mut self, trees: &[Tree]) -> Option<()> {
        line::write(&mut self.out, trees)
    }
}
