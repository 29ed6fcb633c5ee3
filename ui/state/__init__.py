"""What scripts share with the browser's address and with each other."""
