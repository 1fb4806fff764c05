suite_accuracy() { :; }
