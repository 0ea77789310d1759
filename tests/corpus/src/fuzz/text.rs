//! Changes of a text, whatever it is: bytes are turned, lines move, and what parsers know turns up elsewhere.

use crate::random::Random;

/// Changes a text in a few places; `words` are what its parser knows.
pub fn mutate(text: &mut Vec<u8>, words: &[&str], random: &mut Random) {
    let mut changes = 1;
    while changes < 10 && !random.one_in(3) {
        changes += 1;
    }
    for _ in 0..changes {
        change(text, words, random);
    }
}

fn change(text: &mut Vec<u8>, words: &[&str], random: &mut Random) {
    let at = random.below(text.len() + 1);
    let end = at + random.below(1 + (text.len() - at).min(64));
    match random.below(9) {
        0 if at < text.len() => text[at] ^= 1 << random.below(8),
        1 if at < text.len() => text[at] = u8::try_from(random.below(256)).unwrap_or_default(),
        2 => text.truncate(at),
        3 => drop(text.drain(at..end)),
        4 => {
            let piece = text[at..end].to_vec();
            let to = random.below(text.len() + 1);
            text.splice(to..to, piece);
        }
        5 => lines(text, random),
        6 => {
            let piece = text[at..end].repeat(1 << random.below(6));
            text.splice(at..at, piece);
        }
        _ if words.is_empty() => {}
        _ => {
            let word = words[random.below(words.len())];
            text.splice(at..at, word.bytes());
        }
    }
}

/// A line goes, comes twice, or stands elsewhere.
fn lines(text: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = text
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    if lines.is_empty() {
        return;
    }
    let line = lines.remove(random.below(lines.len()));
    for _ in 0..random.below(3) {
        lines.insert(random.below(lines.len() + 1), line.clone());
    }
    *text = lines.concat();
}
