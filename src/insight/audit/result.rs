//! What the answers of a sample come to: criterion by criterion, of the random sample, and apart from it of what is looked
//! at in any case.

use super::{draw, size};
use crate::domain::audit::{About, DRAWN, Share};
use crate::domain::views::{Audit, AuditApart, AuditLine, Sampled, together};
use crate::domain::words::audit as words;
use crate::pathway::definition::{AuditRules, Criterion};

/// Lines of the random sample, and of each group that is looked at in any case, by its title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scored {
    /// Of the random sample.
    pub drawn: Vec<AuditLine>,
    /// Apart from it, each reason for which a case is looked at.
    pub apart: Vec<AuditApart>,
}

/// What the answers come to.
pub fn comes_to(rules: &AuditRules, sample: &[Sampled]) -> Scored {
    let apart = rules.always.iter().map(|always| AuditApart {
        title: always.title.clone(),
        cases: sample.iter().filter(|one| one.why.contains(&always.id)).count(),
        lines: lines(rules, sample, &always.id),
    });
    Scored { drawn: lines(rules, sample, DRAWN), apart: apart.collect() }
}

fn lines(rules: &AuditRules, sample: &[Sampled], why: &str) -> Vec<AuditLine> {
    let cases = || sample.iter().filter(|one| one.why.iter().any(|reason| reason == why));
    let line = |criterion: &Criterion| {
        let mut share = Share::default();
        // What is not asked of this kind of case is no answer, not even that it does not apply.
        let asked = cases().filter(|one| one.pathway.as_ref().is_none_or(|kind| criterion.of.contains(kind)));
        let answers = asked.filter_map(|one| one.answers.as_ref()).flatten();
        answers.filter(|check| check.item == criterion.id).for_each(|check| share.count(&check.answer));
        let Criterion { id, title, about, .. } = criterion;
        AuditLine { id: id.clone(), title: title.clone(), about: *about, share }
    };
    rules.criteria.iter().map(line).filter(|line| line.share != Share::default()).collect()
}

/// What of a sample is not as it comes out when it is drawn again by the method, from the entry that asked for it and from the
/// population that is kept with it: another seed, cases that were put in or left out. Empty where all is as it was drawn.
pub fn differs(audit: &Audit) -> Vec<String> {
    let drawn = |one: &&Sampled| one.why.iter().any(|why| why == DRAWN);
    let kept: Vec<&String> = audit.sample.iter().filter(drawn).map(|one| &one.reference).collect();
    let (seed, (at_least, percent)) = (audit.drawn_by.to_string(), audit.wanted);
    let due = draw(&audit.population, &seed, size(audit.population.len(), at_least, percent));
    let mut said = Vec::new();
    if audit.seed != seed {
        said.push(words::other_seed(&audit.seed, &seed));
    }
    let without = |these: &[&String], others: &[&String]| -> Vec<String> {
        these.iter().filter(|one| !others.contains(one)).map(|one| (*one).clone()).collect()
    };
    let (put_in, left_out) = (without(&kept, &due), without(&due, &kept));
    said.extend((!put_in.is_empty()).then(|| words::put_in(&put_in)));
    said.extend((!left_out.is_empty()).then(|| words::left_out(&left_out)));
    said
}

/// What an audit comes to in a few lines, held against the one before.
pub fn told(audit: &Audit, before: Option<&Audit>) -> String {
    let mut lines = vec![words::in_all(audit.scored(), audit.sample.len(), audit.population.len())];
    let all = audit.together();
    lines.push(words::of_drawn(all));
    for about in About::ALL {
        let of: Vec<AuditLine> =
            audit.drawn_lines.iter().filter(|line| line.about == about).cloned().collect();
        if !of.is_empty() {
            lines.push(words::of_about(about, together(&of)));
        }
    }
    for apart in &audit.apart {
        let of = (apart.cases > 0).then(|| together(&apart.lines));
        lines.push(words::of_apart(&apart.title, of));
    }
    if let Some(before) = before {
        lines.push(words::last_time(before.together()));
    }
    lines.join("\n")
}
