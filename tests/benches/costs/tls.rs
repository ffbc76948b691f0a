//! TLS before a database, as before the real one: functions verify a certificate and encrypt.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::Failed;

const LOOPBACK: &str = "127.0.0.1";
/// Where systems keep the certificates they believe.
const BELIEVED: [&str; 3] = [
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
];

/// A certificate of this machine's, in a file with all those that the system believes: a function reads
/// them when it builds its client.
pub(super) struct Tls {
    bundle: PathBuf,
    acceptor: TlsAcceptor,
    /// How many certificates a function reads.
    pub(super) certificates: usize,
}

impl Tls {
    pub(super) fn new() -> Result<Self, Failed> {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed([LOOPBACK.to_owned()])?;
        let mut believed = BELIEVED
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok());
        let bundle = believed.next().unwrap_or_default() + &cert.pem();
        let path = std::env::temp_dir().join(format!("carnet-bench-{}.pem", std::process::id()));
        fs::write(&path, &bundle)?;
        let key = PrivateKeyDer::try_from(signing_key.serialize_der())?;
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)?;
        Ok(Self {
            bundle: path,
            acceptor: TlsAcceptor::from(Arc::new(config)),
            certificates: bundle.matches("BEGIN CERTIFICATE").count(),
        })
    }

    /// An address at which the database answers through TLS, as long as this process lives.
    pub(super) async fn before(&self, endpoint: &str) -> Result<String, Failed> {
        let behind = endpoint.trim_start_matches("http://").trim_end_matches('/');
        let behind = behind.to_owned();
        let listener = TcpListener::bind((LOOPBACK, 0)).await?;
        let address = listener.local_addr()?;
        let acceptor = self.acceptor.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(acceptor.clone(), stream, behind.clone()));
            }
        });
        Ok(format!("https://{address}"))
    }

    /// What a process of this machine needs to find a database there, and to believe it.
    pub(super) fn environment(&self, endpoint: &str) -> Vec<(String, String)> {
        [
            ("AWS_ENDPOINT_URL", endpoint),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
            ("SSL_CERT_FILE", &self.bundle.to_string_lossy()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        // What is not there need not be removed.
        let _ = fs::remove_file(&self.bundle);
    }
}

/// Passes everything on, in both directions. A side that goes away ends it.
async fn pass(acceptor: TlsAcceptor, stream: TcpStream, behind: String) {
    let _ = stream.set_nodelay(true);
    let (Ok(mut from), Ok(mut to)) = (
        acceptor.accept(stream).await,
        TcpStream::connect(&behind).await,
    ) else {
        return;
    };
    let _ = to.set_nodelay(true);
    let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
}
