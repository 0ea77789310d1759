//! Credentials that the caller has put into a request, and not into the client.

use http::HeaderName;
use http::header::{AUTHORIZATION, COOKIE};

use super::super::Scheme;
use super::super::attachment::Security;
use super::super::security::Place;
use super::Request;

impl Request {
    /// Whether there is something by hand where the credential of a scheme goes: a header of the call or of the client, or a
    /// query pair. What it says is up to the caller.
    pub(super) fn has_by_hand(&self, scheme: &Scheme) -> bool {
        match scheme.place() {
            Place::Header(name) => self.has_header(name),
            Place::Basic | Place::Bearer | Place::Signed => self.has_header(AUTHORIZATION.as_str()),
            Place::Query(name) => self.query_value(name).is_some(),
            Place::Cookie(name) => self.has_cookie(name),
        }
    }

    /// The header by hand in which the operation expects an API key.
    pub(super) fn keys_by_hand(&self) -> impl Iterator<Item = HeaderName> + '_ {
        let alternatives = match self.security {
            Security::Declared(alternatives) => alternatives,
            Security::First => &[],
        };
        let places = alternatives.iter().copied().flatten().map(|scheme| scheme.place());
        places.filter_map(|place| match place {
            Place::Header(name) if self.has_header(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
            _ => None,
        })
    }

    fn has_header(&self, name: &str) -> bool {
        let usual = &self.client.shared().headers;
        [&self.headers, &self.own_headers, usual]
            .iter()
            .any(|headers| headers.contains_key(name))
    }

    fn has_cookie(&self, name: &str) -> bool {
        let usual = &self.client.shared().headers;
        let mut all = [&self.headers, &self.own_headers, usual].into_iter();
        let of = |pair: &str| pair.split_once('=').is_some_and(|(found, _)| found.trim() == name);
        self.cookies.iter().any(|pair| of(pair))
            || all.any(|headers| {
                let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok());
                cookies.is_some_and(|cookies| cookies.split(';').any(of))
            })
    }
}
