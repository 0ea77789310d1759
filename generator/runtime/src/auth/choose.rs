//! Selection of the credentials of a request.

use std::sync::Arc;

use super::super::encode::Parameter;
use super::attachment::Attachment;
use super::given::{Given, carries};
use super::security::Scheme;

/// Security requirements of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Security {
    /// Requirements of the API description.
    Declared(&'static [&'static [&'static Scheme]]),
    /// The credentials for all requests or the first other one, for endpoints that are not in the API description.
    First,
}

impl Security {
    /// Returns whether a parameter is one of the required credentials.
    pub(crate) fn asks_for(self, parameter: &Parameter) -> bool {
        match self {
            Self::First => false,
            Self::Declared(alternatives) => {
                let mut schemes = alternatives.iter().copied().flatten();
                schemes.any(|scheme| carries(scheme, parameter))
            }
        }
    }

    /// Returns whether no credential is required.
    pub(crate) fn permits_none(self) -> bool {
        match self {
            Self::First => true,
            Self::Declared(alternatives) => {
                alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty())
            }
        }
    }
}

/// Returns the credentials to send: those of the first alternative that is complete, from arguments of the call or as
/// configured, and all other arguments. Next come the credentials for all requests, then an alternative whose other credentials are `by_hand`: set by the
/// caller in the request. An alternative without credentials is used last, so that a configured credential is sent.
///
/// # Errors
/// The alternatives, if none is complete.
pub(crate) fn choose(
    security: Security,
    given: &Given,
    configured: &[Arc<Attachment>],
    by_hand: &dyn Fn(&Scheme) -> bool,
) -> Result<Vec<Arc<Attachment>>, &'static [&'static [&'static Scheme]]> {
    let alternatives = match security {
        Security::First => {
            let first = || configured.first().cloned().into_iter().collect();
            return Ok(general(configured).unwrap_or_else(first));
        }
        Security::Declared(alternatives) => alternatives,
    };
    let find = |scheme: &&'static Scheme| find(scheme, given, configured);
    let all_but_by_hand = |schemes: &&'static [&'static Scheme]| {
        let found = schemes.iter().map(|scheme| (find(scheme), by_hand(scheme)));
        let found = found.map(|(found, by_hand)| (found.is_some() || by_hand).then_some(found));
        Some(found.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    };
    let mut asking = alternatives.iter().filter(|schemes| !schemes.is_empty());
    let chosen = asking
        .clone()
        .find_map(|schemes| schemes.iter().map(find).collect())
        .or_else(|| general(configured))
        .or_else(|| asking.find_map(all_but_by_hand))
        .or_else(|| security.permits_none().then(Vec::new))
        .ok_or(alternatives)?;
    Ok(with_given(chosen, given))
}

/// Returns the credentials to send if others are added elsewhere: the available ones of the first alternative that has
/// any.
pub(crate) fn choose_some(security: Security, given: &Given, configured: &[Arc<Attachment>]) -> Vec<Arc<Attachment>> {
    let alternatives = match security {
        Security::First => &[],
        Security::Declared(alternatives) => alternatives,
    };
    let some = |schemes: &&'static [&'static Scheme]| {
        let found = schemes.iter().filter_map(|scheme| find(scheme, given, configured));
        Some(found.collect::<Vec<_>>()).filter(|found| !found.is_empty())
    };
    with_given(alternatives.iter().find_map(some).unwrap_or_default(), given)
}

/// Returns the credentials for all requests, if there are any.
fn general(configured: &[Arc<Attachment>]) -> Option<Vec<Arc<Attachment>>> {
    let mut general = configured
        .iter()
        .filter(|attachment| attachment.general.is_some())
        .peekable();
    general.peek()?;
    Some(general.cloned().collect())
}

fn find(scheme: &'static Scheme, given: &Given, configured: &[Arc<Attachment>]) -> Option<Arc<Attachment>> {
    let mut configured = configured.iter();
    let configured =
        || configured.find(|attachment| attachment.general.is_none() && attachment.scheme == scheme.name());
    given.of(scheme).or_else(configured).cloned()
}

/// Adds the arguments, each of which is sent once.
pub(crate) fn with_given(mut chosen: Vec<Arc<Attachment>>, given: &Given) -> Vec<Arc<Attachment>> {
    chosen.retain(|attachment| !given.attachments().any(|own| Arc::ptr_eq(own, attachment)));
    chosen.extend(given.attachments().cloned());
    chosen
}
