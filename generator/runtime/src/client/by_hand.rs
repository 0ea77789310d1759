//! Credentials that the caller has set as headers or query parameters.

use std::collections::BTreeSet;

use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use url::form_urlencoded;

use super::super::auth::Scheme;
use super::super::auth::choose::Security;
use super::super::auth::secrets::recognisable;
use super::super::auth::security::Place;
use super::request::Request;

/// Headers and query parameters set by the caller at the location of credentials.
#[derive(Default)]
pub(super) struct ByHand {
    /// Returns whether there are any.
    pub(super) is_any: bool,
    /// Headers in which the operation expects an API key.
    pub(super) keys: Vec<HeaderName>,
    /// Returns the names of the cookies in headers.
    pub(super) cookies: BTreeSet<String>,
    /// Returns the texts by which such credentials are recognized in responses.
    pub(super) secrets: Vec<String>,
}

impl ByHand {
    fn header(&mut self, name: &HeaderName, text: &str) {
        self.is_any = true;
        if name == COOKIE {
            for (cookie, value) in text.split(';').filter_map(|pair| pair.split_once('=')) {
                self.cookies.insert(cookie.trim().to_owned());
                self.secret(value.trim());
            }
            return;
        }
        // the word before a blank says only of what kind the credential is
        match text.split_once(' ') {
            Some((_, secret)) if *name == AUTHORIZATION || *name == PROXY_AUTHORIZATION => self.secret(secret),
            _ => self.secret(text),
        }
    }

    fn secret(&mut self, secret: &str) {
        self.is_any = true;
        self.secrets.extend(recognisable(secret));
    }
}

impl Request {
    /// Returns the headers and query parameters set for the request or the client at the location of credentials.
    pub(super) fn by_hand(&self) -> ByHand {
        let keys = self.places().filter_map(|place| match place {
            Place::Header(name) if self.has_header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            _ => None,
        });
        let mut by_hand = ByHand {
            keys: keys.collect(),
            ..ByHand::default()
        };
        let usual = &self.shared.headers;
        for (name, value) in [&self.headers, &self.own_headers, usual].into_iter().flatten() {
            if value.is_sensitive() || by_hand.keys.contains(name) {
                by_hand.header(name, &String::from_utf8_lossy(value.as_bytes()));
            }
        }
        for place in self.places() {
            let Place::Query(name) = place else { continue };
            let pairs = self
                .query
                .iter()
                .flat_map(|pair| form_urlencoded::parse(pair.as_bytes()));
            let values = pairs.filter(|(found, _)| found == name);
            values.for_each(|(_, value)| by_hand.secret(&value));
        }
        by_hand
    }

    /// Returns the locations of the credentials of the operation, and of those for all requests.
    fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let alternatives = match self.security {
            Security::Declared(alternatives) => alternatives,
            Security::First => &[],
        };
        let declared = alternatives.iter().copied().flatten().map(|scheme| scheme.place());
        declared.chain(
            self.shared
                .attachments
                .iter()
                .filter_map(|attachment| attachment.general),
        )
    }

    /// Returns whether the caller has set a header or query parameter at the location of the credential of a scheme.
    /// Its value is not checked.
    pub(super) fn has_by_hand(&self, scheme: &Scheme) -> bool {
        match scheme.place() {
            Place::Header(name) => self.has_header(name),
            Place::Basic | Place::Bearer | Place::Signed => self.has_header(AUTHORIZATION.as_str()),
            Place::Query(name) => self.query_value(name).is_some(),
            Place::Cookie(name) => self.has_cookie(name),
        }
    }

    fn has_header(&self, name: &str) -> bool {
        let usual = &self.shared.headers;
        [&self.headers, &self.own_headers, usual]
            .iter()
            .any(|headers| headers.contains_key(name))
    }

    fn has_cookie(&self, name: &str) -> bool {
        let usual = &self.shared.headers;
        let mut all = [&self.headers, &self.own_headers, usual].into_iter();
        let of = |pair: &str| pair.split_once('=').is_some_and(|(found, _)| found.trim() == name);
        self.cookies.iter().any(of)
            || all.any(|headers| {
                let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok());
                cookies.is_some_and(|cookies| cookies.split(';').any(of))
            })
    }
}
