//! Certificates, good and bad, and an authority that the clients of these tests trust.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber,
    date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection};

/// What the certificates are for, unless a test says otherwise.
const HOST: &str = "127.0.0.1";

/// Serial number of the certificate that is revoked.
const REVOKED: u64 = 41;

type Issuer = CertifiedIssuer<'static, KeyPair>;

static TRUSTED: LazyLock<Issuer> = LazyLock::new(|| authority("trusted"));
static STRANGER: LazyLock<Issuer> = LazyLock::new(|| authority("stranger"));

/// How a server of `https` begins.
#[derive(Clone)]
pub(crate) enum Tls {
    /// Without TLS.
    None,
    /// With half of what it has to say.
    Half(Arc<ServerConfig>),
    Whole(Arc<ServerConfig>),
}

/// A certificate with its key.
pub(crate) struct Identity(CertificateDer<'static>, PrivateKeyDer<'static>);

fn authority(name: &str) -> Issuer {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, key()).expect("an authority")
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn signed(issuer: &Issuer, change: impl FnOnce(&mut CertificateParams)) -> Identity {
    let mut params = CertificateParams::new([HOST.to_owned()]).expect("a name");
    change(&mut params);
    let key = key();
    let certificate = params.signed_by(&key, issuer).expect("a certificate");
    Identity(certificate.der().clone(), key.into())
}

impl Identity {
    pub(crate) fn good() -> Self {
        signed(&TRUSTED, |_| {})
    }

    pub(crate) fn expired() -> Self {
        signed(&TRUSTED, |params| params.not_after = date_time_ymd(2001, 1, 1))
    }

    pub(crate) fn of_the_future() -> Self {
        signed(&TRUSTED, |params| params.not_before = date_time_ymd(3001, 1, 1))
    }

    pub(crate) fn of_another_host() -> Self {
        let other = CertificateParams::new(["other.example".to_owned()]).expect("a name");
        signed(&TRUSTED, |params| params.subject_alt_names = other.subject_alt_names)
    }

    pub(crate) fn of_a_stranger() -> Self {
        signed(&STRANGER, |_| {})
    }

    pub(crate) fn of_a_client() -> Self {
        signed(&TRUSTED, |params| {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        })
    }

    pub(crate) fn revoked() -> Self {
        signed(&TRUSTED, |params| {
            params.serial_number = Some(SerialNumber::from(REVOKED))
        })
    }

    pub(crate) fn self_signed() -> Self {
        let (params, key) = (CertificateParams::new([HOST.to_owned()]).expect("a name"), key());
        let certificate = params.self_signed(&key).expect("a certificate");
        Self(certificate.der().clone(), key.into())
    }

    /// Changed after it was signed.
    pub(crate) fn forged() -> Self {
        let Self(certificate, key) = Self::good();
        let mut bytes = certificate.to_vec();
        *bytes.last_mut().expect("a signature") ^= 1;
        Self(bytes.into(), key)
    }

    /// The settings of a server that speaks these protocols.
    pub(crate) fn serve(self, protocols: &[&str]) -> ServerConfig {
        let settings = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth();
        let mut settings = settings.with_single_cert(vec![self.0], self.1).expect("a key");
        settings.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        settings
    }

    /// The same for clients that have a certificate, too.
    pub(crate) fn serve_the_known(self) -> ServerConfig {
        let verifier = WebPkiClientVerifier::builder_with_provider(roots(), provider());
        ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_client_cert_verifier(verifier.build().expect("roots"))
            .with_single_cert(vec![self.0], self.1)
            .expect("a key")
    }
}

/// Sends half of what a server says first, and ends.
pub(crate) async fn half(mut stream: TcpStream, config: &Arc<ServerConfig>) {
    let mut hello = vec![0; 16 * 1024];
    let read = stream.read(&mut hello).await.unwrap_or_default();
    let mut server = ServerConnection::new(Arc::clone(config)).expect("settings");
    server.read_tls(&mut &hello[..read]).expect("a hello");
    server.process_new_packets().expect("a hello");
    let mut flight = Vec::new();
    while server.wants_write() {
        server.write_tls(&mut flight).expect("memory");
    }
    let _ = stream.write_all(&flight[..flight.len() / 2]).await;
    let _ = stream.shutdown().await;
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn roots() -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(TRUSTED.der().clone()).expect("a root");
    Arc::new(roots)
}

/// What the trusted authority has revoked.
static REVOCATIONS: LazyLock<CertificateRevocationListDer<'static>> = LazyLock::new(|| {
    let (past, future) = (date_time_ymd(2001, 1, 1), date_time_ymd(3001, 1, 1));
    let list = CertificateRevocationListParams {
        this_update: past,
        next_update: future,
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: vec![RevokedCertParams {
            serial_number: SerialNumber::from(REVOKED),
            revocation_time: past,
            reason_code: None,
            invalidity_date: None,
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    list.signed_by(&TRUSTED).expect("a list").into()
});

/// Trusts the authority of these tests alone.
pub(crate) fn trusting(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let list = STANDARD.encode(&*REVOCATIONS);
    let list = format!("-----BEGIN X509 CRL-----\n{list}\n-----END X509 CRL-----\n");
    let list = reqwest::tls::CertificateRevocationList::from_pem(list.as_bytes()).expect("a list");
    let root = reqwest::Certificate::from_der(TRUSTED.der()).expect("a root");
    http.tls_certs_only([root]).tls_crls_only([list])
}

/// The same for clients that are not reqwest.
pub(crate) fn trusting_by_hand() -> ClientConfig {
    let verifier = WebPkiServerVerifier::builder_with_provider(roots(), provider()).with_crls([REVOCATIONS.clone()]);
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_webpki_verifier(verifier.build().expect("roots"))
        .with_no_client_auth()
}
