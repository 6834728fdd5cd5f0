nav-statements = Statements
