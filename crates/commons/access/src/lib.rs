//! Users, sign-in, sessions, roles, grants, visibility, consent, audit chain.
