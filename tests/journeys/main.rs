//! Journeys: keys pressed, rows stored, screen shown. A person's way through the pathway of an urgent call, and the
//! stories the product must carry.
//!
//! The real state, definitions, ledger and drawing work together without a terminal; clock and chance are handed in.
//! What only a terminal can show (keys as bytes, a lost line) is left to the tests that run the built program.
#![expect(clippy::panic, reason = "a test fails by panicking, its helpers too")]

mod aids;
mod arrangement;
mod audits;
mod begins;
mod begun;
mod behaviour;
mod bell;
mod call;
mod candour;
mod clock_jumps;
mod clocks_go_back;
mod commissioner;
mod concern;
mod controls;
mod cover;
mod decide;
mod delay;
mod desk;
mod discharge;
mod dropped;
mod effects;
mod emergency;
mod handover;
mod hands;
mod indicators;
mod keys;
mod late_and_corrected;
mod learned;
mod liaise;
mod look;
mod looks;
mod meant_times;
mod measures;
mod merged;
mod missing;
mod moved;
mod multidisciplinary;
mod not_awake;
mod notification;
mod office;
mod on_call;
mod oversight;
mod owning;
mod packs;
mod pages;
mod paper;
mod providers;
mod queues;
mod recorded;
mod registers;
mod rehearsal;
mod restricted;
mod retention;
mod review;
mod reviews;
mod rings_back;
mod routes;
mod routine;
mod safeguarding;
mod search;
mod sharing;
mod sign_in;
mod signs;
mod ssh_keys;
mod tasks;
mod three_people;
mod two_calls;
mod two_cases;
mod two_desks;
mod whole;
mod why;
