//! Where things stand on the screen: a pure function of its size, held by drawings in its tests.
//!
//! What stands in each place is left to the screens.

use ratatui::layout::Rect;

/// The least size at which anything useful can be shown.
pub const LEAST: (u16, u16) = (40, 12);
/// From this width on, two parts of a case stand side by side.
pub const WIDE: u16 = 100;
/// From this width on, two panes of the dashboard stand side by side: their rows say more than a case's.
const WIDE_BOARD: u16 = 110;
/// Below this width one pane is shown at a time.
const ONE_PANE_BELOW: u16 = 60;
/// From this many rows on the panes stand one over another: at 80 columns and 24 rows also while the head and the foot have
/// much to say, so that nothing goes away with what was said.
const STACKED: u16 = 14;
/// From this many rows on there is room for a second row at head or foot.
pub const TALL: u16 = 20;

/// Header, what is between, footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Office, time, who decides, who is signed in.
    pub header: Rect,
    /// The screen itself.
    pub body: Rect,
    /// What the keys do here.
    pub footer: Rect,
}

/// The places of the dashboard. A pane that is not shown has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardPage {
    /// Urgent calls, open escalations, overdue external actions.
    pub panes: [Option<Rect>; 3],
    /// The preview of the selected row.
    pub preview: Option<Rect>,
    /// One line that counts the panes, where only one of them is shown.
    pub tabs: Option<Rect>,
}

/// Cuts off `height` rows at the top; answers with them and the rest.
pub fn top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// Cuts off `height` rows at the bottom; answers with the rest and them.
pub fn bottom(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    top(area, area.height - height)
}

/// Cuts off `width` columns at the left; answers with them and the rest.
pub fn left(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}

/// Whether the screen is too small for anything but saying so.
pub fn too_small(screen: Rect) -> bool {
    screen.width < LEAST.0 || screen.height < LEAST.1
}

/// The frame that every screen stands in.
/// `news` is how many rows what is said at the foot takes beyond its last. Where it is more than stands beside the keys,
/// it stands under them.
pub fn page(screen: Rect, news: u16) -> Page {
    let (header, rest) = top(screen, if is_tall(screen) { 2 } else { 1 });
    let keys = if is_tall(screen) { 2 } else { 1 };
    let (body, footer) = bottom(rest, if screen.height >= TALL { keys + news } else { keys });
    Page { header, body, footer }
}

/// Too narrow for everything to stand in one row, and high enough for two: names at the head, keys at the foot.
pub fn is_tall(screen: Rect) -> bool {
    screen.width < ONE_PANE_BELOW && screen.height >= TALL
}

/// The dashboard, with this pane in use (0, 1 or 2).
pub fn board(body: Rect, pane: usize) -> BoardPage {
    if body.width >= WIDE_BOARD && body.height >= 24 {
        wide(body)
    } else if body.width >= ONE_PANE_BELOW && body.height >= STACKED {
        stacked(body, pane)
    } else {
        one(body, pane)
    }
}

fn wide(body: Rect) -> BoardPage {
    let preview = (body.height / 3).clamp(8, 13);
    let (panes, preview) = bottom(body, preview);
    let (upper, lower) = top(panes, panes.height * 3 / 5);
    let (calls, escalations) = left(upper, body.width * 55 / 100);
    BoardPage { panes: [Some(calls), Some(escalations), Some(lower)], preview: Some(preview), tabs: None }
}

/// The pane in use gets what the others and the preview leave: the others keep two rows each, or three.
fn stacked(body: Rect, pane: usize) -> BoardPage {
    let preview = match body.height {
        ..20 => 0,
        20..26 => 5,
        26.. => 6,
    };
    let (panes, foot) = bottom(body, preview);
    let other = (panes.height / 4).clamp(4, 8);
    let mut rest = panes;
    let mut places = [None; 3];
    for (at, place) in places.iter_mut().enumerate() {
        let height = if at == pane { panes.height.saturating_sub(other * 2) } else { other };
        let (mine, below) = top(rest, height);
        *place = Some(mine);
        rest = below;
    }
    BoardPage { panes: places, preview: (preview > 0).then_some(foot), tabs: None }
}

fn one(body: Rect, pane: usize) -> BoardPage {
    let (tabs, rest) = top(body, 1);
    let preview = if rest.height >= 20 { rest.height / 3 } else { 0 };
    let (list, foot) = bottom(rest, preview);
    let mut panes = [None; 3];
    if let Some(place) = panes.get_mut(pane) {
        *place = Some(list);
    }
    BoardPage { panes, preview: (preview > 0).then_some(foot), tabs: Some(tabs) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each place drawn as its letter, one character for four columns and two rows.
    fn drawing(width: u16, height: u16, pane: usize) -> String {
        let screen = Rect::new(0, 0, width, height);
        let page = page(screen, 0);
        let board = board(page.body, pane);
        let mut places = vec![('h', page.header), ('f', page.footer)];
        places.extend(
            ['c', 'e', 'o'].into_iter().zip(board.panes).filter_map(|(name, place)| Some((name, place?))),
        );
        places.extend(board.preview.map(|place| ('p', place)));
        places.extend(board.tabs.map(|place| ('t', place)));
        let name = |x: u16, y: u16| {
            let here: Vec<char> = places
                .iter()
                .filter(|(_, place)| place.contains((x, y).into()))
                .map(|(name, _)| *name)
                .collect();
            assert!(here.len() < 2, "{here:?} overlap at {x},{y}");
            here.first().copied().unwrap_or('?')
        };
        (0..height)
            .map(|y| (0..width).step_by(4).map(|x| name(x, y)).collect::<String>())
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn wide_screens_show_two_panes_over_one_over_a_preview() {
        insta::assert_snapshot!(drawing(120, 40, 0));
    }

    #[test]
    fn a_common_terminal_stacks_the_panes_and_gives_room_to_the_one_in_use() {
        insta::assert_snapshot!(drawing(80, 24, 1));
    }

    #[test]
    fn a_telephone_shows_one_pane_at_a_time() {
        insta::assert_snapshot!(drawing(46, 30, 1));
    }

    #[test]
    fn every_size_has_a_place_for_what_it_shows() {
        for width in 1..200 {
            for height in 1..60 {
                let screen = Rect::new(0, 0, width, height);
                let page = page(screen, 0);
                for pane in 0..3 {
                    let board = board(page.body, pane);
                    let all = board.panes.into_iter().flatten().chain(board.preview).chain(board.tabs);
                    for place in all.chain([page.header, page.footer]) {
                        assert_eq!(place.intersection(screen).area(), place.area(), "{width}x{height}");
                    }
                }
            }
        }
    }
}
