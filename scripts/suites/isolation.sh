suite_isolation() { :; }
