//! Built-in labels of each language.

use iam_policy::wire::AccessLevel::{self, List, PermissionsManagement, Read, Tagging, Write};
use iam_policy::wire::Locale;

use super::Labels;

/// Value types as the English reference spells them.
const TYPES: [&str; 21] = [
    "ARN",
    "Arn",
    "ArrayOfARN",
    "ArrayOfArn",
    "ArrayOfBinary",
    "ArrayOfBool",
    "ArrayOfBoolean",
    "ArrayOfDate",
    "ArrayOfIPAddress",
    "ArrayOfNumeric",
    "ArrayOfString",
    "Binary",
    "Bool",
    "Boolean",
    "Date",
    "IPAddress",
    "IpAddress",
    "Long",
    "Numeric",
    "String",
    "ArrayOfLong",
];

/// The labels of one language in addition to the English ones.
struct Words {
    locale: Locale,
    levels: &'static [(AccessLevel, &'static [&'static str])],
    marks: &'static [&'static str],
    types: &'static [(&'static str, &'static [&'static str])],
}

/// Pages are machine-translated and vary, so most levels have several words.
const WORDS: [Words; 10] = [
    Words {
        locale: Locale::DeDe,
        levels: &[
            (List, &["Auflisten", "Liste", "Auflistung"]),
            (Read, &["Lesen", "Lesevorgang"]),
            (Write, &["Schreiben", "Schreibvorgang"]),
            (
                PermissionsManagement,
                &[
                    "Berechtigungsverwaltung",
                    "Verwaltung von Berechtigungen",
                    "Rechteverwaltung",
                ],
            ),
            (
                Tagging,
                &["Tagging", "Markieren", "Kennzeichnung", "Markierung"],
            ),
        ],
        marks: &["nur Genehmigung", "nur Berechtigung", "nur Berechtigungen"],
        types: &[
            ("String", &["Zeichenfolge"]),
            ("Date", &["Datum"]),
            ("Numeric", &["Numerisch"]),
            ("Bool", &["Boolesch"]),
        ],
    },
    Words {
        locale: Locale::EsEs,
        levels: &[
            (List, &["Enumeración", "Lista", "Enumerar", "Listar"]),
            (Read, &["Leer", "Lectura"]),
            (Write, &["Escritura", "Escribir"]),
            (
                PermissionsManagement,
                &["Administración de permisos", "Gestión de permisos"],
            ),
            (Tagging, &["Etiquetado", "Etiquetar"]),
        ],
        marks: &["solo permiso", "solo permisos", "solo con permiso"],
        types: &[
            ("String", &["Cadena"]),
            ("Date", &["Fecha"]),
            ("Numeric", &["Numérico"]),
            ("Bool", &["Booleano"]),
        ],
    },
    Words {
        locale: Locale::FrFr,
        levels: &[
            (List, &["Liste", "Lister", "Répertorier"]),
            (Read, &["Lecture", "Lire"]),
            (Write, &["Écriture", "Écrire"]),
            (PermissionsManagement, &["Gestion des autorisations"]),
            (Tagging, &["Balisage", "Étiquetage", "Identification"]),
        ],
        marks: &["autorisation uniquement", "autorisations uniquement"],
        types: &[
            ("String", &["Chaîne", "Chaîne de caractères"]),
            ("Date", &["Date"]),
            ("Numeric", &["Numérique"]),
            ("Bool", &["Booléen"]),
        ],
    },
    Words {
        locale: Locale::IdId,
        levels: &[
            (List, &["Daftar"]),
            (Read, &["Baca", "Membaca"]),
            (Write, &["Tulis", "Menulis"]),
            (
                PermissionsManagement,
                &["Manajemen izin", "Pengelolaan izin"],
            ),
            (Tagging, &["Penandaan", "Pemberian tanda"]),
        ],
        marks: &["hanya izin"],
        types: &[
            ("String", &["String", "Tali", "Rangkaian"]),
            ("Date", &["Tanggal"]),
            ("Numeric", &["Numerik"]),
        ],
    },
    Words {
        locale: Locale::ItIt,
        levels: &[
            (List, &["Elenco", "Elencare"]),
            (Read, &["Lettura", "Leggi"]),
            (Write, &["Scrittura", "Scrivi"]),
            (
                PermissionsManagement,
                &["Gestione delle autorizzazioni", "Gestione dei permessi"],
            ),
            (
                Tagging,
                &["Assegnazione di tag", "Tagging", "Etichettatura"],
            ),
        ],
        marks: &["solo autorizzazione", "solo autorizzazioni"],
        types: &[
            ("String", &["Stringa"]),
            ("Date", &["Data"]),
            ("Numeric", &["Numerico"]),
            ("Bool", &["Booleano"]),
        ],
    },
    Words {
        locale: Locale::JaJp,
        levels: &[
            (List, &["リスト", "一覧表示", "一覧"]),
            (Read, &["読み取り", "読取り"]),
            (Write, &["書き込み", "書込み"]),
            (
                PermissionsManagement,
                &[
                    "アクセス許可の管理",
                    "アクセス許可管理",
                    "権限管理",
                    "許可の管理",
                ],
            ),
            (Tagging, &["タグ付け", "タグ付"]),
        ],
        marks: &["アクセス許可のみ", "許可のみ", "権限のみ"],
        types: &[
            ("String", &["文字列"]),
            ("Date", &["日付"]),
            ("Numeric", &["数値"]),
            ("Bool", &["ブール", "ブール値"]),
        ],
    },
    Words {
        locale: Locale::KoKr,
        levels: &[
            (List, &["나열", "목록"]),
            (Read, &["읽기"]),
            (Write, &["쓰기"]),
            (PermissionsManagement, &["권한 관리"]),
            (Tagging, &["태그 지정", "태깅"]),
        ],
        marks: &["권한만 해당", "권한만"],
        types: &[
            ("String", &["문자열"]),
            ("Date", &["날짜"]),
            ("Numeric", &["숫자"]),
            ("Bool", &["부울"]),
        ],
    },
    Words {
        locale: Locale::PtBr,
        levels: &[
            (List, &["Lista", "Listar", "Listagem"]),
            (Read, &["Leitura", "Ler"]),
            (Write, &["Gravação", "Escrita", "Gravar"]),
            (PermissionsManagement, &["Gerenciamento de permissões"]),
            (Tagging, &["Marcação", "Marcar"]),
        ],
        marks: &[
            "somente permissão",
            "somente permissões",
            "apenas permissão",
        ],
        types: &[
            ("String", &["String", "Cadeia de caracteres", "Sequência"]),
            ("Date", &["Data"]),
            ("Numeric", &["Numérico"]),
            ("Bool", &["Booleano"]),
        ],
    },
    Words {
        locale: Locale::ZhCn,
        levels: &[
            (List, &["列出", "列表"]),
            (Read, &["读取"]),
            (Write, &["写入"]),
            (PermissionsManagement, &["权限管理"]),
            (Tagging, &["标记", "标签"]),
        ],
        marks: &["仅权限"],
        types: &[
            ("String", &["字符串"]),
            ("Date", &["日期"]),
            ("Numeric", &["数值", "数字"]),
            ("Bool", &["布尔", "布尔值"]),
        ],
    },
    Words {
        locale: Locale::ZhTw,
        levels: &[
            (List, &["列出", "清單"]),
            (Read, &["讀取"]),
            (Write, &["寫入"]),
            (PermissionsManagement, &["許可管理", "權限管理"]),
            (Tagging, &["標記", "標籤"]),
        ],
        marks: &["僅限許可", "僅限權限"],
        types: &[
            ("String", &["字串"]),
            ("Date", &["日期"]),
            ("Numeric", &["數值", "數字"]),
            ("Bool", &["布林", "布林值"]),
        ],
    },
];

