//! A table whose columns are data: what each is called, how narrow it may get, how soon it goes, what it says.
//!
//! Where there is little room the least important columns go first, then cells say less, then columns move together,
//! and on a screen the width of a telephone a row takes two lines. A column that carries the clock is never cut. The
//! table draws rows and the bar over the selected one; which rows there are, and what is selected, belongs to the app.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::pane::scrollbar;
use super::paper::{Paper, columns, cut_middle, fold};
use super::view::Scroll;
use crate::domain::look::Meaning;

/// Room below which a row takes two lines.
const TWO_LINES_BELOW: u16 = 46;
/// Rows that are looked at to see whether rows take two lines.
const LOOKED_AT: usize = 100;
/// The most that others give way to what tells rows apart: a family name, an initial and a date of birth. A longer name is cut,
/// and its date never.
const APART: u16 = 21;
/// Columns up to this priority stay though what tells rows apart is cut for it.
const LEAST_KEPT: u8 = 2;
/// Columns between two columns, and where there is little room.
const GAP: u16 = 2;
const NARROW_GAP: u16 = 1;
/// Columns before the second line of a row whose first column takes most of it.
const INDENT: u16 = 2;

/// Which edge a cell holds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The left edge.
    Left,
    /// The right edge: times, ages, numbers.
    Right,
}

/// How a cell is said.
pub type Say<Row, Sight> = fn(&Row, &Sight) -> Line<'static>;

/// One column.
pub struct Column<Row, Sight> {
    /// Its heading, for lists that show one.
    pub title: &'static str,
    /// The least width at which it says anything.
    pub least: u16,
    /// The most room it makes use of.
    pub most: u16,
    /// 0 stays longest.
    pub priority: u8,
    /// Which edge it holds to.
    pub align: Align,
    /// What it says where there is room.
    pub wide: Say<Row, Sight>,
    /// What it says where there is not, if that is something else.
    pub narrow: Option<Say<Row, Sight>>,
    /// Stands on the second line of a row that takes two.
    pub second: bool,
    /// Is never cut: whatever carries the clock or a date. The others give way to it.
    pub whole: bool,
    /// Its end tells rows apart as much as its beginning: others give way to it up to [`APART`], and what is longer is cut
    /// in the middle.
    pub apart: bool,
    /// Where there is no room for it, in which column it stands before that one's own words, and what it says there.
    pub leads: Option<(&'static str, Say<Row, Sight>)>,
}

impl<Row, Sight> Column<Row, Sight> {
    fn in_little_room(&self) -> Say<Row, Sight> {
        self.narrow.unwrap_or(self.wide)
    }
}

/// A column that says the same wherever it stands, at the left edge, on the first line of a row.
pub fn column<Row, Sight>(
    title: &'static str,
    least: u16,
    most: u16,
    priority: u8,
    say: Say<Row, Sight>,
) -> Column<Row, Sight> {
    Column {
        title,
        least,
        most,
        priority,
        align: Align::Left,
        wide: say,
        narrow: None,
        second: false,
        whole: false,
        apart: false,
        leads: None,
    }
}

/// What a table draws.
pub struct Table<'a, Row, Sight> {
    /// The columns, left to right.
    pub columns: &'a [Column<Row, Sight>],
    /// The rows there are.
    pub rows: &'a [&'a Row],
    /// What cells need beside the row: now, the zone, names.
    pub sight: &'a Sight,
    /// Place of the selected row.
    pub selected: Option<usize>,
    /// Whether the table has the focus: only then is the bar drawn in full and the cursor put on it.
    pub focused: bool,
    /// Whether the columns' titles are shown.
    pub headings: bool,
    /// What is said where there is no row.
    pub empty: &'a str,
}

/// Where a column stands in this frame, and what it says in each row that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    title: &'static str,
    align: Align,
    x: u16,
    width: u16,
    said: Vec<Line<'static>>,
    second: bool,
    apart: bool,
}

/// A table as it stands: as much of it as is needed to draw a row anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    body: Rect,
    row_height: u16,
    columns: Vec<Placed>,
    /// Which of the rows that are shown are marked as changed.
    changed: Vec<bool>,
    /// The first row that is shown, and the one with the bar.
    first: usize,
    selected: Option<usize>,
}

