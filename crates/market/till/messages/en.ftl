nav-till = Till
