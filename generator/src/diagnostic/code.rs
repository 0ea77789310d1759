//! The one list of diagnostic codes.

use std::fmt;

/// How much a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something worth knowing; nothing is missing from the output.
    Note,
    /// The output works, but holds less than the document describes at this place.
    Warning,
    /// The document cannot be used as it stands; nothing is written.
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
        /// Identifies a kind of message; stable across releases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $meaning])+ $name,)+
        }

        impl Code {
            /// Every code there is, in the order of its identifier.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The identifier that is printed, such as `E005`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            /// What the code means, in one line.
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
    /// The file cannot be read: it is missing, a folder, or not permitted.
    Unreadable = "E001",
    /// The text is neither YAML nor JSON.
    Syntax = "E002",
    /// The document exceeds a limit: its size, depth, number of nodes, or alias expansion.
    Limit = "E003",
    /// The document names no version of OpenAPI or Swagger, or one that is not supported.
    Version = "E004",
    /// A `$ref` points to nothing.
    DanglingReference = "E005",
    /// A `$ref` leads back to itself without ever reaching a definition.
    ReferenceCycle = "E006",
    /// A member is written twice in one object.
    DuplicateMember = "E007",
    /// A `$ref` leads out of the document.
    ExternalReference = "E008",
    /// The emitted code could not be printed, which is a bug in Envoi.
    Bug = "E009",
    /// An overlay cannot be applied.
    Overlay = "E012",
    /// What is included and excluded leaves no operation.
    NothingSelected = "E013",
    /// A part of the document is not what OpenAPI says it should be; that part is left out or repaired.
    Invalid = "W101",
    /// A schema uses a construct that has no typed form yet; its values are plain JSON values.
    UntypedSchema = "W102",
    /// Branches of an `allOf` contradict each other.
    Contradiction = "W103",
    /// A body has a media type without a typed form yet; it is sent or received as bytes.
    UntypedBody = "W104",
    /// A security scheme or requirement cannot be honoured.
    Security = "W105",
    /// A setting of the configuration matched nothing in the document.
    UnusedSetting = "W106",
    /// A path template names a parameter that is not declared; it becomes a string.
    UndeclaredParameter = "W107",
    /// A reference that would be an error, had the run not been told to keep going; what needs it is left out.
    Unresolved = "W110",
    /// An action of an overlay changes nothing.
    IdleAction = "W112",
    /// Only one of several media types of a body is offered.
    OtherMediaTypes = "N201",
    /// Two things would have had one name; one of them got a suffix.
    Renamed = "N202",
    /// A part of the document has no counterpart in a client.
    NotGenerated = "N204",
    /// An example does not fit the type of its place: it is not read, or does not come back as a whole.
    Example = "N205",
    /// A `default` is not among the values that its `enum` lists.
    Default = "N206",
    /// A security scheme needs a function of the caller that signs requests.
    Signer = "N210",
    /// Nothing tells two branches of a `oneOf` or `anyOf` apart; values are read as the first of them.
    Alike = "N211",
    /// A branch of a `oneOf` or an `anyOf` is the schema that lists it, which adds nothing.
    OwnBranch = "N212",
    /// A `$dynamicAnchor` is declared inside another one of the same name; the inner one is used.
    InnerAnchor = "N215",
    /// An operation looks paged, but is generated without pages.
    NotPaged = "N216",
}

impl Code {
    /// How much messages with this code weigh; the first letter of the identifier says the same.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self.id().as_bytes()[0] {
            b'E' => Severity::Error,
            b'W' => Severity::Warning,
            _ => Severity::Note,
        }
    }

    /// Whether this is an error about a reference, without which the rest of the document can still be used.
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