impl<Row, Sight> Table<'_, Row, Sight> {
    /// Draws it. `changed` says which rows changed while they were on the screen.
    pub fn draw(
        &self,
        paper: &mut Paper<'_>,
        area: Rect,
        scroll: &mut Scroll,
        changed: impl Fn(&Row) -> bool,
    ) {
        let two = area.width < TWO_LINES_BELOW && self.has_second_lines();
        let row_height = if two { 2 } else { 1 };
        let heading = u16::from(self.headings && !two && area.height > 2);
        let body = Rect { y: area.y + heading, height: area.height.saturating_sub(heading), ..area };
        let fits = usize::from(body.height / row_height);
        let first = scroll.settle(self.selected, fits, self.rows.len());
        if self.rows.is_empty() || fits == 0 {
            let empty = Line::from(paper.theme.span(Meaning::Muted, self.empty));
            let lines = fold(&empty, area.width.saturating_sub(2));
            for (y, line) in (area.top()..area.bottom()).zip(&lines) {
                paper.put(area.x + 1, y, area.width.saturating_sub(2), line);
            }
            if self.focused {
                paper.set_cursor(area.x, area.y);
            }
            return;
        }
        let shown: Vec<&Row> = self.rows.iter().skip(first).take(fits).copied().collect();
        let placed = self.arrange(area, two, &shown);
        if heading == 1 {
            for one in &placed {
                paper.say(one.x, area.y, one.width, Meaning::Muted, one.title);
            }
        }
        let changed = shown.iter().map(|row| changed(row)).collect();
        let laid = Laid { body, row_height, columns: placed, changed, first, selected: self.selected };
        for (step, _) in (0u16..).zip(&shown) {
            self.row(paper, &laid, step);
        }
        scrollbar(paper, body, first, fits, self.rows.len());
        scroll.laid = Some(laid);
    }

    /// Moves the bar over the table that stands, of the same rows in the same place: the row it leaves and the one it
    /// comes to are drawn anew. False where others come into sight, and the table is to be drawn whole.
    pub fn move_bar(&self, paper: &mut Paper<'_>, scroll: &mut Scroll) -> bool {
        let Some(mut laid) = scroll.laid.take() else { return false };
        let fits = usize::from(laid.body.height / laid.row_height);
        if scroll.settle(self.selected, fits, self.rows.len()) != laid.first {
            return false;
        }
        let left = std::mem::replace(&mut laid.selected, self.selected);
        for at in left.into_iter().chain(self.selected) {
            let step = at.checked_sub(laid.first).filter(|step| *step < fits);
            if let Some(step) = step.and_then(|step| u16::try_from(step).ok()) {
                paper.clear(laid.bar(step));
                self.row(paper, &laid, step);
            }
        }
        scroll.laid = Some(laid);
        true
    }

    fn row(&self, paper: &mut Paper<'_>, laid: &Laid, step: u16) {
        let bar = laid.bar(step);
        if laid.changed.get(usize::from(step)) == Some(&true) {
            paper.say(bar.x, bar.y, 1, Meaning::Changed, "*");
        }
        for one in &laid.columns {
            if let Some(line) = one.said.get(usize::from(step)) {
                Self::cell(paper, one, line, bar.y + u16::from(one.second));
            }
        }
        if laid.selected == Some(laid.first + usize::from(step)) {
            if self.focused {
                paper.wash(bar, Meaning::Selection);
                paper.set_cursor(bar.x, bar.y);
            } else {
                paper.say(bar.x, bar.y, 1, Meaning::Muted, ">");
            }
        }
    }

    /// Whether any of the first rows has something to say on a second line.
    fn has_second_lines(&self) -> bool {
        let rows = || self.rows.iter().take(LOOKED_AT);
        let says = |column: &Column<Row, Sight>| {
            rows().any(|row| columns(&column.in_little_room()(row, self.sight)) > 0)
        };
        self.columns.iter().filter(|column| column.second).any(says)
    }

    fn cell(paper: &mut Paper<'_>, one: &Placed, line: &Line<'_>, y: u16) {
        let cell = Rect { x: one.x, y, width: one.width, height: 1 };
        match one.align {
            Align::Left if one.apart => paper.put(cell.x, y, cell.width, &cut_middle(line, cell.width)),
            Align::Left => paper.put(cell.x, y, cell.width, line),
            Align::Right => paper.put_right(cell, line),
        };
    }

    /// Which columns are drawn, where, and how wide: the least important go until the others have their least
    /// width, then room is shared out by what the rows on the screen have to say.
    fn arrange(&self, area: Rect, two: bool, shown: &[&Row]) -> Vec<Placed> {
        let (left, room) = (area.x + 1, area.width.saturating_sub(2));
        if !two {
            return self.line(self.columns.iter().collect(), (left, room), Stands::Alone, shown).0;
        }
        let (mut second, upper): (Vec<_>, Vec<_>) = self.columns.iter().partition(|column| column.second);
        let (mut placed, gone) = self.line(upper, (left, room), Stands::Above, shown);
        // What carries the clock is on the second line where names leave no room for it on the first.
        second.extend(gone.into_iter().filter(|column| column.whole));
        let indent = placed.get(1).map_or(0, |next| next.x - left);
        // Under the words behind a clock; where the first column is the longest, nearly at the left.
        let indent = if indent > room / 2 { INDENT } else { indent };
        let below = (left + indent, room.saturating_sub(indent));
        placed.extend(self.line(second, below, Stands::Below, shown).0);
        placed
    }

    /// Which of these columns have room in one line, where and how wide; and those that have none.
    fn line<'c>(
        &'c self,
        columns_left: Vec<&'c Column<Row, Sight>>,
        (left, room): (u16, u16),
        stands: Stands,
        shown: &[&Row],
    ) -> (Vec<Placed>, Vec<&'c Column<Row, Sight>>) {
        let say = |say: Say<Row, Sight>| -> Vec<Line<'static>> {
            shown.iter().map(|row| say(row, self.sight)).collect()
        };
        // A column in which no row says anything takes no room.
        let mut saying: Vec<Saying<'c, Row, Sight>> = columns_left
            .into_iter()
            .map(|column| Saying::new(column, say(column.wide)))
            .filter(|one| widest(&one.said) > 0)
            .collect();
        for one in saying.iter_mut().filter(|one| one.column.whole) {
            let heading = u16::try_from(one.column.title.chars().count()).unwrap_or(0);
            one.heading = if self.headings && stands == Stands::Alone { heading } else { 0 };
            one.least = one.column.narrow.map_or_else(|| widest(&one.said), |narrow| widest(&say(narrow)));
        }
        for one in saying.iter_mut().filter(|one| one.column.apart) {
            let said = widest(&say(one.column.in_little_room()));
            one.least = said.clamp(one.column.least, APART.max(one.column.least));
        }
        let gaps = |gap: u16, count: usize| gap * u16::try_from(count.saturating_sub(1)).unwrap_or(0);
        let needs = |saying: &[Saying<'c, Row, Sight>]| {
            saying.iter().map(|one| one.least).sum::<u16>() + gaps(NARROW_GAP, saying.len())
        };
        let mut all_gone = Vec::new();
        while saying.len() > 1 && needs(&saying) > room {
            let last = (0..saying.len()).max_by_key(|at| saying[*at].column.priority).unwrap_or(0);
            // Rather a name that is cut than none, or none of what it is about.
            let matters = saying[last].column.priority <= LEAST_KEPT;
            match saying.iter_mut().find(|one| one.column.apart && one.least > one.column.least) {
                Some(one) if matters => one.least = one.column.least,
                _ => {
                    let gone = saying.remove(last).column;
                    all_gone.push(gone);
                    if let Some((host, words)) = gone.leads
                        && let Some(host) = saying.iter_mut().find(|one| one.column.title == host)
                    {
                        host.before = say(words);
                    }
                }
            }
        }
        let spare = |gap| room.saturating_sub(gaps(gap, saying.len()));
        let (roomy, tight) = (spare(GAP), spare(NARROW_GAP));
        let wanted = |saying: &[Saying<'c, Row, Sight>]| saying.iter().map(Saying::wanted).sum::<u16>();
        // What matters least says less first, until all of it has room.
        let mut by_priority: Vec<usize> = (0..saying.len()).collect();
        by_priority.sort_by_key(|at| std::cmp::Reverse(saying[*at].column.priority));
        for at in by_priority {
            if wanted(&saying) <= roomy {
                break;
            }
            if let Some(narrow) = saying[at].column.narrow {
                saying[at].said = say(narrow);
            }
        }
        let (gap, spare) = if wanted(&saying) <= roomy { (GAP, roomy) } else { (NARROW_GAP, tight) };
        let all: Vec<u16> = saying.iter().map(Saying::wanted).collect();
        let least: Vec<u16> =
            saying.iter().map(|one| if one.column.whole { one.wanted() } else { one.least }).collect();
        let widths = share(&least, &all, spare);
        let mut x = left;
        let placed = saying
            .into_iter()
            .zip(widths)
            .map(|(Saying { column, said, before, .. }, width)| {
                let said = led(before, said);
                let (title, align, apart) = (column.title, column.align, column.apart);
                let second = stands == Stands::Below;
                let one = Placed { title, align, x, width, said, second, apart };
                x += width + gap;
                one
            })
            .collect();
        (placed, all_gone)
    }
}

