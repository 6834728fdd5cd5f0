//! Work that can wait: a row written with the change that causes it; schedules.
