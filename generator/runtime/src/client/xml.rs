//! XML as the body of a request.

use serde::Serialize;

use super::super::encode::EncodeError;
use super::super::xml::{Node, encode};
use super::request::Request;

impl Request {
    /// Sets an XML body with the declared content type.
    pub fn xml<T: Serialize + ?Sized>(&mut self, media_type: &'static str, node: &Node, body: &T) {
        self.encoded_xml(media_type, encode(node, body));
    }

    fn encoded_xml(&mut self, media_type: &'static str, text: Result<String, EncodeError>) {
        match text {
            Ok(text) => self.body(media_type, text),
            Err(error) => self.fail(error),
        }
    }
}
