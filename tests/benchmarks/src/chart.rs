//! The chart of the README: what checking the clients takes, drawn from the table of the report.

use std::fs;
use std::path::Path;

use crate::Result;

/// Width of the picture, and where its two panels begin, in pixels.
const WIDTH: u32 = 820;
const PANELS: [u32; 2] = [170, 510];

/// The longest bar, a bar's height, and the distance from one bar and from one document to the next.
const LONGEST: f64 = 230.0;
const BAR: u32 = 13;
const STEP: u32 = 17;
const GAP: u32 = 26;

/// Where the first bar is.
const TOP: u32 = 64;

/// A line of the table: what one generator's client of a document takes.
#[derive(Debug, PartialEq)]
struct Bar {
    document: String,
    generator: String,
    seconds: f64,
    megabytes: f64,
}

/// The figure of a client that a panel shows.
type Figure = fn(&Bar) -> f64;

/// The colours of a picture.
struct Palette {
    name: &'static str,
    text: &'static str,
    faint: &'static str,
    ours: &'static str,
    others: &'static str,
}

const PALETTES: [Palette; 2] = [
    Palette {
        name: "light",
        text: "#1f2328",
        faint: "#59636e",
        ours: "#b7410e",
        others: "#b6bec7",
    },
    Palette {
        name: "dark",
        text: "#f0f6fc",
        faint: "#9198a1",
        ours: "#f08a5d",
        others: "#4d5763",
    },
];

/// Draws `check-light.svg` and `check-dark.svg` beside a report, from its table of compilation; whether any client in it was
/// checked.
pub fn draw(report: &Path) -> Result<bool> {
    let page = fs::read_to_string(report).map_err(|error| format!("{}: {error}", report.display()))?;
    let bars = bars(&page);
    if bars.is_empty() {
        return Ok(false);
    }
    for palette in &PALETTES {
        let path = report.with_file_name(format!("check-{}.svg", palette.name));
        fs::write(path, picture(&bars, palette))?;
    }
    Ok(true)
}

/// The lines of the table `compile` about whole clients that were checked.
fn bars(page: &str) -> Vec<Bar> {
    let table = page.split_once("<!-- compile: begin -->").map_or("", |(_, rest)| rest);
    let table = table.split_once("<!-- compile: end -->").map_or("", |(table, _)| table);
    table.lines().filter_map(bar).collect()
}

fn bar(line: &str) -> Option<Bar> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [document, generator, "check", seconds, _, megabytes, ..] = cells[..] else {
        return None;
    };
    let number = |text: &str| text.replace(',', "").parse().ok();
    Some(Bar {
        document: document.to_owned(),
        generator: generator.to_owned(),
        seconds: number(seconds)?,
        megabytes: number(megabytes)?,
    })
}

fn picture(bars: &[Bar], palette: &Palette) -> String {
    let documents = bars.chunk_by(|a, b| a.document == b.document).count();
    let rows = u32::try_from(bars.len()).unwrap_or(u32::MAX);
    let height = TOP + rows * STEP + u32::try_from(documents).unwrap_or(u32::MAX) * GAP;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title>cargo check of generated clients: CPU time and peak memory</title>\n"
    );
    let panels: [(&str, Figure); 2] = [
        ("CPU time of cargo check, seconds", |bar| bar.seconds),
        ("peak memory of rustc, MB", |bar| bar.megabytes),
    ];
    for (x, (title, value)) in PANELS.into_iter().zip(panels) {
        text(
            &mut svg,
            (x, 22),
            title,
            &format!("fill=\"{}\" font-weight=\"600\"", palette.text),
        );
        let most = bars.iter().map(value).fold(f64::MIN_POSITIVE, f64::max);
        let mut y = TOP;
        for document in bars.chunk_by(|a, b| a.document == b.document) {
            for bar in document {
                let ours = bar.generator.starts_with("envoi");
                let colour = if ours { palette.ours } else { palette.others };
                let length = (value(bar) / most * LONGEST).max(1.0);
                svg.push_str(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{length:.1}\" height=\"{BAR}\" rx=\"2\" fill=\"{colour}\"/>\n"
                ));
                let end = x + length.round() as u32 + 6;
                text(
                    &mut svg,
                    (end, y + 11),
                    &figure(value(bar)),
                    &format!("fill=\"{}\"", palette.faint),
                );
                y += STEP;
            }
            y += GAP;
        }
    }
    names(&mut svg, bars, palette);
    svg.push_str("</svg>\n");
    svg
}

/// The documents and the generators, at the left.
fn names(svg: &mut String, bars: &[Bar], palette: &Palette) {
    let mut y = TOP;
    for document in bars.chunk_by(|a, b| a.document == b.document) {
        let title = format!("fill=\"{}\" font-weight=\"600\"", palette.text);
        text(
            svg,
            (8, y - 5),
            document.first().map_or("", |bar| &bar.document),
            &title,
        );
        for bar in document {
            let ours = bar.generator.starts_with("envoi");
            let colour = if ours { palette.ours } else { palette.faint };
            text(svg, (20, y + 11), &bar.generator, &format!("fill=\"{colour}\""));
            y += STEP;
        }
        y += GAP;
    }
}

fn text(svg: &mut String, (x, y): (u32, u32), text: &str, attributes: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    svg.push_str(&format!("<text x=\"{x}\" y=\"{y}\" {attributes}>{text}</text>\n"));
}

fn figure(value: f64) -> String {
    crate::report::thousands(value.round() as usize)
}

#[cfg(test)]
mod tests {
    use super::{PALETTES, bars, picture};

    const PAGE: &str = "<!-- compile: begin -->\n| document | generator | what | CPU s | times Envoi | peak MB | times Envoi |\n\
        |---|---|---|---:|---:|---:|---:|\n\
        | A & B | envoi 1 | check | 12 | 1.00 | 697 | 1.00 |\n\
        | A & B | envoi 1 | check, one tag alone: `x` | 5.29 | 1.00 | 424 | 1.00 |\n\
        | A & B | other 2 | check | 24 | 2.00 | 2,627 | 3.77 |\n\
        | A & B | third 3 | check | **fails** after 1 s |  |  |  |\n\
        <!-- compile: end -->\n| A & B | late | check | 1 | | 1 | |\n";

    #[test]
    fn the_table_has_a_bar_for_each_client_that_was_checked() {
        let bars = bars(PAGE);
        let shown: Vec<_> = bars
            .iter()
            .map(|bar| (&*bar.generator, bar.seconds, bar.megabytes))
            .collect();
        assert_eq!(shown, [("envoi 1", 12.0, 697.0), ("other 2", 24.0, 2627.0)]);
    }

    #[test]
    fn bars_are_as_long_as_their_figures() {
        let [light, _] = PALETTES;
        let svg = picture(&bars(PAGE), &light);
        let widths: Vec<f64> = svg
            .lines()
            .filter_map(|line| {
                line.strip_prefix("<rect ")?
                    .split("width=\"")
                    .nth(1)?
                    .split('"')
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        assert_eq!(widths, [115.0, 230.0, 61.0, 230.0]);
        assert!(
            svg.contains(">2,627</text>") && svg.contains(">A &amp; B</text>"),
            "{svg}"
        );
    }
}
