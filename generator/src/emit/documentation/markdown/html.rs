//! HTML within a text -> the Markdown that means the same.
//!
//! Elements without a counterpart in Markdown leave their content. What is no HTML element, such as `<token>`, is a word of
//! the text, and so is an inline element that nothing ends.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Span, StartTag, Token, Tokenizer};
use pulldown_cmark::CowStr;

use super::element::{Kind, Open};
use super::escape::{UNBREAKABLE, escape};
use super::writer::Writer;
use crate::text::harmless;

impl Writer {
    pub(super) fn html(&mut self, html: &str) {
        let emitter = DefaultEmitter::<usize>::new_with_span();
        let source = |span: Span<usize>| html.get(span.start..span.end).unwrap_or_default();
        let mut read = 0;
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let span = match token {
                Ok(Token::StartTag(tag)) => {
                    self.start_tag(&tag, source(tag.span));
                    tag.span
                }
                Ok(Token::EndTag(tag)) => {
                    self.end_tag(&name(&tag.name), source(tag.span));
                    tag.span
                }
                Ok(Token::String(text)) => {
                    self.words(&String::from_utf8_lossy(&text.value));
                    text.span
                }
                Ok(Token::Comment(comment)) => comment.span,
                Ok(Token::Doctype(doctype)) => doctype.span,
                Ok(Token::Error(_)) | Err(_) => continue,
            };
            read = span.end;
        }
        // a tag that does not end is no tag
        self.words(html.get(read..).unwrap_or_default());
    }

    pub(super) fn words(&mut self, text: &str) {
        let character = |c| if c == '\n' { c } else { harmless(c) };
        match &mut self.code {
            // a character can also be written as its number
            Some(code) => code.extend(text.chars().map(character)),
            None => self.text.push_str(&escape(text)),
        }
    }

    fn start_tag(&mut self, tag: &StartTag<usize>, source: &str) {
        let name = name(&tag.name);
        if self.code.is_some() {
            return self.within_code(&name, source);
        }
        let start = self.text.len();
        let inline = |mark| Some(Kind::Emphasis(mark, start, source.to_owned()));
        let kind = match name.as_str() {
            "b" | "strong" => inline("**"),
            "i" | "em" | "var" | "cite" | "dfn" => inline("*"),
            "code" | "kbd" | "samp" | "tt" => {
                self.code = Some(String::new());
                Some(Kind::Code(start, source.to_owned()))
            }
            "a" => {
                let target = tag.attributes.get(&b"href"[..]);
                let target = target.map_or_else(String::new, |target| String::from_utf8_lossy(target).into_owned());
                let is_first = self.link.is_none();
                if is_first {
                    self.start_link(&CowStr::from(target));
                }
                (is_first && self.link.is_some()).then_some(Kind::Link)
            }
            "br" => return self.break_line(),
            "img" => return self.describe_image(tag),
            "span" | "u" | "ins" | "small" | "font" | "big" | "sup" | "sub" | "mark" | "abbr" | "wbr" => return,
            _ if self.cell => return self.block_in_cell(&name, source),
            _ => self.start_element(&name, source),
        };
        if let Some(kind) = kind {
            self.html.push(Open { name, kind });
        }
    }

    /// The start of an element that is more than a part of a line.
    fn start_element(&mut self, name: &str, source: &str) -> Option<Kind> {
        let kind = match name {
            "ul" | "ol" | "menu" => Kind::List,
            "li" => Kind::Item,
            "pre" => Kind::Preformatted,
            "blockquote" => Kind::Quote,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
            "table" => Kind::Table(None),
            "tr" => Kind::Row,
            "td" | "th" => Kind::Cell,
            _ if is_element(name) => Kind::Block,
            _ => {
                self.words(source);
                return None;
            }
        };
        // an item, a row and a cell end the one before them
        match kind {
            Kind::Item => self.end_until("li", &["ul", "ol", "menu"]),
            Kind::Row => self.end_until("tr", &["table"]),
            Kind::Cell => self.end_until(name, &["tr"]),
            _ => {}
        }
        self.end_block();
        let open = &self.html[self.floor()..];
        let is_within = |wanted: fn(&Kind) -> bool| open.iter().any(|open| wanted(&open.kind));
        let stands = match kind {
            Kind::Item => is_within(|kind| matches!(kind, Kind::List)),
            Kind::Row => is_within(|kind| matches!(kind, Kind::Table(_))),
            Kind::Cell => open.last().is_some_and(|open| matches!(open.kind, Kind::Row)),
            _ => true,
        };
        let kind = if stands { kind } else { Kind::Block };
        match kind {
            Kind::List => self.lists.push(((name == "ol").then_some(1), false)),
            Kind::Item => self.start_item(),
            Kind::Preformatted => self.code = Some(String::new()),
            Kind::Quote => self.prefixes.push("> ".to_owned()),
            Kind::Heading => self.start_heading(matches!(name, "h1" | "h2")),
            Kind::Cell => self.cell = true,
            _ => {}
        }
        // which have no content
        (name != "hr").then_some(kind)
    }

    /// A tag between the tags of code, of which only a line break means something.
    fn within_code(&mut self, name: &str, source: &str) {
        let known = matches!(name, "b" | "strong" | "i" | "em" | "a" | "span" | "code" | "var" | "u");
        match name {
            "br" => self.words("\n"),
            _ if known => {}
            _ => self.words(source),
        }
    }

    fn end_tag(&mut self, name: &str, source: &str) {
        let floor = self.floor();
        let known = self.html[floor..].iter().rposition(|open| open.name == name);
        match known {
            Some(index) => {
                while self.html.len() > floor + index + 1 {
                    self.end_last(false);
                }
                self.end_last(true);
            }
            None if self.code.is_some() => self.within_code(name, source),
            None if name == "br" => self.break_line(),
            None if name == "p" && !self.cell => self.end_block(),
            None if is_element(name) => {}
            None => self.words(source),
        }
    }

    /// Ends the elements down to the one of this name, if one is open within the nearest of `borders`.
    fn end_until(&mut self, name: &str, borders: &[&str]) {
        let cells = ["td", "th"];
        let same = |open: &Open| open.name == name || cells.contains(&name) && cells.contains(&open.name.as_str());
        let floor = self.floor();
        let nearest = self.html[floor..]
            .iter()
            .rposition(|open| same(open) || borders.contains(&open.name.as_str()));
        if let Some(index) = nearest.filter(|index| same(&self.html[floor + index])) {
            while self.html.len() > floor + index {
                self.end_last(false);
            }
        }
    }

    /// Ends the inline elements that are open: no element goes on in the next block.
    pub(super) fn end_inline(&mut self) {
        while self.html.len() > self.floor() && self.html.last().is_some_and(|open| open.kind.is_inline()) {
            self.end_last(false);
        }
    }

    /// Ends the code that HTML has begun, and what is in it.
    pub(super) fn end_html_code(&mut self) {
        while self.code.is_some() && self.html.len() > self.floor() {
            self.end_last(false);
        }
    }

    /// Ends the elements that were begun since there were only so many.
    pub(super) fn end_html(&mut self, floor: usize) {
        while self.html.len() > floor {
            self.end_last(false);
        }
    }

    /// Ends the innermost element. `properly` says whether its end tag stands here.
    fn end_last(&mut self, properly: bool) {
        let Some(Open { kind, .. }) = self.html.pop() else {
            return;
        };
        match kind {
            Kind::Emphasis(mark, start, _) if properly => self.emphasize(start, mark),
            Kind::Emphasis(_, start, tag) => self.text.insert_str(self.place(start), &escape(&tag)),
            Kind::Code(start, tag) => {
                let code = self.code.take().unwrap_or_default();
                let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
                match properly {
                    true if words.is_empty() => {}
                    true => self.inline_code(&words),
                    false => {
                        let text = format!("{}{}", escape(&tag), escape(&code));
                        self.text.insert_str(self.place(start), &text);
                    }
                }
            }
            Kind::Link => self.end_link(),
            Kind::Preformatted => {
                let code = self.code.take().unwrap_or_default();
                self.code = Some(code.trim_matches('\n').to_owned()).filter(|code| !code.is_empty());
                self.end_code();
            }
            Kind::List => {
                self.end_block();
                self.lists.pop();
                self.blank();
            }
            Kind::Item => self.finish_item(),
            Kind::Quote => self.finish_quote(),
            Kind::Heading => {
                if self.text.ends_with(UNBREAKABLE) {
                    self.text.clear();
                }
                self.end_block();
            }
            Kind::Block => self.end_block(),
            Kind::Cell => self.finish_cell(),
            Kind::Row => self.finish_row(),
            Kind::Table(_) => self.blank(),
        }
    }

    fn finish_row(&mut self) {
        let columns = self.html.iter_mut().rev().find_map(|open| match &mut open.kind {
            Kind::Table(columns) => Some(columns),
            _ => None,
        });
        match columns {
            Some(columns) if !self.row.is_empty() => match *columns {
                None => {
                    *columns = Some(self.row.len());
                    self.end_head();
                }
                Some(columns) => {
                    // cells beyond the columns would not be shown
                    let last = self
                        .row
                        .split_off(columns.min(self.row.len()).saturating_sub(1))
                        .join(" ");
                    self.row.push(last);
                    self.end_row();
                }
            },
            _ => {}
        }
    }

    /// Where something was begun, in the text of the open block.
    fn place(&self, start: usize) -> usize {
        match self.text.is_char_boundary(start) {
            true => start,
            false => self.text.len(),
        }
    }

    /// A block where there is only one line.
    fn block_in_cell(&mut self, name: &str, source: &str) {
        match is_element(name) {
            true => self.text.push(' '),
            false => self.words(source),
        }
    }

    fn break_line(&mut self) {
        self.text.push(if self.cell { ' ' } else { '\n' });
    }

    fn describe_image(&mut self, tag: &StartTag<usize>) {
        if let Some(text) = tag.attributes.get(&b"alt"[..]) {
            self.words(&String::from_utf8_lossy(text));
        }
    }

    /// Puts marks around what was written since. They stand next to a word, or they would be characters of the text.
    fn emphasize(&mut self, start: usize, mark: &str) {
        let inner = self.text.split_off(self.place(start));
        let words = inner.trim_matches([' ', '\n']);
        let open = inner.len() - inner.trim_start_matches([' ', '\n']).len();
        self.text.push_str(&inner[..open]);
        let after = words.trim_end_matches(['.', ',', ':', ';']);
        let joined = self.text.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let rest = &inner[open + after.len()..];
        match after.is_empty() || joined || after.ends_with('\\') {
            true => self.text.push_str(after),
            false => {
                self.text.push_str(mark);
                self.text.push_str(after);
                self.text.push_str(mark);
            }
        }
        self.text.push_str(rest);
    }
}

fn name(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// Whether a name is one of an element that is not shown as text.
fn is_element(name: &str) -> bool {
    const NAMES: &str = " a abbr article aside b big blockquote body br caption center cite code dd details dfn div dl dt em \
        figure font footer h1 h2 h3 h4 h5 h6 header hr html i img ins kbd li mark menu ol p pre samp section small span strong \
        sub summary sup table tbody td tfoot th thead tr tt u ul var wbr ";
    NAMES.contains(&format!(" {name} "))
}
