//! `Request`: in each client, not in the runtime, since setters of operations must be inherent methods.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;

/// One error for every call, and for those of one operation.
fn error(runtime: &TokenStream) -> TokenStream {
    let docs = doc(
        "Error of a call. `E` is what the operation declares. By default it is any declared error, and `?` converts the error of each \
         operation into it.",
    );
    quote!(#docs pub type Error<E = AnyError> = #runtime::Error<E>;)
}

/// `Request`.
pub(crate) fn request(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let setters = setters(&runtime);
    let without = without_credentials();
    let (client, new) = beginning(cx).unzip();
    let raw = raw();
    let (blocking, undocumented) = (blocking(cx), undocumented(cx));
    let pages = cx.has_pages().then(pages);
    let uses = match &pages {
        Some(_) => quote! {
            AnyError, Items, Operation, Paged, Pages, Redirects, Reply, RequestFuture, Response, Retries
        },
        None => quote!(AnyError, Operation, Redirects, Reply, RequestFuture, Response, Retries),
    };
    let error = error(&runtime);
    quote! {
        //! Requests.
        use std::fmt;
        use std::future::IntoFuture;
        use std::marker::PhantomData;
        use std::time::Duration;
        #client
        use #runtime::{#uses};

        #error

        /// A request that has not been sent yet.
        ///
        /// Await it for the decoded body, or call [`send`](Self::send) to get the status code and headers as well.
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct Request<Op> {
            pub(crate) inner: #runtime::Request,
            operation: PhantomData<fn() -> Op>,
        }

        impl<Op: Operation> Request<Op> {
            #new

            #setters
            #without

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// No response was received, it is not a success, or it cannot be decoded.
            pub fn send(self) -> impl Future<Output = Result<Response<Op::Output>, Error<Op::Error>>> + Send + use<Op> {
                self.inner.call::<Op>()
            }

            #raw

            #blocking
        }

        #undocumented
        #pages

        impl<Op: Operation> IntoFuture for Request<Op> {
            type Output = Result<Op::Output, Error<Op::Error>>;
            type IntoFuture = RequestFuture<Op>;

            fn into_future(self) -> RequestFuture<Op> {
                self.inner.future()
            }
        }

        impl<Op> fmt::Debug for Request<Op> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    }
}

/// The import of the client and the function that begins a call of its operations, if there are any.
fn beginning(cx: &Cx<'_>) -> Option<(TokenStream, TokenStream)> {
    let root = cx.paths.root(1);
    let client = quote!(
        use #root::Client;
    );
    let seldom = cx.seldom_used();
    let new = quote! {
        #seldom
        pub(crate) fn new(client: &Client) -> Self {
            Self {
                inner: client.inner.operation(const { &Op::INFO }),
                operation: PhantomData,
            }
        }
    };
    (!cx.api.operations.is_empty()).then_some((client, new))
}

/// The ends of a call whose response is not decoded.
fn raw() -> TokenStream {
    quote! {
        /// Sends the request and returns the response with any status code, not decoded: an error status or a redirect that
        /// was not followed is `Ok`. [`Reply::decode`] decodes it like [`send`](Self::send).
        ///
        /// # Errors
        ///
        /// No complete response was received, or its body is too large.
        pub fn send_raw(self) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
            self.inner.call_raw::<Op>()
        }

        /// Sends the request and returns a success without reading its body, whatever the API description declares, for
        /// long-running responses. [`Reply::json_lines`] and [`Reply::events`] read it as a stream of values,
        /// [`Reply::stream`] as a stream of bytes.
        ///
        /// # Errors
        ///
        /// No response was received, or it is not a success.
        pub fn send_streaming(self) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
            self.inner.call_streaming::<Op>()
        }
    }
}

