//! What anyone may need of a human being: handle, shown name, phone, language, payee, earnings.
