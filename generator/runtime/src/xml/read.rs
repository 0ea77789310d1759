//! Elements -> the JSON text of a model. What a model does not know is passed over; what is not as it should be is left
//! to the model to refuse, which knows better what it wanted.

use std::collections::BTreeMap;

use super::fit;
use super::shape::{Kind, MOST_IDLE, Member, Node, Place, Shape, local};
use super::tree::{Content, Element, is_blank};

/// The JSON text for a whole document.
pub(super) fn document(root: Element, node: &Node) -> String {
    let mut reader = Reader { json: String::new() };
    let sole = sole_name(node);
    if sole.is_some_and(|name| name == root.name) || root_is_item(node, &root) {
        let document = Element {
            nodes: vec![Content::Element(root)],
            ..Element::default()
        };
        reader.value(&document, node.shape, "", 0);
    } else {
        reader.value(&root, node.shape, "", 0);
    }
    reader.json
}

/// The name of the one member that is the outermost element, where the schema has no element of its own.
fn sole_name(node: &Node) -> Option<&'static str> {
    match (node.place, node.shape.kind()) {
        (Place::None, Kind::Object([only], None)) => Some(local(only.node.name)),
        _ => None,
    }
}

/// Whether an array came as its one item alone, without an element around it.
fn root_is_item(node: &Node, root: &Element) -> bool {
    match node.shape.kind() {
        Kind::List(item) => {
            let name = local(item.name);
            !name.is_empty() && name == root.name && !root.elements().any(|inner| inner.name == name)
        }
        _ => false,
    }
}

/// The elements inside an element by their names.
type Index<'e> = BTreeMap<&'e str, Vec<&'e Element>>;

fn index(element: &Element) -> Index<'_> {
    let mut index = Index::new();
    for inner in element.elements() {
        index.entry(inner.name.as_str()).or_default().push(inner);
    }
    index
}

struct Reader {
    json: String,
}

impl Reader {
    /// What an element holds. `name` is that of its place, for items that have none; where the place has none either,
    /// every element is an item. `idle` counts the values since the last element.
    fn value(&mut self, element: &Element, shape: Shape, name: &str, idle: u8) {
        if element.nil || idle > MOST_IDLE {
            return self.json.push_str("null");
        }
        match shape.kind() {
            Kind::Object(members, others) => self.object(element, members, others, idle),
            Kind::List(item) => {
                let items = self.items(&index(element), element, item, name);
                self.list(&items, item.shape, name);
            }
            Kind::Tuple(places) => self.tuple(element, places),
            Kind::OneOf(branches) => {
                let shape = fit::for_element(element, branches).map_or(Shape::ANY, |branch| branch.shape);
                self.value(element, shape, name, idle + 1);
            }
            Kind::Any | Kind::Of(_) => self.any(element),
            Kind::Text | Kind::Token | Kind::Number | Kind::Boolean => self.scalar(&element.text(), shape),
        }
    }

    /// Text as what it is to a model. Text that is no number stays text, which the model refuses with its value.
    fn scalar(&mut self, text: &str, shape: Shape) {
        let word = text.trim();
        match shape.kind() {
            Kind::Token | Kind::Number | Kind::Boolean if word.is_empty() => self.json.push_str("null"),
            Kind::Token => self.string(word),
            Kind::Number => match fit::number(word) {
                Some(number) => self.json.push_str(&number),
                None => self.string(word),
            },
            Kind::Boolean => match word {
                "true" | "1" => self.json.push_str("true"),
                "false" | "0" => self.json.push_str("false"),
                other => self.string(other),
            },
            // A list in an attribute, whose items stand apart (XML Schema, "List datatypes").
            Kind::List(item) => {
                self.json.push('[');
                for (index, item_text) in text.split_ascii_whitespace().enumerate() {
                    self.comma(index);
                    self.scalar(item_text, item.shape);
                }
                self.json.push(']');
            }
            Kind::OneOf(branches) => match fit::for_text(word, branches) {
                Some(branch) => self.scalar(text, branch.shape),
                None => self.string(text),
            },
            _ => self.string(text),
        }
    }

    fn object(&mut self, element: &Element, members: &[Member], others: Option<&Node>, idle: u8) {
        let index = index(element);
        let mut count = 0;
        self.json.push('{');
        for member in members {
            let before = self.json.len();
            self.comma(count);
            self.string(member.property);
            self.json.push(':');
            if self.member(element, &index, member, idle) {
                count += 1;
            } else {
                self.json.truncate(before);
            }
        }
        if let Some(value) = others {
            let known = known_names(members, idle);
            for (name, elements) in index.iter().filter(|(name, _)| !known.contains(*name)) {
                self.comma(count);
                count += 1;
                self.string(name);
                self.json.push(':');
                self.several(elements, value, name);
            }
        }
        self.json.push('}');
    }

    /// The value of a member; `false` if there is none.
    fn member(&mut self, element: &Element, index: &Index<'_>, member: &Member, idle: u8) -> bool {
        let Node { place, name, shape, .. } = member.node;
        match place {
            Place::Element => match index.get(local(name)) {
                Some(elements) => self.several(elements, &member.node, local(name)),
                // Said to be an element, and sent as an attribute.
                None => match element.attribute(local(name)).filter(|_| shape.is_scalar()) {
                    Some(text) => self.scalar(text, shape),
                    None => return false,
                },
            },
            Place::Attribute => match element.attribute(local(name)) {
                Some(text) => self.scalar(text, shape),
                None => return false,
            },
            Place::Text | Place::Cdata => {
                let text = element.text();
                if text.is_empty() && !member.required {
                    return false;
                }
                self.scalar(&text, shape);
            }
            Place::None => match shape.kind() {
                Kind::List(item) => return self.unwrapped(element, index, member, item),
                _ => self.value(element, shape, name, idle + 1),
            },
        }
        true
    }

