suite_nasty() { :; }
