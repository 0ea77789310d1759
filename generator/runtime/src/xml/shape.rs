//! What a document says about the XML of its schemas, as constants that generated code is made of.

/// A value, and the node of an XML document that it is.
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

    /// An element; without a name it is called as the place it stands in.
    pub const fn element(name: &'static str, shape: Shape) -> Self {
        Self::new(Place::Element, name, shape)
    }

    /// Character data.
    pub const fn text(shape: Shape) -> Self {
        Self::new(Place::Text, "", shape)
    }

    /// A CDATA section.
    pub const fn cdata(shape: Shape) -> Self {
        Self::new(Place::Cdata, "", shape)
    }

    /// No node of its own: what the value holds stands in its place.
    pub const fn none(shape: Shape) -> Self {
        Self::new(Place::None, "", shape)
    }

    /// `namespace`, and the `prefix` that names have for it; one of them may be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self {
            namespace,
            prefix,
            ..self
        }
    }
}

/// What a node holds.
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
    /// A string.
    pub const TEXT: Self = Self(Kind::Text);
    /// A string without blanks around it, such as a date; there is none in an empty element.
    pub const TOKEN: Self = Self(Kind::Token);
    /// A number.
    pub const NUMBER: Self = Self(Kind::Number);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self(Kind::Boolean);
    /// Any value: text, or an object of the elements by their names. Attributes are members whose names begin with `@`,
    /// and text beside them is the member `#text`.
    pub const ANY: Self = Self(Kind::Any);

    /// What another node holds.
    pub const fn of(node: &'static Node) -> Self {
        Self(Kind::Of(node))
    }

    /// An object.
    pub const fn object(members: &'static [Member]) -> Self {
        Self(Kind::Object(members, None))
    }

    /// An object that has other members beside these, one element each.
    pub const fn open_object(members: &'static [Member], others: &'static Node) -> Self {
        Self(Kind::Object(members, Some(others)))
    }

    /// An object with an element for each of its members.
    pub const fn map(value: &'static Node) -> Self {
        Self(Kind::Object(&[], Some(value)))
    }

    /// An array.
    pub const fn list(item: &'static Node) -> Self {
        Self(Kind::List(item))
    }

    /// An array whose elements have their places.
    pub const fn tuple(places: &'static [Node]) -> Self {
        Self(Kind::Tuple(places))
    }

    /// One of several schemas: the one that knows most of what is there.
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

/// A member of an object.
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

    /// A member that is an element of its own name.
    pub const fn element(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Element, property, shape)
    }

    /// A member that is an attribute of its own name.
    pub const fn attribute(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Attribute, property, shape)
    }

    /// A member that is the character data of the object.
    pub const fn text(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Text, property, shape)
    }

    /// A member that is a CDATA section.
    pub const fn cdata(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::Cdata, property, shape)
    }

    /// A member without a node of its own, such as an array that is not wrapped.
    pub const fn none(property: &'static str, shape: Shape) -> Self {
        Self::new(Place::None, property, shape)
    }

    /// `name`.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self {
            node: Node { name, ..self.node },
            ..self
        }
    }

    /// `namespace`, and the `prefix` that the name has for it; one of them may be empty.
    #[must_use]
    pub const fn namespace(self, namespace: &'static str, prefix: &'static str) -> Self {
        Self {
            node: self.node.namespace(namespace, prefix),
            ..self
        }
    }

    /// It must be there, so that where nothing stands for it, it is an empty array or an empty text.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
