//! Agreement, goods receipt, lot, stock movement, label.
