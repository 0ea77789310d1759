use super::{filled, in_cell, inline, lines, sound};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(lines(text), expected, "{text:?}");
}

#[test]
fn plain_text_stays_as_it_is() {
    check("One sentence.", &["One sentence."]);
    check("One.\n\nTwo\nthree.", &["One.", "", "Two three."]);
    check("snake_case and `code_span`", &["snake_case and `code_span`"]);
    check("", &[]);
}

#[test]
fn what_rustdoc_would_take_for_something_is_escaped() {
    check("see [Foo] and <token>", &["see \\[Foo\\] and \\<token\\>"]);
    check("a * b _c", &["a \\* b \\_c"]);
    check("&amp; R&D", &["& R\\&D"]);
    check(
        "[x](javascript:alert) [y](https://e.org/a)",
        &["x [y](https://e.org/a)"],
    );
}

#[test]
fn links_never_become_images() {
    for text in [
        "\\![c](http://e.org/2.png)",
        "&#33;[c](http://e.org/2.png)",
        "!![](q)[c](http://e.org/2.png)",
        "*!*[c](http://e.org/2.png)",
    ] {
        let line = lines(text).concat();
        assert!(line.contains("[c](http://e.org/2.png)"), "{line}");
        assert!(sound::is_text(&line), "{line}");
    }
    check("![c](http://e.org/2.png)", &["c"]);
    check("Stop! [c](http://e.org)", &["Stop! [c](http://e.org)"]);
    assert!(!sound::is_text("![c](http://e.org/2.png)"));
}

#[test]
fn notes_of_github_are_shown_as_notes() {
    check(
        "> [!NOTE]\n> Careful.\n\nGo on.",
        &["> **Note:**", ">", "> Careful.", "", "Go on."],
    );
    check("> Quoted.", &["> Quoted."]);
}

#[test]
fn bare_addresses_become_links() {
    check("See https://e.org/a_b.", &["See <https://e.org/a_b>."]);
    check("https://{host}/x", &["https://{host}/x"]);
}

#[test]
fn code_never_runs() {
    for text in [
        "```\npanic!()\n```",
        "```rust\npanic!()\n```",
        "~~~\npanic!()\n~~~",
        "    panic!()",
        "> - x\n>   ```rust,should_panic\n>   panic!()",
        "1. a\n\n       panic!()",
        "\tpanic!()",
        "```rust\nunclosed",
        "````\n```\ninner\n```\n````",
    ] {
        let lines = lines(text);
        assert!(sound::is_text(&lines.join("\n")), "{text:?} became {lines:?}");
        assert!(lines.join(" ").contains("panic!()") || text.contains("nclosed") || text.contains("inner"));
    }
}

#[test]
fn lists_and_tables_keep_their_form() {
    check("- a\n- b\n  - c", &["* a", "* b", "  * c"]);
    check("1. a\n2. b", &["1. a", "2. b"]);
    check("|a|b|\n|-|-|\n|1|2|", &["| a | b |", "| --- | --- |", "| 1 | 2 |"]);
}

#[test]
fn characters_that_deceive_are_replaced() {
    check("a\u{202e}b\u{0}c\rd", &["a\u{fffd}b\u{fffd}c d"]);
}

#[test]
fn long_lines_are_filled() {
    let text = "word ".repeat(60);
    let lines = lines(&text);
    assert!(lines.len() > 2);
    assert!(lines.iter().all(|line| line.len() <= super::writer::WIDTH));
}

#[test]
fn a_filled_line_never_begins_a_block() {
    let text = format!("{} - b 1. c # d", "a".repeat(91));
    assert_eq!(lines(&text)[1], "\\- b 1. c # d");
}

/// Backticks that nothing stands between any more are one mark, which opens other code than it did.
#[test]
fn code_next_to_code_stays_code() {
    let text = "`a`![x](x)``b`<img src=x>``";
    assert!(sound::is_text(&lines(text).join("\n")), "{:?}", lines(text));
    check("`a`![](x)`b`", &["`a` `b`"]);
}

#[test]
fn characters_written_as_numbers_are_replaced_too() {
    check(
        "a&#27;b&#x202e;c&#10;&#10;    d&#1;",
        &["a\u{fffd}b\u{fffd}c d\u{fffd}"],
    );
    check("[a](https://e.org/&#x202e;)", &["a"]);
}

