//! What a document says about something deprecated -> the `deprecated` attribute.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown;
use super::sentences::sentences;
use crate::ir::Docs;

/// How much of a description goes into the warning of a compiler.
const LONGEST_NOTE: usize = 300;

/// The attribute of what the document deprecates, with what it says about that.
pub(crate) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    if !docs.deprecated {
        return None;
    }
    Some(
        match [&docs.summary, &docs.description]
            .into_iter()
            .find_map(|text| note(text))
        {
            Some(note) => quote!(#[deprecated = #note]),
            None => quote!(#[deprecated]),
        },
    )
}

/// The sentences that tell of a deprecation, in plain text: the first of them, and the one after it if that is where
/// the advice stands.
fn note(text: &str) -> Option<String> {
    let sentences = sentences(text);
    let first = sentences.iter().position(|sentence| is_about(sentence))?;
    let mut note = plain(&sentences[first]);
    if let Some(next) = sentences.get(first + 1).map(|next| plain(next))
        && !advises(&note)
        && advises(&next)
        && note.len() + next.len() < LONGEST_NOTE
    {
        note = match is_word(&note) {
            true => next,
            false => format!("{note} {next}"),
        };
    }
    Some(note).filter(|note| !note.is_empty() && !is_word(note))
}

fn is_about(sentence: &str) -> bool {
    sentence.len() <= LONGEST_NOTE && (sentence.to_ascii_lowercase().contains("deprecat") || advises(sentence))
}

/// Whether a sentence says what is to be used.
fn advises(sentence: &str) -> bool {
    let text = sentence.to_ascii_lowercase();
    ["instead", "replaced by", "in favor of", "in favour of", "use `"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether it says no more than the attribute does.
fn is_word(note: &str) -> bool {
    let letters: String = note.chars().filter(char::is_ascii_alphabetic).collect();
    letters.eq_ignore_ascii_case("deprecated")
}

/// A sentence without Markdown, and without the word that the compiler says itself.
fn plain(sentence: &str) -> String {
    let text = markdown::inline(sentence).replace("\\|", "|");
    // emphasis that begins or ends in another sentence
    let text = text.trim_matches(['\\', '*', '_', ' ']);
    let word = text.split_at_checked("deprecated".len());
    let said = word.filter(|(word, _)| word.eq_ignore_ascii_case("deprecated"));
    let rest = said.and_then(|(_, rest)| {
        let rest = rest.trim_start();
        rest.strip_prefix([':', '.', ',', ';', '!', '-', '\u{2013}', '\u{2014}'])
    });
    let rest = rest.map_or(text, str::trim_start);
    if rest.is_empty() { text } else { rest }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::note;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(note(text).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn notes_are_plain_text() {
        check("**Deprecated:** Use `b`.", "Use `b`.");
        check("*Deprecated: use b instead*", "use b instead");
        check(
            "A pet. [Deprecated](https://example.com) since 2.0.",
            "Deprecated since 2.0.",
        );
        check("Deprecated — gone in 2027.", "gone in 2027.");
    }

    #[test]
    fn advice_of_the_next_sentence_is_told() {
        check("Deprecated. Use `b`.", "Use `b`.");
        check("DEPRECATED\nThe owner of the pet", "");
        check(
            "This is deprecated. Use `b` instead. It is blue.",
            "This is deprecated. Use `b` instead.",
        );
        check("This is deprecated. It is blue.", "This is deprecated.");
        check(
            "Deprecated in favor of `b`. Use it instead.",
            "Deprecated in favor of `b`.",
        );
    }

    #[test]
    fn what_the_attribute_says_is_no_note() {
        check("Deprecated.", "");
        check("**Deprecated**", "");
        check("A pet.", "");
    }
}
