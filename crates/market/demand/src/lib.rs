//! Knowledge-based companies, supporters, offers, needs and pilots.
