"""A mail server that does as it is told, on a real socket."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    """The few words of SMTP that Django says; ``server.mood`` is what the server does with them."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 ready")
        for line in iter(self.rfile.readline, b""):
            verb, mood = line[:4].upper(), self.server.mood
            if verb == b"RCPT" and mood == "no such address":
                self.say("550 no such address")
            elif verb == b"RCPT" and mood == "busy":
                self.say("451 try again later")
            elif verb == b"DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                if mood == "hangs up":
                    return
                if mood == "falls silent":
                    self.rfile.read()  # until the other one hangs up
                    return
                if mood == "spam":
                    self.say("554 not here")
                    continue
                self.server.taken.append(text)
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = ""
        self.taken: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
