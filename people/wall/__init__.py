"""The second wall: behind it, PostgreSQL itself shows no row of another board, whatever the query forgot.

See docs/decisions/0055. ``standing`` raises it for some boards, ``known`` for the board of whoever was just recognised,
``down`` takes it away for a lookup that must find them first. Where none of these was said (commands, migrations, jobs
of the whole system) there is no wall; on SQLite there is none at all.
"""

from people.wall.state import boards, down, known, of_board, role, standing

__all__ = ["boards", "down", "known", "of_board", "role", "standing"]
