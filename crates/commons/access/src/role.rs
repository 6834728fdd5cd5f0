db::text_enum! {
    /// What a user does in a body.
    pub enum Role {
        /// Sets the city up: users, bodies, reference data.
        Administrator = "administrator",
        /// Carries cases: intake, assessment, plan, referral. The facilitator of handed-over people.
        CaseWorker = "case_worker",
        /// Approves plans and packages, sees the centre's cases.
        Supervisor = "supervisor",
        /// Sits at a centre and helps people use their own page.
        Helper = "helper",
        /// Answers referrals for a partner body.
        PartnerOfficer = "partner_officer",
        /// Holds courses and consultations.
        Trainer = "trainer",
        /// Speaks for a knowledge-based company.
        CompanyOfficer = "company_officer",
        /// Looks at products and approves them for sale.
        ProductOfficer = "product_officer",
        /// Sells at the till.
        ShopClerk = "shop_clerk",
        /// Receives goods, signs agreements.
        ShopManager = "shop_manager",
        /// Prepares statements and payouts.
        FinanceOfficer = "finance_officer",
        /// Approves payouts.
        FinanceApprover = "finance_approver",
        /// Keeps the committee's papers.
        Secretary = "secretary",
        /// Chairs the committee.
        Chair = "chair",
        /// Sits on the committee and votes.
        CommitteeMember = "committee_member",
        /// Watches for the city council.
        Observer = "observer",
        /// Works for the council's commission.
        CommissionExpert = "commission_expert",
        /// Reads the audit and proves the books.
        Auditor = "auditor",
    }
}

impl Role {
    /// Roles that read cases, money or the audit need a second factor.
    pub fn needs_second_factor(self) -> bool {
        !matches!(self, Self::ShopClerk | Self::CompanyOfficer)
    }
}
