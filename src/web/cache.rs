//! How long a response may be kept, and pages that are made and compressed once.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, RwLock};

use actix_web::web::Bytes;

use crate::content::Fingerprint;

/// How long a response may be kept, and by whom. Every response has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// For ever: its address changes with it.
    Immutable,
    /// By anybody, for a minute; then ask whether it changed.
    Page,
    /// By the visitor's browser alone, and ask each time.
    Private,
    /// By nobody: it may tell what a visitor asked in need.
    NoStore,
}

impl CachePolicy {
    /// The header `Cache-Control`.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Page => "public, max-age=60",
            Self::Private => "private, no-cache",
            Self::NoStore => "no-store",
        }
    }
}

/// A body, plain and compressed.
#[derive(Debug, Clone)]
pub struct Compressed {
    pub(super) content_type: &'static str,
    pub(super) etag: String,
    pub(super) plain: Bytes,
    pub(super) gzip: Option<Bytes>,
    pub(super) brotli: Option<Bytes>,
}

/// How hard brotli works on what is sent many times, 0 to 11.
const BROTLI_QUALITY: u32 = 9;

/// How hard gzip works on what is sent once, 0 to 9.
const GZIP_ONCE: u32 = 1;

impl Compressed {
    /// A body that will be sent many times.
    #[must_use]
    pub fn often(content_type: &'static str, plain: Vec<u8>) -> Self {
        let packed = !matches!(content_type, "font/woff2");
        Self {
            content_type,
            etag: etag(&plain),
            gzip: packed.then(|| gzip(&plain, 9)).flatten(),
            brotli: packed.then(|| brotli(&plain)).flatten(),
            plain: plain.into(),
        }
    }

    /// A body that will be sent once; `accepts_gzip` tells whether compressing it is of any use.
    #[must_use]
    pub fn once(content_type: &'static str, plain: Vec<u8>, accepts_gzip: bool) -> Self {
        Self {
            content_type,
            etag: etag(&plain),
            gzip: accepts_gzip.then(|| gzip(&plain, GZIP_ONCE)).flatten(),
            brotli: None,
            plain: plain.into(),
        }
    }
}

fn etag(plain: &[u8]) -> String {
    format!("W/\"{}\"", Fingerprint::of([plain]))
}

fn gzip(plain: &[u8], level: u32) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn brotli(plain: &[u8]) -> Option<Bytes> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, BROTLI_QUALITY, 22);
    writer.write_all(plain).ok()?;
    drop(writer);
    Some(out.into())
}

/// More pages than this are never kept at a time.
const MOST_PAGES: usize = 5_000;

/// Pages by their path, made once a minute and once a snapshot: a page tells who can be reached now.
#[derive(Debug, Default)]
pub(super) struct PageCache(RwLock<HashMap<String, Kept>>);

#[derive(Debug)]
struct Kept {
    age: Age,
    body: Arc<Compressed>,
}

/// What a kept page must agree with to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Age {
    /// The edition of the library.
    pub(super) edition: u64,
    /// The minute, since who can be reached changes with it.
    pub(super) minute: i64,
}

impl PageCache {
    /// The page at `path` of this age, made by `make` when it is not there yet.
    pub(super) fn page<E>(
        &self,
        path: &str,
        age: Age,
        make: impl FnOnce() -> Result<Compressed, E>,
    ) -> Result<Arc<Compressed>, E> {
        if let Ok(pages) = self.0.read()
            && let Some(kept) = pages.get(path).filter(|kept| kept.age == age)
        {
            return Ok(Arc::clone(&kept.body));
        }
        let body = Arc::new(make()?);
        // One page has many spellings (%61 is a): only the plain one is kept.
        if !path.contains('%')
            && let Ok(mut pages) = self.0.write()
        {
            if pages.len() >= MOST_PAGES {
                pages.clear();
            }
            let body = Arc::clone(&body);
            pages.insert(path.to_owned(), Kept { age, body });
        }
        Ok(body)
    }
}
