"""Programs and the pages that let them in: their rows of the matrix (``test_access_matrix``).

What a program itself may do is in ``test_api_rights``.
"""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
PROGRAMS = """
    api_tokens              get   s........
    api_tokens              post  s........
    sign_in_rules           get   s-----.--
    sign_in_rules           post  s-----.--
    look_ask                get   s-x---.-x
    look_ask                post  s-x---.-x
    looks                   get   s........
    look_answer             post  sxxxxx-xx
    look_start              post  sxxxxx.xx
    look_end                post  sxxxxx.xx
    person_second_factor    get   s-x--..-x
    person_second_factor    post  s-x--..-x
    directory               get   s-----.--
    directory_token         post  s-----.--
    directory_token_revoke  post  s-----.--
    devices                 get   s........
    device_end              post  sxxxxxxxx
    devices_end_others      post  s........
    api_token_revoke        post  sxxxxxxxx
    calendar_link           post  s........
    calendar_feed           get   xxxxxxxxx
    api_guide               get   s........
    power_bi                get   s........
    power_bi_file           get   s........
"""
