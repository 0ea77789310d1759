//! The list of diagnostic codes.

use std::fmt;

/// Severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Information; the output is complete.
    Note,
    /// The output works, but part of the document is not generated or is untyped.
    Warning,
    /// The document cannot be used; no files are written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $id:literal,)+) => {
        /// Code of a diagnostic; stable across releases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $meaning])+ $name,)+
        }

        impl Code {
            /// All codes, ordered by identifier.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Returns the identifier, such as `E005`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            /// Returns the meaning of the code, in one line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($meaning),+).trim_ascii_start(),)+
                }
            }
        }
    };
}

codes! {
    /// The file cannot be read: it does not exist, is a folder, or access is denied.
    Unreadable = "E001",
    /// The file is not valid YAML or JSON.
    Syntax = "E002",
    /// The document exceeds a limit on size, depth, number of nodes, or alias expansion.
    Limit = "E003",
    /// The document declares no version of OpenAPI or Swagger, or an unsupported one.
    Version = "E004",
    /// A `$ref` points to nothing.
    DanglingReference = "E005",
    /// A `$ref` refers to itself without reaching a definition.
    ReferenceCycle = "E006",
    /// A key appears twice in one object.
    DuplicateMember = "E007",
    /// A `$ref` points outside the files that may be read.
    ExternalReference = "E008",
    /// The generated code is not valid Rust, which is a bug in Envoi.
    Bug = "E009",
    /// An overlay cannot be applied.
    Overlay = "E012",
    /// `include` and `exclude` select no operation.
    NothingSelected = "E013",
    /// A part of the document violates the OpenAPI specification; it is ignored or repaired.
    Invalid = "W101",
    /// A schema cannot be expressed as a Rust type; generated as `serde_json::Value`.
    UntypedSchema = "W102",
    /// Branches of an `allOf` contradict each other.
    Contradiction = "W103",
    /// A body has a media type without a typed form; it is sent or received as bytes or text.
    UntypedBody = "W104",
    /// A security scheme or requirement is not supported or not declared.
    Security = "W105",
    /// A setting of the configuration matches nothing in the document.
    UnusedSetting = "W106",
    /// A path template contains a parameter that is not declared; generated as a string.
    UndeclaredParameter = "W107",
    /// A `$ref` cannot be resolved, and `--keep-going` is set; what depends on it is not generated or is untyped.
    Unresolved = "W110",
    /// An action of an overlay has no effect.
    IdleAction = "W112",
    /// An object has a key that OpenAPI does not know; it is ignored.
    UnknownKey = "W113",
    /// Only some of several media types of a body are generated.
    OtherMediaTypes = "N201",
    /// A generated name is already taken; it got a suffix.
    Renamed = "N202",
    /// A part of the document is not generated, since a client does not need it.
    NotGenerated = "N204",
    /// An example does not match its generated type: it cannot be decoded, or loses data.
    Example = "N205",
    /// A `default` is not one of the values of its `enum`.
    Default = "N206",
    /// A security scheme is not built in; the program must set a signer.
    Signer = "N210",
    /// Two branches of a `oneOf` or `anyOf` cannot be distinguished; values are decoded as the first.
    Alike = "N211",
    /// A branch of a `oneOf` or `anyOf` is the schema that contains it; the branch is ignored.
    OwnBranch = "N212",
    /// A `$dynamicAnchor` is nested in another of the same name; the inner one is used.
    InnerAnchor = "N215",
    /// An operation looks paginated, but is generated without `pages()` and `items()`.
    NotPaged = "N216",
}

impl Code {
    /// Returns the severity; the first letter of the identifier encodes it.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self.id().as_bytes()[0] {
            b'E' => Severity::Error,
            b'W' => Severity::Warning,
            _ => Severity::Note,
        }
    }

    /// Returns whether the error affects only what depends on one reference, so that `--keep-going` applies.
    pub(crate) fn costs_a_part(self) -> bool {
        matches!(
            self,
            Self::DanglingReference | Self::ReferenceCycle | Self::ExternalReference
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
