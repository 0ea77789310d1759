//! Statements and expressions whose layout is known.

use proc_macro2::{Delimiter, TokenTree};

use super::broken::{is_colon, is_path};
use super::plain::{Plain, WIDTH};
use super::trees::{Tree, is_whole, split, without_comma};

/// Arms of `match` up to this length, with the comma, are not broken.
const ARM_WIDTH: usize = 90;

/// Names up to this length stand in one line with what is called on them.
const SHORT: usize = 4;

/// Literals of structs up to this length are not broken.
const LITERAL_WIDTH: usize = 35;

impl Plain {
    /// The statements of a block.
    pub(super) fn statements(&mut self, mut trees: &[Tree], depth: usize) -> Option<()> {
        while let Some(first) = trees.first() {
            if ["match", "while", "if", "for", "loop"]
                .iter()
                .any(|word| first.is_word(word))
            {
                let end = trees.iter().position(|tree| tree.braces().is_some())?;
                // More may belong to it, or those were the braces of a pattern.
                match trees.get(end + 1) {
                    Some(Tree::Leaf(TokenTree::Punct(_)) | Tree::Group(..)) => return None,
                    Some(next) if next.is_word("else") => return None,
                    _ => {}
                }
                self.block(&trees[..end], trees[end].braces()?, depth)?;
                trees = &trees[end + 1..];
                continue;
            }
            let end = trees.iter().position(|tree| tree.is_punct(';'));
            let (statement, rest) = trees.split_at(end.map_or(trees.len(), |end| end + 1));
            self.statement(statement, end.is_some(), depth)?;
            trees = rest;
        }
        Some(())
    }

    fn statement(&mut self, trees: &[Tree], ends: bool, depth: usize) -> Option<()> {
        let first = trees.first()?;
        let others = ["break", "continue", "use", "const", "fn", "type", "static", "unsafe"];
        if first.is_punct('#') || others.iter().any(|word| first.is_word(word)) || (!ends && first.is_word("return")) {
            return None;
        }
        let kept = self.out.len();
        let start = self.indent(depth);
        if self.flat(trees).is_some() {
            // the flat form of what assigns at the end of a block gets a semicolon
            if !ends && trees.iter().any(|tree| tree.is_punct('=')) {
                return None;
            }
            if ends && self.column(start) <= WIDTH {
                self.out.push('\n');
                return Some(());
            }
            if !ends {
                self.out.truncate(kept);
                let start = self.indent(depth);
                self.value(trees, start, depth, 0)?;
                self.out.push('\n');
                return Some(());
            }
        }
        self.out.truncate(kept);
        if ends {
            return self.broken_statement(trees, depth);
        }
        match trees {
            [name, Tree::Group(Delimiter::Parenthesis, inner)] if name.is_word("Ok") => {
                let (fields, path) = inner.split_last()?;
                self.literal("Ok(", path, fields.braces()?, ")", depth)
            }
            _ => {
                let (fields, path) = trees.split_last()?;
                self.literal("", path, fields.braces()?, "", depth)
            }
        }
    }

    /// A statement with a semicolon that is not one line.
    fn broken_statement(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let (_, trees) = trees.split_last()?;
        let binds = trees.first()?.is_word("let");
        let equals = trees.iter().position(|tree| tree.is_punct('=')).filter(|_| binds);
        let (name, value) = trees.split_at(equals.map_or(0, |equals| equals + 1));
        if let (Some(first), Some((last, head))) = (value.first(), trees.split_last())
            && first.is_word("match")
            && let Some(arms) = last.braces().filter(|arms| !arms.is_empty())
        {
            self.head(head, false, depth)?;
            self.arms(arms, depth + 1)?;
            return self.close(depth, "};");
        }
        let kept = self.out.len();
        if !binds && (self.call_of_field(trees, depth).is_some() || self.assignment(trees, depth).is_some()) {
            return Some(());
        }
        self.out.truncate(kept);
        let start = self.indent(depth);
        self.flat(name)?;
        if binds {
            self.out.push(' ');
        }
        self.value(value, start, depth, 1)?;
        self.out.push_str(";\n");
        Some(())
    }

