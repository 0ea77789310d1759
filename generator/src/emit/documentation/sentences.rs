//! Text of a document -> its sentences.

/// Lines that are shorter end because their text does, not because they are full.
const SHORTEST_FULL_LINE: usize = 40;

/// What ends in a period without ending a sentence.
const ABBREVIATIONS: [&str; 7] = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl."];

/// The sentences of a Markdown text, each on one line. A sentence goes on after a line break, and ends with its
/// paragraph.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    paragraphs(text)
        .iter()
        .flat_map(|paragraph| of_paragraph(paragraph))
        .collect()
}

/// Lines that belong together, joined.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut ended = true;
    // how long the line before is
    let mut before = 0;
    for line in text.lines() {
        let content = line.trim();
        let begins_anew = content.starts_with(char::is_uppercase);
        match paragraphs.last_mut().filter(|_| !ended && !begins_block(content)) {
            Some(last) if !(begins_anew && before < SHORTEST_FULL_LINE) => {
                last.push(' ');
                last.push_str(content);
            }
            _ if content.is_empty() => {}
            _ => paragraphs.push(without_mark(content).to_owned()),
        }
        // two blanks and a backslash at the end are line breaks of Markdown
        before = content.len();
        ended = content.is_empty() || line.ends_with("  ") || line.ends_with('\\');
    }
    paragraphs
}

/// Whether a line is an item of a list, a heading, a quotation or the like.
fn begins_block(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
    numbered
        || ["- ", "* ", "+ ", "#", ">", "|", "```", "<"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

/// A line without what makes it an item, a heading or a quotation.
fn without_mark(line: &str) -> &str {
    match line.split_once(' ') {
        Some((mark, rest)) if matches!(mark, "-" | "*" | "+" | ">") || mark.trim_start_matches('#').is_empty() => rest,
        _ => line,
    }
}

fn of_paragraph(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    for (at, character) in text.char_indices() {
        let next = at + character.len_utf8();
        // what is around a sentence ends after it
        let next = text.len() - text[next..].trim_start_matches(['*', '_', ')', '"']).len();
        in_code ^= character == '`';
        let goes_on =
            |rest: &str| !rest.starts_with(char::is_whitespace) || rest.trim_start().starts_with(char::is_lowercase);
        if in_code || !matches!(character, '.' | '!' | '?') || goes_on(&text[next..]) {
            continue;
        }
        let word = text[start..next].rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = word.trim_start_matches(['(', '*', '_']).to_ascii_lowercase();
        if !ABBREVIATIONS.contains(&word.as_str()) {
            sentences.push(text[start..next].trim().to_owned());
            start = next;
        }
    }
    sentences.push(text[start..].trim().to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text), expected, "{text}");
    }

    #[test]
    fn sentences_go_on_after_line_breaks() {
        check(
            "The maximum number of tokens.\nThis value is deprecated in favor of `max`, and is\nnot compatible with it.\n",
            &[
                "The maximum number of tokens.",
                "This value is deprecated in favor of `max`, and is not compatible with it.",
            ],
        );
        check("Use `a. B` instead.", &["Use `a. B` instead."]);
    }

    #[test]
    fn sentences_end_with_their_paragraph() {
        check("Deprecated\nUse `hue`", &["Deprecated", "Use `hue`"]);
        check("One\n\ntwo", &["One", "two"]);
        check("# Old\n- a. B\n- c\n1. d\n> e", &["Old", "a.", "B", "c", "1. d", "e"]);
        check("a  \nb\\\nc", &["a", "b\\", "c"]);
        check("**Deprecated.** (Use b.) C", &["**Deprecated.**", "(Use b.)", "C"]);
        check("", &[]);
    }

    #[test]
    fn not_every_period_ends_a_sentence() {
        check(
            "See e.g. Pets. Is it? Yes, v1.2 is.",
            &["See e.g. Pets.", "Is it?", "Yes, v1.2 is."],
        );
        check("Since 2.0. 3 is next.", &["Since 2.0.", "3 is next."]);
    }
}
