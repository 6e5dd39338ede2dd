//! The ledger and what is derived from it: the only place that knows SQL. (To come.)
