//! A chart of a pack: bars as inline SVG, and the same numbers as a table beside it.
//!
//! Whoever sees no picture reads the table, whoever hears the page its title and what it shows. The bars are dark on white and
//! each says its own number, so that nothing is lost where there is no colour. Words are drawn as text in whatever font the
//! reader has; no font is looked for here.

use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{
    ChartBuilder, Color, IntoDrawingArea, IntoFont, PathElement, RGBColor, Rectangle, SVGBackend, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::domain::clean;
use crate::domain::words::pack as words;

/// Units of the picture across; the page scales it.
const WIDE: u32 = 440;
/// Behind the longest bar, for its number.
const NUMBERS: u32 = 80;
/// From one bar to the next.
const STEP: u32 = 22;
/// Before the bars there is room for what each is of: for the longest label, but for no fewer and no more letters than these.
/// What is longer is cut; the table beside it has all of it.
const LETTERS: (usize, usize) = (20, 36);
/// Units for each letter of a label, and beside the longest.
const LABEL: (u32, u32) = (8, 12);
/// Bars that are drawn, at most; the table has all of them.
const MOST: usize = 24;
/// The height of a bar, and where it begins, of the ten parts from one to the next.
const BAR: (i64, i64) = (2, 8);
const PARTS: i64 = 10;
const INK: RGBColor = RGBColor(0x33, 0x33, 0x33);
const TEXT: RGBColor = RGBColor(0, 0, 0);
const LETTER: i32 = 14;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its id in a page and in files.
    pub id: String,
    /// The heading that it stands under, where several have one.
    pub group: String,
    /// Its title.
    pub title: String,
    /// What is counted.
    pub about: String,
    /// What its bars are of: the head of the first column of its table.
    pub of: String,
    /// Its bars, in order.
    pub bars: Vec<Bar>,
}

/// A bar of a chart, and a row of its table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is; `None` where nothing is known, which is not the same as none.
    pub height: Option<i64>,
    /// Its number in words.
    pub words: String,
    /// Of how many that is, in words; empty of a count.
    pub counted: String,
}

impl Bar {
    /// So many of something.
    pub fn count(label: impl Into<String>, n: usize) -> Self {
        let height = i64::try_from(n).ok();
        Self { label: label.into(), height, words: n.to_string(), counted: String::new() }
    }
}

impl Chart {
    /// Whether anything can be drawn.
    fn is_drawn(&self) -> bool {
        self.bars.iter().any(|bar| bar.height.is_some_and(|height| height > 0))
    }

    /// Whether any row says of how many it is.
    pub fn is_counted(&self) -> bool {
        self.bars.iter().any(|bar| !bar.counted.is_empty())
    }

    /// The bars that are drawn.
    fn drawn(&self) -> &[Bar] {
        self.bars.get(..MOST).unwrap_or(&self.bars)
    }

    /// How high the picture is, in its own units.
    pub fn tall(&self) -> u32 {
        u32::try_from(self.drawn().len()).unwrap_or_default() * STEP
    }

    /// How wide, in the same.
    pub fn wide(&self) -> u32 {
        WIDE
    }

    /// Units before the bars.
    fn labels(&self) -> u32 {
        let letters = self.drawn().iter().map(|bar| clean::shown(&bar.label).chars().count()).max();
        let letters = letters.unwrap_or_default().clamp(LETTERS.0, LETTERS.1);
        u32::try_from(letters).unwrap_or_default() * LABEL.0 + LABEL.1
    }

    /// What the picture shows, for whoever does not see it.
    pub fn described(&self) -> String {
        let bars: Vec<String> = self.drawn().iter().map(|bar| words::bar(&bar.label, &bar.words)).collect();
        words::described(&self.about, &bars, self.bars.len().saturating_sub(MOST))
    }

    /// What is inside the picture, as SVG that is safe to stand in a page; nothing where there is nothing to draw.
    pub fn picture(&self) -> Option<String> {
        if !self.is_drawn() {
            return None;
        }
        let mut drawn = String::new();
        self.draw(&mut drawn).ok()?;
        // The element around it is the page's own, with its title and what it shows.
        let (_, inside) = drawn.split_once(">\n")?;
        Some(inside.trim_end().strip_suffix("</svg>")?.to_owned())
    }

