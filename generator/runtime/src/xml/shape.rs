//! XML mappings of schemas, as constants in generated code.

/// Mapping of a value to a node of an XML document (OpenAPI XML Object).
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub(super) place: Place,
    /// Empty where the node is called as the place it stands in.
    pub(super) name: &'static str,
    pub(super) namespace: &'static str,
    pub(super) prefix: &'static str,
    pub(super) shape: Shape,
}

/// `nodeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Element,
    Attribute,
    Text,
    Cdata,
    /// The nodes of the value stand where its own would.
    None,
}

impl Node {
    const fn new(place: Place, name: &'static str, shape: Shape) -> Self {
        Self {
            place,
            name,
            namespace: "",
            prefix: "",
            shape,
        }
    }

    /// Maps to an element. An empty name means the name given by the parent.
    pub const fn element(name: &'static str, shape: Shape) -> Self {
        Self::new(Place::Element, name, shape)
    }

    /// Maps to character data.
    pub const fn text(shape: Shape) -> Self {
        Self::new(Place::Text, "", shape)
    }

    /// Maps to a CDATA section.
    pub const fn cdata(shape: Shape) -> Self {
        Self::new(Place::Cdata, "", shape)
    }

    /// Maps to no node: the content is placed in the parent.
    pub const fn none(shape: Shape) -> Self {
        Self::new(Place::None, "", shape)
    }

    /// Sets the namespace and its prefix; one of them may be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self {
            namespace,
            prefix,
            ..self
        }
    }
}

/// Structure of the content of a node.
#[derive(Clone, Copy, Debug)]
pub struct Shape(pub(super) Kind);

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Token,
    Number,
    Boolean,
    Any,
    /// What another node holds.
    Of(&'static Node),
    Object(&'static [Member], Option<&'static Node>),
    List(&'static Node),
    Tuple(&'static [Node]),
    OneOf(&'static [Node]),
}

impl Shape {
    /// String.
    pub const TEXT: Self = Self(Kind::Text);
    /// String without surrounding whitespace, such as a date. An empty element has no value.
    pub const TOKEN: Self = Self(Kind::Token);
    /// Number.
    pub const NUMBER: Self = Self(Kind::Number);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self(Kind::Boolean);
    /// Any value: text, or an object of the elements by name. Attributes are members whose names begin with `@`, and
    /// text beside them is the member `#text`.
    pub const ANY: Self = Self(Kind::Any);

    /// Content of another node.
    pub const fn of(node: &'static Node) -> Self {
        Self(Kind::Of(node))
    }

    /// Object with these members.
    pub const fn object(members: &'static [Member]) -> Self {
        Self(Kind::Object(members, None))
    }

    /// Object with these members and additional ones, one element each.
    pub const fn open_object(members: &'static [Member], others: &'static Node) -> Self {
        Self(Kind::Object(members, Some(others)))
    }

    /// Object with an element for each of its members.
    pub const fn map(value: &'static Node) -> Self {
        Self(Kind::Object(&[], Some(value)))
    }

    /// Array.
    pub const fn list(item: &'static Node) -> Self {
        Self(Kind::List(item))
    }

    /// Array with a schema for each position.
    pub const fn tuple(places: &'static [Node]) -> Self {
        Self(Kind::Tuple(places))
    }

    /// One of several schemas: the one that declares most of the content.
    pub const fn one_of(branches: &'static [Node]) -> Self {
        Self(Kind::OneOf(branches))
    }

    /// What this is once references are followed.
    pub(super) fn kind(self) -> Kind {
        let mut kind = self.0;
        for _ in 0..MOST_REFERENCES {
            match kind {
                Kind::Of(node) => kind = node.shape.0,
                other => return other,
            }
        }
        Kind::Any
    }

    /// Whether this is written as text alone.
    pub(super) fn is_scalar(self) -> bool {
        matches!(self.kind(), Kind::Text | Kind::Token | Kind::Number | Kind::Boolean)
    }
}

/// References to references; only those that lead in a circle are longer.
const MOST_REFERENCES: usize = 16;

/// How often a value may be part of another one without a node between them; only what contains itself is deeper.
pub(super) const MOST_IDLE: u8 = 16;

/// Member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(super) property: &'static str,
    pub(super) node: Node,
    pub(super) required: bool,
}

impl Member {
    const fn new(place: Place, property: &'static str, shape: Shape) -> Self {
        Self {
            property,
            node: Node::new(place, property, shape),
            required: false,
        }
    }

    /// Maps the member to an element of the same name.
    pub const fn element(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Element, property, shape)
    }

    /// Maps the member to an attribute of the same name.
    pub const fn attribute(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Attribute, property, shape)
    }

    /// Maps the member to the character data of the object.
    pub const fn text(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Text, property, shape)
    }

    /// Maps the member to a CDATA section.
    pub const fn cdata(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Cdata, property, shape)
    }

    /// Maps the member to no node of its own, such as an array that is not wrapped.
    pub const fn none(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::None, property, shape)
    }

    /// Sets the XML name.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self {
            node: Node { name, ..self.node },
            ..self
        }
    }

    /// Sets the namespace and its prefix; one of them may be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self {
            node: self.node.namespace(namespace, prefix),
            ..self
        }
    }

    /// Marks the member as required: if it is missing in the document, it is an empty array or an empty string.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
