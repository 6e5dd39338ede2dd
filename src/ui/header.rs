//! The first row of every screen, on a telephone the first two: the office, TRAINING where it is, who decides, who is signed in, date and time.
//!
//! ```text
//!  dutydesk  Rowan House + 3 places     decides A. OKAFOR   you P. SHAH coordinator   Sat 21-Nov-2026 21:04 GMT
//! ```
//!
//! What presses most stands before the office's name, so that no shortage of room takes it away.
//! Where there is little room the roles go first, then the day of the week, then air and the zone, then the names; TRAINING
//! and the time with its day stay, because around midnight a time alone says too little. On a telephone who decides and who is signed in
//! have a row of their own.

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::paper::{Paper, columns, join};
use super::sight::Sight;
use crate::app::on_call::Decides;
use crate::domain::bell::Tally;
use crate::domain::look::Meaning;
use crate::domain::time::display;
use crate::domain::views::Office;
use crate::domain::words::owning::{offered_short, offered_to_you};
use crate::domain::words::ui::listed;
use crate::domain::words::{clocks, rota as rota_words, signs, ui as words};

/// The least room between the two halves.
const GAP: u16 = 3;
/// Columns between two of one half.
const APART: u16 = 2;
/// How many of the right halves say who decides.
const WITH_DECIDES: usize = 8;
/// From this right half on nothing is said in full.
const CUT_SHORT: usize = 7;
/// From this one on there is little air; until the next below both are named.
const TIGHT: usize = 6;
/// From this one on who is signed in gives way to who decides.
const NAMED_FIRST: usize = 8;
/// From this one on nobody is said to decide.
const NAMED_LAST: usize = 9;
/// How many of the right halves name people.
const WITH_NAMES: usize = 10;
/// Columns that tell one office from another, TRAINING among them.
const ENOUGH_OF_NAME: u16 = 24;

/// What the header says.
pub struct Head<'a> {
    /// The office; `None` before it was read.
    pub office: Option<&'a Office>,
    /// Who holds the decision; nothing is said of it to somebody who has not said who they are.
    pub decides: Option<&'a Decides>,
    /// Who is signed in: name and role.
    pub you: Option<(&'a str, &'a str)>,
    /// Finished forms that the record does not have yet.
    pub not_yet: u64,
    /// Nobody may be named: the desk is locked.
    pub is_shut: bool,
    /// Until when a record is open that is not theirs.
    pub beyond: Option<DateTime<Utc>>,
    /// Entries that wait for whoever is signed in as the second person.
    pub for_second: u64,
    /// Visits that begin within a day, or should have begun, for which nobody has been found.
    pub uncovered: u64,
    /// How many are long late, late and due soon of all that may be seen.
    pub tally: Tally,
    /// How much is offered to whoever is signed in.
    pub offered: u64,
    /// Warning signs that nobody has answered, as far as they may be seen.
    pub signs: u64,
    /// Where nobody is planned soon, in words.
    pub gap: Option<&'a str>,
}

impl Head<'_> {
    /// Before there is an office nobody can decide in it or be signed in; a locked desk says who to nobody.
    fn names_people(&self) -> bool {
        !self.is_shut && self.office.is_none_or(|office| !office.name.is_empty())
    }
}

