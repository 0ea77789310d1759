//! Names of cargo features.

use super::client::Names;
use super::scope::Scope;
use crate::analyze::Slice;

/// Models that no operation and no webhook needs.
pub(crate) const OTHER_MODELS: &str = "other_models";

/// What stands for something else among the features of a client.
const RESERVED: [&str; 10] = [
    "client",
    "default",
    "full",
    OTHER_MODELS,
    "shared_models",
    "shared_models_2",
    "shared_models_3",
    "shared_models_4",
    "untagged",
    "webhooks",
];

/// A name per slice: that of the module a group stands in, with the hyphens that features usually have.
pub(crate) fn feature_names(names: &Names, slices: &[Slice], taken: &[String]) -> Vec<String> {
    let reserved: Vec<&str> = RESERVED.into_iter().chain(taken.iter().map(String::as_str)).collect();
    let mut scope = Scope::new(&reserved, "tag");
    let name = |slice: &Slice| match slice {
        Slice::Group(index) => {
            let module = names.of_group(*index).accessor.plain();
            scope.claim(module.trim_end_matches('_').to_owned())
        }
        Slice::Untagged => "untagged".to_owned(),
        Slice::Webhooks => "webhooks".to_owned(),
        Slice::OtherModels => OTHER_MODELS.to_owned(),
    };
    let names = slices.iter().map(name);
    names.map(|name| name.trim_end_matches('_').replace('_', "-")).collect()
}
