"""The judge: compares typed mathematics with a key. The only room that imports SymPy; it runs as a child process."""
