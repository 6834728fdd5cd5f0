//! Bodies with periods of validity, places, services, calendars and holidays.
