//! A choice between scalars -> one primitive, instead of an enum.

use super::context::Lower;
use super::enums::listed;
use super::view::{Choice, View};
use crate::ir::{Primitive, Scalar, Shape, TypeId, TypeRef, Types};
use crate::parse::Type;

/// How deep choices of choices are looked into.
const DEEPEST: usize = 8;

/// The scalars that a choice admits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds {
    boolean: bool,
    integer: Option<Primitive>,
    number: bool,
    text: Option<Primitive>,
    /// Whether `null` is admitted too.
    nullable: bool,
}

impl Kinds {
    /// The type for all of them, if there is one.
    fn primitive(self) -> Option<Primitive> {
        let scalar = match (self.boolean, self.integer, self.number, self.text) {
            (false, None, false, text) => return text,
            (false, integer, false, None) => return integer,
            (false, None, true, None) => return Some(Primitive::F64),
            (true, None, false, None) => return Some(Primitive::Bool),
            (false, Some(_), true, None) => Scalar::Number,
            (false, Some(_), false, Some(Primitive::DateTime)) => Scalar::IntegerOrDateTime,
            (false, Some(_), false, Some(_)) => Scalar::IntegerOrString,
            (false, _, true, Some(_)) => Scalar::NumberOrString,
            (true, None, false, Some(_)) => Scalar::BooleanOrString,
            (true, _, _, None) => Scalar::BooleanOrNumber,
            (true, _, _, Some(_)) => Scalar::Any,
        };
        Some(Primitive::Scalar(scalar))
    }

    /// Adds what values of one type are; `None` if they are more than a scalar, or than types of the runtime hold.
    fn add(&mut self, primitive: Primitive, is_wide: bool) -> Option<()> {
        match primitive {
            Primitive::Bool | Primitive::BoolConstant(_) => self.boolean = true,
            // `Number` has integers without a sign, exactly
            Primitive::U64 if is_wide => self.number = true,
            Primitive::F64 => self.number = true,
            Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 => {
                let same = self.integer.is_none_or(|own| own == primitive);
                self.integer = Some(if same { primitive } else { Primitive::I64 });
            }
            Primitive::String | Primitive::DateTime | Primitive::Date | Primitive::Uuid => {
                let same = self.text.is_none_or(|own| own == primitive);
                self.text = Some(if same { primitive } else { Primitive::String });
            }
            _ => return None,
        }
        Some(())
    }
}

impl<'d> Lower<'d, '_> {
    /// Replaces a choice between nothing but scalars by the primitive for all of them.
    pub(super) fn take_scalars(&mut self, view: &mut View<'d>) {
        let [choice] = view.choices.as_slice() else {
            return;
        };
        let constrained = view.facets.iter().any(|facet| {
            let keywords = &facet.keywords;
            !keywords.types.is_empty() || keywords.enumeration.is_some() || keywords.describes_object()
        });
        if constrained || view.broken {
            return;
        }
        let mut kinds = Kinds::default();
        let choice = choice.clone();
        let scalars = self.add_scalars(&choice, &mut kinds, DEEPEST);
        if let Some(primitive) = scalars.and_then(|()| kinds.primitive()) {
            view.choices.clear();
            view.scalars = Some(primitive);
            view.nullable |= kinds.nullable;
        }
    }

    fn add_scalars(&mut self, choice: &Choice<'d>, kinds: &mut Kinds, depth: usize) -> Option<()> {
        for branch in &choice.branches {
            let mut view = self.expanded(branch);
            kinds.nullable |= view.nullable || view.facets.iter().any(|facet| facet.keywords.nullable);
            match view.choices.pop() {
                Some(inner) => {
                    let plain = view.choices.is_empty() && view.constraints().next().is_none();
                    self.add_scalars(&inner, kinds, depth.checked_sub(1).filter(|_| plain)?)?;
                }
                None => self.add_scalar(&view, kinds)?,
            }
        }
        Some(())
    }

    fn add_scalar(&mut self, view: &View<'d>, kinds: &mut Kinds) -> Option<()> {
        let booleans = || {
            let values = listed(view);
            !values.is_empty() && values.iter().all(|value| value.is_boolean())
        };
        let ty = match self.types(view)[..] {
            [ty] => ty,
            [] if booleans() => Type::Boolean,
            _ => return None,
        };
        // which of two values a boolean has is no reason for a type of its own
        let lists = view.facets.iter().any(|facet| facet.keywords.enumeration.is_some());
        let is_enum = lists && ty != Type::Boolean;
        if view.broken || is_enum || matches!(ty, Type::Array | Type::Object) {
            return None;
        }
        let wide = view.facets.iter().any(|facet| {
            let most = facet.keywords.maximum.and_then(serde_json::Number::as_f64);
            // the first integer that `i64` does not hold
            facet.keywords.format == Some("uint64") || most.is_some_and(|most| most >= 2_f64.powi(63))
        });
        kinds.add(self.primitive(view, ty), wide)
    }

    /// The primitive for several types that a schema names, where none of them needs a description.
    pub(super) fn scalar_of(&self, view: &View<'d>, types: &[Type]) -> Option<Primitive> {
        let lists = view.facets.iter().any(|facet| facet.keywords.enumeration.is_some());
        let mut kinds = Kinds::default();
        for ty in types {
            let composed = matches!(ty, Type::Array | Type::Object);
            let primitive = (!lists && !composed).then(|| self.primitive(view, *ty));
            kinds.add(primitive?, false)?;
        }
        kinds.primitive()
    }
}

/// Makes numbers exact that are branches of a union: there `3` and `3.0` may mean different things.
pub(super) fn exact_numbers(types: &mut Types) {
    let ids: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let Shape::Union(union) = &types[id].shape else {
            continue;
        };
        let number = |ty: &TypeRef| *types.resolve(ty) == TypeRef::Primitive(Primitive::F64);
        let variants = union.variants.iter().enumerate();
        let numbers: Vec<usize> = variants
            .filter(|(_, variant)| variant.slot.as_ref().is_some_and(|slot| number(&slot.ty)))
            .map(|(index, _)| index)
            .collect();
        if let Shape::Union(union) = &mut types.get_mut(id).shape {
            for index in numbers {
                if let Some(slot) = &mut union.variants[index].slot {
                    slot.ty = TypeRef::Primitive(Primitive::Scalar(Scalar::Number));
                }
            }
        }
    }
}
