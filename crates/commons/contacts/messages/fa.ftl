nav-payees = حساب‌های دریافت پول
