"""Every page, as each role that sees it: for who reads by ear, on a narrow screen, in another language."""