    /// The items of an array that is not wrapped. Servers wrap arrays that the document forgets to say so of: where no
    /// item is found, an element of the name of the array is taken for what it is wrapped in.
    fn unwrapped(&mut self, element: &Element, index: &Index<'_>, member: &Member, item: &Node) -> bool {
        let name = local(member.node.name);
        let items = self.items(index, element, item, name);
        let wrapper = index.get(name).and_then(|elements| elements.last());
        match wrapper.filter(|_| items.is_empty()) {
            Some(wrapper) => self.value(wrapper, member.node.shape, name, 0),
            None if items.is_empty() && !member.required => return false,
            None => self.list(&items, item.shape, name),
        }
        true
    }

    /// What stands for the items of an array.
    fn items<'e>(&self, index: &Index<'e>, element: &'e Element, item: &Node, name: &str) -> Vec<Item<'e>> {
        match item.place {
            Place::Text | Place::Cdata => element.nodes.iter().filter_map(Item::of_text).collect(),
            Place::Element | Place::Attribute | Place::None => {
                let name = if item.name.is_empty() { name } else { local(item.name) };
                if name.is_empty() {
                    return element.elements().map(Item::Element).collect();
                }
                let elements = index.get(name).into_iter().flatten();
                elements.map(|element| Item::Element(element)).collect()
            }
        }
    }

    fn list(&mut self, items: &[Item<'_>], shape: Shape, name: &str) {
        self.json.push('[');
        for (index, item) in items.iter().enumerate() {
            self.comma(index);
            match item {
                Item::Element(element) => self.value(element, shape, name, 0),
                Item::Text(text) => self.scalar(text, shape),
            }
        }
        self.json.push(']');
    }

    /// Elements and texts in the order of their places; what is left out is `null`.
    fn tuple(&mut self, element: &Element, places: &[Node]) {
        let mut nodes = element.nodes.iter().peekable();
        self.json.push('[');
        for (position, place) in places.iter().enumerate() {
            self.comma(position);
            let is_text = matches!(place.place, Place::Text | Place::Cdata);
            let name = local(place.name);
            let found = nodes.clone().position(|node| match node {
                Content::Element(inner) => !is_text && (name.is_empty() || inner.name == name),
                Content::Text(text) => is_text && !is_blank(text),
                Content::Cdata(_) => is_text,
            });
            match found.and_then(|found| nodes.nth(found)) {
                Some(Content::Element(inner)) => self.value(inner, place.shape, &inner.name, 0),
                Some(Content::Text(text) | Content::Cdata(text)) => self.scalar(text, place.shape),
                None if is_text => self.scalar("", place.shape),
                None => self.json.push_str("null"),
            }
        }
        self.json.push(']');
    }

    /// The elements of one name. Of several the last one counts, unless they are an array.
    fn several(&mut self, elements: &[&Element], value: &Node, name: &str) {
        match (value.shape.kind(), value.place, elements) {
            (Kind::List(item), Place::None, _) => {
                let items: Vec<Item<'_>> = elements.iter().map(|element| Item::Element(element)).collect();
                self.list(&items, item.shape, name);
            }
            (Kind::Any, _, [_, _, ..]) => {
                let items: Vec<Item<'_>> = elements.iter().map(|element| Item::Element(element)).collect();
                self.list(&items, Shape::ANY, name);
            }
            (_, _, [.., last]) => self.value(last, value.shape, name, 0),
            (_, _, []) => self.json.push_str("null"),
        }
    }

    fn any(&mut self, element: &Element) {
        let text = element.text();
        if element.attributes.is_empty() && !element.has_elements() {
            return self.string(&text);
        }
        self.json.push('{');
        let mut count = 0;
        for (name, value) in &element.attributes {
            self.comma(count);
            count += 1;
            self.string(&format!("@{name}"));
            self.json.push(':');
            self.string(value);
        }
        for (name, elements) in index(element) {
            self.comma(count);
            count += 1;
            self.string(name);
            self.json.push(':');
            self.several(&elements, &Node::element("", Shape::ANY), name);
        }
        if !is_blank(&text) {
            self.comma(count);
            self.json.push_str("\"#text\":");
            self.string(&text);
        }
        self.json.push('}');
    }

    fn comma(&mut self, before: usize) {
        if before > 0 {
            self.json.push(',');
        }
    }

    fn string(&mut self, text: &str) {
        // text is always written
        let written = serde_json::to_string(text).unwrap_or_default();
        self.json.push_str(&written);
    }
}

/// What stands for an item of an array.
enum Item<'e> {
    Element(&'e Element),
    Text(&'e str),
}

impl<'e> Item<'e> {
    fn of_text(node: &'e Content) -> Option<Self> {
        match node {
            Content::Text(text) if is_blank(text) => None,
            Content::Text(text) | Content::Cdata(text) => Some(Self::Text(text)),
            Content::Element(_) => None,
        }
    }
}

/// The names of the elements that members are.
fn known_names(members: &[Member], idle: u8) -> Vec<&'static str> {
    let mut names = Vec::new();
    if idle > MOST_IDLE {
        return names;
    }
    for member in members {
        match member.node.place {
            Place::Element => names.push(local(member.node.name)),
            Place::None => match member.node.shape.kind() {
                Kind::List(item) => {
                    names.push(local(member.node.name));
                    names.push(local(item.name));
                }
                Kind::Object(inner, _) => names.extend(known_names(inner, idle + 1)),
                _ => {}
            },
            Place::Attribute | Place::Text | Place::Cdata => {}
        }
    }
    names
}
