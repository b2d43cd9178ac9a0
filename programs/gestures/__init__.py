"""What is done to the structure by mistake: taken back, put back, forgotten in time."""
