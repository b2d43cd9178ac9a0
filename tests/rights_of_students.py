"""The rows of the matrix (``test_access_matrix``) of a student: who they are, their file, the sheets printed of it."""

# visitor, mentor, teacher, lead, trainer, manager, board admin, privacy officer, lead of another board
STUDENTS = """
    student_new             get   s----.---
    student_new             post  s----.---
    student_edit            get   s---x.xxx
    student_edit            post  s---x.xxx
    student                 get   s...x.x.x
    student_reason          get   s---x-x.x
    student_reason          post  s---x-x.x
    student_sheet           get   s-..x.x.x
    student_sheet           post  s-..x.x.x
"""
