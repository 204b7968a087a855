"""The engine for a cluster of machines. Only this package imports `elasticsearch`."""
