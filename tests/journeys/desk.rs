//! A desk without a terminal: presses keys, carries out what is asked of the office at once, draws the screen.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use dutydesk::app::msg::Own;
use dutydesk::app::{App, Effect, Key, Layer, Msg, Size};
use dutydesk::domain::chance::{Chance, Seeded};
use dutydesk::domain::clocks::Lateness;
use dutydesk::domain::commitment::Commitment;
use dutydesk::domain::ids::CaseId;
use dutydesk::domain::pack::Making;
use dutydesk::domain::permission::Viewer;
use dutydesk::domain::views::{Board, CaseView};
use dutydesk::runtime::desk::{Around, open_in};
use dutydesk::runtime::effects::{self, Way, Writing};
use dutydesk::settings::themes;
use dutydesk::store::{Limits, OfficeDir, Store};
use dutydesk::ui::theme::Theme;
use dutydesk::ui::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::office::Office;

/// The clock on the wall of a test.
pub type Wall = Arc<Mutex<DateTime<Utc>>>;

/// One running program at an office.
pub struct Desk {
    pub app: App,
    pub office: Office,
    office_desk: effects::Desk,
    chance: Seeded,
    view: View,
    theme: Theme,
    /// Kept from the first to the last so that what is typed can be seen.
    pub pressed: usize,
    /// How often the bell rang.
    pub rung: usize,
    /// What the terminal is called.
    pub title: String,
    /// Pressed each time a pack that is being made says how far it is.
    pub while_packing: Vec<Key>,
    /// The screen at each of those times.
    pub gauges: Vec<String>,
}

impl Desk {
    /// Somebody sits down at an office.
    pub fn at(office: Office) -> Self {
        Self::started(office, 40)
    }

    fn started(office: Office, seed: u64) -> Self {
        // Each desk of a test is a station of its own.
        let station = format!("desk {seed}");
        let around = Around { station, rules: office.rules, ..around(&office.wall) };
        let dir = OfficeDir::at(office.path());
        let store = Store::open(&dir, Box::new(Seeded::new(seed))).expect("the office opens");
        let editions = store.editions().expect("definitions").as_ref().clone();
        let zone = store.zone().expect("a zone");
        let mut chance = Seeded::new(seed + 1000);
        let ids = std::iter::repeat_with(|| chance.uuid()).take(64).collect();
        let app = App::new(office.now(), zone, editions, ids, Size { columns: 120, rows: 40 });
        let mut app = app;
        app.rules = office.rules;
        let (looks, _) = themes::load(&office.path().join("config"), themes::MONO);
        let mut desk = Self {
            app,
            office_desk: open_in(&dir, None, &around).expect("the office opens"),
            chance,
            view: View::default(),
            theme: Theme::new(looks),
            office,
            pressed: 0,
            rung: 0,
            title: String::new(),
            while_packing: Vec::new(),
            gauges: Vec::new(),
        };
        let first = desk.app.started();
        desk.perform(first);
        desk
    }

    /// One of many programs at an office, each with a number of its own.
    pub fn number(office: &Office, number: u64) -> Self {
        Self::started(office.clone(), 10_000 + number)
    }

    /// Another program at the same office, on another screen.
    pub fn beside(&self) -> Self {
        Self::started(self.office.clone(), 300)
    }

    /// Hears that another program wrote.
    pub fn hears_of_it(&mut self) -> &mut Self {
        let effects = self.app.update(Msg::ChangedElsewhere(0));
        self.perform(effects);
        self
    }

    /// The program is killed and started again, at the same office.
    pub fn killed_and_started_again(self) -> Self {
        let office = self.office.clone();
        drop(self);
        Self::started(office, 77)
    }

    /// Signs in by name.
    pub fn signed_in(mut self, name: &str) -> Self {
        self.sign_in(name);
        self
    }

    /// Signs in by name, from the dashboard.
    pub fn sign_in(&mut self, name: &str) -> &mut Self {
        self.keys("w").keys(name).keys("<enter>");
        assert!(self.app.you.is_some(), "{name} is signed in:\n{}", self.screen());
        self
    }

    /// Presses keys as they are written: letters as they stand, names of keys in angle brackets.
    ///
    /// Between one call and the next somebody has looked at the screen: what is pressed in one goes without a pause.
    pub fn keys(&mut self, written: &str) -> &mut Self {
        if self.app.counts_moments() {
            self.moments_pass(1000);
        }
        for key in super::keys::parse(written) {
            self.press(key);
        }
        self
    }

    /// The window is made this large.
    pub fn resized(&mut self, columns: u16, rows: u16) -> &mut Self {
        let effects = self.app.update(Msg::Resized(Size { columns, rows }));
        self.perform(effects);
        self
    }

    /// Pastes words, as a terminal does.
    pub fn pastes(&mut self, words: &str) -> &mut Self {
        let effects = self.app.update(Msg::Pasted(words.to_owned()));
        self.perform(effects);
        self
    }

