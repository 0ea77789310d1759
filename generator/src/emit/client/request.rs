//! `Request`: what every call in the making has, in each client, since setters of operations must be inherent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;

/// `Request`.
pub(crate) fn request(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let setters = setters();
    let without = (!cx.api.schemes.is_empty()).then(without_credentials);
    let (client, new) = beginning(cx).unzip();
    let (blocking, undocumented) = (blocking(cx), undocumented(cx));
    let pages = cx.has_pages().then(pages);
    let uses = match &pages {
        Some(_) => quote!(
            Calling, Error, Items, Operation, Paged, Pages, Redirects, Reply, Response, Retries
        ),
        None => quote!(Calling, Error, Operation, Redirects, Reply, Response, Retries),
    };
    quote! {
        //! Calls in the making.
        use std::fmt;
        use std::future::IntoFuture;
        use std::marker::PhantomData;
        use std::time::Duration;
        #client
        use #runtime::{#uses};

        /// A call in the making.
        ///
        /// Await it for the result alone, or [`send`](Self::send) it for status and headers beside it.
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct Request<Op> {
            pub(crate) inner: #runtime::Request,
            operation: PhantomData<fn() -> Op>,
        }

        impl<Op: Operation> Request<Op> {
            #new

            #setters
            #without

            /// Sends the call.
            ///
            /// # Errors
            ///
            /// When no reply came, when it is not a success, or when it cannot be decoded.
            pub fn send(self) -> impl Future<Output = Result<Response<Op::Output>, Error<Op::Error>>> + Send + use<Op> {
                self.inner.call::<Op>()
            }

            /// Sends the call, and hands the body of a success over while it comes in, whatever the document declares: for
            /// replies that go on for as long as something happens. [`Reply::json_lines`] and [`Reply::events`] take it as
            /// values, [`Reply::stream`] as bytes.
            ///
            /// # Errors
            ///
            /// When no reply came, or when it is not a success.
            pub fn send_streaming(self) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
                self.inner.call_streaming::<Op>()
            }

            #blocking
        }

        #undocumented
        #pages

        impl<Op: Operation> IntoFuture for Request<Op> {
            type Output = Result<Op::Output, Error<Op::Error>>;
            type IntoFuture = Calling<Op>;

            fn into_future(self) -> Calling<Op> {
                self.inner.calling()
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

/// The end of a call in code that is not asynchronous.
fn blocking(cx: &Cx<'_>) -> Option<TokenStream> {
    cx.blocks().then(|| {
        let when = cx.paths.when("blocking");
        quote! {
            /// Sends the request and blocks until the response has arrived.
            ///
            /// Can be mixed with awaited calls of the same client.
            ///
            /// # Errors
            ///
            /// As those of [`send`](Self::send).
            #when
            pub fn send_blocking(self) -> Result<Response<Op::Output>, Error<Op::Error>>
            where
                Op::Output: Send,
                Op::Error: Send,
            {
                self.inner.call_blocking::<Op>()
            }

            /// Sends the request and blocks until the status and the headers of the response have arrived; see
            /// [`send_streaming`](Self::send_streaming).
            ///
            /// # Errors
            ///
            /// As those of [`send_streaming`](Self::send_streaming).
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

/// What belongs to endpoints that the document does not know.
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

            /// Sends a JSON body.
            pub fn with_json<T: #serde::Serialize + ?Sized>(mut self, body: &T) -> Self {
                self.inner.json("application/json", body);
                self
            }

            /// Sends a body of any media type.
            pub fn with_body(mut self, media_type: &str, body: impl Into<#runtime::Body>) -> Self {
                self.inner.body(media_type, body);
                self
            }
        }
    }
}

/// What calls have whose result comes in pages.
fn pages() -> TokenStream {
    quote! {
        impl<Op: Paged + 'static> Request<Op> {
            /// Every page of the result, beginning with the one that the call asks for.
            ///
            /// Each is a call of its own with the settings of this one, made when the page is wanted.
            pub fn pages(self) -> Pages<Op> {
                self.inner.pages()
            }

            /// Every item of the result, page by page, beginning with the page that the call asks for.
            pub fn items(self) -> Items<Op> {
                self.inner.items()
            }
        }
    }
}

/// The setter of calls that go without credentials.
fn without_credentials() -> TokenStream {
    quote! {
        /// Sends this request without the credentials of the client, even if the operation requires them.
        pub fn without_credentials(mut self) -> Self {
            self.inner.without_credentials();
            self
        }
    }
}

/// What can be set for every call.
fn setters() -> TokenStream {
    quote! {
        /// Adds a header, or replaces the one of that name.
        pub fn with_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.inner.header(name, value);
            self
        }

        /// Adds a query parameter that the document does not describe.
        pub fn with_query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.inner.query(name, value);
            self
        }

        /// Sets the header `Idempotency-Key`, so that a call that is not idempotent is sent again after a failure.
        ///
        /// The server must know the header, and the key must be new for each call.
        pub fn with_idempotency_key(mut self, key: impl AsRef<str>) -> Self {
            self.inner.idempotency_key(key);
            self
        }

        /// How long this call may take, its body and retries included.
        pub fn with_timeout(mut self, timeout: Duration) -> Self {
            self.inner.timeout(timeout);
            self
        }

        /// How long the server may be silent within the body of the reply, instead of what the client is set to.
        pub fn with_idle_timeout(mut self, limit: Duration) -> Self {
            self.inner.idle_timeout(limit);
            self
        }

        /// How many bytes the body of the reply may have, instead of what the client is set to.
        pub fn with_max_body_bytes(mut self, limit: usize) -> Self {
            self.inner.max_body_bytes(limit);
            self
        }

        /// Which redirects this call follows, instead of what the client is set to.
        pub fn with_redirects(mut self, redirects: Redirects) -> Self {
            self.inner.redirects(redirects);
            self
        }

        /// When this call is sent again, instead of what the client is set to.
        pub fn with_retries(mut self, retries: Retries) -> Self {
            self.inner.retries(retries);
            self
        }
    }
}
