//! What is planned for when an organisation does not come: one key from whoever relies on it.

use super::App;
use super::layer::Layer;
use super::msg::Effect;
use crate::domain::ids::CaseId;
use crate::domain::views::Plan;
use crate::domain::words::providers as words;

impl App {
    /// The person on screen, or whom the case on screen is about.
    pub(super) fn whose_plans(&self) -> Option<CaseId> {
        match self.under() {
            Layer::Person(person) => Some(person.id),
            Layer::Case(_) => self.subject_at_hand(),
            _ => None,
        }
    }

    /// Reads the plans of all on whom they rely.
    pub(super) fn ask_plans(&mut self, out: &mut Vec<Effect>) {
        let Some(person) = self.whose_plans() else { return };
        let request = self.ask();
        self.asked.insert(request, None);
        out.push(Effect::ReadPlans(request, person));
    }

    /// Shows them, unless something else is on screen by now.
    pub(super) fn show_plans(&mut self, person: CaseId, plans: &[Plan]) {
        if self.whose_plans() != Some(person) {
            return;
        }
        if plans.is_empty() {
            self.says(words::RELIES_ON_NOBODY);
            return;
        }
        let lines: Vec<String> = plans.iter().flat_map(words::plan).collect();
        self.show_message(words::PLANS[0], lines.join("\n").trim_end());
    }
}
