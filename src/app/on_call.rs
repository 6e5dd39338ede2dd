//! Who is on duty, as the screen says it: who decides now, who comes next, where nobody is planned.

use chrono::{DateTime, Utc};

use super::App;
use crate::domain::permission::DECISION_HOLDER;
use crate::domain::words::ui as words;

/// Who holds the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decides {
    /// Their name, and why it is them where they stand in; that nobody does.
    pub who: String,
    /// Nobody is planned: it is shown as something that wants attention.
    pub gap: bool,
    /// When it passes on by the rota next, and to whom.
    pub next: Option<(DateTime<Utc>, String)>,
}

impl App {
    /// Who holds the decision now, everywhere. `None` before the dashboard was read, and where nobody may be named.
    pub fn decides(&self) -> Option<Decides> {
        let board = self.board().data.ready().filter(|board| !board.sealed)?;
        let rota = &board.rota;
        let title = |actor: &str| rota.roles.short(actor).to_owned();
        let said = |holding: Option<crate::domain::rota::Holding>| match holding {
            Some(held) => match &held.stands_in {
                Some(by) if by == DECISION_HOLDER => words::decides_still(rota.name(held.staff)),
                Some(by) => words::stands_in(rota.name(held.staff), &title(by)),
                None => rota.name(held.staff).to_owned(),
            },
            None => words::NOBODY_DECIDES.to_owned(),
        };
        let holder = rota.holder(DECISION_HOLDER, None, self.now);
        let is_gap = holder.as_ref().is_none_or(|held| held.stands_in.is_some());
        let gap = is_gap && rota.keeps(DECISION_HOLDER);
        let next = rota.next(DECISION_HOLDER, None, self.now).map(|(at, holding)| (at, said(holding)));
        Some(Decides { who: said(holder), gap, next })
    }
}
