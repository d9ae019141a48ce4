"""The kinds of change that the mutation benchmark tries, by where they change something."""

from mutation_kinds import narrative, workbook, figures  # noqa: F401, I001  the order of the table
