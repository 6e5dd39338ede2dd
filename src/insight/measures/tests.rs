//! Figures against rows of facts made by hand.
