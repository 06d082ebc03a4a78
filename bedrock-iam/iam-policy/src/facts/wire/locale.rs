//! The languages of the reference.

use std::fmt;
use std::str::FromStr;

/// A language of the reference, named as in AWS's addresses (`en_us`, `ja_jp`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// English, the original, which takes precedence over translations.
    #[default]
    EnUs,
    /// German.
    DeDe,
    /// Spanish.
    EsEs,
    /// French.
    FrFr,
    /// Indonesian.
    IdId,
    /// Italian.
    ItIt,
    /// Japanese.
    JaJp,
    /// Korean.
    KoKr,
    /// Brazilian Portuguese.
    PtBr,
    /// Simplified Chinese.
    ZhCn,
    /// Traditional Chinese.
    ZhTw,
}

impl Locale {
    /// All locales: English, then the others by name.
    pub const ALL: [Self; 11] = [
        Self::EnUs,
        Self::DeDe,
        Self::EsEs,
        Self::FrFr,
        Self::IdId,
        Self::ItIt,
        Self::JaJp,
        Self::KoKr,
        Self::PtBr,
        Self::ZhCn,
        Self::ZhTw,
    ];

    /// Returns the name as in addresses and folder names, such as `en_us`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnUs => "en_us",
            Self::DeDe => "de_de",
            Self::EsEs => "es_es",
            Self::FrFr => "fr_fr",
            Self::IdId => "id_id",
            Self::ItIt => "it_it",
            Self::JaJp => "ja_jp",
            Self::KoKr => "ko_kr",
            Self::PtBr => "pt_br",
            Self::ZhCn => "zh_cn",
            Self::ZhTw => "zh_tw",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error of a text that is not a locale of the reference.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownLocale(String);

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for UnknownLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for UnknownLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Locale::ALL.map(|locale| format!("`{locale}`")).join(", ");
        let found = &self.0;
        write!(
            f,
            "`{found}` is not a locale of the reference; expected one of {names}"
        )
    }
}

impl std::error::Error for UnknownLocale {}

impl FromStr for Locale {
    type Err = UnknownLocale;

    /// Parses `es_es`, or `es-ES` as in the attributes `hreflang` and `lang`.
    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        let name = text.trim().to_ascii_lowercase().replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str() == name)
            .ok_or_else(|| UnknownLocale(text.to_owned()))
    }
}

crate::__serde_str!(Locale);
