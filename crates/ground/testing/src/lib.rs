//! Both engines, still clock, statement counter, plan guard.
