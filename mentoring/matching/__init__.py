"""Bringing the students who wait and the mentors together: what is known, what is proposed; a person decides."""
