//! Words that mean something in Rust, in its standard library, or in generated code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use proc_macro2::{LexError, TokenStream, TokenTree};

/// Words of the language, those of all editions.
const LANGUAGE: &str = "
    abstract as async auto await become box break const continue crate do dyn else enum extern false final fn for gen if
    impl in let loop macro macro_rules match mod move mut override priv pub raw ref return safe self Self static struct
    super trait true try type typeof union unsafe unsized use virtual where while yield _ __ static_ r#type";

/// Primitive types.
const PRIMITIVES: &str = "
    bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 unit never array slice tuple pointer";

/// What is in scope everywhere: the prelude of the 2024 edition, its functions and its macros.
const PRELUDE: &str = "
    Send Sync Sized Copy Unpin Drop Fn FnMut FnOnce AsyncFn AsyncFnMut AsyncFnOnce drop size_of size_of_val align_of
    align_of_val Box ToOwned Clone PartialEq PartialOrd Eq Ord AsRef AsMut Into From Default Iterator Extend IntoIterator
    DoubleEndedIterator ExactSizeIterator Option Some None Result Ok Err String ToString Vec TryFrom TryInto FromIterator
    Future IntoFuture Debug Hash assert assert_eq assert_ne cfg column compile_error concat dbg debug_assert env eprint
    eprintln file format format_args include include_bytes include_str line matches module_path option_env panic print
    println stringify thread_local todo unimplemented unreachable vec write writeln derive test bench global_allocator";

/// Modules and types of the standard library, crates, and the modules of a client.
const ELSEWHERE: &str = "
    std core alloc any borrow boxed cell clone cmp collections convert default error fmt future hash io iter marker mem
    net num ops option path pin prelude process ptr rc result string sync task thread time Arc BTreeMap Cow Display
    Duration Error Formatter FromStr HashMap Infallible Ordering PhantomData Pin Poll Range Rc Context Cell Path PathBuf
    Deserialize Deserializer Serialize Serializer Visitor MapAccess Value Map Number Bytes Method StatusCode HeaderMap
    DateTime FixedOffset NaiveDate Utc Uuid
    envoi envoi_runtime serde serde_json serde_derive http bytes chrono uuid reqwest tokio tracing url base64 tower
    tower_service futures_core http_body httpdate quick_xml wasm_bindgen
    apis client client_operations lib main models mod parameters request runtime security servers transport webhooks xml
    Client ClientBuilder Request Server Unknown Base Payload Op";

/// Methods of the traits of the standard library, of serde and of the runtime that generated types may implement, and
/// of those that are in scope everywhere.
const METHODS: &str = "
    new with from into try_from try_into from_str from_iter from_fn to_string to_owned to_vec clone clone_from
    clone_into default eq ne cmp partial_cmp lt le gt ge max min clamp fmt hash hash_slice drop as_ref as_mut as_str
    as_i64 as_bytes borrow borrow_mut deref deref_mut index index_mut add sub mul div rem neg not bitand bitor bitxor
    shl shr next next_back len is_empty size_hint count last nth step_by chain zip map filter filter_map enumerate peekable
    skip take scan flat_map flatten fuse inspect by_ref collect partition fold reduce all any find find_map position rev
    unzip copied cloned cycle sum product extend into_iter iter iter_mut into_future poll call call_mut call_once type_id
    source description cause provide serialize deserialize deserialize_in_place is_human_readable visit_map visit_str
    expecting read write items pages send send_blocking body media_type with_header with_query with_json with_body
    with_timeout with_retries with_idempotency_key builder build base_url origin server trust_origin inner operation
    undocumented error output decode decoder info url set get unwrap expect ok err some none is_some is_none or_else
    and_then map_err unwrap_or unwrap_or_default additional_properties other_models shared_models untagged full op";

/// Names of files that Windows refuses, whatever their ending.
const DEVICES: &str = "
    con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
    conin$ conout$ clock$ com¹ lpt² CON Aux NUL.txt";

