//! `cargo xtask regen` fails if it cannot request the pages, and says how to work without them.

mod support;

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivatePkcs8KeyDer;
use support::Run;
use support::reference::{CachedProject, default_response, path};
use support::server::{Response, Server};

/// The variables that configure proxies and trusted certificates; those of the machine are ignored.
const VARIABLES: [&str; 10] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// Runs `regen` without retries, with environment variables.
fn regen(cached: &CachedProject, options: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
        .args(["regen", "--retries", "0", "--timeout", "5", "--cache"])
        .arg(cached.cache.path())
        .args(options)
        .envs(variables.iter().copied())
        .current_dir(cached.project.path(""));
    Run::of(&command.output().expect("the built command"))
}

/// Runs `regen` from an address, which must fail for a reason and change nothing.
fn fails(base: &str, variables: &[(&str, &str)], reason: &str) {
    let cached = CachedProject::refreshed();
    let before = cached.project.files();
    for more in [&[][..], &["--keep-going"], &["--check"]] {
        let options: Vec<_> = ["--base-url", base]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let run = regen(&cached, &options, variables).ends_with(1);
        let page = path("en_us", "orchard");
        let error = format!("error: {base}{page}: found no connection");
        assert!(
            run.stderr.starts_with(&error) && run.stderr.contains(reason),
            "{run:?}"
        );
        let hint = "  hint: `--offline` generates from the committed snapshots, without requests\n";
        assert!(run.stderr.ends_with(hint), "{run:?}");
        assert_eq!(run.stdout, "");
    }
    assert!(cached.project.files() == before);
    let run = regen(&cached, &["--offline", "--base-url", base], variables).succeeds();
    assert!(run.stdout.starts_with("up to date: "), "{run:?}");
}

#[test]
fn a_refused_connection_fails() {
    // a port on which nothing listens any more
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    fails(&format!("http://{address}"), &[], "refused");
}

#[test]
fn an_unknown_host_fails() {
    fails("https://orchard.invalid", &[], "no connection (");
}

#[test]
fn a_proxy_that_refuses_fails() {
    for (status, reason) in [
        (
            403,
            "no connection through the proxy (tunnel error: unsuccessful)",
        ),
        (
            407,
            "no connection through the proxy (tunnel error: proxy authorization required)",
        ),
    ] {
        let proxy = Server::start(move |_| Response::status(status));
        let variables = [("HTTPS_PROXY", proxy.base())];
        let variables = variables
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        fails("https://docs.aws.amazon.com", &variables, reason);
        assert!(!proxy.requests_for("docs.aws.amazon.com:443").is_empty());
    }
}

#[test]
fn unusable_proxy_settings_fail() {
    let proxy = [("HTTPS_PROXY", "socks5://127.0.0.1:1080")];
    fails(
        "https://docs.aws.amazon.com",
        &proxy,
        "unsupported scheme socks5",
    );
}

/// A certificate authority.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    let name = "the authority of this test";
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"))
        .expect("a certificate")
}

/// A reference with a certificate for a host name.
fn encrypted(host: &str, issuer: Option<&CertifiedIssuer<'_, KeyPair>>) -> Server {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new([host.to_owned()]).expect("a host name");
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, issuer),
        None => params.self_signed(&key),
    };
    let chain = vec![certificate.expect("a certificate").der().clone()];
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder_with_provider(default_provider().into())
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .expect("a certificate with its key");
    Server::start_with(Some(config), default_response)
}

/// The file of trusted certificates, as `rustls-native-certs` looks for it. Other systems than Linux
/// have their own stores, which tests cannot change.
fn trusted(folder: &Path, issuer: &CertifiedIssuer<'_, KeyPair>) -> String {
    let file = folder.join("trusted.pem");
    std::fs::write(&file, issuer.pem()).expect("a file");
    file.to_str().expect("a plain path").to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn untrusted_and_wrong_certificates_fail() {
    let (ours, folder) = (authority(), tempfile::tempdir().expect("a folder"));
    let file = trusted(folder.path(), &ours);
    let variables = [("SSL_CERT_FILE", file.as_str())];
    let self_signed = encrypted("localhost", None);
    fails(
        &self_signed.base(),
        &variables,
        "invalid peer certificate: UnknownIssuer",
    );
    let other_name = encrypted("orchard.example", Some(&ours));
    fails(
        &other_name.base(),
        &variables,
        "invalid peer certificate: certificate not valid for name",
    );
    // with the right name, the same settings work
    let cached = CachedProject::new();
    let right = encrypted("localhost", Some(&ours));
    let run = regen(&cached, &["--base-url", &right.base()], &variables).succeeds();
    assert!(
        run.stdout.contains("pages: 11 fetched, 0 unchanged\n"),
        "{run:?}"
    );
}
