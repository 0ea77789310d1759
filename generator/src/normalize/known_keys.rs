//! The keys of each object of OpenAPI.

use crate::document::Version;
use crate::grammar::Kind;

/// The keys of an object in Swagger 2.0, or in OpenAPI 3.0 to 3.2; none for objects that a client is not made of, and
/// for those whose keys are names of the API.
pub(super) fn known(kind: Kind, version: Version) -> Vec<&'static str> {
    let swagger = match version {
        Version::Swagger2 => of_swagger(kind),
        _ => "",
    };
    let since_3 = match (version, kind) {
        (Version::Swagger2, Kind::Document) => "",
        // what Swagger 2.0 calls otherwise is understood there by either name
        _ => since_3(kind),
    };
    let value = match (version, kind) {
        // its other keys describe the value
        (Version::Swagger2, Kind::Parameter | Kind::Header) => SCHEMA,
        _ => "",
    };
    [swagger, since_3, value]
        .into_iter()
        .flat_map(str::split_whitespace)
        .collect()
}

/// The keys that were dropped or renamed by OpenAPI 3.0.
fn of_swagger(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => {
            "basePath consumes definitions externalDocs host info parameters paths produces responses schemes \
             security securityDefinitions swagger tags"
        }
        Kind::Operation => "consumes produces schemes",
        Kind::Parameter | Kind::Header => "collectionFormat",
        Kind::Response => "examples schema",
        Kind::SecurityScheme => "authorizationUrl flow scopes tokenUrl",
        _ => "",
    }
}

fn since_3(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => {
            "$self components externalDocs info jsonSchemaDialect openapi paths security servers tags webhooks"
        }
        Kind::Components => {
            "callbacks examples headers links mediaTypes parameters pathItems requestBodies responses schemas \
             securitySchemes"
        }
        Kind::PathItem => {
            "$ref additionalOperations delete description get head options parameters patch post put query servers \
             summary trace"
        }
        Kind::Operation => {
            "callbacks deprecated description externalDocs operationId parameters requestBody responses security \
             servers summary tags"
        }
        Kind::Parameter => {
            "allowEmptyValue allowReserved content deprecated description example examples explode in name required \
             schema style"
        }
        Kind::Header => {
            "allowEmptyValue allowReserved content deprecated description example examples explode required schema \
             style"
        }
        Kind::RequestBody => "content description required",
        Kind::Response => "content description headers links summary",
        Kind::MediaType => "encoding example examples itemEncoding itemSchema prefixEncoding schema",
        Kind::Encoding => "allowReserved contentType encoding explode headers itemEncoding prefixEncoding style",
        Kind::SecurityScheme => {
            "bearerFormat deprecated description flows in name oauth2MetadataUrl openIdConnectUrl scheme type"
        }
        Kind::Discriminator => "defaultMapping mapping propertyName",
        Kind::Info => "contact description license summary termsOfService title version",
        Kind::Server => "description name url variables",
        Kind::ServerVariable => "default description enum",
        Kind::Tag => "description externalDocs kind name parent summary",
        Kind::OAuthFlows => "authorizationCode clientCredentials deviceAuthorization implicit password",
        Kind::OAuthFlow => "authorizationUrl deviceAuthorizationUrl refreshUrl scopes tokenUrl",
        Kind::Xml => "attribute name namespace nodeType prefix wrapped",
        Kind::Schema => SCHEMA,
        Kind::Callback | Kind::Example | Kind::Link | Kind::Contact | Kind::License | Kind::ExternalDocs => "",
    }
}

/// Keywords of every draft of JSON Schema and of every version of OpenAPI. A schema may have others.
const SCHEMA: &str = "$anchor $comment $defs $dynamicAnchor $dynamicRef $id $recursiveAnchor $recursiveRef $ref $schema $vocabulary \
     additionalItems additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema \
     default definitions dependencies dependentRequired dependentSchemas deprecated description discriminator else \
     enum example examples exclusiveMaximum exclusiveMinimum externalDocs format id if items maxContains maxItems \
     maxLength maxProperties maximum minContains minItems minLength minProperties minimum multipleOf not nullable \
     oneOf pattern patternProperties prefixItems properties propertyNames readOnly required then title type \
     unevaluatedItems unevaluatedProperties uniqueItems xml";

/// How an object is called.
pub(super) const fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "the document",
        Kind::Components => "`components`",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::Callback => "a callback",
        Kind::Parameter => "a parameter",
        Kind::Header => "a header",
        Kind::RequestBody => "a request body",
        Kind::Response => "a response",
        Kind::MediaType => "a media type",
        Kind::Encoding => "an encoding",
        Kind::Example => "an example",
        Kind::Link => "a link",
        Kind::SecurityScheme => "a security scheme",
        Kind::Schema => "a schema",
        Kind::Discriminator => "a discriminator",
        Kind::Info => "`info`",
        Kind::Contact => "a contact",
        Kind::License => "a license",
        Kind::Server => "a server",
        Kind::ServerVariable => "a server variable",
        Kind::Tag => "a tag",
        Kind::ExternalDocs => "external documentation",
        Kind::OAuthFlows => "`flows`",
        Kind::OAuthFlow => "an OAuth flow",
        Kind::Xml => "`xml`",
    }
}
