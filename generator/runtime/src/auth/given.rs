//! Arguments that are credentials.

use std::fmt;
use std::sync::Arc;

use super::super::encode::parameter::declaration::Location;
use super::super::encode::{EncodeError, Parameter, header};
use super::attachment::{Attachment, Fixed, Form, Part, Rejections};
use super::secrets::recognisable;
use super::security::{Place, Scheme};

/// Parameters of a call that are credentials of its operation. They replace the configured credentials. `Debug` shows
/// names only.
#[derive(Clone, Default)]
pub(crate) struct Given(Vec<(Parameter, Arc<Attachment>)>);

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.attachments()).finish()
    }
}

impl Given {
    /// Sets the encoded value of a parameter; `json` is its JSON text.
    pub(crate) fn set(&mut self, parameter: Parameter, json: &str, written: String) -> Result<(), EncodeError> {
        let part = match parameter.location {
            Location::Header => {
                let (name, mut value) = header::parse(parameter.name, written.into())?;
                value.set_sensitive(true);
                Part::Header(name, value)
            }
            Location::Cookie => Part::Cookie(written),
            _ => Part::Query(written),
        };
        let secrets = serde_json::from_str::<String>(json).map(|secret| recognisable(&secret));
        let secrets = secrets.unwrap_or_default();
        let attachment = Attachment {
            scheme: parameter.name,
            form: Form::Fixed(Fixed { part, secrets }),
            general: None,
            rejections: Rejections::default(),
        };
        self.0.retain(|(other, _)| !is_same(other, &parameter));
        self.0.push((parameter, Arc::new(attachment)));
        Ok(())
    }

    /// Returns the argument that is the credential of a scheme.
    pub(crate) fn of(&self, scheme: &Scheme) -> Option<&Arc<Attachment>> {
        let mut given = self.0.iter();
        given
            .find(|(parameter, _)| carries(scheme, parameter))
            .map(|(_, attachment)| attachment)
    }

    pub(crate) fn attachments(&self) -> impl Iterator<Item = &Arc<Attachment>> {
        self.0.iter().map(|(_, attachment)| attachment)
    }

    /// Returns the texts by which the arguments are recognized in responses.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = String> {
        self.attachments().flat_map(|attachment| match &attachment.form {
            Form::Fixed(fixed) => fixed.secrets.clone(),
            _ => Vec::new(),
        })
    }
}

/// Returns whether a parameter has the location of the credential of a scheme.
pub(super) fn carries(scheme: &Scheme, parameter: &Parameter) -> bool {
    match (scheme.place(), parameter.location) {
        (Place::Header(name), Location::Header) => name.eq_ignore_ascii_case(parameter.name),
        (Place::Query(name), Location::Query) | (Place::Cookie(name), Location::Cookie) => name == parameter.name,
        _ => false,
    }
}

fn is_same(one: &Parameter, other: &Parameter) -> bool {
    one.location == other.location && one.name == other.name
}
