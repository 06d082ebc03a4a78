//! The line of a text with a part of it underlined.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Origin, Snippet};

use crate::input::Input;

/// The length of the longest underlined text, in bytes.
const LONGEST: usize = 4 << 10;

/// Returns what shows a part of a text, underlined in its line.
pub(crate) fn elements<'a>(input: &'a Input, span: &Range<usize>) -> Vec<Element<'a>> {
    let line = input.line_of(span.start);
    let span = input.shortened(span, LONGEST);
    let window = window(&input.text, &span, &line);
    let start = input.position(span.start);
    let underlined = span.start - window.start..span.end - window.start;
    let snippet = Snippet::source(&input.text[window.clone()])
        .line_start(start.line)
        .annotation(AnnotationKind::Primary.span(underlined));
    match window == line {
        true => vec![snippet.path(&input.name).into()],
        // the snippet is only a part of the line, so its columns are not those of the line
        false => {
            let origin = Origin::path(&input.name);
            let origin = origin.line(start.line).char_column(start.column);
            vec![origin.into(), snippet.into()]
        }
    }
}

/// Returns the part of the text to render: the line, or the part of a long line around the span.
///
/// The renderer reads its whole input for each finding. With the whole text, the time would be
/// proportional to its length times the number of findings.
fn window(text: &str, span: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    const AROUND: usize = 1000;
    let mut start = line.start.max(span.start.saturating_sub(AROUND));
    let mut end = line.end.min(span.end + AROUND).max(span.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rendered_part_does_not_grow_with_the_text() {
        let lines = format!("{}é\"wrong\"é\n", "a\n".repeat(10_000)).repeat(2);
        let one_line = lines.replace('\n', "é");
        for (text, most) in [(&lines, 11), (&one_line, 2_013)] {
            let input = Input::new(String::new(), text.clone());
            for (start, wrong) in text.match_indices("\"wrong\"") {
                let span = start..start + wrong.len();
                let line = input.line_of(start);
                let window = window(text, &span, &line);
                assert!(window.len() <= most, "{window:?}");
                assert!(text[window.clone()].contains("é\"wrong\"é"));
                assert_eq!(window == line, most == 11);
            }
        }
    }
}
