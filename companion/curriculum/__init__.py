"""Topics, exercises, readings and approaches: from YAML to a graph that can be asked."""
