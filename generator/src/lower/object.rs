//! Objects with known members -> [`Struct`]: properties of all schemas that hold, each with the meaning they share.

use indexmap::IndexMap;

use super::view::View;
use super::{Lower, Site};
use crate::ir::{Field, Primitive, Root, Step, Struct, TypeId, TypeRef};
use crate::parse::Node;

impl<'d> Lower<'d, '_> {
    pub(super) fn object(&mut self, id: TypeId, view: &View<'d>) -> Struct {
        self.note_open_hierarchy(view);
        let site = Site::root(Root::Type(id));
        let mut required: Vec<&str> = Vec::new();
        let mut properties: IndexMap<&'d str, Vec<Node<'d>>> = IndexMap::new();
        for facet in &view.facets {
            required.extend(&facet.keywords.required);
            for (name, node) in facet.keywords.properties.iter().flat_map(Node::members) {
                properties.entry(name).or_default().push(node);
            }
        }
        let fields = properties
            .into_iter()
            .map(|(name, nodes)| self.field(name, &nodes, required.contains(&name), &site))
            .collect();
        Struct {
            fields,
            extra: self.extra(view, &site),
        }
    }

    fn field(&mut self, name: &str, nodes: &[Node<'d>], required: bool, site: &Site) -> Field {
        let view = self.view(nodes);
        let docs = self.docs(&view);
        let flag =
            |read: fn(&crate::parse::Keywords<'d>) -> bool| view.facets.iter().any(|facet| read(&facet.keywords));
        let read_only = flag(|keywords| keywords.read_only);
        let write_only = flag(|keywords| keywords.write_only);
        let default = view.facets.iter().rev().find_map(|facet| facet.keywords.default);
        let mut slot = self.view_slot(view, &site.step(Step::Field(name.to_owned())));
        if write_only && slot.ty == TypeRef::Primitive(Primitive::String) {
            // Text that is only ever sent is a secret more often than not.
            slot.ty = TypeRef::Primitive(Primitive::Secret);
        }
        Field {
            wire: name.to_owned(),
            required,
            read_only,
            write_only,
            docs,
            default: default.cloned(),
            slot,
        }
    }
}
