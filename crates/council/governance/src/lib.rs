//! Ordinance, plan, committee, meeting, minutes, resolution, reminder.
