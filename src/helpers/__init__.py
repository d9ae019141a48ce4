"""部门决算公开: figures fall one way, to tables, statements, charts, findings and the report."""