/// A line that begins within inline code could begin a block, which ends the paragraph and the code.
#[test]
fn inline_code_is_on_one_line() {
    for payload in ["~~~ evil", "<script>", "=== ", "- a", "1. a", "# a", "    a", "[a]: b"] {
        for width in 60..110 {
            let own = format!("Called `{} {payload} {}`.", "x".repeat(width), "y".repeat(90));
            let lines = filled(&own);
            assert!(
                lines
                    .iter()
                    .any(|line| line.contains(payload) && line.starts_with(['`', 'C'])),
                "{lines:?}"
            );
            assert!(sound::is_text(&lines.join("\n")), "{lines:?}");
        }
    }
}

#[test]
fn cells_end_where_they_should() {
    assert_eq!(in_cell(r"a|b\|c\\|d"), r"a\|b\|c\\\|d");
    assert_eq!(inline("`a|b` c|d"), r"`a\|b` c\|d");
    check("|a|\n|-|\n|`x\\|y` z\\|w|", &["| a |", "| --- |", r"| `x\|y` z\|w |"]);
}

#[test]
fn html_becomes_markdown() {
    check(
        "<p>Creates a <a href=\"https://e.org/docs\">customer</a>, <b>once</b>.</p><p>See <code>a_b</code>.</p>",
        &["Creates a [customer](https://e.org/docs), **once**.", "", "See `a_b`."],
    );
    check("One<br/>two<br>three", &["One\\", "two\\", "three"]);
    check(
        "<ul>\n<li>one</li>\n<li>two\n<ol><li>a<li>b</ol></ul>After.",
        &["* one", "* two", "  1. a", "  2. b", "", "After."],
    );
    check(
        "<table><tr><th>Code</th><th>Meaning</th></tr><tr><td>1</td><td>a|b<br>c</td></tr></table>",
        &["| Code | Meaning |", "| --- | --- |", "| 1 | a\\|b c |"],
    );
    check(
        "<pre><code>let a = 1;\n</code></pre>",
        &["```text", "let a = 1;", "```"],
    );
    check("<h2>Limits</h2>Ten.", &["### Limits", "", "Ten."]);
    check("an <em>important </em>word", &["an *important* word"]);
    check("a<!-- hidden --> b", &["a b"]);
    check(
        "- <b>a</b>\n- b <ul><li>c</ul>\n- d",
        &["* **a**", "* b", "  * c", "* d"],
    );
    assert_eq!(
        inline("<p>See <code>a</code>.<br>Or <b>not</b>.</p>"),
        "See `a`. Or **not**."
    );
}

/// Placeholders in angle brackets are words, and so is a tag that nothing ends.
#[test]
fn what_is_no_element_is_text() {
    check("Bearer <Token id=1>", &["Bearer \\<Token id=1\\>"]);
    check("Send <code> to it.", &["Send \\<code\\> to it."]);
    check("<p>a</p> <unclosed", &["a", "", "\\<unclosed"]);
    check("Call <b>now", &["Call \\<b\\>now"]);
    check("<script>alert(1)</script>", &["\\<script\\>alert(1)\\</script\\>"]);
}

#[test]
fn html_cannot_do_harm() {
    for text in [
        "<a href=\"javascript:alert(1)\">x</a>",
        "<code>&#27;&#x202e;`</code>",
        "<pre>&#27;\n```\npanic!()\n</pre>",
        "<code>*a</code>b* <code>**c</code>**",
        "*<code>x*</code>",
        "[<a href=https://e.org>x](https://e.org/a)</a>",
        "<a href=https://e.org>[x](https://e.org/a)</a>",
        "<a href='https://e.org/) [x](javascript:a'>y</a>",
        "<li>a<td>b<tr>c</table></ul>",
        "<table><tr><td><table><tr><td>```<pre>a</table>",
        "<ul><li>\n\n```rust\npanic!()\n```\n</ul>",
        "<pre>\n\n    panic!()\n\n```rust\npanic!()",
        "> <blockquote>a\n\n</blockquote></ul></p>b",
        "|a|\n|-|\n|<ul><li>x</ul><b>|",
        "<h1></h1><h2> </h2><b></b><b> </b>`<b>`",
        "\\!<a href=https://e.org/1.png>x</a>",
    ] {
        for text in [text.to_owned(), format!("- x\n  {text}\n\ny"), format!("x {text} y")] {
            let lines = lines(&text);
            let joined = lines.join("\n");
            assert!(sound::is_text(&joined), "{text:?} became {lines:#?}");
            assert!(!joined.contains(['\u{1b}', '\u{202e}', '\u{1}']), "{lines:?}");
            let line = inline(&text);
            assert!(!line.contains(['\u{1b}', '\u{202e}', '\u{1}']), "{line:?}");
        }
    }
}
