//! The choice among credentials: which of those that are there a request gets.

use std::sync::Arc;

use super::super::encode::Parameter;
use super::attachment::Attachment;
use super::given::{Given, carries};
use super::security::Scheme;

/// Which credentials a request gets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Security {
    /// What the document asks for.
    Declared(&'static [&'static [&'static Scheme]]),
    /// The first that is configured, for endpoints the document does not know.
    First,
}

impl Security {
    /// Whether a parameter is one of the credentials that the document asks for.
    pub(crate) fn asks_for(self, parameter: &Parameter) -> bool {
        match self {
            Self::First => false,
            Self::Declared(alternatives) => {
                let mut schemes = alternatives.iter().copied().flatten();
                schemes.any(|scheme| carries(scheme, parameter))
            }
        }
    }

    /// Whether it can do without any.
    pub(crate) fn permits_none(self) -> bool {
        match self {
            Self::First => true,
            Self::Declared(alternatives) => {
                alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty())
            }
        }
    }
}

/// The credentials to send: those of the first alternative that is wholly there, as arguments of the call or as
/// configured, and beside them all arguments. Next comes an alternative whose other credentials are `by_hand`: the caller
/// has put them into the request. One that asks for nothing is taken if no other is, so that a configured credential is used.
///
/// # Errors
/// The alternatives, if none is there.
pub(crate) fn choose(
    security: Security,
    given: &Given,
    configured: &[Arc<Attachment>],
    by_hand: &dyn Fn(&Scheme) -> bool,
) -> Result<Vec<Arc<Attachment>>, &'static [&'static [&'static Scheme]]> {
    let alternatives = match security {
        Security::First => return Ok(configured.first().cloned().into_iter().collect()),
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
        .or_else(|| asking.find_map(all_but_by_hand))
        .or_else(|| security.permits_none().then(Vec::new))
        .ok_or(alternatives)?;
    Ok(with_given(chosen, given))
}

/// The credentials to send where others come from elsewhere: what there is of the first alternative of which there is any.
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

fn find(scheme: &'static Scheme, given: &Given, configured: &[Arc<Attachment>]) -> Option<Arc<Attachment>> {
    let mut configured = configured.iter();
    let configured = || configured.find(|attachment| attachment.scheme == scheme.name());
    given.of(scheme).or_else(configured).cloned()
}

/// What is given is sent once, whatever asks for it.
pub(crate) fn with_given(mut chosen: Vec<Arc<Attachment>>, given: &Given) -> Vec<Arc<Attachment>> {
    chosen.retain(|attachment| !given.attachments().any(|own| Arc::ptr_eq(own, attachment)));
    chosen.extend(given.attachments().cloned());
    chosen
}
