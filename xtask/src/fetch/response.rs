//! Reading of HTTP responses: content, redirects and failures.

use std::time::{Duration, SystemTime};

use reqwest::header::{
    CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use reqwest::{Response, StatusCode, Url};

use super::cache::Entry;
use super::failure::{Failure, Kind};
use super::{Fetched, Request};

/// The maximum length of an uncompressed text, far above that of any page. It limits the memory for
/// the pages of a module, which are read at the same time.
const MAX_LENGTH: usize = 8 << 20;

/// A response that is not a failure.
pub(super) enum Received {
    /// The requested content.
    Content(Fetched),
    /// A redirect to another address.
    Redirect(Url),
}

/// Reads a response.
pub(super) async fn read(
    response: Response,
    url: &Url,
    request: &Request,
    entry: Option<&Entry>,
) -> Result<Received, Failure> {
    let status = response.status();
    let headers = response.headers().clone();
    match status {
        StatusCode::OK => {
            expect_type(&headers, url, request.accept)?;
            expect_plain(&headers, url)?;
            let text = text(response, url).await?;
            let header = |name| header(&headers, name).map(str::to_owned);
            let unchanged = entry.is_some_and(|entry| *entry.text == *text);
            let entry = Entry {
                asked: request.url.to_string(),
                url: url.to_string(),
                etag: header(ETAG),
                last_modified: header(LAST_MODIFIED),
                text: text.into(),
                checksum: String::new(),
            };
            Ok(Received::Content(Fetched {
                url: url.clone(),
                unchanged,
                cached: false,
                entry,
            }))
        }
        StatusCode::NOT_MODIFIED => {
            let entry = entry.ok_or_else(|| {
                Failure::new(
                    Kind::Final,
                    url,
                    describe(status),
                    "a page: the request was not conditional",
                )
            })?;
            Ok(Received::Content(Fetched {
                url: entry.url.parse().unwrap_or_else(|_| url.clone()),
                unchanged: true,
                cached: true,
                entry: entry.clone(),
            }))
        }
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location = header(&headers, LOCATION).unwrap_or_default();
            let target = url.join(location).ok().filter(|_| !location.is_empty());
            target.map(Received::Redirect).ok_or_else(|| {
                let found = format!(
                    "{} to {}",
                    describe(status),
                    codegen::error::quoted(location)
                );
                Failure::new(Kind::Final, url, found, "the address of a redirect")
            })
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(Failure::new(Kind::Missing, url, describe(status), "a page"))
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Err(transient(status, &headers, url))
        }
        _ if status.is_server_error() => Err(transient(status, &headers, url)),
        _ => Err(Failure::new(Kind::Final, url, describe(status), "a page")),
    }
}

/// Returns an error if a redirect leads to another host or to an unencrypted connection.
pub(super) fn check_redirect(base: &Url, from: &Url, target: &Url) -> Result<(), Failure> {
    if base.origin() == target.origin() {
        return Ok(());
    }
    let origin = base.origin().ascii_serialization();
    Err(Failure::new(
        Kind::Final,
        from,
        format!("a redirect to `{target}`"),
        format!("a redirect within `{origin}`"),
    )
    .hint("if the reference has moved, pass its address with `--base-url`"))
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn describe(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("status {} {}", status.as_u16(), reason.to_lowercase()),
        None => format!("status {}", status.as_u16()),
    }
}

fn transient(status: StatusCode, headers: &HeaderMap, url: &Url) -> Failure {
    let after = header(headers, RETRY_AFTER).and_then(wait);
    let mut found = describe(status);
    if let Some(after) = after {
        found = format!("{found}, retry after {} s", after.as_secs());
    }
    Failure::new(Kind::Transient(after), url, found, "a page")
}

/// Parses a `Retry-After` header: seconds, or a date.
fn wait(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok().map(Duration::from_secs);
    seconds.or_else(|| {
        let date = httpdate::parse_http_date(text.trim()).ok()?;
        Some(date.duration_since(SystemTime::now()).unwrap_or_default())
    })
}

fn expect_type(headers: &HeaderMap, url: &Url, accept: &[&str]) -> Result<(), Failure> {
    let Some(stated) = header(headers, CONTENT_TYPE) else {
        return Ok(());
    };
    let essence = stated.split(';').next().unwrap_or_default().trim();
    if accept
        .iter()
        .any(|known| known.eq_ignore_ascii_case(essence))
    {
        return Ok(());
    }
    let expected: Vec<_> = accept.iter().map(|known| format!("`{known}`")).collect();
    let found = format!("the content type {}", codegen::error::quoted(essence));
    Err(Failure::new(
        Kind::Unreadable,
        url,
        found,
        expected.join(" or "),
    ))
}

/// Returns an error if the response has a content encoding that was not requested. The client
/// uncompresses the requested encoding, and removes its header.
fn expect_plain(headers: &HeaderMap, url: &Url) -> Result<(), Failure> {
    match header(headers, CONTENT_ENCODING).map(str::trim) {
        None | Some("") => Ok(()),
        Some(stated) if stated.eq_ignore_ascii_case("identity") => Ok(()),
        Some(stated) => {
            let found = format!("the content encoding {}", codegen::error::quoted(stated));
            Err(Failure::new(
                Kind::Unreadable,
                url,
                found,
                "`gzip` or no encoding",
            ))
        }
    }
}

/// Reads the uncompressed text of a response up to the maximum length.
async fn text(mut response: Response, url: &Url) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    loop {
        let chunk = response.chunk().await;
        let Some(chunk) = chunk.map_err(|error| Failure::transport(url, &error))? else {
            break;
        };
        if bytes.len() + chunk.len() > MAX_LENGTH {
            let found = format!("more than {} MiB", MAX_LENGTH >> 20);
            return Err(Failure::new(Kind::Unreadable, url, found, "a page"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let found = format!("bytes that are not UTF-8 at offset {at}");
        Failure::new(Kind::Unreadable, url, found, "text")
    })
}
