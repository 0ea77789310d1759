//! Expressions -> lines of Rust, broken where a person would break them.

/// Lines are filled up to this many characters.
const WIDTH: usize = 88;

/// An expression, as far as its layout is concerned.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    /// What stays on one line.
    Text(String),
    /// What comes before an expression on its line, such as `&` or the name of a field.
    Prefixed(String, Box<Expr>),
    /// Items between an opening and a closing text: arguments, elements, fields.
    Group {
        /// With the space that it needs on one line, such as `Point { `.
        open: String,
        items: Vec<Expr>,
        close: &'static str,
    },
    /// Calls one after the other; each begins with its dot.
    Chain(Box<Expr>, Vec<Expr>),
}

impl Expr {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `Box::new(inner)`, as clippy likes it.
    pub(super) fn boxed(inner: Self) -> Self {
        match inner {
            Self::Text(text) if text.ends_with("::default()") => Self::text("Box::default()"),
            inner => Self::call("Box::new", vec![inner]),
        }
    }

    /// `head(items)`.
    pub(super) fn call(head: impl Into<String>, items: Vec<Expr>) -> Self {
        let open = head.into() + "(";
        Self::Group {
            open,
            items,
            close: ")",
        }
    }

    /// `.name(items)` after what is there.
    pub(super) fn then(self, name: &str, items: Vec<Expr>) -> Self {
        self.ending(Self::call(format!(".{name}"), items))
    }

    /// Something after what is there that begins with a dot, such as `.await`.
    pub(super) fn ending(self, link: Expr) -> Self {
        match self {
            Self::Chain(head, mut links) => {
                links.push(link);
                Self::Chain(head, links)
            }
            head => Self::Chain(Box::new(head), vec![link]),
        }
    }

    pub(super) fn prefixed(prefix: impl Into<String>, expr: Expr) -> Self {
        Self::Prefixed(prefix.into(), Box::new(expr))
    }

    /// Whether it has at most so many characters on one line, or cannot be broken anyway.
    pub(super) fn fits(&self, width: usize) -> bool {
        matches!(self, Self::Text(_)) || self.rest_of(width).is_some()
    }

    /// What is left of a width when the expression stands on one line.
    fn rest_of(&self, width: usize) -> Option<usize> {
        let of_text = |width: usize, text: &str| width.checked_sub(text.chars().count());
        match self {
            Self::Text(text) => of_text(width, text),
            Self::Prefixed(prefix, expr) => of_text(width, prefix).and_then(|width| expr.rest_of(width)),
            Self::Group { open, items, close } => {
                let between = 2 * items.len().saturating_sub(1) + usize::from(open.ends_with("{ "));
                let around = of_text(width, open)?.checked_sub(between)?;
                let mut items = items.iter();
                items.try_fold(of_text(around, close)?, |width, item| item.rest_of(width))
            }
            Self::Chain(head, links) => {
                let mut links = links.iter();
                links.try_fold(head.rest_of(width)?, |width, link| link.rest_of(width))
            }
        }
    }

    /// A statement that ends with this expression.
    pub(super) fn statement(&self, before: &str, after: &str) -> String {
        let mut text = before.to_owned();
        self.write(&mut text, 0, after.len());
        text + after + "\n"
    }

    /// On one line.
    fn flat(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Prefixed(prefix, expr) => {
                out.push_str(prefix);
                expr.flat(out);
            }
            Self::Group { open, items, close } => {
                out.push_str(open);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    item.flat(out);
                }
                if open.ends_with("{ ") {
                    out.push(' ');
                }
                out.push_str(close);
            }
            Self::Chain(head, links) => {
                head.flat(out);
                links.iter().for_each(|link| link.flat(out));
            }
        }
    }

    /// Writes the expression at the end of `out`; lines that follow are indented by `indent`, and `after` characters
    /// come behind it.
    pub(super) fn write(&self, out: &mut String, indent: usize, after: usize) {
        let begun = out.rfind('\n').map_or(out.len(), |newline| out.len() - newline - 1);
        let left = WIDTH.checked_sub(begun + after);
        if left.is_some_and(|left| self.rest_of(left).is_some()) {
            return self.flat(out);
        }
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Prefixed(prefix, expr) => {
                out.push_str(prefix);
                expr.write(out, indent, after);
            }
            Self::Group { items, .. } if items.is_empty() => self.flat(out),
            Self::Group { open, items, close } => {
                out.push_str(open.trim_end());
                for item in items {
                    new_line(out, indent + 4);
                    item.write(out, indent + 4, 1);
                    // nothing may follow what the other fields are taken from
                    if !matches!(item, Self::Prefixed(prefix, _) if prefix == "..") {
                        out.push(',');
                    }
                }
                new_line(out, indent);
                out.push_str(close);
            }
            Self::Chain(head, links) => {
                head.write(out, indent, 0);
                for (index, link) in links.iter().enumerate() {
                    new_line(out, indent + 4);
                    let last = index + 1 == links.len();
                    link.write(out, indent + 4, if last { after } else { 0 });
                }
            }
        }
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A string literal. What does not print is escaped, so that no text reaches a file as anything else.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

#[cfg(test)]
mod tests {
    use super::{Expr, literal};

    fn written(expr: &Expr) -> String {
        let mut out = String::from("    let body = ");
        expr.write(&mut out, 4, 1);
        out + ";"
    }

    #[test]
    fn what_fits_stays_on_one_line() {
        let expr = Expr::call("Pet::new", vec![Expr::text("\"Rex\"")]).then("age", vec![Expr::text("3")]);
        assert_eq!(written(&expr), "    let body = Pet::new(\"Rex\").age(3);");
    }

    #[test]
    fn long_chains_have_a_line_per_call() {
        let name = || Expr::text(literal(&"n".repeat(30)));
        let expr = Expr::call("Pet::new", vec![name()]).then("owner", vec![name(), name(), name()]);
        let n = literal(&"n".repeat(30));
        let expected = format!(
            "    let body = Pet::new({n})\n        .owner(\n            {n},\n            {n},\n            {n},\n        );"
        );
        assert_eq!(written(&expr), expected);
    }

    #[test]
    fn literals_hide_nothing() {
        assert_eq!(literal("a\u{202e}b\n\"`"), "\"a\\u{202e}b\\n\\\"`\"");
    }
}
