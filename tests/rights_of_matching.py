"""The rows of the matrix (``test_access_matrix``) of who waits for a mentor, and of who is matched."""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
MATCHING = """
    matching                get   s-..-.--.
    matching_mentors        get   s--.-.--.
    referral_choose         get   s-..-.--.
    referral_choose         post  s-..-.--.
    referral_blank          get   s-..-.--.
    referral_new            get   s-..-.--x
    referral_new            post  s-..-.--x
    referral                get   sx..x.xxx
    referral_edit           get   sx..x.xxx
    referral_edit           post  sx..x.xxx
    referral_close          post  sx..x.xxx
    mentor_offer            get   s...-.xxx
    mentor_offer            post  s...-.xxx
"""
