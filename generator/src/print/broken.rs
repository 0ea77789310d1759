//! What does not fit into its line and is broken in a way that is known: lists of arguments, of elements, of types and
//! of names.
//!
//! `prettyplease` breaks a list when the line would be too long up to the next place where it could be broken. So a
//! comma behind an element counts, but for the last one, where it only stands if the list is broken.

use proc_macro2::{Delimiter, Spacing, TokenTree};

use super::plain::{MARGIN, Plain};
use super::trees::{Tree, is_whole, split, without_comma};

/// Deeper lines may be longer.
const DEEPEST: usize = 7;

impl Plain {
    /// A value in the line that began at `start`, with so many bytes behind it that cannot be broken off.
    pub(super) fn value(&mut self, trees: &[Tree], start: usize, depth: usize, behind: usize) -> Option<()> {
        let kept = self.out.len();
        self.flat(trees)?;
        if self.fits(start, behind) || is_whole(trees) {
            return Some(());
        }
        self.out.truncate(kept);
        let referred = trees
            .iter()
            .take_while(|tree| tree.is_punct('&') || tree.is_word("mut"));
        let (reference, trees) = trees.split_at(referred.count());
        match reference {
            [] => {}
            [_] => self.out.push('&'),
            [first, second] if first.is_punct('&') && second.is_word("mut") => self.out.push_str("&mut "),
            _ => return None,
        }
        let open = trees.iter().position(|tree| matches!(tree, Tree::Group(..)))?;
        let (path, rest) = trees.split_at(open);
        let (list, rest) = rest.split_first()?;
        if let (Tree::Group(Delimiter::Parenthesis, _), [dot, method, arguments]) = (list, rest)
            && dot.is_punct('.')
            && !path.is_empty()
            && reference.is_empty()
        {
            return self.call_on_call(&trees[..=open], [method, arguments], start, depth, behind);
        }
        if !path.iter().all(is_path) || !rest.iter().all(|tree| tree.is_punct('?')) {
            return None;
        }
        match list {
            Tree::Group(Delimiter::Parenthesis, arguments) if !path.is_empty() => {
                let arguments = split(arguments);
                if arguments.len() < 2 {
                    return None;
                }
                self.flat(path)?;
                self.list('(', &arguments, ')', depth, Self::value)?;
            }
            Tree::Group(Delimiter::Bracket, elements) if path.is_empty() => {
                let elements = split(elements);
                // Numbers are filled into lines.
                if !elements.iter().all(|element| is_call(element) || is_text(element)) {
                    return None;
                }
                self.list('[', &elements, ']', depth, Self::value)?;
            }
            _ => return None,
        }
        rest.iter().for_each(|_| self.out.push('?'));
        Some(())
    }

    /// A call of a method of what a function returns, on a line of its own.
    fn call_on_call(
        &mut self,
        function: &[Tree],
        method: [&Tree; 2],
        start: usize,
        depth: usize,
        behind: usize,
    ) -> Option<()> {
        let arguments = method[1].group(Delimiter::Parenthesis)?;
        if !function.iter().take(function.len() - 1).all(is_path) || arguments.is_empty() {
            return None;
        }
        self.flat(function)?;
        let first = self.fits(start, 0);
        self.out.push('\n');
        let start = self.indent(depth + 1);
        self.out.push('.');
        method
            .into_iter()
            .try_for_each(|tree| self.flat(std::slice::from_ref(tree)))?;
        (first && self.fits(start, behind)).then_some(())
    }

    /// A type, in the same way.
    pub(super) fn ty(&mut self, trees: &[Tree], start: usize, depth: usize, behind: usize) -> Option<()> {
        let kept = self.out.len();
        self.flat(trees)?;
        if self.fits(start, behind) || is_whole(trees) || is_whole_slice(trees) {
            return Some(());
        }
        self.out.truncate(kept);
        let open = trees.iter().position(|tree| tree.is_punct('<'))?;
        let (path, rest) = trees.split_at(open);
        let [_, arguments @ .., last] = rest else {
            return None;
        };
        let arguments = split(arguments);
        let known = !path.is_empty() && path.iter().all(is_path) && last.is_punct('>') && !arguments.is_empty();
        // the bracket at the end has to be that of the first
        if !known || !arguments.iter().all(|argument| is_balanced(argument)) {
            return None;
        }
        self.flat(path)?;
        self.list('<', &arguments, '>', depth, Self::ty)
    }

