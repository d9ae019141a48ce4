"""Many department-years at a glance."""
