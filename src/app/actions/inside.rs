//! What can be done on one screen alone, where its own file says when and how.

/// Something of a handover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfHandover {
    /// Hands the shift over.
    HandOver,
    /// Takes the selected line, or says that it was read.
    Take,
    /// Refuses it.
    Refuse,
    /// Asks about it.
    Query,
    /// Takes all lines that were read.
    TakeRead,
    /// Says back what is taken over.
    ReadBack,
    /// Says how a handover was.
    HowItWas,
    /// Leaves what nobody has taken to whoever is on call.
    LeaveRest,
    /// Writes the sheet.
    Print,
    /// Opens what a line is about.
    Open,
    /// The next handover.
    Next,
}

/// Something of the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfMeasures {
    /// A longer or shorter period.
    Span,
    /// The period before.
    Earlier,
    /// The period after.
    Later,
    /// Another place.
    Place,
    /// Another kind of service.
    Service,
    /// Another theme.
    Theme,
    /// Splits a measure by something else.
    Split,
    /// Says what is counted.
    Definition,
}
