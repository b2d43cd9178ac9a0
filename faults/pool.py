"""PgBouncer before the database, which lends a connection for one transaction and follows a replica that takes over."""

import os
import shutil
import signal

from faults.site import Program, Site
from tools.postgres import Server
from tools.redis import answers, free_port

ACCOUNT = "postgres"
"""Whose the program is where we are root: it refuses to be root."""
SETTINGS = """\
[databases]
accompagnement = host={folder} dbname=accompagnement user=accompagnement
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pidfile = {pid}
auth_type = any
pool_mode = transaction
default_pool_size = 10
; what Django asks for as it connects; the role has it instead (docs/deployment.md)
ignore_startup_parameters = options
; whoever waits for a database that is away is told so in seconds
query_wait_timeout = 5
server_login_retry = 1
"""


class Pool:
    """The program, and the server that it stands before."""

    def __init__(self, site: Site) -> None:
        self.port, self.folder = free_port(), site.folder / "pool"
        self.folder.mkdir()
        site.folder.chmod(0o755)
        self.settings, self.pid = self.folder / "pgbouncer.ini", self.folder / "pid"
        self.before(site.database)
        command = [str(shutil.which("pgbouncer")), str(self.settings)]
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        self.program = Program("pool", command, site.environment, site.folder, lambda: answers(self.port))

    @property
    def environment(self) -> dict[str, str]:
        url = f"postgres://accompagnement@127.0.0.1:{self.port}/accompagnement"
        return {"DATABASE_URL": url, "DATABASE_IS_POOLED": "1"}

    def before(self, server: Server) -> None:
        self.settings.write_text(SETTINGS.format(folder=server.folder, port=self.port, pid=self.pid))
        self.settings.chmod(0o644)

    def follow(self, server: Server) -> None:
        """Stand before another server from now on; who waits for a connection gets one there."""
        self.before(server)
        os.kill(int(self.pid.read_text()), signal.SIGHUP)
