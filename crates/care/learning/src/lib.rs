//! Course, cohort, session, attendance, certificate; consultation and mentoring.