    /// A call of a method of a field that is too wide for a line: each of its parts has its own.
    fn call_of_field(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let [
            value,
            _,
            field,
            _,
            method,
            Tree::Group(Delimiter::Parenthesis, arguments),
        ] = trees
        else {
            return None;
        };
        let long = |tree: &Tree| matches!(tree, Tree::Leaf(TokenTree::Ident(name)) if name.to_string().len() > SHORT);
        let arguments = split(arguments);
        if !long(value) || !trees[1].is_punct('.') || !trees[3].is_punct('.') || arguments.len() < 2 {
            return None;
        }
        let kept = self.out.len();
        let start = self.indent(depth);
        self.flat(trees)?;
        let fits = self.fits(start, 1);
        self.out.truncate(kept);
        if fits {
            return None;
        }
        self.part(value, "", depth)?;
        self.out.push('\n');
        self.part(field, ".", depth + 1)?;
        self.out.push('\n');
        let start = self.part(method, ".", depth + 1)?;
        let kept = self.out.len();
        self.flat(&trees[5..])?;
        if !self.fits(start, 1) {
            self.out.truncate(kept);
            self.list('(', &arguments, ')', depth + 1, Self::value)?;
        }
        self.out.push_str(";\n");
        Some(())
    }

    /// A field that is set to what a name holds, turned into its type.
    fn assignment(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let equals = trees.iter().position(|tree| tree.is_punct('='))?;
        let (field, value) = trees.split_at(equals + 1);
        let kept = self.out.len();
        let start = self.indent(depth);
        self.flat(trees)?;
        if self.fits(start, 1) {
            return None;
        }
        self.out.truncate(kept);
        let start = self.indent(depth);
        self.flat(field)?;
        self.out.push(' ');
        match value {
            [some, Tree::Group(Delimiter::Parenthesis, inner)] if some.is_word("Some") && is_whole(inner) => {
                self.out.push_str("Some");
                self.list('(', &[inner], ')', depth, Self::value)?;
            }
            [
                name @ Tree::Leaf(TokenTree::Ident(_)),
                dot,
                into,
                Tree::Group(Delimiter::Parenthesis, none),
            ] if dot.is_punct('.') && into.is_word("into") && none.is_empty() => {
                self.flat(std::slice::from_ref(name))?;
                if !self.fits(start, 0) {
                    return None;
                }
                self.out.push('\n');
                self.part(into, ".", depth + 1)?;
                self.out.push_str("()");
            }
            _ => return None,
        }
        self.out.push_str(";\n");
        Some(())
    }

    /// A name in a line of its own; where the line begins.
    fn part(&mut self, name: &Tree, mark: &str, depth: usize) -> Option<usize> {
        let start = self.indent(depth);
        self.out.push_str(mark);
        self.flat(std::slice::from_ref(name))?;
        Some(start)
    }

    /// The literal of a struct as the value of a block.
    fn literal(&mut self, before: &str, path: &[Tree], fields: &[Tree], after: &str, depth: usize) -> Option<()> {
        self.indent(depth);
        self.out.push_str(before);
        self.fields(path, fields, depth)?;
        self.out.push_str(after);
        self.out.push('\n');
        Some(())
    }

    /// The literal of a struct.
    pub(super) fn fields(&mut self, path: &[Tree], fields: &[Tree], depth: usize) -> Option<()> {
        if path.is_empty() || !path.iter().all(is_path) || fields.is_empty() {
            return None;
        }
        let fields = split(without_comma(fields));
        let kept = self.out.len();
        self.flat(path)?;
        self.out.push_str(" { ");
        for (index, field) in fields.iter().enumerate() {
            self.out.push_str(if index > 0 { ", " } else { "" });
            self.flat(rest_of_struct(field).unwrap_or(field))?;
        }
        self.out.push_str(" }");
        let rest = fields.last().is_some_and(|last| rest_of_struct(last).is_some());
        if self.out.len() - kept + if rest { 2 } else { 0 } <= LITERAL_WIDTH {
            // how the rest stands in one line is left to others
            return (!rest).then_some(());
        }
        self.out.truncate(kept);
        self.flat(path)?;
        self.out.push_str(" {\n");
        for (index, field) in fields.iter().enumerate() {
            let start = self.indent(depth + 1);
            if let Some(rest) = rest_of_struct(field) {
                self.out.push_str("..");
                self.value(rest, start, depth + 1, 0)?;
                self.out.push('\n');
                continue;
            }
            let mut value = *field;
            if field.get(1).is_some_and(is_colon) {
                self.flat(&field[..2])?;
                self.out.push(' ');
                value = &field[2..];
            }
            self.value(value, start, depth + 1, usize::from(index + 1 < fields.len()))?;
            self.out.push_str(",\n");
        }
        self.indent(depth);
        self.out.push('}');
        Some(())
    }

