//! Register, shift, sale, tender, receipt; the till page.