    fn press(&mut self, key: Key) {
        self.pressed += 1;
        let effects = self.app.update(Msg::KeyPressed(key));
        self.perform(effects);
    }

    /// A part of a second passes; the office's clock stands where it stood.
    fn moments_pass(&mut self, milliseconds: i64) {
        let now = self.app.now;
        for now in [now + TimeDelta::milliseconds(milliseconds), now] {
            let effects = self.app.update(Msg::TimePassed(now));
            self.perform(effects);
        }
    }

    /// Time passes.
    pub fn later(&mut self, minutes: i64) -> &mut Self {
        let now = self.office.now() + TimeDelta::minutes(minutes);
        self.until(now)
    }

    /// It becomes this late (RFC 3339).
    pub fn at_time(&mut self, time: &str) -> &mut Self {
        self.until(super::office::at(time))
    }

    fn until(&mut self, now: DateTime<Utc>) -> &mut Self {
        self.office.set(now);
        let effects = self.app.update(Msg::TimePassed(now));
        self.perform(effects);
        // The minute's clock also reads the dashboard again.
        let effects = self.app.update(Msg::ChangedElsewhere(0));
        self.perform(effects);
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let written = matches!(effect, Effect::Append(..));
            let answer = match effects::way(effect) {
                Way::Read(question) => (self.office_desk.read)(question),
                Way::Check(asked) => (self.office_desk.check)(asked),
                Way::Write(Writing::Append(request, batch)) => {
                    Some((self.office_desk.append)(request, *batch))
                }
                Way::Write(writing) => (self.office_desk.keep)(writing),
                Way::Own(Own::SupplyIds) => {
                    let chance = &mut self.chance;
                    Some(Msg::IdsSupplied(std::iter::repeat_with(|| chance.uuid()).take(32).collect()))
                }
                Way::Own(Own::RingBell) => {
                    self.rung += 1;
                    None
                }
                Way::Own(Own::SetTitle(title)) => {
                    self.title = title;
                    None
                }
                Way::Own(_) => None,
                Way::Pack(None) => None,
                Way::Pack(Some(asked)) => Some(self.packs(&asked)),
            };
            // Whatever else the writing thread has to say is said after its answer.
            let said = if written { (self.office_desk.again)().said } else { Vec::new() };
            for msg in answer.into_iter().chain(said) {
                let more = self.app.update(msg);
                self.perform(more);
            }
        }
    }

    /// Makes a pack while the screen is looked at, and whoever waits presses what they have to.
    fn packs(&mut self, asked: &Making) -> Msg {
        let Self { app, office_desk, while_packing, gauges, view, theme, .. } = self;
        let packed = (office_desk.pack)(asked, &mut |done, all| {
            app.update(Msg::Packing(done, all));
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
            dutydesk::ui::draw(&mut buffer, app, view, theme);
            gauges.push(text_of(&buffer));
            let pressed: Vec<Effect> =
                while_packing.iter().flat_map(|key| app.update(Msg::KeyPressed(*key))).collect();
            !pressed.contains(&Effect::StopPack)
        });
        Msg::Packed(packed)
    }

    /// The screen, and where its cursor stands.
    fn drawn(&mut self) -> (Buffer, Position) {
        self.drawn_at(120, 40)
    }

    fn drawn_at(&mut self, width: u16, height: u16) -> (Buffer, Position) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let (_, cursor) = dutydesk::ui::draw(&mut buffer, &self.app, &mut self.view, &self.theme);
        (buffer, cursor.unwrap_or_default())
    }

    /// The screen as text.
    pub fn screen(&mut self) -> String {
        text_of(&self.drawn().0)
    }

    /// The screen of a telephone as text.
    pub fn little_screen(&mut self) -> String {
        self.screen_of(46, 30)
    }

    /// The screen as text, on a terminal of this size.
    pub fn screen_of(&mut self, columns: u16, rows: u16) -> String {
        text_of(&self.drawn_at(columns, rows).0)
    }

    /// The screen says this somewhere.
    pub fn shows(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(words), "should show {words:?}:\n{screen}");
        self
    }

    /// Whether these words stand on the screen in letters drawn like this.
    pub fn is_drawn(&mut self, words: &str, modifier: Modifier) -> bool {
        let (buffer, _) = self.drawn();
        (0..buffer.area.height).any(|y| {
            let cells = (0..buffer.area.width).filter_map(|x| buffer.cell((x, y)));
            let drawn: String = cells
                .map(|cell| if cell.modifier.contains(modifier) { cell.symbol() } else { "\n" })
                .collect();
            drawn.contains(words)
        })
    }

    /// The screen says this nowhere.
    pub fn hides(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(words), "should not show {words:?}:\n{screen}");
        self
    }

    /// Saves the form on top, which must then be in the record.
    pub fn saves(&mut self) -> &mut Self {
        let forms = self.app.forms().count();
        self.keys("<ctrl-s>");
        let left = self.app.forms().count();
        assert!(left < forms, "should be in the record:\n{}", self.screen());
        self
    }

    /// Moves the focus of the form on top to a line, as a person would with many tabs.
    pub fn line(&mut self, path: &str) -> &mut Self {
        for key in ["<tab>", "<shift-tab>"] {
            for _ in 0..60 {
                let Layer::Form(layer) = self.app.top() else { panic!("a form:\n{}", self.screen()) };
                if layer.form.focus == path {
                    return self;
                }
                self.keys(key);
            }
        }
        panic!("no line {path}:\n{}", self.screen());
    }

    /// Moves down until the selected row says this.
    pub fn select(&mut self, words: &str) -> &mut Self {
        for _ in 0..40 {
            let (buffer, cursor) = self.drawn();
            if text_of(&buffer).lines().nth(usize::from(cursor.y)).is_some_and(|row| row.contains(words)) {
                return self;
            }
            self.keys("<down>");
        }
        panic!("no row {words}:\n{}", self.screen());
    }

    /// What a line of the form on top holds.
    pub fn text(&self, path: &str) -> String {
        let Layer::Form(layer) = self.app.top() else { panic!("a form should be on top") };
        layer.form.draft.text.get(path).cloned().unwrap_or_default()
    }

    /// What a line of the uppermost form holds, under whatever stands over it.
    pub fn text_below(&self, path: &str) -> String {
        let form = self.app.forms().last().expect("a form is open");
        form.draft.text.get(path).cloned().unwrap_or_default()
    }

    /// Answers in a chase what is asked once it is late: what the wait means, and that nothing is needed meanwhile.
    pub fn says_what_the_wait_means(&mut self) -> &mut Self {
        self.line("impact").keys("Drowsy still, not worse; looked at each half hour");
        self.line("no_control").keys("A carer is with her")
    }

    /// Puts other words into the focused line of the form on top.
    pub fn instead(&mut self, path: &str, words: &str) -> &mut Self {
        self.line(path);
        let held = self.text(path).chars().count();
        self.keys("<end>").keys(&"<backspace>".repeat(held)).keys(words)
    }

    /// Steps back to the dashboard, whatever stands over it.
    pub fn goes_home(&mut self) -> &mut Self {
        while self.app.layers.len() > 1 {
            self.keys("<esc>");
        }
        self
    }

    /// What of this case is or was owed under these words, oldest first.
    pub fn owed(&self, reference: &str, what: &str) -> Vec<Commitment> {
        let all = self.case(reference).state.commitments.into_iter();
        all.filter(|one| one.what == what).collect()
    }

    /// How something owed stands against the clock now, by the office's own thresholds.
    pub fn state(&self, owed: &Commitment) -> Lateness {
        self.store().clocks().expect("they can be read").state(owed, self.office.now())
    }

    /// The dashboard as the store has it now, for the Registered Manager.
    pub fn board(&self) -> Board {
        let store = self.store();
        let viewer =
            store.viewer_for(Some(self.office.staff["manager"]), self.office.now()).expect("a viewer");
        store.board(&viewer, self.office.now(), Limits::default()).expect("a board")
    }

    /// The only case of its kind, or the one of this reference.
    pub fn case(&self, reference: &str) -> CaseView {
        let store = self.store();
        let viewer =
            store.viewer_for(Some(self.office.staff["manager"]), self.office.now()).expect("a viewer");
        let id = store.case_by_reference(&viewer, reference).expect("the reference is known");
        store.case(&viewer, id, self.office.now()).expect("a case")
    }

    /// A person's record and all that is open.
    pub fn person(&self, person: CaseId) -> dutydesk::domain::views::PersonView {
        let store = self.store();
        let viewer =
            store.viewer_for(Some(self.office.staff["manager"]), self.office.now()).expect("a viewer");
        store.person(&viewer, person, self.office.now()).expect("a person")
    }

    /// The whole record is proved, and the tables that follow from it are what they ought to be.
    pub fn assert_record_holds(&self) {
        let found = self.store().verify(&Viewer::system(), &mut |_, _| {}).expect("it can be verified");
        assert_eq!(found.fault, None);
    }

    /// The ledger, looked at from outside the program.
    pub fn store(&self) -> Store {
        Store::open(&OfficeDir::at(self.office.path()), Box::new(Seeded::new(5))).expect("the office opens")
    }
}

fn around(wall: &Wall) -> Around {
    let wall = wall.clone();
    Around {
        now: Arc::new(move || *wall.lock().expect("nobody panicked with it")),
        chance: Arc::new(|| Box::new(Seeded::new(3))),
        ..Around::default()
    }
}

/// A screen as text.
fn text_of(buffer: &Buffer) -> String {
    let rows = (0..buffer.area.height).map(|y| {
        let row: String =
            (0..buffer.area.width).filter_map(|x| Some(buffer.cell((x, y))?.symbol())).collect();
        row.trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}
