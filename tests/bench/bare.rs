//! The least that a list on a screen can be: ratatui, crossterm, fifty rows and a selection.

use std::io::stdout;

use crossterm::event::{Event, KeyCode, read};
use crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use ratatui::widgets::{Block, List, ListState};
use ratatui::{Terminal, backend::CrosstermBackend};

/// The argument that makes the bench this program.
pub const WORD: &str = "bare";

/// Runs until the line is cut.
pub fn run() {
    enable_raw_mode().unwrap();
    crossterm::execute!(stdout(), EnterAlternateScreen).unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(stdout())).unwrap();
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        let rows = (0..50).map(|n| {
            format!("{n:>3}  U-{n:<6} 21:{n:02}  QUILL, T.   Rowan House   drowsy since the morning")
        });
        let list = List::new(rows).block(Block::bordered().title("Calls")).highlight_symbol("> ");
        terminal.draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut state)).unwrap();
        match read() {
            Ok(Event::Key(key)) if key.code == KeyCode::Down => state.select_next(),
            Ok(Event::Key(key)) if key.code == KeyCode::Up => state.select_previous(),
            Ok(_) => {}
            Err(_) => return,
        }
    }
}
