"""papermill's engine `juesuan`: the notebook runs in the process that called papermill. Loaded by papermill itself."""

from __future__ import annotations

from typing import ClassVar

from papermill.engines import Engine

from helpers.batch.kernel import Kernel


class WarmEngine(Engine):
    """papermill's engine `juesuan`. `namespace` holds the names of the notebook that ran last."""

    namespace: ClassVar[dict[str, object]] = {}

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **_):
        """Run the cells in order up to the first that fails, as papermill's own engine does."""
        kernel = Kernel(nb_man.nb)
        cls.namespace = kernel.names
        for index, cell in enumerate(nb_man.nb.cells):
            tags = cell.metadata.get("tags", ())
            if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
                continue
            nb_man.cell_start(cell, cell_index=index)
            failed = kernel.run(cell, index) and "raises-exception" not in tags
            if failed:
                nb_man.cell_exception(cell, cell_index=index)
            nb_man.cell_complete(cell, cell_index=index)
            if failed:
                return
