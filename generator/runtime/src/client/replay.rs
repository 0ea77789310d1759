//! The same call once more, for another page.

use std::borrow::Cow;
use std::sync::Arc;

use http::Uri;
use url::{Position, Url};

use super::super::auth::attachment::{Fixed, Form, Part};
use super::super::auth::choose::Security;
use super::super::auth::security::Place;
use super::super::call::idempotency::IDEMPOTENCY_KEY;
use super::super::encode::parameter::escape::Escape;
use super::super::encode::parameter::form;
use super::super::encode::{EncodeError, target};
use super::super::model::pointer::{self, Found};
use super::super::reply::{Error, ErrorKind, PagingError, Reply};
use super::request::{Path, Request};

impl Request {
    /// The request as it is; what remains is without the key that made it one call. A body that can be sent only once
    /// fails it: the next page would be asked for without.
    pub(crate) fn take_copy(&mut self) -> Self {
        let body = match &self.body {
            Some((media_type, body)) => body.replay().map(|body| (media_type.clone(), body)),
            None => None,
        };
        if body.is_none() && self.body.is_some() {
            self.fail(EncodeError::new(
                "body",
                "can be sent only once, and each page needs it",
            ));
        }
        let path = match &self.path {
            Path::Template(values) => Path::Template(values.clone()),
            Path::Literal(path) => Path::Literal(path.clone()),
        };
        let copy = Self {
            shared: Arc::clone(&self.shared),
            info: self.info,
            method: self.method.clone(),
            path,
            security: self.security,
            given: self.given.clone(),
            query: self.query.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
            own_headers: self.own_headers.clone(),
            body,
            settings: self.settings.clone(),
            error: self.error.take(),
        };
        self.own_headers.remove(&IDEMPOTENCY_KEY);
        copy
    }

    /// A failure before sending.
    pub(crate) fn failure(&self, kind: ErrorKind, reply: Option<Reply>) -> Error {
        Error::new(self.origin(), kind, reply)
    }

