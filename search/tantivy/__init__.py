"""The embedded engine. Only this package imports tantivy."""
