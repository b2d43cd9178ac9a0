"""A process that evaluates the board of the day when it is told to, and may be killed meanwhile."""

import os
import sys
from datetime import date

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")
    import django

    django.setup()
    from guidelines.evaluation import evaluate_board
    from people.models import SchoolBoard

    board, on = SchoolBoard.objects.get(pk=int(sys.argv[1])), date.fromisoformat(sys.argv[2])
    print("ready", flush=True)
    sys.stdin.readline()
    evaluate_board(board, on=on)
    print("done", flush=True)
