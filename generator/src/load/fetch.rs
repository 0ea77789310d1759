//! The network, behind one function; nothing else knows `ureq`.

#[cfg(feature = "remote")]
pub(super) use self::with_ureq::fetch;

/// What is at a URL; never without the feature `remote`.
#[cfg(not(feature = "remote"))]
pub(super) fn fetch(_url: &str, _most: usize) -> Result<Vec<u8>, String> {
    Err("this build of envoi is without the feature `remote`".to_owned())
}

#[cfg(feature = "remote")]
mod with_ureq {
    use std::time::Duration;

    use ureq::http::header::{ACCEPT, LOCATION};

    use crate::bundle::uri;

    const MOST_REDIRECTS: usize = 5;
    const LONGEST: Duration = Duration::from_secs(30);

    /// What is at a URL, if it is at most `most` bytes.
    pub(in crate::load) fn fetch(url: &str, most: usize) -> Result<Vec<u8>, String> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("envoi/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = ureq::Agent::from(config);
        let mut url = url.to_owned();
        for _ in 0..=MOST_REDIRECTS {
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
                return Err(format!("the server answers {status}"));
            }
            let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            let to = to.ok_or_else(|| format!("the server answers {status} and does not say where to go"))?;
            let next = uri::resolve(&url, uri::split(to).0);
            let weaker = uri::scheme(&url) == Some("https") && uri::scheme(&next) != Some("https");
            if !uri::is_remote(&next) || weaker {
                return Err(format!("the server leads on to `{next}`, where a fetch must not go"));
            }
            url = next;
        }
        Err(format!("the server leads on more than {MOST_REDIRECTS} times"))
    }
}