impl Laid {
    /// The place of a row that is shown.
    fn bar(&self, step: u16) -> Rect {
        Rect { y: self.body.y + step * self.row_height, height: self.row_height, ..self.body }
    }
}

/// A column with what it says, while room is shared out.
struct Saying<'a, Row, Sight> {
    column: &'a Column<Row, Sight>,
    said: Vec<Line<'static>>,
    /// What stands before its words in each row, of columns that had no room for themselves.
    before: Vec<Line<'static>>,
    /// The least width at which nothing is lost that must not be.
    least: u16,
    /// Columns of its heading, where that is to be whole too.
    heading: u16,
}

/// Where a line of columns stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// It is the whole row, under the headings.
    Alone,
    /// Of two, which have no headings, the first.
    Above,
    /// The second.
    Below,
}

impl<'a, Row, Sight> Saying<'a, Row, Sight> {
    fn new(column: &'a Column<Row, Sight>, said: Vec<Line<'static>>) -> Self {
        Self { column, said, before: Vec::new(), least: column.least, heading: 0 }
    }

    fn wanted(&self) -> u16 {
        let led = |(at, said): (usize, &Line<'_>)| match self.before.get(at).map_or(0, columns) {
            0 => columns(said),
            lead => lead + 1 + columns(said),
        };
        let widest = self.said.iter().enumerate().map(led).max().unwrap_or(0);
        if self.column.whole {
            widest.max(self.heading)
        } else {
            widest.clamp(self.least, self.column.most.max(self.least))
        }
    }
}

