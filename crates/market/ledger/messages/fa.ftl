nav-statements = صورت‌حساب‌ها
