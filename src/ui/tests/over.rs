//! A picture that is drawn over the last one is the picture that would be drawn anew.

use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZero;
use std::rc::Rc;

use chrono::TimeDelta;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::office::{app, board, now};
use super::{SIZES, every_layer, text, theme};
use crate::app::board::RowId;
use crate::app::{App, Code, Key, Layer, Load, Msg, Notice, Size};
use crate::ui::canvas::Canvas;
use crate::ui::view::View;
use crate::ui::{Drawn, draw, draw_over};

/// What is sent to a terminal.
#[derive(Clone, Default)]
struct Line(Rc<RefCell<Vec<u8>>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What stands on a terminal, and what drawing knows of it.
struct Standing {
    view: View,
    buffer: Buffer,
    line: Line,
    canvas: Canvas<Line>,
    on_canvas: View,
    terminal: vt100::Parser,
}

impl Standing {
    fn of(width: u16, height: u16) -> Self {
        let line = Line::default();
        let cells = |size| NonZero::new(size).expect("a terminal has a size");
        let mut canvas = Canvas::new(line.clone());
        canvas.forget(Size { columns: width, rows: height }).expect("memory takes it");
        Self {
            view: View::default(),
            buffer: Buffer::empty(Rect::new(0, 0, width, height)),
            line,
            canvas,
            on_canvas: View::default(),
            terminal: vt100::Parser::new(cells(height), cells(width), 0),
        }
    }

    /// Draws over what stands; answers with the rows that were drawn on.
    fn draw(&mut self, app: &App, after: &str) -> Vec<bool> {
        let before = self.buffer.clone();
        let mut anew = Buffer::empty(before.area);
        let (placed, cursor) = draw(&mut anew, app, &mut self.view.clone(), &theme());
        let drawn: Drawn = draw_over(&mut self.buffer, app, &mut self.view, &theme());
        assert_eq!(self.buffer, anew, "after {after}");
        assert_eq!((&drawn.placed, drawn.cursor), (&placed, cursor), "after {after}");
        let width = usize::from(before.area.width);
        for (y, touched) in drawn.touched.iter().enumerate().filter(|(_, touched)| !**touched) {
            let row = y * width..(y + 1) * width;
            assert_eq!(before.content[row.clone()], anew.content[row], "row {y} after {after}: {touched}");
        }
        self.canvas.draw(app, &mut self.on_canvas, &theme()).expect("memory takes it");
        self.terminal.process(&self.line.0.take());
        let rows = self.terminal.screen().rows(0, before.area.width);
        let shown: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
        assert_eq!(shown.join("\n"), text(&anew), "after {after}");
        drawn.touched
    }
}

fn press(app: &mut App, code: Code) {
    app.update(Msg::KeyPressed(Key::of(code)));
}

fn on_board(app: &mut App, change: impl FnOnce(&mut crate::app::BoardLayer)) {
    match app.layers.first_mut() {
        Some(Layer::Board(layer)) => change(layer),
        _ => unreachable!("the dashboard lies at the bottom"),
    }
}

#[test]
fn whatever_happens_the_picture_is_the_one_drawn_anew() {
    let keys = [
        Code::Down,
        Code::Down,
        Code::Up,
        Code::Char('2'),
        Code::Down,
        Code::Char('3'),
        Code::Down,
        Code::Tab,
    ]
    .into_iter()
    .chain("s/ou".chars().map(Code::Char))
    .chain([Code::Esc, Code::Esc, Code::Down, Code::F(1), Code::Down, Code::Esc, Code::Char(':'), Code::Esc])
    .chain([Code::Up, Code::F(2), Code::Char('0'), Code::Tab, Code::Esc, Code::Down, Code::Down]);
    for (width, height) in SIZES.into_iter().chain([(62, 20)]) {
        let (mut app, mut standing) = (app(), Standing::of(width, height));
        standing.draw(&app, "the start");
        for key in keys.clone() {
            press(&mut app, key);
            standing.draw(&app, &format!("{key:?}"));
        }
        app.update(Msg::TimePassed(now() + TimeDelta::minutes(7)));
        standing.draw(&app, "seven minutes");
        let mut fresh = board();
        fresh.calls.rows.truncate(1);
        on_board(&mut app, |layer| layer.data = Load::Ready(fresh.into()));
        standing.draw(&app, "a reading");
        on_board(&mut app, |layer| layer.changed.extend(layer.calls().first().map(|row| row.case)));
        standing.draw(&app, "a change");
        app.notice = Some(Notice::Says("long ".repeat(60)));
        standing.draw(&app, "news of several rows");
        app.notice = None;
        standing.draw(&app, "news that went");
        let you = app.you.take();
        standing.draw(&app, "nobody signed in");
        app.you = you;
        standing.draw(&app, "somebody signed in");
        on_board(&mut app, |layer| layer.data = Load::Loading);
        standing.draw(&app, "nothing read");
        on_board(&mut app, |layer| layer.data = Load::Ready(board().into()));
        for layer in every_layer() {
            let name = format!("{:?}", layer.place());
            standing.draw(&app, &format!("what went before {name}"));
            app.layers.push(layer);
            standing.draw(&app, &name);
            app.layers.truncate(1);
        }
        standing.draw(&app, "all of it");
    }
}

#[test]
fn what_is_selected_moves_and_the_rows_of_the_other_panes_are_left_alone() {
    let (mut app, mut standing) = (app(), Standing::of(120, 40));
    standing.draw(&app, "the start");
    press(&mut app, Code::Down);
    let touched = standing.draw(&app, "down");
    let selected = |app: &App| app.board().selection(crate::app::Pane::Calls);
    assert!(matches!(selected(&app), Some(RowId::Case(_))), "a call is selected");
    // Two rows of the pane in use, the preview, the footer.
    let drawn_on: Vec<usize> = (0..40).filter(|y| touched[*y]).collect();
    let preview = 27..39;
    let expected: Vec<usize> = [2, 3].into_iter().chain(preview).chain([39]).collect();
    assert_eq!(drawn_on, expected);
}