/// The words of each row behind those that lead them, where any do.
fn led(before: Vec<Line<'static>>, said: Vec<Line<'static>>) -> Vec<Line<'static>> {
    let mut before = before.into_iter();
    let lead = |said: Line<'static>| match before.next().filter(|lead| columns(lead) > 0) {
        Some(lead) => Line::from_iter(lead.spans.into_iter().chain([Span::raw(" ")]).chain(said.spans)),
        None => said,
    };
    said.into_iter().map(lead).collect()
}

fn widest(said: &[Line<'_>]) -> u16 {
    said.iter().map(columns).max().unwrap_or(0)
}

/// Shares out `room`: everyone their least, then what is left by turns up to what they want.
pub(super) fn share(least: &[u16], wanted: &[u16], room: u16) -> Vec<u16> {
    let mut widths: Vec<u16> = least.to_vec();
    let mut left = room.saturating_sub(widths.iter().sum());
    while left > 0 {
        let before = left;
        for (width, wanted) in widths.iter_mut().zip(wanted) {
            if *width < *wanted && left > 0 {
                *width += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    if let Some(only) = widths.first_mut().filter(|_| least.len() == 1) {
        *only = (*only).min(room);
    }
    widths
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::domain::look::Looks;
    use crate::ui::theme::Theme;

    #[test]
    fn what_carries_the_clock_is_never_cut() {
        let theme = Theme::new(Looks::plain());
        let columns = [
            Column {
                whole: true,
                ..column("due", 4, 4, 1, |row: &[&str; 3], _: &()| Line::from(row[0].to_owned()))
            },
            column("what", 3, 40, 0, |row, _| Line::from(row[1].to_owned())),
            column("owner", 3, 9, 2, |row, _| Line::from(row[2].to_owned())),
        ];
        let rows = [&["late 9h 44m", "wound review", "IQBAL, D."]];
        for width in 18..60 {
            let area = Rect::new(0, 0, width, 1);
            let mut buffer = Buffer::empty(area);
            let mut paper = Paper::new(&mut buffer, &theme);
            let table = Table {
                columns: &columns,
                rows: &rows,
                sight: &(),
                selected: None,
                focused: false,
                headings: false,
                empty: "",
            };
            table.draw(&mut paper, area, &mut Scroll::default(), |_| false);
            let said: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
            assert!(said.contains("late 9h 44m "), "{width}: {said}");
            assert!(width < 36 || said.contains("wound review"), "{width}: {said}");
        }
    }

    #[test]
    fn what_has_no_room_of_its_own_stands_before_the_words_of_another() {
        let theme = Theme::new(Looks::plain());
        let gap: Say<[&str; 2], ()> = |row, _| Line::from(row[1].to_owned());
        let columns = [
            column("matter", 8, 30, 0, |row: &[&str; 2], _: &()| Line::from(row[0].to_owned())),
            Column { leads: Some(("matter", gap)), ..column("eyes", 11, 20, 1, gap) },
        ];
        let rows = [&["wound worse", "no next"], &["not herself", ""]];
        let said = |width| {
            let area = Rect::new(0, 0, width, 2);
            let mut buffer = Buffer::empty(area);
            let mut paper = Paper::new(&mut buffer, &theme);
            let table = Table {
                columns: &columns,
                rows: &rows,
                sight: &(),
                selected: None,
                focused: false,
                headings: false,
                empty: "",
            };
            table.draw(&mut paper, area, &mut Scroll::default(), |_| false);
            let cells: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
            let line = |cells: &[&str]| cells.concat().trim().to_owned();
            cells.chunks(usize::from(width)).map(line).collect::<Vec<_>>()
        };
        assert_eq!(said(40), ["wound worse  no next", "not herself"]);
        assert_eq!(said(21), ["no next wound worse", "not herself"]);
    }

    #[test]
    fn a_heading_is_whole_and_a_second_line_has_room_under_a_long_first_column() {
        let theme = Theme::new(Looks::plain());
        let columns = [
            column("sign", 29, 52, 0, |row: &[&str; 3], _: &()| Line::from(row[0].to_owned())),
            Column {
                align: Align::Right,
                whole: true,
                ..column("since", 6, 9, 1, |row, _| Line::from(row[1].to_owned()))
            },
            Column { second: true, ..column("about", 9, 26, 2, |row, _| Line::from(row[2].to_owned())) },
        ];
        let rows = [&["Deadline passed, not chased", "7 d", "WILLOW, U."]];
        let said = |width| {
            let area = Rect::new(0, 0, width, 3);
            let mut buffer = Buffer::empty(area);
            let mut paper = Paper::new(&mut buffer, &theme);
            let table = Table {
                columns: &columns,
                rows: &rows,
                sight: &(),
                selected: None,
                focused: false,
                headings: true,
                empty: "",
            };
            table.draw(&mut paper, area, &mut Scroll::default(), |_| false);
            let cells: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
            let line = |cells: &[&str]| cells.concat().trim_end().to_owned();
            cells.chunks(usize::from(width)).map(line).collect::<Vec<_>>()
        };
        let wide = said(60);
        assert!(wide[0].contains("since") && wide[1].contains("  7 d"), "{wide:?}");
        assert_eq!(said(44)[1].trim_start(), "WILLOW, U.", "on a phone it says whom it concerns");
    }

    #[test]
    fn room_is_shared_by_turns_after_everyone_has_their_least() {
        assert_eq!(share(&[5, 5], &[10, 6], 20), [10, 6]);
        assert_eq!(share(&[5, 5], &[30, 30], 20), [10, 10]);
        assert_eq!(share(&[5], &[30], 3), [3]);
    }
}
