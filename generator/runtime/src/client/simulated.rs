//! Errors and decoded responses without a call, for tests of code that uses a client.

use http::{Method, Response as HttpResponse};

use super::super::call::Outcome;
use super::super::reply::origin::Origin;
use super::super::reply::{DecodeError, Error, ErrorKind, Operation, Reply, Response};
use super::super::transport::TransportError;
use super::super::transport::error::Failure;
use super::request_future::conclude;

impl Reply {
    /// Decodes the response as the operation declares: the same result as a call that receives it.
    ///
    /// ```
    /// use envoi_runtime::{Reply, Undocumented};
    ///
    /// let refused = http::Response::builder().status(403).body("not yours").unwrap();
    /// let error = Reply::from(refused).decode::<Undocumented>().unwrap_err();
    /// assert_eq!(error.to_string(), "undocumented operation: 403 Forbidden (not documented): not yours");
    /// ```
    ///
    /// # Errors
    /// The response is an error, or does not match the API description.
    pub fn decode<Op: Operation>(self) -> Result<Response<Op::Output>, Error<Op::Error>> {
        conclude::<Op>(received::<Op>(self))
    }
}

/// Errors for tests. They look like those of calls that were sent once: [`is_retryable`](Self::is_retryable) follows the
/// default rules for the method of the operation. [`Reply::decode`] creates the error that a response leads to.
impl<E> Error<E> {
    /// Creates an error that the API description declares, with its response.
    ///
    /// ```
    /// use envoi_runtime::Error;
    /// # use envoi_runtime::{Decode, Decoded, Empty, Operation, OperationInfo, Reply};
    /// # #[derive(Debug, PartialEq)]
    /// # enum GetPetError { NotFound }
    /// # impl Decode for GetPetError {
    /// #     fn decode(_: &Reply) -> Decoded<Self> { None }
    /// # }
    /// # enum GetPet {}
    /// # impl Operation for GetPet {
    /// #     type Output = ();
    /// #     type Decoder = Empty;
    /// #     type Error = GetPetError;
    /// #     const INFO: OperationInfo = OperationInfo::new("getPet", "GET", "/pets/{id}");
    /// # }
    ///
    /// let reply = http::Response::builder().status(404).body("no such pet").unwrap();
    /// let error = Error::from_api::<GetPet>(GetPetError::NotFound, reply);
    /// assert_eq!(error.to_string(), "getPet: 404 Not Found: no such pet");
    /// assert_eq!(error.api(), Some(&GetPetError::NotFound));
    /// ```
    pub fn from_api<Op: Operation<Error = E>>(error: E, reply: impl Into<Reply>) -> Self {
        with_reply(ErrorKind::Api(error), received::<Op>(reply.into()))
    }

    /// Creates an error for a body that does not match the API description.
    ///
    /// ```
    /// use envoi_runtime::{DecodeError, Error, Undocumented};
    ///
    /// let reply = http::Response::new("");
    /// let error = Error::from_decode::<Undocumented>(DecodeError::Empty, reply);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "undocumented operation: the response could not be decoded: the body is empty"
    /// );
    /// ```
    pub fn from_decode<Op: Operation<Error = E>>(error: DecodeError, reply: impl Into<Reply>) -> Self {
        with_reply(ErrorKind::Decode(error), received::<Op>(reply.into()))
    }

    /// Creates an error for a request without a response: a timeout, a failed or broken connection, or a
    /// [`CredentialError`](super::super::transport::CredentialError).
    ///
    /// ```
    /// use envoi_runtime::{Error, TransportError, Undocumented};
    ///
    /// let error = Error::from_transport::<Undocumented>(TransportError::timeout("no answer"));
    /// assert!(error.is_timeout());
    /// assert_eq!(error.to_string(), "undocumented operation: timed out");
    /// ```
    pub fn from_transport<Op: Operation<Error = E>>(error: TransportError) -> Self {
        let attempts = match &error.kind {
            Failure::Credential(_) | Failure::Body(_) | Failure::NotReady => 0,
            _ => 1,
        };
        let outcome = Err::<HttpResponse<()>, _>(error);
        let origin = origin::<Op>(attempts, &outcome);
        match outcome {
            Err(error) => Error::exchange(origin, error, None).widen(),
            Ok(response) => with_reply(ErrorKind::Transport, response.map(|()| "").into()),
        }
    }
}

fn with_reply<E>(kind: ErrorKind<E>, reply: Reply) -> Error<E> {
    Error::new(reply.origin(), kind, Some(reply))
}

/// Returns a response as that of a call of the operation. One that a call received keeps the facts about it.
fn received<Op: Operation>(reply: Reply) -> Reply {
    let origin = match reply.origin() {
        Origin { attempts: 0, .. } => {
            let mut response = HttpResponse::new(());
            *response.status_mut() = reply.status();
            origin::<Op>(1, &Ok(response))
        }
        origin => Origin {
            operation: Op::INFO.id,
            ..origin
        },
    };
    reply.with_origin(origin)
}

fn origin<Op: Operation>(attempts: u32, outcome: &Result<HttpResponse<()>, TransportError>) -> Origin {
    let method = Method::from_bytes(Op::INFO.method.as_bytes()).unwrap_or_default();
    Origin {
        operation: Op::INFO.id,
        attempts,
        retryable: Outcome::new(&method, false, false, outcome, None).is_retryable(),
        is_exhausted: false,
    }
}
