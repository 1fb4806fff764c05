suite_tap() { :; }