/// Draws it.
pub fn draw(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, head: &Head<'_>) {
    let room = area.width.saturating_sub(2);
    let (lefts, mut rights) = (lefts(sight, head), rights(sight, head));
    if area.height > 1 {
        people(paper, area, sight, head);
        rights.drain(..WITH_NAMES);
    }
    // Until when a record is open that is not theirs gives way after roles and names; that it is open never does.
    let [first, second, third, fourth, bare @ ..] = &lefts;
    let marks = [(vec![first, second, third], beyond(sight, head)), (vec![fourth], not_yours(sight, head))];
    // What is not in the record, waits for a second person, has nobody planned or has nobody found is said in full before
    // it is said who decides next, what they are and which day of the week it is.
    let said_first = marks_width(sight, head);
    let fits = marks.iter().find_map(|(lefts, mark)| {
        let decided = if area.height > 1 { rights.len() } else { WITH_DECIDES };
        rights.iter().take(decided).find_map(|right| {
            let fits = |left: &&Line<'_>| columns(left) + GAP + columns(right) <= room;
            // A long name is cut before anybody's is left out, and left out before a mark is cut.
            let enough = ENOUGH_OF_NAME
                + columns(mark)
                + columns(&pressing(sight, head.tally, Pressing::InShort))
                + said_first;
            let named = lefts.last().filter(|_| enough + GAP + columns(right) <= room);
            Some((*lefts.iter().find(|left| fits(left)).or(named)?, right))
        })
    });
    // Who decides and what presses most are said whole, whatever else there is no room for; and who is signed in, at a desk
    // that several use, before how many wait or are uncovered.
    let fits = fits.or_else(|| {
        let (named, decided, others) = match area.height > 1 {
            true => (rights.as_slice(), [].as_slice(), [].as_slice()),
            false => (
                rights.get(TIGHT..NAMED_FIRST).unwrap_or_default(),
                rights.get(CUT_SHORT..NAMED_LAST).unwrap_or_default(),
                rights.get(NAMED_LAST..).unwrap_or_default(),
            ),
        };
        let pairs = |rights| {
            bare.iter().flat_map(move |left| <[Line<'_>]>::iter(rights).map(move |right| (left, right)))
        };
        // The zone of the time goes after whatever else there is no room for.
        let named = named.iter().flat_map(|right| bare.iter().map(move |left| (left, right)));
        let mut pairs = named.chain(pairs(decided)).chain(pairs(others));
        pairs.find(|(left, right)| columns(left) + 2 + columns(right) <= room)
    });
    let (left, right) = match (fits, lefts.last(), rights.last()) {
        (Some(fits), _, _) => fits,
        (None, Some(left), Some(right)) => (left, right),
        _ => return,
    };
    let kept_for_time = columns(right) + 1;
    paper.put(area.x + 1, area.y, room.saturating_sub(kept_for_time), left);
    paper.put_right(Rect { width: area.width.saturating_sub(1), ..area }, right);
}

/// Columns that the marks before the office's name take, beside TRAINING and a record that is not theirs.
fn marks_width(sight: &Sight<'_>, head: &Head<'_>) -> u16 {
    let not_yet = (head.not_yet > 0).then(|| words::not_yet(head.not_yet));
    let for_second = (head.for_second > 0).then(|| words::for_second(head.for_second));
    let uncovered = (head.uncovered > 0).then(|| listed::uncovered(head.uncovered));
    let signs = (head.signs > 0).then(|| signs::open(head.signs));
    let marks = [not_yet, uncovered, for_second, signs, head.gap.map(str::to_owned)];
    // Each stands two columns from the next.
    marks.into_iter().flatten().map(|mark| columns(&sight.line(Meaning::Value, mark)) + 2).sum()
}

/// The left half from the longest to the shortest.
fn lefts(sight: &Sight<'_>, head: &Head<'_>) -> [Line<'static>; 10] {
    let program = sight.line(Meaning::Title, words::PROGRAM);
    // TRAINING stands before the office's name, so that no shortage of room can cut it off.
    let training = match head.office {
        Some(office) if office.training => sight.line(Meaning::Training, format!(" {} ", words::TRAINING)),
        _ => Line::default(),
    };
    let not_yet = match head.not_yet {
        0 => Line::default(),
        waiting => sight.line(Meaning::Late, words::not_yet(waiting)),
    };
    let beyond = beyond(sight, head);
    let not_yours = not_yours(sight, head);
    let marks = [
        (head.uncovered, listed::uncovered(head.uncovered)),
        (head.for_second, words::for_second(head.for_second)),
        (head.signs, signs::open(head.signs)),
    ];
    let marks = marks.into_iter().filter(|(count, _)| *count > 0);
    let for_second = join(sight.theme, "  ", marks.map(|(_, says)| sight.line(Meaning::Soon, says)));
    let offered = |said: fn(u64) -> String| match head.offered {
        0 => Line::default(),
        waiting => sight.line(Meaning::Soon, said(waiting)),
    };
    let short = join(sight.theme, "  ", [offered(offered_short), for_second.clone()]);
    let for_second = join(sight.theme, "  ", [offered(offered_to_you), for_second]);
    let uncovered = match head.uncovered {
        0 => Line::default(),
        count => sight.line(Meaning::Soon, listed::uncovered(count)),
    };
    let gap = head.gap.map_or_else(Line::default, |gap| sight.line(Meaning::Late, gap));
    let (name, others) = match head.office {
        Some(office) if !office.name.is_empty() => {
            let others =
                if office.locations > 1 { words::places(office.locations - 1) } else { String::new() };
            (sight.line(Meaning::Name, &office.name), sight.line(Meaning::Muted, others))
        }
        Some(_) => (sight.line(Meaning::Muted, words::NO_OFFICE), Line::default()),
        None => (Line::default(), Line::default()),
    };
    let [all, both, worst] =
        [Pressing::InFull, Pressing::InShort, Pressing::Worst].map(|how| pressing(sight, head.tally, how));
    let beside = |parts: Vec<Line<'static>>| join(sight.theme, "  ", parts);
    let with_others = join(sight.theme, " ", [name.clone(), others]);
    let bare = |presses: &Line<'static>, marks: &Line<'static>| {
        beside(vec![training.clone(), not_yet.clone(), presses.clone(), not_yours.clone(), marks.clone()])
    };
    [
        beside(vec![
            program.clone(),
            training.clone(),
            not_yet.clone(),
            all.clone(),
            beyond.clone(),
            for_second.clone(),
            gap.clone(),
            with_others,
        ]),
        beside(vec![
            program,
            training.clone(),
            not_yet.clone(),
            all.clone(),
            beyond.clone(),
            for_second.clone(),
            gap.clone(),
            name.clone(),
        ]),
        beside(vec![training.clone(), not_yet.clone(), all, beyond, short.clone(), gap, name.clone()]),
        beside(vec![training.clone(), not_yet.clone(), both.clone(), not_yours.clone(), short.clone(), name]),
        bare(&both, &short),
        bare(&both, &uncovered),
        bare(&worst, &short),
        bare(&worst, &uncovered),
        bare(&both, &Line::default()),
        bare(&worst, &Line::default()),
    ]
}

/// How what presses is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pressing {
    /// "1 long late, 3 late".
    InFull,
    /// "1 long 3 late".
    InShort,
    /// "1 long late".
    Worst,
}

/// What presses most, with its count; where nothing is late, what soon will be.
fn pressing(sight: &Sight<'_>, tally: Tally, how: Pressing) -> Line<'static> {
    let part =
        |count, meaning, said: fn(usize) -> String| (count > 0).then(|| sight.line(meaning, said(count)));
    let is_short = how == Pressing::InShort && tally.late > 0;
    let late = [
        part(tally.long_late, Meaning::Late, if is_short { clocks::long } else { clocks::long_late }),
        part(tally.late, Meaning::Late, words::late),
    ];
    let late = late.into_iter().flatten().take(if how == Pressing::Worst { 1 } else { 2 });
    let line = join(sight.theme, if is_short { " " } else { ", " }, late);
    if columns(&line) > 0 {
        return line;
    }
    part(tally.due_soon, Meaning::Soon, clocks::due_soon).unwrap_or_default()
}

/// That a record is open that is not theirs, where there is no room to say until when.
fn not_yours(sight: &Sight<'_>, head: &Head<'_>) -> Line<'static> {
    head.beyond.map_or_else(Line::default, |_| sight.line(Meaning::Alert, words::looks::NOT_YOURS))
}

/// Until when a record is open that is not theirs.
fn beyond(sight: &Sight<'_>, head: &Head<'_>) -> Line<'static> {
    head.beyond.map_or_else(Line::default, |until| {
        sight.line(Meaning::Alert, words::looks::beyond_until(&display::clock(until, sight.zone)))
    })
}

