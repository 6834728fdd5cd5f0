nav-payees = Payees
