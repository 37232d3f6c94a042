"""What users do: one module a noun, one function a verb, first argument the unit of work."""
