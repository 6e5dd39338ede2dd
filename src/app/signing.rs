//! Saying who one is: by name where nobody needs more, otherwise by name or code and a PIN or passphrase; choosing one,
//! giving one, unlocking. Whether a secret is right is left to the runtime.
//!
//! What is typed stands in its box alone: never in a draft, a clipboard or a message, and it is wiped as soon as it went
//! to be checked.

use super::acts::{self, After};
use super::key::{Code, Key};
use super::layer::{Choice, ChoiceItem, Chosen, Layer, Message, Notice};
use super::list::ListRowId;
use super::msg::{Effect, Request, Setting};
use super::{ActionId, App};
use crate::domain::act::Act;
use crate::domain::entry::{Batch, Method, NewEntry, Who};
use crate::domain::ids::{CaseId, EntryId};
use crate::domain::secret::{Challenge, Secret, Verdict};
use crate::domain::words::{app as words, keys, secret as said};

/// The register of staff.
pub(super) const STAFF: &str = "staff";

/// A secret being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretLayer {
    /// Whose.
    pub staff: CaseId,
    /// Their name; `None` where it must not be shown, because a locked desk names nobody.
    pub name: Option<String>,
    /// What for.
    pub purpose: Purpose,
    /// Which of them is typed now.
    pub stage: Stage,
    /// What is typed.
    pub typed: Secret,
    /// What is to be known about the one before.
    pub says: Option<String>,
    /// It is being looked at.
    pub checking: Option<Request>,
    old: Option<Secret>,
    new: Option<Secret>,
}

/// What a secret is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To change one's own.
    Own,
    /// To give somebody else one that they replace by their own.
    Give,
}

/// Which secret is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The one they have.
    Known,
    /// A new one.
    New,
    /// The new one once more.
    Again,
}

impl SecretLayer {
    /// An empty box.
    pub fn new(staff: CaseId, name: Option<String>, purpose: Purpose, stage: Stage) -> Self {
        let typed = Secret::default();
        Self { staff, name, purpose, stage, typed, says: None, checking: None, old: None, new: None }
    }

    fn begin_anew(&mut self, stage: Stage, says: Option<String>) {
        (self.stage, self.says, self.checking) = (stage, says, None);
        self.typed = Secret::default();
        self.new = None;
        if stage == Stage::Known {
            self.old = None;
        }
    }
}

impl App {
    /// Somebody says who they are. `name` is left out where it must not be shown.
    pub(super) fn says_who(&mut self, staff: CaseId, name: Option<String>, out: &mut Vec<Effect>) {
        if self.key_owner().is_some_and(|owner| owner != staff) {
            self.says(keys::CAME_BY_KEY);
            return;
        }
        let request = self.ask();
        self.signing = Some((request, staff, name));
        out.push(Effect::Challenge(request, staff));
    }

    /// Whoever locked this desk wants to go on.
    pub(super) fn come_back(&mut self, out: &mut Vec<Effect>) {
        match &self.away {
            Some(away) => {
                let staff = away.you.staff;
                self.says_who(staff, None, out);
            }
            None => self.perform(ActionId::SignIn, out),
        }
    }

    /// What is asked of whoever said who they are.
    pub(super) fn challenged(
        &mut self,
        request: Request,
        asked: Result<Challenge, String>,
        out: &mut Vec<Effect>,
    ) {
        let Some((_, staff, name)) = self.signing.take_if(|(asked, ..)| *asked == request) else { return };
        let begin = |stage| SecretLayer::new(staff, name.clone(), Purpose::SignIn, stage);
        match asked {
            Ok(Challenge::Nothing) => {
                let method = if self.key_owner() == Some(staff) { Method::Key } else { Method::Asserted };
                self.sign_in(staff, method, out);
            }
            Ok(Challenge::Secret(_)) => self.layers.push(Layer::Secret(begin(Stage::Known))),
            Ok(Challenge::Choose) => {
                let says = Some(said::EVERYBODY.to_owned());
                self.layers.push(Layer::Secret(SecretLayer { says, ..begin(Stage::New) }));
            }
            Ok(Challenge::Refused(words)) => {
                let title = said::NEEDS_ONE_TITLE.to_owned();
                self.layers.push(Layer::Message(Message::new(&title, &words)));
            }
            Err(why) => self.notice = Some(Notice::Failed(why)),
        }
    }