/// The right half from the longest to the shortest.
fn rights(sight: &Sight<'_>, head: &Head<'_>) -> Vec<Line<'static>> {
    let clock = display::clock(sight.now, sight.zone);
    let zone = sight.zone.abbreviation(sight.now);
    let day = sight.zone.day(sight.now);
    let bare = |date: &str| {
        sight.spans([(Meaning::Value, date), (Meaning::Value, " "), (Meaning::Name, clock.as_str())])
    };
    let time = |date: String| join(sight.theme, " ", [bare(&date), sight.line(Meaning::Muted, &zone)]);
    let decides = decides(sight, head);
    let you = |with_role| you(sight, head, with_role);
    let apart = |air: &str, mut parts: Vec<Line<'static>>| {
        let people = if head.names_people() { 0 } else { parts.len() - 1 };
        join(sight.theme, air, parts.split_off(people))
    };
    let beside = |parts: Vec<Line<'static>>| apart("   ", parts);
    let (weekday, short) = (time(display::weekday_date(day)), time(display::short_date(day)));
    // Whoever decides themselves is named once.
    let named = match (head.you, head.decides) {
        (Some((name, _)), Some(decides)) if decides.who == name && !decides.gap => {
            sight.spans([(Meaning::Muted, words::YOU_DECIDE), (Meaning::Value, " "), (Meaning::Value, name)])
        }
        _ => join(sight.theme, "  ", [decides.clone(), you(false)]),
    };
    // The day of the week goes before who comes next; where nobody does, nothing has to.
    let with_next = match head.decides.is_some_and(|decides| decides.next.is_some()) {
        true => apart("  ", vec![decides_next(sight, head), you(false), short.clone()]),
        false => beside(vec![decides.clone(), you(false), weekday.clone()]),
    };
    vec![
        beside(vec![decides_next(sight, head), you(true), weekday.clone()]),
        beside(vec![decides_next(sight, head), you(false), weekday.clone()]),
        with_next,
        beside(vec![decides.clone(), you(true), weekday.clone()]),
        beside(vec![decides.clone(), you(false), weekday]),
        beside(vec![decides.clone(), you(false), short.clone()]),
        apart("  ", vec![named.clone(), short.clone()]),
        apart("  ", vec![named, bare(&display::short_date(day))]),
        apart("  ", vec![decides, bare(&display::short_date(day))]),
        beside(vec![you(false), short.clone()]),
        short,
        bare(&display::short_date(day)),
    ]
}

