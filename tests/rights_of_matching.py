"""The rows of the matrix (``test_access_matrix``) of who waits for a mentor, who is matched, and of the minute."""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
MATCHING = """
    matching                get   s-..-.--.
    matching_mentors        get   s--.-.--.
    matching_propose        post  s--.-.--.
    matching_round          get   sxx.x.xxx
    matching_publish        get   sxx.x.xxx
    matching_publish        post  sxx.x.xxx
    matching_drop           post  sxx.x.xxx
    matching_cancel         post  sxx.x.xxx
    matching_letters        get   sxx.x.xxx
    matching_proposal       get   sxx.x.xxx
    matching_proposal       post  sxx.x.xxx
    matching_leave          post  sxx.x.xxx
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

MINUTES = """
    dyad_minute             get   s...x-xxx
    dyad_minute             post  s...x-xxx
    dyad_own_minute         get   s..-x-xxx
    dyad_own_minute         post  s..-x-xxx
    program_minutes         get   s--.x.-xx
    program_minutes         post  s--.x.-xx
    minute_items            get   s-----.--
    minute_items            post  s-----.--
    minute_item             post  s-----.--
    talks                   get   s........
    talk_heard              post  sxx.xxxxx
    minute_enter            get   .........
    minute                  get   .........
    minute                  post  .........
"""
