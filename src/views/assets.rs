//! Style, script, font and pictures: in the binary, each at an address that changes with it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

use crate::content::Fingerprint;

/// The files as they are.
#[derive(RustEmbed)]
#[folder = "src/views/assets"]
pub(super) struct Embedded;

/// A file that a browser may keep for ever.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its address: `/assets/loes.1a2b3c4d.css`.
    pub url: String,
    /// Its type.
    pub content_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The style sheets that make `loes.css`, in order.
const STYLES: [&str; 3] = ["vendor/tokens.css", "vendor/componenten.css", "loes.css"];

/// Files that are served as they are; the style refers to some of them.
const PLAIN: [&str; 9] = [
    "fonts/nunito.woff2",
    "icons/huizen.svg",
    "icons/keuze.svg",
    "icons/maan.svg",
    "icons/favicon.svg",
    "icons/maskable.svg",
    "loes.js",
    "werk.css",
    "werk.js",
];

/// All assets by the name of their file.
static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let mut assets: BTreeMap<&'static str, Asset> = BTreeMap::new();
    for name in PLAIN {
        assets.insert(name, asset(name, read(name)));
    }
    let mut style = String::new();
    for name in STYLES {
        style.push_str(&String::from_utf8_lossy(&read(name)));
        style.push('\n');
    }
    for (name, asset) in &assets {
        style = style.replace(&format!("url({name})"), &format!("url({})", asset.url));
    }
    assets.insert("loes.css", asset("loes.css", style.into_bytes()));
    assets
});

fn read(name: &str) -> Vec<u8> {
    Embedded::get(name).map_or_else(Vec::new, |file| file.data.into_owned())
}

fn asset(name: &'static str, bytes: Vec<u8>) -> Asset {
    let print = Fingerprint::of([bytes.as_slice()]).to_string();
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, ext) = file.rsplit_once('.').unwrap_or((file, ""));
    let content_type = match ext {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    Asset {
        url: format!("/assets/{stem}.{}.{ext}", print.get(..10).unwrap_or("")),
        content_type,
        bytes,
    }
}

/// All assets.
pub fn all() -> impl Iterator<Item = &'static Asset> {
    ASSETS.values()
}

/// The address of the file `name`; of the site itself when there is none.
#[must_use]
pub fn url(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/", |asset| asset.url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_the_style_names_has_an_address_that_changes_with_it() {
        let style = all()
            .find(|asset| asset.content_type.starts_with("text/css"))
            .expect("a style");
        let text = String::from_utf8(style.bytes.clone()).expect("text");
        for part in text.split("url(").skip(1) {
            let target = part.split(')').next().unwrap_or("");
            let known = all().any(|asset| asset.url == target);
            assert!(known || target.starts_with("\"data:"), "{target}");
        }
        assert!(all().all(|asset| !asset.bytes.is_empty()));
    }
}
