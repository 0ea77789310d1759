//! What generated clients cost; all of it is in `benches`.