    /// The value of a query parameter, as it is written.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let name = Escape::Component.text(name);
        let mut pairs = self.query.iter().filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(written, _)| *written == name)?;
        Some(value.to_owned())
    }

    /// The number that a query parameter or, in a body, the member at a pointer has; one that is none fails the request.
    pub(crate) fn position(&mut self, name: &'static str, body: Option<&str>) -> Option<u64> {
        if body.is_none() {
            return self.count(name);
        }
        let found = self.member(name);
        if found.count().is_none() && found.clone().into_text().is_some() {
            self.fail(EncodeError::new(name, "is not a number to count on from"));
        }
        found.count()
    }

    /// What stands at a place of the JSON body.
    pub(crate) fn member(&self, at: &str) -> Found {
        let json = self.body.as_ref().and_then(|(_, body)| body.as_bytes());
        json.map_or(Found::Nothing, |json| pointer::find(json, at))
    }

    /// Sets a member of the JSON body to a JSON text; a request without a body gets one of this media type.
    pub(crate) fn set_member(&mut self, at: &'static str, value: &str, media_type: &'static str) {
        let written = match &self.body {
            None => pointer::set(b"{}", at, value),
            Some((_, body)) => body.as_bytes().and_then(|json| pointer::set(json, at, value)),
        };
        match (written, &mut self.body) {
            (Some(json), Some((_, body))) => *body = json.into(),
            (Some(json), none) => *none = Some((Cow::Borrowed(media_type), json.into())),
            (None, _) => self.fail(EncodeError::new(at, "has no place in the body of the call")),
        }
    }

    /// The number that a query parameter has; one that is none fails the request.
    pub(crate) fn count(&mut self, name: &'static str) -> Option<u64> {
        let count = self.query_value(name)?.parse();
        if count.is_err() {
            self.fail(EncodeError::new(name, "is not a number to count on from"));
        }
        count.ok()
    }

    /// Sets a query parameter, whatever it was before.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let written = Escape::Component.text(name);
        self.query.retain(|pair| pair.split('=').next() != Some(&written));
        self.query.push(form::pair(name, value));
    }

    /// Points the request to a link in its reply. Credentials are left out of the link, and are
    /// attached like those of every request.
    pub(crate) fn follow(&mut self, link: &str) -> Result<(), PagingError> {
        let here = self.url().ok_or(PagingError::InvalidLink)?;
        if has_dots(link) {
            return Err(PagingError::InvalidLink);
        }
        let url = here.join(link).map_err(|_| PagingError::InvalidLink)?;
        if url.origin() != here.origin() || !url.username().is_empty() || url.password().is_some() {
            let target = url.origin().ascii_serialization();
            return Err(PagingError::ForeignLink { target });
        }
        let base = self.shared.places.of(self.info.server);
        let base = base.map_err(|_| PagingError::InvalidLink)?;
        let path = url[..Position::AfterPath].strip_prefix(base.as_str());
        let path = path.filter(|path| path.starts_with('/'));
        let path = path.ok_or(PagingError::InvalidLink)?.to_owned();
        let credentials = self.credentials_in_query();
        let written = url
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        let is_credential = |name: &str| credentials.iter().any(|credential| credential == name);
        // what the caller has put there is kept
        self.query.retain(|pair| is_credential(&decoded_name(pair)));
        let others = written
            .zip(url.query_pairs())
            .filter(|(_, (name, _))| !is_credential(name));
        self.query.extend(others.map(|(pair, _)| pair.to_owned()));
        self.path = Path::Literal(path);
        Ok(())
    }

    /// Path and query, without credentials; `None` if they cannot be put together.
    pub(crate) fn target(&self) -> Option<String> {
        let url = self.url()?;
        Some(format!("{}?{}", url.path(), url.query().unwrap_or_default()))
    }

    /// Where the request goes, without credentials; `None` if that cannot be put together.
    fn url(&self) -> Option<Url> {
        let uri = self.uri().ok()?;
        Url::parse(&uri.to_string()).ok()
    }

    fn uri(&self) -> Result<Uri, EncodeError> {
        let expanded = match &self.path {
            Path::Template(values) => target::expand(self.info.path, values)?,
            Path::Literal(path) => target::literal(path)?,
        };
        let query: Vec<String> = expanded.query.into_iter().chain(self.query.clone()).collect();
        let base = self.shared.places.of(self.info.server)?;
        base.join(&expanded.path, &query)
    }

    /// The names of the query parameters that carry credentials.
    fn credentials_in_query(&self) -> Vec<String> {
        let declared = match self.security {
            Security::Declared(alternatives) => alternatives.concat(),
            Security::First => Vec::new(),
        };
        let declared = declared.into_iter().filter_map(|scheme| match scheme.place() {
            Place::Query(name) => Some(name.to_owned()),
            _ => None,
        });
        let configured = self.shared.attachments.iter();
        let configured = configured.filter_map(|attachment| match &attachment.form {
            Form::Token(Place::Query(name), _) => Some((*name).to_owned()),
            Form::Fixed(Fixed {
                part: Part::Query(pair),
                ..
            }) => Some(decoded_name(pair)),
            _ => None,
        });
        declared.chain(configured).collect()
    }
}

fn decoded_name(pair: &str) -> String {
    let url = Url::parse(&format!("http://localhost/?{pair}"));
    let name = url.ok().and_then(|url| Some(url.query_pairs().next()?.0.into_owned()));
    name.unwrap_or_default()
}

/// Whether the path of a link has dot segments, or characters by which a URL parser would see some
/// where this does not.
fn has_dots(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let is_dots = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == "." || plain == ".."
    };
    link.chars().any(|c| c.is_control() || c.is_whitespace()) || path.split(['/', '\\']).any(is_dots)
}
