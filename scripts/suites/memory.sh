suite_memory() { :; }