fn decides(sight: &Sight<'_>, head: &Head<'_>) -> Line<'static> {
    if head.you.is_none() && head.decides.is_none() {
        return Line::default();
    }
    let who = head.decides.map_or(words::NOBODY_DECIDES, |decides| decides.who.as_str());
    // Nobody planned is said in words and in colour.
    let how = if head.decides.is_some_and(|decides| decides.gap) { Meaning::Late } else { Meaning::Value };
    sight.spans([(Meaning::Muted, words::DECIDES), (Meaning::Value, " "), (how, who)])
}

/// The same with who decides next.
fn decides_next(sight: &Sight<'_>, head: &Head<'_>) -> Line<'static> {
    let next = head.decides.and_then(|decides| decides.next.as_ref());
    let next = next.map_or_else(Line::default, |(at, who)| {
        let at = display::short(*at, sight.now, sight.zone);
        sight.spans([
            (Meaning::Muted, rota_words::NEXT_DECIDES),
            (Meaning::Muted, " "),
            (Meaning::Muted, &rota_words::then_at(&at, who)),
        ])
    });
    join(sight.theme, " ", [decides(sight, head), next])
}

fn you(sight: &Sight<'_>, head: &Head<'_>, with_role: bool) -> Line<'static> {
    match head.you {
        Some((name, role)) => {
            let role = if with_role { format!(" {role}") } else { String::new() };
            sight.spans([
                (Meaning::Muted, words::YOU),
                (Meaning::Value, " "),
                (Meaning::Value, name),
                (Meaning::Muted, &role),
            ])
        }
        None => sight.line(Meaning::Muted, words::NOBODY),
    }
}

/// The second row: who decides at the left, who is signed in at the right. Long names are cut, neither is left out.
fn people(paper: &mut Paper<'_>, area: Rect, sight: &Sight<'_>, head: &Head<'_>) {
    if !head.names_people() {
        return;
    }
    let room = area.width.saturating_sub(2);
    let (decides, you) = (decides(sight, head), you(sight, head, false));
    let for_you = columns(&you).min(room / 2);
    paper.put(area.x + 1, area.y + 1, room.saturating_sub(for_you + GAP), &decides);
    let place = Rect { x: area.x + 1 + room - for_you, y: area.y + 1, width: for_you, height: 1 };
    paper.put_right(place, &you);
    // Between the two there is room for how many signs wait, which the first row has none for.
    let free = room.saturating_sub(columns(&decides) + for_you);
    let said = [signs::open(head.signs), signs::open_short(head.signs)];
    let waiting = said.map(|said| sight.line(Meaning::Soon, said));
    if let Some(waiting) = waiting.iter().find(|line| head.signs > 0 && columns(line) + 2 * APART <= free) {
        let x = area.x + 1 + columns(&decides) + APART;
        paper.put(x, area.y + 1, columns(waiting), waiting);
    }
}
