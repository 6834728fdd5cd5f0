//! Account, entry, posting, statement, payout, bank file and result.
