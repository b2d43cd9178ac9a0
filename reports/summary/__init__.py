"""« Bilan chiffré »: students, relations, groups, adults and meetings, by school, programme, level and year."""