    /// Records who is here, and has them sit down.
    fn sign_in(&mut self, staff: CaseId, method: Method, out: &mut Vec<Effect>) {
        let id = EntryId(self.fresh_id());
        let who = Who { by: Some(staff), typed_by: Some(staff), method };
        let entry = NewEntry { who, ..acts::one(self, id, None, Act::SignIn { staff }) };
        let batch = Batch { entries: vec![entry], ..Batch::default() };
        self.append_aside(batch, After::Identify(staff), out);
    }

    /// One's own secret: chosen, or changed by whoever knows the one before.
    pub(super) fn begin_own_secret(&mut self) {
        let Some(you) = &self.you else { return };
        let stage = if you.has_secret { Stage::Known } else { Stage::New };
        let layer = SecretLayer::new(you.staff, Some(you.name.clone()), Purpose::Own, stage);
        self.layers.push(Layer::Secret(layer));
    }

    /// Gives the member of staff on screen a secret, which they replace when they next sign in.
    pub(super) fn begin_giving(&mut self) {
        let Some((staff, name)) = self.staff_at_hand() else { return };
        let layer = SecretLayer::new(staff, Some(name), Purpose::Give, Stage::New);
        self.layers.push(Layer::Secret(layer));
    }

    /// The member of staff selected in their list or opened on screen.
    pub(super) fn staff_at_hand(&self) -> Option<(CaseId, String)> {
        match self.under() {
            Layer::List(list) => {
                let Some(ListRowId::Record(id)) = list.selection() else { return None };
                let super::list::Rows::Records(page) = list.rows.ready()? else { return None };
                let row = page.rows.iter().find(|row| row.id == id && row.register == STAFF)?;
                Some((row.id, row.name.clone()))
            }
            Layer::Case(case) => {
                let view = case.view.ready().filter(|view| view.state.pathway == STAFF)?;
                Some((case.id, self.own_name(&view.state)?))
            }
            _ => None,
        }
    }

    /// Offers whatever is locked.
    pub(super) fn offer_unlocking(&mut self) {
        let barred = self.board().data.ready().map(|board| board.barred.clone()).unwrap_or_default();
        let items = barred.into_iter().zip("123456789abcdefgh".chars());
        let item =
            |((barred, label), key)| ChoiceItem { key, label, blocked: None, does: Chosen::Unlock(barred) };
        let items = items.map(item).collect();
        self.layers.push(Layer::Choice(Choice::of(said::UNLOCK_TITLE.to_owned(), items)));
    }

    /// Keys of the box in which a secret is typed. False where the key is still to be looked up.
    pub(super) fn typed_secret(&mut self, key: Key) -> bool {
        let Layer::Secret(layer) = self.top_mut() else { return false };
        let is_checking = layer.checking.is_some();
        match (key.typed(), key.code) {
            (Some(_), _) | (_, Code::Backspace) if is_checking => {}
            (Some(c), _) => layer.typed.push(c),
            (None, Code::Backspace) if key.ctrl || key.alt => layer.typed = Secret::default(),
            (None, Code::Backspace) => layer.typed.pop(),
            _ => return false,
        }
        true
    }

    /// A passphrase may come from wherever somebody keeps theirs.
    pub(super) fn paste_secret(&mut self, text: &str) {
        if let Layer::Secret(layer) = self.top_mut()
            && layer.checking.is_none()
        {
            text.chars().for_each(|c| layer.typed.push(c));
        }
    }

