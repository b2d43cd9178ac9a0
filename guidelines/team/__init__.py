"""« Rencontre d’équipe »: what a programme has to look at this week, and what is decided of it."""
