//! The lengths of the tuples that models hold.

/// Calls a macro with the places of the tuples of each length.
macro_rules! for_tuples {
    ($call:ident) => {
        $call! {
            (A B)
            (A B C)
            (A B C D)
            (A B C D E)
            (A B C D E F)
            (A B C D E F G)
            (A B C D E F G H)
            (A B C D E F G H I)
            (A B C D E F G H I J)
            (A B C D E F G H I J K)
            (A B C D E F G H I J K L)
        }
    };
}

pub(super) use for_tuples;
