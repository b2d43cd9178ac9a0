"""The rows of the matrix (``test_access_matrix``) of how a relation ends, and of what follows."""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
ENDINGS = """
    dyad_farewell           get   s...x.xxx
    dyad_farewell           post  s...x.xxx
    dyad_farewell_undo      post  s...x.xxx
    dyad_ending             get   s--.x.xxx
    dyad_ending             post  s--.x.xxx
    dyad_parting            get   s--.x.xxx
    dyad_parting            post  s--.x.xxx
    dyad_letters            get   s--.x.xxx
    dyad_letters            post  s--.x.xxx
    dyad_letter             get   s--.x.xxx
    dyad_letter_pdf         get   s--.x.xxx
    dyad_letter_send        post  s--.x.xxx
"""
