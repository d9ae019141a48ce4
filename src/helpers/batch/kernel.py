"""A notebook's cells run in this very process: ipykernel's own shell without its sockets.

Each notebook has a shell of its own. What it does to its process outside of that stays for those that the process
runs after it: there are few, and none after one that failed.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager

from helpers.batch import child

_ready: list = []  # the shell that was made before there was a notebook


class Kernel:
    """ipykernel's shell; what it would send over its sockets goes to nbclient's reader of such messages."""

    def __init__(self, notebook):
        from ipykernel.ipkernel import IPythonKernel
        from nbclient import NotebookClient

        notebook.metadata["language_info"] = dict(IPythonKernel.language_info)
        self._reader = NotebookClient(notebook)
        self._reader.reset_execution_trackers()
        get_ready()
        self._shell = _ready.pop()
        self._shell.init_environment()
        self._shell.init_sys_modules()
        self._shell.set_custom_exc((MemoryError,), _out_of_memory)
        session = _session(self._received)
        for channel in (self._shell.display_pub, self._shell.displayhook):
            channel.session = session
        self.names = self._shell.user_ns

    def run(self, cell, index: int) -> bool:
        """Run one cell, fill in its outputs, and return whether it failed."""
        self._cell, self._index = cell, index
        self._reader.clear_before_next_output = False
        cell.execution_count = self._shell.execution_count
        with self._printing():
            result = self._shell.run_cell(cell.source, store_history=True)
        return not result.success

    def _received(self, message: dict) -> None:
        self._reader.process_message(message, self._cell, self._index)

    @contextmanager
    def _printing(self):
        """Let what the cell prints be its outputs, and let it ask nobody."""
        session, kept = self._shell.displayhook.session, (sys.stdout, sys.stderr, sys.stdin)
        sys.stdout, sys.stderr, sys.stdin = (
            _Stream("stdout", session, kept[0]),
            _Stream("stderr", session, kept[1]),
            io.StringIO(),
        )
        try:
            yield
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdout, sys.stderr, sys.stdin = kept


def _out_of_memory(shell, *error, tb_offset=None):
    """Show the error as every other, with room to do so."""
    child.make_room()
    shell.showtraceback(error, tb_offset=tb_offset)


def get_ready() -> None:
    """Make the shell of this process's next notebook; what it does to its process waits until one is run."""
    if _ready:
        return
    from ipykernel.zmqshell import ZMQInteractiveShell
    from traitlets.config import Config

    environment = dict(os.environ)
    ZMQInteractiveShell.clear_instance()
    shell = ZMQInteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    _draw_inline(shell)
    shell.restore_sys_module_state()
    os.environ.clear()
    os.environ.update(environment)
    _ready.append(shell)


def _draw_inline(shell) -> None:
    """Let a figure that a cell draws be its output, also where matplotlib was imported before."""
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    activate_matplotlib("module://matplotlib_inline.backend_inline")
    configure_inline_support(shell, "inline")


def _session(receive):
    """Return a session that hands every message over as it is made."""
    from jupyter_client.session import Session

    class Within(Session):
        def send(self, stream, msg_or_type, content=None, parent=None, *_, **__):
            receive(
                msg_or_type
                if isinstance(msg_or_type, dict)
                else self.msg(msg_or_type, content=content, parent=parent)
            )

    return Within()


class _Stream(io.TextIOBase):
    """Standard output or error of a cell: what was written between two outputs is one output, and goes to the process's own too."""

    def __init__(self, name: str, session, own):
        self._name, self._session, self._own = name, session, own
        self._written: list[str] = []

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._written.append(text)
        self._own.write(text)
        return len(text)

    def flush(self) -> None:
        self._own.flush()
        text, self._written = "".join(self._written), []
        if text:
            self._session.send(None, "stream", {"name": self._name, "text": text})
