//! The page of an audit of records: how its sample was drawn, what it comes to criterion by criterion, and apart from it what is
//! looked at in any case; the cases with what was not met.

use crate::domain::answer::Check;
use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::time::display;
use crate::domain::views::{Audit, AuditLine, AuditRow, together};
use crate::domain::words::audit as words;
use crate::pathway::definition::AuditRules;

/// Composes it, with the criteria in force.
pub fn audit(row: &AuditRow, rules: &AuditRules) -> Sheet {
    let audit = &row.audit;
    let mut parts = vec![drawn(audit)];
    parts.push(lines(words::PART_RANDOM, &audit.drawn_lines, true));
    parts.extend(audit.apart.iter().map(|apart| match apart.cases {
        0 => {
            let mut none = SheetPart::new(&apart.title);
            none.says("", words::NONE_IN_THESE_DAYS);
            none
        }
        _ => lines(&apart.title, &apart.lines, false),
    }));
    let mut cases = SheetPart::new(words::PART_CASES);
    for one in &audit.sample {
        let title =
            |id: &str| rules.always.iter().find(|always| always.id == id).map(|one| one.title.as_str());
        let why: Vec<String> = one.why.iter().map(|id| words::why(id, title(id))).collect();
        let criterion =
            |id: &str| rules.criteria.iter().find(|one| one.id == id).map(|one| one.title.clone());
        let not_met = one.answers.as_ref().map(|checks: &Vec<Check>| {
            let no = checks.iter().filter(|check| check.answer == "no");
            no.map(|check| criterion(&check.item).unwrap_or_else(|| check.item.clone())).collect::<Vec<_>>()
        });
        cases.says(&one.reference, words::case_line(&why.join(", "), not_met.as_deref()));
    }
    parts.push(cases);
    Sheet {
        title: [words::PAGE, &row.reference].join(" "),
        first: row.headline.clone().unwrap_or_default(),
        parts,
        last: words::LEFT_OUT.to_owned(),
        case: Some(row.case),
        ..Sheet::default()
    }
}

fn drawn(audit: &Audit) -> SheetPart {
    let mut part = SheetPart::new(words::PART_DRAWN);
    if let (Some(from), Some(until)) = (audit.from, audit.until) {
        part.says(words::DAYS, words::days(&display::date(from), &display::date(until)));
    }
    match audit.same_again {
        None => part.lacks("", words::NO_SAMPLE),
        Some(same) => {
            part.says(words::COUNTED, audit.population.len().to_string());
            part.says(words::SEED, audit.seed.clone());
            part.says(words::METHOD, audit.method.clone());
            part.says(words::POPULATION, crate::insight::audit::listed(&audit.population));
            if !audit.restricted.is_empty() {
                part.says(words::RESTRICTED, audit.restricted.clone());
            }
            part.says(words::AGAIN, if same { words::SAME } else { words::NOT_SAME });
            audit.differs.iter().for_each(|one| part.lacks("", one));
        }
    }
    if let Some(before) = audit.before {
        part.says(words::BEFORE, words::share(before));
    }
    part.says(words::ACTIONS, words::actions(audit.actions.0, audit.actions.1));
    part
}

fn lines(title: &str, of: &[AuditLine], random: bool) -> SheetPart {
    let mut part = SheetPart::new(title);
    // Only of what was drawn at random does an interval say anything, and only where each case counts once.
    let said = |share| if random { words::share_between(share) } else { words::share(share) };
    if of.is_empty() {
        part.lacks("", words::NOTHING_ANSWERED);
        return part;
    }
    part.says(words::ALL_TOGETHER, words::share(together(of)));
    for line in of {
        part.says(&line.title, [words::about(line.about), &said(line.share)].join(": "));
    }
    part
}