    /// Has what was typed looked at, or goes on to the next.
    pub(super) fn submit_secret(&mut self, out: &mut Vec<Effect>) {
        let request = self.ask();
        let entry = EntryId(self.fresh_id());
        let Layer::Secret(layer) = self.top_mut() else { return };
        if layer.checking.is_some() {
            return;
        }
        if layer.typed.is_empty() {
            layer.says = Some(said::NOTHING_TYPED.to_owned());
            return;
        }
        let secret = std::mem::take(&mut layer.typed);
        let staff = layer.staff;
        layer.says = None;
        match (layer.stage, layer.purpose) {
            (Stage::Known, Purpose::SignIn) => {
                layer.checking = Some(request);
                out.push(Effect::CheckSecret { request, staff, secret });
            }
            (Stage::Known, _) => (layer.old, layer.stage) = (Some(secret), Stage::New),
            (Stage::New, _) => match secret.may_be_chosen() {
                Ok(()) => (layer.new, layer.stage) = (Some(secret), Stage::Again),
                Err(why) => layer.says = Some(why.to_owned()),
            },
            (Stage::Again, _) if layer.new.as_ref() != Some(&secret) => {
                layer.begin_anew(Stage::New, Some(said::NOT_TWICE_THE_SAME.to_owned()));
            }
            (Stage::Again, purpose) => {
                layer.checking = Some(request);
                layer.new = None;
                let (old, chosen) = (layer.old.take(), purpose == Purpose::SignIn);
                out.push(Effect::SetSecret(request, Setting { entry, staff, old, new: secret, chosen }));
            }
        }
    }

    /// What came of a try to sign in.
    pub(super) fn secret_checked(
        &mut self,
        request: Request,
        verdict: Result<Verdict, String>,
        out: &mut Vec<Effect>,
    ) {
        let now = self.now;
        let Some((at, layer)) = self.secret_of(request) else { return };
        match verdict {
            Ok(Verdict::Right { temporary: true }) => {
                layer.begin_anew(Stage::New, Some(said::CHOOSE_YOUR_OWN.to_owned()));
            }
            Ok(Verdict::Right { temporary: false }) => {
                let staff = layer.staff;
                self.layers.remove(at);
                self.sign_in(staff, Method::Pin, out);
            }
            Ok(other) => layer.begin_anew(Stage::Known, Some(said::verdict(&other, now))),
            Err(why) => layer.begin_anew(Stage::Known, Some(why)),
        }
    }

    /// A secret was set, or was not.
    pub(super) fn secret_set(&mut self, request: Request, answer: Result<(), String>, out: &mut Vec<Effect>) {
        let knows = self.you.as_ref().is_some_and(|you| you.has_secret);
        let Some((at, layer)) = self.secret_of(request) else { return };
        if let Err(why) = answer {
            let stage = if layer.purpose == Purpose::Own && knows { Stage::Known } else { Stage::New };
            layer.begin_anew(stage, Some(why));
            return;
        }
        let (staff, purpose, name) = (layer.staff, layer.purpose, layer.name.clone().unwrap_or_default());
        self.layers.remove(at);
        match purpose {
            Purpose::SignIn => self.sign_in(staff, Method::Pin, out),
            Purpose::Own => {
                if let Some(you) = &mut self.you {
                    (you.has_secret, you.method) = (true, Method::Pin);
                }
                self.says(said::SET);
                self.read_again(out);
            }
            Purpose::Give => {
                self.says(&said::given(&name));
                self.read_again(out);
            }
        }
    }

    fn secret_of(&mut self, request: Request) -> Option<(usize, &mut SecretLayer)> {
        self.layers.iter_mut().enumerate().find_map(|(at, layer)| match layer {
            Layer::Secret(layer) if layer.checking == Some(request) => Some((at, layer)),
            _ => None,
        })
    }

    /// Whether whoever is signed in can set a secret of their own.
    pub(super) fn nobody_here(&self) -> Option<&'static str> {
        self.you.is_none().then_some(words::NOBODY_SIGNED_IN)
    }
}
