"""Many department-years at once: processes, limits, what is up to date, where reports stand."""
