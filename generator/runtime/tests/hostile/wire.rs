//! Connections, with TLS and without.

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// A connection that a script is played on.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {
    /// What is beneath TLS.
    fn socket(&mut self) -> &mut TcpStream;
}

impl Wire for TcpStream {
    fn socket(&mut self) -> &mut TcpStream {
        self
    }
}

impl Wire for TlsStream<TcpStream> {
    fn socket(&mut self) -> &mut TcpStream {
        self.get_mut().0
    }
}
