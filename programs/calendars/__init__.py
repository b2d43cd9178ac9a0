"""When there is school: class days, weeks and cycles of a school's own calendar."""
