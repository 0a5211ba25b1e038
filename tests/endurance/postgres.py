"""A PostgreSQL of our own that can be killed, whole and at once, and started again from what is on disk."""

import subprocess

import psutil

from tests import embedded_postgres


class Postgres:
    """A server that writes to disk as in production (fsync on)."""

    def __init__(self):
        self.server = embedded_postgres.start_server()
        self.url = embedded_postgres.address_of(self.server)

    def copy(self, url: str) -> None:
        """Becomes what the database at the address is: quicker than migrating."""
        tools = self.server.bin_path
        dump = subprocess.run([tools / "pg_dump", "--no-owner", url], check=True, capture_output=True)
        into = [tools / "psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", self.url]
        subprocess.run(into, input=dump.stdout, check=True)

    def kill(self) -> int:
        """kill -9 of the postmaster and of every process it has made; how many there were."""
        master = psutil.Process(self.server.get_pid())
        # The postmaster first: it would see a child die, and begin to put things right.
        everyone = [master, *master.children(recursive=True)]
        for process in everyone:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                # A connection that ended by itself since the list was made.
                continue
        psutil.wait_procs(everyone, timeout=30)
        return len(everyone)

    def start_again(self) -> None:
        """Starts it from its folder; it repairs itself from its log before it answers."""
        self.server.ensure_postgres_running()
