"""The rows of the matrix (``test_access_matrix``) of team meetings."""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
TEAMS = """
    team_meetings           get   s-..-.--.
    team_meeting            get   s-..-.--x
    team_meeting            post  s--.-.--x
    team_meeting_pdf        get   s-..-.--x
    team_add                get   s--.x.-xx
    team_item               get   s--.x.-xx
    team_item               post  s--.x.-xx
    team_settle             post  sx-.x.xxx
"""
