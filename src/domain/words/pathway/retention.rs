//! What is wrong with how long records are kept.

use super::{Trouble, trouble};

/// Records of this kind are in one class already when a later one names them.
pub fn kept_twice(of: &str, earlier: &str, later: &str) -> Trouble {
    trouble(
        format!("\"{of}\" is in the class \"{earlier}\" before it comes to the class \"{later}\""),
        "Take it out of one of the two; the first class that fits a record is its own.",
    )
}

/// What was written for the office as a whole is a class by itself.
pub fn office_alone(id: &str) -> Trouble {
    trouble(
        format!("the class \"{id}\" is of \"office\" and of something else"),
        "Give \"office\" a class of its own: a disposal says by its class alone that it is of what belongs to no case.",
    )
}

/// A pathway has the id that stands for what was written for the office as a whole.
pub fn office_is_a_pathway(id: &str) -> Trouble {
    trouble(
        format!("the class \"{id}\" is of \"office\", and there is a pathway of that id"),
        "Give the pathway another id: in retention.toml \"office\" stands for what belongs to no case.",
    )
}
