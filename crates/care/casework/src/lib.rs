//! Case, forms, assessment, eligibility, plan, package, budget, follow-up.
