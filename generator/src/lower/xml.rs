//! XML Objects -> [`Xml`].

use serde_json::Value;

use super::context::Lower;
use super::view::View;
use crate::diagnostic::Code;
use crate::document::Version;
use crate::ir::{NodeType, Slot, TypeRef, Xml};
use crate::parse::{Node, Type};

const HELP: &str = "`xml: { name: … }` on the schema names it; without, the one member of an object is it, and other \
     objects are called as their types";

impl<'d> Lower<'d, '_> {
    /// What the schemas of a view say about XML themselves, those that stand further outside first.
    pub(super) fn xml(&mut self, view: &View<'d>) -> Option<Box<Xml>> {
        let mut xml = Xml::default();
        for facet in &view.facets {
            if let Some(object) = &facet.keywords.xml {
                let own = self.xml_object(object, facet.keywords.describes_array());
                if xml.name.is_none() && own.name.is_some() {
                    xml.names_array = own.names_array;
                }
                xml.name = xml.name.or(own.name);
                xml.namespace = xml.namespace.or(own.namespace);
                xml.prefix = xml.prefix.or(own.prefix);
                xml.node_type = xml.node_type.or(own.node_type);
                xml.wrapped = xml.wrapped.or(own.wrapped);
            }
        }
        if self.version >= Version::OpenApi32 {
            xml.component = self.sole_reference(view).and_then(component);
        }
        (xml != Xml::default()).then(|| Box::new(xml))
    }

    fn xml_object(&mut self, object: &Node<'d>, beside_array: bool) -> Xml {
        let mut xml = Xml {
            names_array: beside_array,
            ..Xml::default()
        };
        for (key, node) in object.members() {
            if let Err(expected) = set(&mut xml, key, node.value) {
                let message = format!("`{key}` must be {expected}; ignored");
                self.diagnostics.report(Code::Invalid, &node.at, message);
            }
        }
        xml
    }

    /// Whether the schema of an XML body says no more than that it is text, so that it is taken as it comes.
    pub(super) fn is_bare_text(&mut self, schema: Option<&Node<'d>>) -> bool {
        let Some(schema) = schema else { return true };
        let mut view = self.view(std::slice::from_ref(schema));
        self.expand(&mut view);
        let named = view.facets.iter().any(|facet| facet.keywords.xml.is_some());
        let text = self.types(&view) == [Type::String] || view.constraints().next().is_none();
        !named && text && view.choices.is_empty() && !view.broken
    }

    /// Says so when the outermost element of a body that is sent has no name.
    pub(super) fn check_root_name(&mut self, slot: &Slot, schema: &Node<'d>) {
        let own = slot.xml.as_ref().is_some_and(|xml| xml.name.is_some());
        let target = schema.reference().is_some() || matches!(&slot.ty, TypeRef::Named(id) if self.is_component(*id));
        if own || target {
            return;
        }
        let message = "the root element of this XML body has no name";
        let report = self.diagnostics.report(Code::Invalid, &schema.at, message);
        report.help = Some(HELP.to_owned());
    }

    fn is_component(&self, id: crate::ir::TypeId) -> bool {
        self.definitions.values().any(|definition| definition.id == id)
    }
}

/// Takes over one member of an XML Object; otherwise what it should be.
fn set(xml: &mut Xml, key: &str, value: &Value) -> Result<(), &'static str> {
    let flag = || value.as_bool().ok_or("`true` or `false`");
    let text = || value.as_str().filter(|text| !text.is_empty());
    let name = || text().filter(|name| is_name(name)).ok_or("an XML name");
    match key {
        "name" => xml.name = Some(name()?.to_owned()),
        "namespace" => xml.namespace = Some(text().ok_or("an IRI")?.to_owned()),
        "prefix" => xml.prefix = Some(name()?.to_owned()),
        "wrapped" => xml.wrapped = Some(flag()?),
        "attribute" if flag()? => xml.node_type = Some(NodeType::Attribute),
        "nodeType" => {
            let node_type = text().and_then(NodeType::named);
            xml.node_type = Some(node_type.ok_or("`element`, `attribute`, `text`, `cdata` or `none`")?);
        }
        _ => {}
    }
    Ok(())
}

/// The name of the component that a reference leads to.
fn component(reference: &Node<'_>) -> Option<String> {
    let name = reference.reference()?.trim().strip_prefix("#/components/schemas/")?;
    is_name(name).then(|| name.to_owned())
}

/// XML 1.0, section 2.3, as far as it keeps a name apart from what is around it.
fn is_name(name: &str) -> bool {
    let begins = |first: char| first.is_alphabetic() || first == '_';
    let continues = |next: char| next.is_alphanumeric() || "_-.:".contains(next);
    name.starts_with(begins) && name.chars().all(continues)
}
