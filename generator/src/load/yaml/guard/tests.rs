//! Texts with brackets that are none.

use super::*;

#[test]
fn brackets_in_texts_do_not_count_as_nesting() {
    let open = "[{ ".repeat(200);
    for text in [
        format!("x: |\n  {open}\n  {open}\n\n   {open}\ny: 1"),
        format!("x:\n  - k: >-\n      {open}\n\n      {open}"),
        format!("x:\n- |2\n   {open}\n  {open}"),
        format!("x:\n - a {open}\n   {open} - b"),
        format!("x:\n  text {open}\n  {open}"),
        format!("x: '{open} '' {open}'\ny: \"{open}\\\"{open}\n {open}\""),
        format!("x: [a, '{open}', \"{open}\"]"),
        format!("# {open}\nx: 1 # {open}"),
        format!("x: &a !t |\n  {open}\n  {open}"),
    ] {
        let text = format!("openapi: 3.0.0\n{text}\n");
        let message = check(&text, &Limits::default()).err().map(|fault| fault.message);
        assert_eq!(message, None, "{text}");
    }
}
