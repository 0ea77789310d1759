//! Properties of a response that matter for pagination.

use serde_json::Value;

use super::call::Call;
use super::words::{BESIDE, FRAMES, ITEMS, LINKS, TELLS, WRAPPERS, is_one, plain};
use crate::ir::{Field, Primitive, Shape, Slot, Struct, TypeId, TypeRef};

/// How deep what is said about pages lies at most.
const DEEPEST_MEMBER: usize = 3;

/// More members than this are not looked at.
const MOST_MEMBERS: usize = 300;

/// A single value in a response.
pub(super) struct Member<'a> {
    pub(super) pointer: String,
    /// The names of the members that lead to it, its own last, as they are compared.
    pub(super) way: Vec<String>,
    pub(super) primitive: Primitive,
    /// The description, in small letters.
    pub(super) text: String,
    pub(super) format: Option<&'a str>,
}

impl Member<'_> {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        self.way.last().is_some_and(|name| words.contains(&name.as_str()))
    }

    pub(super) fn is_number(&self) -> bool {
        use Primitive::{F64, I32, I64, I128, U32, U64};
        matches!(self.primitive, I32 | I64 | U32 | U64 | I128 | F64)
    }
}

impl<'a> Call<'a> {
    /// The single values of an object and of what frames others in it.
    pub(super) fn members(self, output: &'a Slot) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        self.collect(&output.ty, "", &[], &mut members);
        members
    }

    fn collect(self, ty: &TypeRef, pointer: &str, way: &[String], members: &mut Vec<Member<'a>>) {
        let Some((id, object)) = self.object(ty) else {
            return;
        };
        for field in &object.fields {
            let pointer = format!("{pointer}/{}", escaped(&field.wire));
            let mut way = way.to_vec();
            way.push(plain(&field.wire));
            if members.len() == MOST_MEMBERS {
                return;
            }
            let primitive = self.primitive(&field.slot).or_else(|| self.link(field, &way));
            match primitive {
                Some(primitive) => members.push(Member {
                    pointer,
                    way,
                    primitive,
                    text: field.docs.description.to_lowercase(),
                    format: self.format(id, field),
                }),
                None if way.len() < DEEPEST_MEMBER && is_one(&field.wire, &FRAMES) => {
                    self.collect(&field.slot.ty, &pointer, &way, members);
                }
                None => {}
            }
        }
    }

    /// A link of JSON:API is a URL or an object with one; it counts as the URL.
    fn link(self, field: &Field, way: &[String]) -> Option<Primitive> {
        let [.., before, name] = way else { return None };
        let TypeRef::Named(id) = self.api.types.resolve(&field.slot.ty) else {
            return None;
        };
        let Shape::Union(union) = &self.api.types[*id].shape else {
            return None;
        };
        let is_text = |slot: &Slot| self.primitive(slot) == Some(Primitive::String);
        let has_text = union
            .variants
            .iter()
            .filter_map(|variant| variant.slot.as_ref())
            .any(is_text);
        (name == "next" && LINKS.contains(&before.as_str()) && has_text).then_some(Primitive::String)
    }