pub(super) fn labels(locale: Locale) -> Labels {
    let mut labels = Labels::default();
    labels.access_levels.extend(
        AccessLevel::ALL
            .iter()
            .map(|level| (level.as_str().to_owned(), *level)),
    );
    labels.permission_only.insert("permission only".to_owned());
    labels
        .types
        .extend(TYPES.map(|name| (name.to_owned(), name.to_owned())));
    for words in WORDS.iter().filter(|words| words.locale == locale) {
        for (level, names) in words.levels {
            labels
                .access_levels
                .extend(names.iter().map(|name| ((*name).to_owned(), *level)));
        }
        labels
            .permission_only
            .extend(words.marks.iter().map(|mark| (*mark).to_owned()));
        for (meaning, names) in words.types {
            labels.types.extend(
                names
                    .iter()
                    .map(|name| ((*name).to_owned(), (*meaning).to_owned())),
            );
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_language_has_words_for_every_level_and_the_mark() {
        for locale in Locale::ALL {
            let known = labels(locale);
            let mut words: BTreeMap<AccessLevel, usize> = BTreeMap::new();
            for level in known.access_levels.values() {
                *words.entry(*level).or_default() += 1;
            }
            assert!(
                AccessLevel::ALL
                    .iter()
                    .all(|level| words.contains_key(level)),
                "{locale}"
            );
            let own = usize::from(locale != Locale::EnUs);
            assert!(known.permission_only.len() > own, "{locale}");
        }
    }
}
