//! Which rows of a list hold what somebody typed to narrow it. Records are found by the store, which has an index for
//! it; what else is listed is looked through here, on the reading thread.

use crate::domain::disposal::Due;
use crate::domain::draft::DraftRow;
use crate::domain::keys::KeyRow;
use crate::domain::names::fold;
use crate::domain::rota::OnCallRow;
use crate::domain::views::{
    AuditRow, CaseRow, EyesRow, LocationRow, MineRow, OwedRow, PadRow, ProviderRow, RecordRow, ShareRow,
    SignRow, ToConfirm, Unbegun, VisitRow,
};

/// The words of a search: each has to stand somewhere in a row, whatever its case or accents.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        Self(fold(text).split_whitespace().map(str::to_owned).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Beside what the row shows: where, when, on which theme, with whom, how it ended.
    pub(super) fn are_in_case(&self, row: &CaseRow, found_by: &[String]) -> bool {
        let next = row.next.as_ref().map(|next| next.what.as_str());
        let own = [Some(row.reference.as_str()), row.headline.as_deref(), row.risk.as_deref()];
        let own = own.into_iter().chain([Some(row.kind.as_str()), Some(row.said_of.as_str()), next]);
        let beside = found_by.iter().map(|words| Some(words.as_str()));
        self.are_in(own.chain(about(row.subject.as_ref())).chain(beside))
    }

    pub(super) fn are_in_location(&self, row: &LocationRow) -> bool {
        let kind = row.location.more.type_of.as_ref().map(|kind| kind.label.as_str());
        let own = [Some(row.location.name.as_str()), kind, row.location.phone.as_deref()];
        self.are_in(own.into_iter().chain([row.relationship_holder.as_deref()]))
    }

    pub(super) fn are_in_mine(&self, row: &MineRow) -> bool {
        let own = [row.reference.as_str(), &row.words, &row.owner_name, &row.said_of].map(Some);
        self.are_in(own.into_iter().chain(about(row.subject.as_ref())))
    }

    pub(super) fn are_on_call(&self, row: &OnCallRow) -> bool {
        let phone = row.phone.as_deref();
        self.are_in([Some(row.who.as_str()), Some(&row.title), Some(&row.place_name), phone])
    }

    pub(super) fn are_in_key(&self, row: &KeyRow) -> bool {
        let fingerprint = row.fingerprint.to_string();
        self.are_in([row.name.as_str(), &row.label, &fingerprint].map(Some))
    }

    pub(super) fn are_in_draft(&self, row: &DraftRow) -> bool {
        self.are_in([row.step.as_str(), &row.about, &row.call_back, &row.whose].map(Some))
    }

    pub(super) fn are_in_waiting(&self, row: &ToConfirm) -> bool {
        let own = [row.reference.as_str(), &row.said.step, &row.by, &row.typed_by].map(Some);
        self.are_in(own.into_iter().chain(about(row.subject.as_ref())))
    }

    /// Whose worker was to come and who comes instead are found too: whoever asks who is left without one provider's.
    pub(super) fn are_in_visit(&self, row: &VisitRow) -> bool {
        let visit = &row.visit;
        let named =
            [&visit.provider, &visit.covered_from].map(|named| named.as_ref().map(|one| one.words.as_str()));
        let own = [
            Some(row.reference.as_str()),
            row.place.as_deref(),
            visit.kind.as_deref(),
            visit.covered_by.as_deref(),
        ];
        self.are_in(own.into_iter().chain(named).chain(about(row.subject.as_ref())))
    }

    /// With whom it was shared and what was said are found too.
    pub(super) fn are_in_share(&self, row: &ShareRow) -> bool {
        let share = &row.share;
        let own = [
            Some(row.reference.as_str()),
            row.headline.as_deref(),
            Some(share.with.words.as_str()),
            share.who.as_deref(),
            Some(share.how.as_str()),
            Some(share.what.as_str()),
            share.basis.as_ref().map(|basis| basis.label.as_str()),
            share.without_consent.as_deref(),
        ];
        self.are_in(own.into_iter().chain(about(row.subject.as_ref())))
    }

    /// Its words and whom it concerns are found.
    pub(super) fn are_in_sign(&self, row: &SignRow) -> bool {
        let own = [row.title.as_str(), &row.words, &row.reference, &row.owner].map(Some);
        self.are_in(own.into_iter().chain(about(row.subject.as_ref())))
    }

    pub(super) fn are_in_task(&self, row: &OwedRow) -> bool {
        self.are_in([row.reference.as_str(), &row.commitment.what, &row.owner].map(Some))
    }

    pub(super) fn are_in_unbegun(&self, one: &Unbegun) -> bool {
        self.are_in([one.what.as_str(), &one.title].map(Some))
    }

    pub(super) fn are_in_due(&self, row: &Due) -> bool {
        self.are_in([row.reference.as_str(), &row.name, &row.kind, &row.class_title].map(Some))
    }

    pub(super) fn are_in_audit(&self, row: &AuditRow) -> bool {
        self.are_in([Some(row.reference.as_str()), row.headline.as_deref()])
    }

    pub(super) fn are_in_pad(&self, row: &PadRow) -> bool {
        let numbers = row.issued.to_string();
        self.are_in([Some(row.reference.as_str()), row.headline.as_deref(), Some(numbers.as_str())])
    }

    pub(super) fn are_in_provider(&self, row: &ProviderRow) -> bool {
        let own =
            [Some(row.reference.as_str()), row.service.as_deref(), row.kind.as_deref(), Some(&row.state)];
        let tier = row.tier.as_ref().map(|tier| tier.label.as_str());
        self.are_in(own.into_iter().chain([tier]).chain(about(row.provider.as_ref())))
    }

    pub(super) fn are_in_owed(&self, row: &OwedRow) -> bool {
        let own = [row.reference.as_str(), &row.commitment.what, &row.obligor].map(Some);
        self.are_in(own.into_iter().chain([row.headline.as_deref()]).chain(about(row.subject.as_ref())))
    }

    pub(super) fn are_in_watched(&self, row: &EyesRow) -> bool {
        let own = [Some(row.reference.as_str()), row.headline.as_deref()];
        self.are_in(own.into_iter().chain(about(row.subject.as_ref())))
    }

    pub(super) fn are_in_entry(&self, reference: &str, by: &str, subject: Option<&RecordRow>) -> bool {
        self.are_in([reference, by].map(Some).into_iter().chain(about(subject)))
    }

    fn are_in<'a>(&self, parts: impl IntoIterator<Item = Option<&'a str>>) -> bool {
        if self.is_empty() {
            return true;
        }
        let whole = fold(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
        self.0.iter().all(|word| whole.contains(word))
    }
}

fn about(subject: Option<&RecordRow>) -> [Option<&str>; 4] {
    subject.map_or([None; 4], |row| {
        [Some(row.name.as_str()), row.room.as_deref(), row.place.as_deref(), row.nhs.as_deref()]
    })
}
