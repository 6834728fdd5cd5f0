nav-till = صندوق