/// The end of a call in code that is not asynchronous.
fn blocking(cx: &Cx<'_>) -> Option<TokenStream> {
    cx.blocks().then(|| {
        let when = cx.paths.when("blocking");
        quote! {
            /// Sends the request and blocks until the response has arrived.
            ///
            /// Can be mixed with async calls of the same client.
            ///
            /// # Errors
            ///
            /// The same as [`send`](Self::send).
            #when
            pub fn send_blocking(self) -> Result<Response<Op::Output>, Error<Op::Error>>
            where
                Op::Output: Send,
                Op::Error: Send,
            {
                self.inner.call_blocking::<Op>()
            }

            /// Sends the request and blocks until the response has arrived; see [`send_raw`](Self::send_raw).
            ///
            /// # Errors
            ///
            /// The same as [`send_raw`](Self::send_raw).
            #when
            pub fn send_raw_blocking(self) -> Result<Reply, Error<Op::Error>> {
                self.inner.call_raw_blocking::<Op>()
            }

            /// Sends the request and blocks until the response headers have arrived; see
            /// [`send_streaming`](Self::send_streaming).
            ///
            /// # Errors
            ///
            /// The same as [`send_streaming`](Self::send_streaming).
            #when
            pub fn send_streaming_blocking(self) -> Result<Reply, Error<Op::Error>>
            where
                Op::Error: Send,
            {
                self.inner.call_streaming_blocking::<Op>()
            }
        }
    })
}

/// Methods for endpoints that are not in the API description.
fn undocumented(cx: &Cx<'_>) -> TokenStream {
    let (runtime, serde) = (cx.paths.runtime(), cx.paths.krate("serde"));
    quote! {
        impl Request<#runtime::Undocumented> {
            pub(crate) fn undocumented(inner: #runtime::Request) -> Self {
                Self {
                    inner,
                    operation: PhantomData,
                }
            }

            /// Sets a JSON body.
            pub fn with_json<T: #serde::Serialize + ?Sized>(mut self, body: &T) -> Self {
                self.inner.json("application/json", body);
                self
            }

            /// Sets a body of any content type.
            pub fn with_body(mut self, media_type: &str, body: impl Into<#runtime::Body>) -> Self {
                self.inner.body(media_type, body);
                self
            }
        }
    }
}

/// Methods of requests with paginated results.
fn pages() -> TokenStream {
    quote! {
        impl<Op: Paged + 'static> Request<Op> {
            /// Returns a stream of all pages, starting with the requested one.
            ///
            /// Each page is requested when it is polled, with the settings of this request.
            pub fn pages(self) -> Pages<Op> {
                self.inner.pages()
            }

            /// Returns a stream of all items, page by page, starting with the requested page.
            pub fn items(self) -> Items<Op> {
                self.inner.items()
            }
        }
    }
}

/// The setter of requests without credentials.
fn without_credentials() -> TokenStream {
    quote! {
        /// Sends this request without the credentials of the client, even if the operation requires them.
        pub fn without_credentials(mut self) -> Self {
            self.inner.without_credentials();
            self
        }
    }
}

/// Settings of every request.
fn setters(runtime: &TokenStream) -> TokenStream {
    quote! {
        /// Sets a header; replaces one of the same name.
        pub fn with_header(mut self, name: impl AsRef<str>, value: impl Into<#runtime::FieldValue>) -> Self {
            self.inner.header(name, value);
            self
        }

        /// Adds a query parameter that is not in the API description.
        pub fn with_query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.inner.query(name, value);
            self
        }

        /// Sets the `Idempotency-Key` header, so that a request that is not idempotent is retried as well.
        ///
        /// The server must support the header, and every request needs a new key.
        pub fn with_idempotency_key(mut self, key: impl AsRef<str>) -> Self {
            self.inner.idempotency_key(key);
            self
        }

        /// Sets the timeout of this request, including retries and reading the body. Default: that of the client.
        pub fn with_timeout(mut self, timeout: Duration) -> Self {
            self.inner.timeout(timeout);
            self
        }

        /// Sets the maximum time between two chunks of the response body. Default: that of the client.
        pub fn with_idle_timeout(mut self, limit: Duration) -> Self {
            self.inner.idle_timeout(limit);
            self
        }

        /// Sets the maximum size of the response body in bytes. Default: that of the client.
        pub fn with_max_body_bytes(mut self, limit: usize) -> Self {
            self.inner.max_body_bytes(limit);
            self
        }

        /// Sets the redirect policy of this request. Default: that of the client.
        pub fn with_redirects(mut self, redirects: Redirects) -> Self {
            self.inner.redirects(redirects);
            self
        }

        /// Sets the retry policy of this request. Default: that of the client.
        pub fn with_retries(mut self, retries: Retries) -> Self {
            self.inner.retries(retries);
            self
        }
    }
}