/// What generators have stumbled over: text that is no word, and words that only differ in how they are written.
const ODDITIES: [&str; 31] = [
    "", " ", "_", "__", "-", "--", "$", "@", ".", "..", "/", "\\", "*", "**", "+1", "-1", "1", "0", "007", "1e3", "a",
    "A", "a-b", "a_b", "aB", "AB", "ab", "é", "É", "{}", "#",
];

/// Every word in order; words that are the same in one of Rust's cases are there once, but for some of the oddities.
///
/// # Errors
///
/// When the sources of the generator cannot be read.
pub fn words(generator: &Path) -> io::Result<Vec<String>> {
    let lists = [LANGUAGE, METHODS, PRIMITIVES, PRELUDE, ELSEWHERE, DEVICES];
    let mut words: Vec<String> = ODDITIES.map(str::to_owned).into();
    let mut known: BTreeSet<String> = words.iter().map(|word| folded(word)).collect();
    let listed = lists.iter().flat_map(|list| list.split_whitespace()).map(str::to_owned);
    for word in listed.chain(of_generated_code(generator)?) {
        if known.insert(folded(&word)) {
            words.push(word);
        }
    }
    words.sort_unstable();
    Ok(words)
}

/// Words that are awkward as the names of files: those that Windows refuses, and those that are too long, some of which
/// differ at their ends only.
#[must_use]
pub fn awkward() -> Vec<String> {
    let long = "A name that is much longer than a file or a reader can bear. ".repeat(8);
    let long = long.trim_end();
    let long = [
        long.to_owned(),
        format!("{long} one"),
        format!("{long} two"),
        "A".repeat(300),
        "a".repeat(299) + "b",
        "Ä".repeat(300),
    ];
    let words = DEVICES.split_whitespace().chain(ODDITIES).map(str::to_owned);
    words.chain(long).collect()
}

fn folded(word: &str) -> String {
    word.replace('_', "").to_lowercase()
}

/// The names in generated code that no document has decided: those between `quote!(` and `)` in the sources of the
/// generator, and text there that is a name.
fn of_generated_code(generator: &Path) -> io::Result<BTreeSet<String>> {
    // what is written for readers is no code
    const FOR_READERS: [&str; 3] = ["example", "pages", "markdown"];
    let mut found = BTreeSet::new();
    let mut pending = vec![generator.join("src/emit")];
    while let Some(path) = pending.pop() {
        if FOR_READERS.iter().any(|name| path.ends_with(name)) {
            continue;
        } else if path.is_dir() {
            let entries = fs::read_dir(&path)?;
            pending.extend(
                entries
                    .map(|entry| Ok(entry?.path()))
                    .collect::<io::Result<Vec<PathBuf>>>()?,
            );
        } else {
            let text = fs::read_to_string(&path)?;
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            let tokens = code.parse();
            let tokens = tokens.map_err(|error: LexError| io::Error::other(error.to_string()))?;
            collect(tokens, false, &mut found);
        }
    }
    Ok(found)
}

fn collect(tokens: TokenStream, quoted: bool, found: &mut BTreeSet<String>) {
    let mut before: [Option<String>; 2] = [None, None];
    for tree in tokens {
        let text = match &tree {
            TokenTree::Group(group) => {
                let quotes = before == [Some("quote".to_owned()), Some("!".to_owned())];
                collect(group.stream(), quoted || quotes, found);
                String::new()
            }
            TokenTree::Ident(ident) => {
                let ident = ident.to_string();
                // what follows `#` stands for something else
                if quoted && before[1].as_deref() != Some("#") {
                    found.insert(ident.clone());
                }
                ident
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                found.extend(inner.filter(|inner| is_name(inner)).map(str::to_owned));
                text
            }
            TokenTree::Punct(punct) => punct.to_string(),
        };
        before = [before[1].take(), Some(text)];
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{folded, words};

    #[test]
    fn names_of_generated_code_are_found() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let words = words(&root.join("../../generator")).expect("sources");
        // of words that differ in case only, either stands for both
        for word in [
            "server_url",
            "Nullable",
            "branch",
            "attempts",
            "must_use",
            "RequestFuture",
        ] {
            assert!(words.iter().any(|known| folded(known) == folded(word)), "{word}");
        }
    }
}