    fn block(&mut self, head: &[Tree], body: &[Tree], depth: usize) -> Option<()> {
        if body.is_empty() {
            return None;
        }
        let kept = self.out.len();
        if self.head(head, false, depth).is_none() {
            self.out.truncate(kept);
            self.broken_condition(head, depth)?;
        }
        if head.first()?.is_word("match") {
            self.arms(body, depth + 1)?;
        } else {
            self.statements(body, depth + 1)?;
        }
        self.close(depth, "}")
    }

    /// A pattern that is asked of what a method returns, where both are too wide for a line.
    fn broken_condition(&mut self, head: &[Tree], depth: usize) -> Option<()> {
        let [first, .., dot, method, arguments] = head else {
            return None;
        };
        let equals = head.iter().position(|tree| tree.is_punct('='))?;
        let [Tree::Leaf(TokenTree::Ident(value)), _, _, _] = &head[equals + 1..] else {
            return None;
        };
        let kept = self.out.len();
        let start = self.indent(depth);
        self.flat(head)?;
        let wide = !self.fits(start, 0);
        self.out.truncate(kept);
        let known = first.is_word("if") && dot.is_punct('.') && value.to_string().len() > SHORT;
        if !known || !wide || arguments.group(Delimiter::Parenthesis)?.is_empty() {
            return None;
        }
        let start = self.indent(depth);
        self.flat(&head[..equals + 2])?;
        self.end(start, "")?;
        let start = self.part(method, ".", depth + 1)?;
        self.flat(std::slice::from_ref(arguments))?;
        self.end(start, "")?;
        self.indent(depth);
        self.out.push_str("{\n");
        Some(())
    }

    fn arms(&mut self, mut trees: &[Tree], depth: usize) -> Option<()> {
        while !trees.is_empty() {
            if trees[0].is_punct('#') {
                return None;
            }
            let arrow = trees
                .windows(2)
                .position(|pair| pair[0].is_punct('=') && pair[1].is_punct('>'))?;
            let (pattern, rest) = trees.split_at(arrow);
            let rest = &rest[2..];
            let start = self.indent(depth);
            self.flat(pattern)?;
            self.out.push_str(" =>");
            let single = |body: &&[Tree]| !body.iter().any(|tree| tree.is_punct(';') || tree.braces().is_some());
            let alone = rest.first()?.braces().filter(single);
            if let Some(body) = alone.is_none().then(|| rest[0].braces()).flatten() {
                if !body.iter().any(|tree| tree.is_punct(';')) {
                    return None;
                }
                self.end(start, " {")?;
                self.statements(body, depth + 1)?;
                self.close(depth, "}")?;
                let comma = rest.get(1).is_some_and(|next| next.is_punct(','));
                trees = &rest[1 + usize::from(comma)..];
                continue;
            }
            let end = rest.iter().position(|tree| tree.is_punct(','));
            let (mut body, mut next) = rest.split_at(end.unwrap_or(rest.len()));
            // a block with one expression is that expression
            if let Some(inner) = alone {
                body = inner;
                let comma = rest.get(1).is_some_and(|next| next.is_punct(','));
                next = &rest[usize::from(comma)..];
            }
            if body.is_empty() {
                return None;
            }
            self.out.push(' ');
            if matches!(body, [Tree::Group(Delimiter::Parenthesis, inner)] if inner.is_empty()) {
                return None;
            }
            if ["match", "if"]
                .iter()
                .any(|word| body.first().is_some_and(|tree| tree.is_word(word)))
            {
                return None;
            }
            let kept = self.out.len();
            self.flat(body)?;
            self.out.push(',');
            if self.column(start) <= ARM_WIDTH {
                self.out.push('\n');
            } else {
                let returns = ["return", "break", "continue"];
                let jumps = returns.iter().any(|word| body[0].is_word(word));
                if jumps || body.iter().any(|tree| tree.is_punct('=')) {
                    return None;
                }
                self.out.truncate(kept);
                self.end(start, "{")?;
                let start = self.indent(depth + 1);
                self.flat(body)?;
                self.end(start, "")?;
                self.close(depth, "}")?;
            }
            trees = next.get(1..).unwrap_or_default();
        }
        Some(())
    }
}

/// The value behind the dots with which the literal of a struct may end.
fn rest_of_struct(field: &[Tree]) -> Option<&[Tree]> {
    match field {
        [first, second, rest @ ..] if first.is_punct('.') && second.is_punct('.') => Some(rest),
        _ => None,
    }
}
