//! SMS, voice, e-mail, in-app; templates; status links; delivery state.
