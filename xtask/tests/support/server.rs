//! An HTTP server on loopback whose responses, including broken ones, are defined by tests.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request that was received.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// Its number among the requests for its path, from 1.
    pub(crate) nth: usize,
    pub(crate) at: Instant,
}

/// The end of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The whole body is sent.
    Whole,
    /// The connection is closed after half of the body.
    Cut,
    /// The connection stays open after half of the body.
    Stall,
    /// The body is repeated up to this number of bytes.
    Repeat(usize),
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    ending: Ending,
}

impl Response {
    pub(crate) fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::status(200)
            .header("Content-Type", "text/html; charset=utf-8")
            .body(body)
    }

    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            ending: Ending::Whole,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }
}

type Handler = dyn Fn(&Request) -> Response + Send + Sync;

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    sent: AtomicUsize,
    open: AtomicUsize,
    most: AtomicUsize,
}

/// A server that runs until the test's process ends.
pub(crate) struct Server {
    origin: String,
    log: Arc<Log>,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        Self::start_with(None, handler)
    }

    /// Starts a server with TLS, for the host name `localhost`, if a configuration is given.
    pub(crate) fn start_with(
        tls: Option<ServerConfig>,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Self {
        let tls = tls.map(Arc::new);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let origin = match &tls {
            Some(_) => format!("https://localhost:{port}"),
            None => format!("http://127.0.0.1:{port}"),
        };
        let log = Arc::new(Log::default());
        let (handler, shared): (Arc<Handler>, _) = (Arc::new(handler), Arc::clone(&log));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (handler, log, tls) = (Arc::clone(&handler), Arc::clone(&shared), tls.clone());
                // without a delay for small responses
                let _ = stream.set_nodelay(true);
                std::thread::spawn(move || match tls.map(ServerConnection::new) {
                    None => serve(stream, &*handler, &log),
                    Some(tls) => {
                        let tls = tls.expect("a valid configuration");
                        serve(StreamOwned::new(tls, stream), &*handler, &log);
                    }
                });
            }
        });
        Self { origin, log }
    }

    pub(crate) fn base(&self) -> String {
        self.origin.clone()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.requests.lock().expect("the log").clone()
    }

    /// The requests for one path.
    pub(crate) fn requests_for(&self, path: &str) -> Vec<Request> {
        let mut requests = self.requests();
        requests.retain(|request| request.path == path);
        requests
    }

    /// The number of bytes sent in bodies.
    pub(crate) fn sent(&self) -> usize {
        self.log.sent.load(Ordering::SeqCst)
    }

    /// The maximum number of concurrent requests.
    pub(crate) fn most_at_once(&self) -> usize {
        self.log.most.load(Ordering::SeqCst)
    }
}

fn serve(stream: impl Read + Write, handler: &Handler, log: &Log) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, log) {
        let open = log.open.fetch_add(1, Ordering::SeqCst) + 1;
        log.most.fetch_max(open, Ordering::SeqCst);
        let response = handler(&request);
        let sent = send(reader.get_mut(), &response, log);
        log.open.fetch_sub(1, Ordering::SeqCst);
        if sent.is_err() || response.ending != Ending::Whole {
            return;
        }
    }
}

fn read(reader: &mut BufReader<impl Read>, log: &Log) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let path = lines.first()?.split(' ').nth(1)?.to_owned();
    let headers = lines[1..].iter().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let mut requests = log.requests.lock().expect("the log");
    let request = Request {
        nth: 1 + requests.iter().filter(|known| known.path == path).count(),
        path,
        headers: headers.collect(),
        at: Instant::now(),
    };
    requests.push(request.clone());
    Some(request)
}

fn send(stream: &mut impl Write, response: &Response, log: &Log) -> std::io::Result<()> {
    let length = match response.ending {
        Ending::Repeat(bytes) => bytes,
        _ => response.body.len(),
    };
    let mut head = format!(
        "HTTP/1.1 {} Status\r\nContent-Length: {length}\r\n",
        response.status
    );
    for (name, value) in &response.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    stream.flush()?;
    let body = &response.body;
    let mut write = |bytes: &[u8]| {
        stream.write_all(bytes)?;
        log.sent.fetch_add(bytes.len(), Ordering::SeqCst);
        stream.flush()
    };
    match response.ending {
        Ending::Whole => write(body)?,
        Ending::Cut => write(&body[..body.len() / 2])?,
        Ending::Stall => {
            write(&body[..body.len() / 2])?;
            std::thread::sleep(Duration::from_secs(20));
        }
        Ending::Repeat(bytes) => {
            let mut left = bytes;
            while left > 0 {
                let part = body.len().min(left);
                write(&body[..part])?;
                left -= part;
            }
        }
    }
    Ok(())
}
