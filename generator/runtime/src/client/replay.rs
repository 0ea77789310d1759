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
    /// Takes the request and leaves a copy for the next page, without its idempotency key. Fails if the body can be
    /// sent only once, since the next page would be requested without it.
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

    /// Creates an error before sending.
    pub(crate) fn failure(&self, kind: ErrorKind, reply: Option<Reply>) -> Error {
        Error::new(self.origin(), kind, reply)
    }

    /// Returns the encoded value of a query parameter.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let name = Escape::Component.text(name);
        let mut pairs = self.query.iter().filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(written, _)| *written == name)?;
        Some(value.to_owned())
    }

    /// Returns the number in a query parameter or, in a body, at a JSON Pointer. Fails if it is not a number.
    pub(crate) fn position(&mut self, name: &'static str, body: Option<&str>) -> Option<u64> {
        if body.is_none() {
            return self.count(name);
        }
        let found = self.member(name);
        if found.count().is_none() && found.clone().into_text().is_some() {
            self.fail(EncodeError::new(name, "is not a number, so the next page is unknown"));
        }
        found.count()
    }

    /// Returns the value at a location of the JSON body.
    pub(crate) fn member(&self, at: &str) -> Found {
        let json = self.body.as_ref().and_then(|(_, body)| body.as_bytes());
        json.map_or(Found::Nothing, |json| pointer::find(json, at))
    }

    /// Sets a location of the JSON body to a JSON text. A request without a body gets one with this content type.
    pub(crate) fn set_member(&mut self, at: &'static str, value: &str, media_type: &'static str) {
        let written = match &self.body {
            None => pointer::set(b"{}", at, value),
            Some((_, body)) => body.as_bytes().and_then(|json| pointer::set(json, at, value)),
        };
        match (written, &mut self.body) {
            (Some(json), Some((_, body))) => *body = json.into(),
            (Some(json), none) => *none = Some((Cow::Borrowed(media_type), json.into())),
            (None, _) => self.fail(EncodeError::new(at, "is not in the request body")),
        }
    }

    /// Returns the number in a query parameter. Fails if it is not a number.
    pub(crate) fn count(&mut self, name: &'static str) -> Option<u64> {
        let count = self.query_value(name)?.parse();
        if count.is_err() {
            self.fail(EncodeError::new(name, "is not a number, so the next page is unknown"));
        }
        count.ok()
    }

    /// Sets or replaces a query parameter.
    pub(crate) fn set_query(&mut self, name: &str, value: &str) {
        let written = Escape::Component.text(name);
        self.query.retain(|pair| pair.split('=').next() != Some(&written));
        self.query.add(form::pair(name, value));
    }

    /// Sets the URL of the request to a link in its response. Credentials are removed from the link, and added like
    /// those of every request.
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
        others.for_each(|(pair, _)| self.query.add(pair.to_owned()));
        self.path = Path::Literal(path);
        Ok(())
    }

    /// Returns path and query without credentials; `None` if they cannot be built.
    pub(crate) fn target(&self) -> Option<String> {
        let url = self.url()?;
        Some(format!("{}?{}", url.path(), url.query().unwrap_or_default()))
    }

    /// Returns the URL without credentials; `None` if it cannot be built.
    fn url(&self) -> Option<Url> {
        let uri = self.uri().ok()?;
        Url::parse(&uri.to_string()).ok()
    }

    fn uri(&self) -> Result<Uri, EncodeError> {
        let expanded = match &self.path {
            Path::Template(values) => target::expand(self.info.path, values)?,
            Path::Literal(path) => target::literal(path)?,
        };
        let query: Vec<String> = expanded
            .query
            .into_iter()
            .chain(self.query.clone().into_texts())
            .collect();
        let base = self.shared.places.of(self.info.server)?;
        base.join(&expanded.path, &query)
    }

    /// Returns the names of the query parameters that carry credentials.
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

/// Returns whether the path of a link has dot segments, or characters that a URL parser could take for some.
fn has_dots(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let is_dots = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == "." || plain == ".."
    };
    link.chars().any(|c| c.is_control() || c.is_whitespace()) || path.split(['/', '\\']).any(is_dots)
}
