//! Finds out which operations are paginated: by configuration, by extensions, and by the names of parameters and
//! properties.

mod body;
mod call;
mod count;
mod doubt;
mod extension;
mod members;
mod rule;
mod setting;
mod words;

use self::call::{By, Call, Proposal};
use crate::config::{Pagination as Settings, is_pattern};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::{Api, PageStep, Pagination, ReplyPlace};
use crate::nearest::nearest;
use crate::parallel;
use crate::select::Selection;

/// Finds out how each operation is paged.
pub fn paginate(
    api: &mut Api,
    document: &Document,
    selection: &Selection,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let found = parallel::map(&api.operations, |operation| {
        let root = &document.root;
        let mut said = Said::default();
        let call = Call { api, root, operation };
        (call.pagination(settings, &mut said), said)
    });
    let mut tried = Vec::new();
    for (operation, (found, said)) in api.operations.iter_mut().zip(found) {
        operation.pagination = found;
        diagnostics.extend(said.diagnostics);
        tried.extend(said.patterns);
    }
    report_unknown(api, selection, settings, diagnostics);
    report_unfit(&tried, settings, diagnostics);
}

/// What was said about one operation.
#[derive(Debug, Default)]
struct Said {
    diagnostics: Diagnostics,
    /// The patterns that fitted its name, each with the reason why its table did not fit the operation.
    patterns: Vec<(String, Option<String>)>,
}

/// Says which operations of the configuration the document does not have.
fn report_unknown(api: &Api, selection: &Selection, settings: &Settings, diagnostics: &mut Diagnostics) {
    let ids = || api.operations.iter().filter_map(|operation| operation.id.as_deref());
    for name in settings.operations.keys().filter(|name| !is_pattern(name)) {
        if ids().any(|id| id == name) || selection.has_seen(name) {
            continue;
        }
        let message = format!("`pagination` names the operation `{name}`, which is not in the document");
        let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
        diagnostic.help = nearest(name, ids()).map(|near| format!("did you mean `{near}`?"));
        diagnostics.push(diagnostic);
    }
}

/// Says which patterns of the configuration page no operation.
fn report_unfit(tried: &[(String, Option<String>)], settings: &Settings, diagnostics: &mut Diagnostics) {
    for name in settings.operations.keys().filter(|name| is_pattern(name)) {
        let mut own = tried.iter().filter(|(pattern, _)| pattern == name).peekable();
        let why = match own.peek() {
            None => "matches no `operationId`".to_owned(),
            Some(_) => match own.map(|(_, reason)| reason.as_ref()).collect::<Option<Vec<_>>>() {
                Some(reasons) => format!(
                    "applies to none of the operations it matches ({}): {}",
                    reasons.len(),
                    reasons[0]
                ),
                None => continue,
            },
        };
        let message = format!("the pattern `{name}` in `pagination` {why}");
        diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
    }
}

impl<'a> Call<'a> {
    fn pagination(self, settings: &Settings, said: &mut Said) -> Option<Pagination> {
        let id = self.operation.id.as_deref();
        for (name, setting) in id.map(|id| settings.of(id)).unwrap_or_default() {
            let made = setting.map(|pages| self.complete(self.configured(pages), By::Configuration));
            if is_pattern(name) {
                let reason = made.as_ref().and_then(|made| made.as_ref().err().cloned());
                said.patterns.push((name.to_owned(), reason));
            }
            match made {
                None => return None,
                Some(Ok(pagination)) => return Some(pagination),
                Some(Err(_)) if is_pattern(name) => {}
                Some(Err(reason)) => {
                    let message =
                        format!("`pagination` is configured for this operation, but {reason}; generated without pages");
                    said.diagnostics
                        .report(Code::UnusedSetting, &self.operation.origin, message);
                    return None;
                }
            }
        }
        if !settings.recognize {
            return None;
        }
        match self.extension() {
            Some((key, proposal)) => proposal
                .and_then(|proposal| self.complete(proposal, By::Document))
                .map_err(|reason| {
                    let message = format!("`{key}` is ignored: {reason}");
                    let noted = said
                        .diagnostics
                        .report(Code::NotGenerated, &self.operation.origin, message);
                    noted.help = self.way_out();
                })
                .ok(),
            None => self.by_rule(said),
        }
    }

    /// What names leave no doubt about, or a note if the operation looks as if it had pages.
    fn by_rule(self, said: &mut Said) -> Option<Pagination> {
        let proposal = self.recognized();
        let made = proposal.map(|proposal| self.complete(proposal, By::Document));
        match made {
            Some(Ok(pagination)) => return Some(pagination),
            // what is wrong with a proposal is the reason, unless something simpler is
            other => {
                let reason = other.and_then(Result::err);
                if let Some(doubt) = self.doubt().or(reason) {
                    self.note(&doubt, &mut said.diagnostics);
                }
            }
        }
        None
    }

    /// Puts a proposal to the test: what it names must be there.
    fn complete(self, proposal: Proposal, by: By) -> Result<Pagination, String> {
        self.repeats(proposal.in_body, by)?;
        if matches!(&proposal.step, PageStep::Cursor { token: ReplyPlace::Body(token), .. } if token.is_empty()) {
            return Err("`next` is not set".to_owned());
        }
        let output = self.output().ok_or("its response is not a single JSON type")?;
        let body = match proposal.step.parameter() {
            Some(member) if proposal.in_body => Some(self.json_body_with(member)?),
            Some("") => return Err("neither `parameter` nor `body` is set".to_owned()),
            Some(name) if self.query(name).is_none() => {
                return Err(format!("it has no single-valued query parameter `{name}`"));
            }
            _ => None,
        };
        let way = match &proposal.items {
            Some(pointer) => self
                .way(output, pointer)
                .ok_or_else(|| format!("there is no array at `{pointer}`"))?,
            None => self
                .items(output, proposal.certain)
                .ok_or("its response has several arrays that could be the items")?,
        };
        let item = self.item(output, &way).ok_or("there is no array")?;
        let counts = matches!(proposal.step, PageStep::Page { .. } | PageStep::Offset { .. });
        let vouched = proposal.more.is_some() || proposal.total_pages.is_some();
        Ok(Pagination {
            size: (counts && !vouched).then(|| self.size()).flatten(),
            step: proposal.step,
            body,
            way,
            item,
            more: proposal.more,
            total_pages: proposal.total_pages,
        })
    }
}
