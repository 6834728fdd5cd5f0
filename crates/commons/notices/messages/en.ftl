nav-notices = Notices
