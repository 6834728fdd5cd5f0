nav-notices = پیام‌ها
