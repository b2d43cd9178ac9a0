"""What pages of mentoring ask."""
