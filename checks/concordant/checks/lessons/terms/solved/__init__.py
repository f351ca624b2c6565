"""How the files of the lesson look after its exercises."""
