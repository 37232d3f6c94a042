"""The pages: one module a page. Each builds, wires, asks, and tells."""
