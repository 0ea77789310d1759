//! Fetches URLs; the only user of `ureq`.

#[cfg(feature = "remote")]
pub(super) use self::with_ureq::fetch;

/// What is at a URL; never without the feature `remote`.
#[cfg(not(feature = "remote"))]
pub(super) fn fetch(_url: &str, _most: usize, _private: &[String]) -> Result<Vec<u8>, String> {
    Err("envoi was built without the feature `remote`".to_owned())
}

#[cfg(feature = "remote")]
mod with_ureq {
    use std::io;
    use std::time::Duration;

    use ureq::config::Config;
    use ureq::http::Uri;
    use ureq::http::header::{ACCEPT, LOCATION};
    use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
    use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

    use crate::bundle::uri;
    use crate::load::private::{is_private, is_private_name};

    const MOST_REDIRECTS: usize = 5;
    const LONGEST: Duration = Duration::from_secs(30);

    /// What is at a URL, if it is at most `most` bytes. Hosts that are not on the internet are asked only if they are
    /// listed in `private`.
    pub(crate) fn fetch(url: &str, most: usize, private: &[String]) -> Result<Vec<u8>, String> {
        let mut url = url.to_owned();
        for _ in 0..=MOST_REDIRECTS {
            let agent = agent(&url, private)?;
            let call = agent
                .get(&url)
                .header(ACCEPT, "application/yaml, application/json, */*");
            let response = call.call().map_err(|error| error.to_string())?;
            let status = response.status();
            if status.is_success() {
                let body = response.into_body().into_with_config().limit(most as u64);
                return body.read_to_vec().map_err(|error| error.to_string());
            }
            if !status.is_redirection() {
                return Err(format!("the server responded with {status}"));
            }
            let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            let to = to.ok_or_else(|| format!("the server responded with {status} without a `Location`"))?;
            let next = uri::resolve(&url, uri::split(to).0);
            let weaker = uri::scheme(&url) == Some("https") && uri::scheme(&next) != Some("https");
            if !uri::is_remote(&next) || weaker {
                return Err(format!("the server redirects to `{next}`, which must not be fetched"));
            }
            url = next;
        }
        Err(format!("the server redirects more than {MOST_REDIRECTS} times"))
    }

    /// An agent for one URL.
    fn agent(url: &str, private: &[String]) -> Result<ureq::Agent, String> {
        let parsed: Uri = url.parse().map_err(|_| format!("`{url}` is not a URL"))?;
        let host = parsed.host().unwrap_or_default().to_ascii_lowercase();
        let named = private.iter().any(|name| name.eq_ignore_ascii_case(&host));
        // a proxy looks names up itself, so that some of them are refused before it is asked
        if !named && is_private_name(&host) {
            return Err(refusal(&host));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("envoi/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Guarded {
            host: (!named).then_some(host),
            resolver: DefaultResolver::default(),
        };
        Ok(ureq::Agent::with_parts(config, DefaultConnector::default(), resolver))
    }

    fn refusal(host: &str) -> String {
        format!(
            "`{host}` has a loopback, private or link-local address, which documents may not request; to allow this \
             host, pass `--allow-private-host {host}`"
        )
    }

    /// Looks names up, and refuses addresses that are not on the internet. The address that is looked up is the one that
    /// is connected to, so that a name cannot mean one address first and another one then.
    #[derive(Debug)]
    struct Guarded {
        /// The host that must not have such an address; a proxy may.
        host: Option<String>,
        resolver: DefaultResolver,
    }

    impl Resolver for Guarded {
        fn resolve(
            &self,
            uri: &Uri,
            config: &Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let addresses = self.resolver.resolve(uri, config, timeout)?;
            let guarded = self
                .host
                .as_deref()
                .filter(|host| uri.host().is_some_and(|own| own.eq_ignore_ascii_case(host)));
            match guarded {
                Some(host) if addresses.iter().any(|address| is_private(address.ip())) => Err(ureq::Error::Io(
                    io::Error::new(io::ErrorKind::PermissionDenied, refusal(host)),
                )),
                _ => Ok(addresses),
            }
        }
    }
}
