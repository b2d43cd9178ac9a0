"""What a technician runs and watches. See docs/decisions/0053 and 0054."""