    /// The `format` of a member, which its type no longer has.
    fn format(self, id: TypeId, field: &Field) -> Option<&'a str> {
        let schema = self.root.pointer(self.api.types[id].origin.as_str())?;
        let own = self.keyword_of(schema, "properties")?.get(&field.wire)?;
        self.keyword_of(own, "format").and_then(Value::as_str)
    }

    /// The way to the array of items, when there is no doubt which it is. If it is `certain` that the response is a page,
    /// they are in its only array.
    pub(super) fn items(self, output: &'a Slot, certain: bool) -> Option<Vec<(TypeId, usize)>> {
        if matches!(self.api.types.resolve(&output.ty), TypeRef::List(_)) {
            return Some(Vec::new());
        }
        let (id, object) = self.object(&output.ty)?;
        if let Some(index) = self.array(object, false) {
            return Some(vec![(id, index)]);
        }
        let is_wrapper = |field: &Field| is_one(&field.wire, &WRAPPERS);
        let mut wrapped = (0..object.fields.len()).filter_map(|index| {
            let field = object.fields.get(index).filter(|field| is_wrapper(field))?;
            let (inner, below) = self.object(&field.slot.ty)?;
            Some(vec![(id, index), (inner, self.array(below, certain)?)])
        });
        match (wrapped.next(), wrapped.next()) {
            (Some(way), None) => Some(way),
            (None, _) if certain => Some(vec![(id, self.array(object, true)?)]),
            _ => None,
        }
    }

    /// The member of an object that has the items of a page.
    fn array(self, object: &Struct, certain: bool) -> Option<usize> {
        let segment = self.segment();
        let all = self.arrays(object);
        let stands_beside = |name: &str| BESIDE.contains(&name) && name != segment;
        let arrays: Vec<&(usize, String)> = all.iter().filter(|(_, name)| !stands_beside(name)).collect();
        let named = |wanted: &str| arrays.iter().find(|(_, name)| name == wanted).map(|(index, _)| *index);
        // `/v2/entityTypes` has `types`
        let mut kindred = arrays
            .iter()
            .filter(|(_, name)| name.len() > 3 && segment.ends_with(name.as_str()))
            .map(|(index, _)| *index);
        let kindred = kindred.next().filter(|_| kindred.next().is_none());
        let own = named(&segment).or(kindred);
        match (arrays.as_slice(), all.as_slice()) {
            ([(only, name)], _) => {
                let tells = object.fields.iter().any(|field| is_tell(&field.wire));
                let is_page = certain || tells || own.is_some() || ITEMS.contains(&name.as_str());
                (is_page || is_alone(object, *only)).then_some(*only)
            }
            ([], [(only, name)]) if certain && !["errors", "warnings"].contains(&name.as_str()) => Some(*only),
            _ => own.or_else(|| {
                let mut known = ITEMS.iter().filter_map(|name| named(name));
                known.next().filter(|_| known.next().is_none())
            }),
        }
    }

    /// The arrays of an object, by position and name.
    fn arrays(self, object: &Struct) -> Vec<(usize, String)> {
        let is_array = |slot: &Slot| matches!(self.api.types.resolve(&slot.ty), TypeRef::List(_));
        let fields = object.fields.iter().enumerate();
        fields
            .filter(|(_, field)| is_array(&field.slot))
            .map(|(index, field)| (index, plain(&field.wire)))
            .collect()
    }

    /// Whether there is an array that might have the items.
    pub(super) fn has_array(self, output: &Slot) -> bool {
        let has = |object: &Struct| !self.arrays(object).is_empty();
        let below = |object: &Struct| {
            let mut fields = object.fields.iter();
            fields.any(|field| self.object(&field.slot.ty).is_some_and(|(_, object)| has(object)))
        };
        matches!(self.api.types.resolve(&output.ty), TypeRef::List(_))
            || self
                .object(&output.ty)
                .is_some_and(|(_, object)| has(object) || below(object))
    }

    /// What the path names last, which is often called like the array: `jars` of `/shelves/{id}/jars.json`.
    fn segment(self) -> String {
        let mut segments = self.operation.path.rsplit('/');
        let last = segments.find(|segment| !segment.starts_with('{')).unwrap_or_default();
        plain(last.trim_end_matches(".json"))
    }

    /// The way to the array at a JSON Pointer.
    pub(super) fn way(self, output: &'a Slot, pointer: &str) -> Option<Vec<(TypeId, usize)>> {
        let mut ty = &output.ty;
        let mut way = Vec::new();
        for token in pointer.split('/').skip(1) {
            let name = token.replace("~1", "/").replace("~0", "~");
            let (id, object) = self.object(ty)?;
            let index = object.fields.iter().position(|field| field.wire == name)?;
            ty = &object.fields.get(index)?.slot.ty;
            way.push((id, index));
        }
        matches!(self.api.types.resolve(ty), TypeRef::List(_)).then_some(way)
    }

    /// What the array at the end of a way is made of.
    pub(super) fn item(self, output: &'a Slot, way: &[(TypeId, usize)]) -> Option<Slot> {
        let ty = match way.last() {
            None => &output.ty,
            Some((id, index)) => match &self.api.types[*id].shape {
                Shape::Struct(object) => &object.fields.get(*index)?.slot.ty,
                _ => return None,
            },
        };
        match self.api.types.resolve(ty) {
            TypeRef::List(item) => Some((**item).clone()),
            _ => None,
        }
    }
}

/// Whether nothing is beside a member but what is said about pages.
fn is_alone(object: &Struct, only: usize) -> bool {
    let mut fields = object.fields.iter().enumerate();
    fields.all(|(index, field)| index == only || is_tell(&field.wire) || is_one(&field.wire, &FRAMES))
}

/// Whether a member shows that the object around it is a page.
fn is_tell(name: &str) -> bool {
    use super::words::{MORE, NEXT, NEXT_URL, TOKEN, TOTAL_PAGES};
    let name = plain(name);
    let tables: [&[&str]; 6] = [&TELLS, &TOKEN, &MORE, &TOTAL_PAGES, &NEXT_URL, &NEXT];
    let frames = ["meta", "pagination", "paging", "pageinfo", "cursor"];
    tables.iter().any(|table| table.contains(&name.as_str())) || frames.contains(&name.as_str())
}

/// A name as a token of a JSON Pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