    /// What has a name and a type: a field, or an argument of a function.
    pub(super) fn typed(&mut self, trees: &[Tree], start: usize, depth: usize, behind: usize) -> Option<()> {
        let Some(colon) = trees.iter().position(is_colon) else {
            return self.variant(trees, start, depth, behind);
        };
        let (name, ty) = trees.split_at(colon + 1);
        self.flat(name)?;
        self.out.push(' ');
        self.ty(ty, start, depth, behind)
    }

    /// A variant of an enum, or an argument without a type.
    fn variant(&mut self, trees: &[Tree], start: usize, depth: usize, behind: usize) -> Option<()> {
        let kept = self.out.len();
        self.flat(trees)?;
        if self.fits(start, behind) {
            return Some(());
        }
        self.out.truncate(kept);
        let [name, Tree::Group(Delimiter::Parenthesis, types)] = trees else {
            return None;
        };
        self.flat(std::slice::from_ref(name))?;
        self.list('(', &split(types), ')', depth, Self::ty)
    }

    /// A list with an element per line.
    pub(super) fn list(
        &mut self,
        open: char,
        parts: &[&[Tree]],
        close: char,
        depth: usize,
        print: fn(&mut Self, &[Tree], usize, usize, usize) -> Option<()>,
    ) -> Option<()> {
        if depth >= DEEPEST {
            return None;
        }
        self.out.push(open);
        self.out.push('\n');
        for (index, part) in parts.iter().enumerate() {
            let start = self.indent(depth + 1);
            print(self, part, start, depth + 1, usize::from(index + 1 < parts.len()))?;
            self.out.push_str(",\n");
        }
        self.indent(depth);
        self.out.push(close);
        Some(())
    }

    /// An import of several names, as many in a line as fit.
    pub(super) fn import(&mut self, trees: &[Tree], depth: usize) -> Option<()> {
        let [path @ .., Tree::Group(Delimiter::Brace, names), _] = trees else {
            return None;
        };
        let names = split(without_comma(names));
        if names.len() < 2
            || names
                .iter()
                .any(|name| !matches!(name, [Tree::Leaf(TokenTree::Ident(_))]))
        {
            return None;
        }
        self.indent(depth);
        self.flat(path)?;
        self.out.push_str("{\n");
        let mut start = self.indent(depth + 1);
        for (index, name) in names.iter().enumerate() {
            let kept = self.out.len();
            let more = index + 1 < names.len();
            if index > 0 {
                self.out.push(' ');
            }
            self.flat(name)?;
            if index > 0 && !self.fits(start, usize::from(more)) {
                self.out.truncate(kept);
                self.out.push('\n');
                start = self.indent(depth + 1);
                self.flat(name)?;
            }
            self.out.push(',');
        }
        self.out.push('\n');
        self.close(depth, "};")
    }

    /// Whether the line that began at `start` is short enough, with so many bytes behind it.
    pub(super) fn fits(&self, start: usize, behind: usize) -> bool {
        self.out.len() - start + behind <= MARGIN
    }
}

/// A colon that is not half of `::`.
pub(super) fn is_colon(tree: &Tree) -> bool {
    matches!(tree, Tree::Leaf(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Alone)
}

/// Whether it is the type of a slice without such a place.
fn is_whole_slice(trees: &[Tree]) -> bool {
    matches!(trees, [reference, Tree::Group(Delimiter::Bracket, element)] if reference.is_punct('&') && is_whole(element))
}

pub(super) fn is_path(tree: &Tree) -> bool {
    tree.is_punct(':') || matches!(tree, Tree::Leaf(TokenTree::Ident(_)))
}

fn is_text(trees: &[Tree]) -> bool {
    matches!(trees, [Tree::Leaf(TokenTree::Literal(literal))] if literal.to_string().starts_with('"'))
}

/// Whether every `<` has its `>`, behind it.
fn is_balanced(trees: &[Tree]) -> bool {
    let mut open = 0_usize;
    for tree in trees {
        if tree.is_punct('<') {
            open += 1;
        } else if tree.is_punct('>') {
            match open.checked_sub(1) {
                Some(rest) => open = rest,
                None => return false,
            }
        }
    }
    open == 0
}

fn is_call(trees: &[Tree]) -> bool {
    matches!(trees, [path @ .., Tree::Group(Delimiter::Parenthesis, _)] if !path.is_empty() && path.iter().all(is_path))
}
