"""The minute of the student and of the mentor: four short questions a month, counted without anybody."""
