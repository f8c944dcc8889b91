//! TLS faults, with certificates made for the test.

use crate::cases::{Case, options, run, verdicts};
use crate::server::{Act, Server, page, prose};
use crate::truth::Truth::{Broken, Fine, Hidden};
use presend::links::Standing::{Alive, Dead, Unknown};
use presend::probe::{Options, Request};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use std::net::SocketAddr;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(signer: Option<&Authority>, name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    let key = KeyPair::generate().expect("a key");
    match signer {
        None => CertifiedIssuer::self_signed(params, key).expect("a certificate"),
        Some(signer) => CertifiedIssuer::signed_by(params, key, signer).expect("a certificate"),
    }
}

fn leaf(names: Vec<String>, years: (i32, i32), signer: Option<&Authority>) -> (CertificateDer<'static>, KeyPair) {
    let mut params = CertificateParams::new(names).expect("parameters");
    params.distinguished_name.push(rcgen::DnType::CommonName, "Lamps");
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    let key = KeyPair::generate().expect("a key");
    let certificate = match signer {
        Some(signer) => params.signed_by(&key, signer).expect("a certificate"),
        None => params.self_signed(&key).expect("a certificate"),
    };
    (certificate.der().clone(), key)
}

fn config(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> ServerConfig {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).expect("a certificate and its key")
}

/// Certificates, each of which is behind a port of its own.
pub(crate) fn protected() -> Vec<Case> {
    vec![
        Case::page("fine", Fine("the page opens"), |_| page("Oak", &prose()), Alive, "200"),
        Case::page("expired", Broken("browsers warn of the site"), |_| page("Oak", &prose()), Dead, "has expired"),
        Case::page("early", Broken("browsers warn of the site"), |_| page("Oak", &prose()), Dead, "not valid yet"),
        Case::page("wrong-name", Broken("browsers warn of the site"), |_| page("Oak", &prose()), Dead, "another name"),
        Case::page("self-signed", Broken("browsers warn of the site"), |_| page("Oak", &prose()), Dead, "its own owner"),
        Case::page("chain", Fine("the page opens"), |_| page("Oak", &prose()), Alive, "200"),
        Case::page(
            "incomplete",
            Hidden("some browsers fetch what is missing, others warn"),
            |_| page("Oak", &prose()),
            Unknown,
            "incomplete chain",
        ),
        Case::page("no-tls", Broken("browsers show a protocol error"), |_| page("Oak", &prose()), Dead, "does not speak https"),
    ]
    .into_iter()
    .map(Case::secure)
    .collect()
}

/// Opens the ports of [`protected`] on this server; returns them by host, and the authority behind them.
pub(crate) fn serve(server: &Server) -> (Vec<(String, SocketAddr)>, String) {
    let root = authority(None, "Root");
    let between = authority(Some(&root), "Between");
    let mut ports: Vec<(String, SocketAddr)> = vec![("no-tls.test".into(), server.plain)];
    let mut serve = |host: &str, name: &str, years, signer: Option<&Authority>, chain: &[&Authority]| {
        let names = if name == host { vec![format!("{name}.test"), "127.0.0.1".into()] } else { vec![format!("{name}.test")] };
        let (certificate, key) = leaf(names, years, signer);
        let chain = [certificate].into_iter().chain(chain.iter().map(|authority| authority.der().clone())).collect();
        ports.push((format!("{host}.test"), server.tls(config(chain, &key))));
    };
    serve("fine", "fine", (2020, 2090), Some(&root), &[]);
    serve("expired", "expired", (2001, 2002), Some(&root), &[]);
    serve("early", "early", (2088, 2090), Some(&root), &[]);
    serve("wrong-name", "other", (2020, 2090), Some(&root), &[]);
    serve("self-signed", "self-signed", (2020, 2090), None, &[]);
    serve("chain", "chain", (2020, 2090), Some(&between), &[&between]);
    serve("incomplete", "incomplete", (2020, 2090), Some(&between), &[]);
    (ports, root.pem())
}

#[test]
fn certificates() {
    let cases = protected();
    let server = Server::start(cases.iter().map(|case| (case.host(), case.act)));
    let (ports, root) = serve(&server);
    let options = Options { authorities: root.into_bytes(), ..options(&ports) };
    let requests: Vec<Request> = cases.iter().map(|case| Request::page(case.url())).collect();
    verdicts(&cases, &run(&requests, &options));

    // Without any authority nothing can be said about https, and http still works.
    let bare = Options { authorities: Vec::new(), ..options };
    let plain = Request::page("http://no-tls.test/lamps/oak");
    let links = run(&[requests[0].clone(), plain.clone()], &bare);
    let protected = links.get(&requests[0].url).expect("an answer");
    assert_eq!(protected.standing, Unknown);
    assert!(protected.reason.contains("ca-certificates"), "{}", protected.reason);
    assert_eq!(links.get(&plain.url).expect("an answer").standing, Alive);
}

#[test]
fn from_protected_to_unprotected() {
    let root = authority(None, "Root");
    let server = Server::start([
        ("down.test".to_owned(), (|_| crate::server::redirect("http://plain.test/x")) as crate::server::Behaviour),
        ("plain.test".to_owned(), |_| -> Act { page("Oak", &prose()) }),
    ]);
    let (certificate, key) = leaf(vec!["down.test".into()], (2020, 2090), Some(&root));
    let port = server.tls(config(vec![certificate], &key));
    let hosts = [("down.test".to_owned(), port), ("plain.test".to_owned(), server.plain)];
    let options = Options { authorities: root.pem().into_bytes(), ..options(&hosts) };
    let links = run(&[Request::page("https://down.test/x")], &options);
    let answer = links.get("https://down.test/x").expect("an answer");
    assert_eq!((answer.standing, answer.insecure_hop.as_deref()), (Alive, Some("http://plain.test/x")));
}