    fn draw(&self, into: &mut String) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
        let bars = self.drawn();
        let rows = i64::try_from(bars.len()).unwrap_or_default();
        let most = bars.iter().filter_map(|bar| bar.height).max().unwrap_or_default().max(1);
        let before = self.labels();
        let root = SVGBackend::with_string(into, (WIDE, self.tall())).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin_left(before)
            .margin_right(NUMBERS)
            .build_cartesian_2d(0..most, 0..rows * PARTS)?;
        let bar = |(at, bar): (i64, &Bar)| {
            // The first stands at the top, where the axis ends.
            let low = (rows - 1 - at) * PARTS;
            let long = bar.height.unwrap_or_default().max(0);
            Rectangle::new([(0, low + BAR.0), (long, low + BAR.1)], INK.filled())
        };
        chart.draw_series((0..).zip(bars).filter(|(_, bar)| bar.height > Some(0)).map(bar))?;
        chart.draw_series([PathElement::new([(0, 0), (0, rows * PARTS)], TEXT)])?;
        let font = ("sans-serif", LETTER).into_font().color(&TEXT);
        let ends = font.clone().pos(Pos::new(HPos::Right, VPos::Center));
        let begins = font.pos(Pos::new(HPos::Left, VPos::Center));
        let (step, labels) = (STEP as i32, before as i32);
        let room = i64::from(WIDE - before - NUMBERS);
        for (at, bar) in (0..).zip(bars) {
            let middle = at * step + step / 2;
            root.draw(&Text::new(cut(&bar.label), (labels - 6, middle), ends.clone()))?;
            let long = bar.height.unwrap_or_default().max(0) * room / most;
            let after = labels + i32::try_from(long).unwrap_or_default() + 5;
            root.draw(&Text::new(clean::shown(&bar.words).into_owned(), (after, middle), begins.clone()))?;
        }
        root.present()
    }
}

/// A label as far as there is room for it.
fn cut(label: &str) -> String {
    let label = clean::shown(label);
    if label.chars().count() <= LETTERS.1 {
        return label.into_owned();
    }
    label.chars().take(LETTERS.1 - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(bars: Vec<Bar>) -> Chart {
        let words = |text: &str| text.to_owned();
        Chart {
            id: words("c"),
            group: String::new(),
            title: words("T"),
            about: words("A"),
            of: words("O"),
            bars,
        }
    }

    fn widths(picture: &str) -> Vec<i64> {
        let rects = picture.split("<rect ").skip(1);
        rects.filter_map(|rect| rect.split_once(" width=\"")?.1.split_once('"')?.0.parse().ok()).collect()
    }

    #[test]
    fn a_bar_is_as_long_as_its_number_and_says_it() {
        let drawn = chart(vec![Bar::count("Oct", 4), Bar::count("Nov", 8), Bar::count("Dec", 0)]);
        let picture = drawn.picture().expect("it is drawn");
        let wide = widths(&picture);
        let [four, eight] = wide.as_slice() else { panic!("{picture}") };
        assert!((eight - 2 * four).abs() <= 2 && *eight > 150, "{wide:?}");
        for said in ["Oct", "Nov", "Dec", "\n4\n", "\n8\n", "\n0\n"] {
            assert!(picture.contains(said), "{said}: {picture}");
        }
        assert!(!picture.contains("http") && !picture.contains("<svg"), "{picture}");
        assert!(drawn.described().contains("Nov: 8"), "{}", drawn.described());
    }

    /// Organisations have long names: they stand whole before shorter bars, which are as long as their numbers still.
    #[test]
    fn a_long_label_stands_whole_before_shorter_bars() {
        let of = "Older people's mental health team";
        let picture = chart(vec![Bar::count(of, 8), Bar::count("Nov", 4)]).picture().expect("it is drawn");
        assert!(picture.contains("Older people&apos;s mental health team"), "{picture}");
        let wide = widths(&picture);
        let [eight, four] = wide.as_slice() else { panic!("{picture}") };
        assert!((eight - 2 * four).abs() <= 2 && *four > 30, "{wide:?}");
        let longer = "Community equipment and adaptations store, east";
        let picture = chart(vec![Bar::count(longer, 8)]).picture().expect("it is drawn");
        assert!(picture.contains("Community equipment and adaptations…"), "{picture}");
    }

    #[test]
    fn words_of_a_label_are_never_read_as_part_of_the_picture() {
        let picture = chart(vec![Bar::count("<script>&\"", 1)]).picture().expect("it is drawn");
        assert!(picture.contains("&lt;script&gt;&amp;") && !picture.contains("<script"), "{picture}");
    }

    #[test]
    fn where_nothing_was_counted_nothing_is_drawn() {
        assert_eq!(chart(vec![Bar::count("Nov", 0), Bar::default()]).picture(), None);
        assert_eq!(chart(Vec::new()).picture(), None);
    }

    #[test]
    fn of_many_bars_the_first_are_drawn_and_that_is_said() {
        let many = chart((0..40).map(|at| Bar::count(format!("n{at}"), 3)).collect());
        let picture = many.picture().expect("it is drawn");
        assert_eq!(picture.matches("<rect ").count(), MOST);
        assert!(many.described().contains("16 more"), "{}", many.described());
    }
}
