"""A mail server that refuses, dawdles, falls silent or hangs up, and counts what it took, by message."""

import random
import re
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOW_SECONDS = 0.5
SILENT_SECONDS = 8
MOODS = ("takes", "takes", "slow", "refuses", "silent", "hangs up once it has taken")


@dataclass
class Post:
    """What the server took, by the reference of the message, and the moods that it met people with."""

    port: int
    chance: random.Random
    taken: Counter[str] = field(default_factory=Counter)
    moods: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    good: bool = False

    def mood(self) -> str:
        with self.lock:
            mood = "takes" if self.good else self.chance.choice(MOODS)
            self.moods[mood] += 1
        return mood

    def take(self, text: str) -> None:
        found = re.search(r"^Message-ID: <([^@>]+)", text, re.IGNORECASE | re.MULTILINE)
        with self.lock:
            self.taken[found[1] if found else "?"] += 1


def conversation(post: Post) -> type[socketserver.StreamRequestHandler]:
    class Conversation(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def handle(self) -> None:
            mood = post.mood()
            self.say("220 essai")
            while line := self.rfile.readline().decode(errors="replace").strip().upper():
                if line.startswith("QUIT"):
                    return self.say("221 au revoir")
                if line.startswith("RCPT") and mood == "refuses":
                    self.say("451 plus tard")
                elif line.startswith("DATA"):
                    if not self.takes(mood):
                        return None
                else:
                    self.say("250 oui")
            return None

        def takes(self, mood: str) -> bool:
            self.say("354 dites")
            text = []
            while (line := self.rfile.readline().decode(errors="replace")) not in (".\r\n", ""):
                text.append(line.rstrip("\r\n"))
            if mood == "silent":
                time.sleep(SILENT_SECONDS)
                return False
            if mood == "slow":
                time.sleep(SLOW_SECONDS)
            post.take("\n".join(text))
            if mood.startswith("hangs up"):
                return False
            self.say("250 pris")
            return True

    return Conversation


@contextmanager
def a_post(port: int, chance: random.Random) -> Iterator[Post]:
    post = Post(port, chance)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", port), conversation(post)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield post
        finally:
            server.shutdown()
