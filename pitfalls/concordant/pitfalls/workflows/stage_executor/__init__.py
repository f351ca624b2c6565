"""What goes wrong with executors of stage graphs, each on a smallest graph that shows it: the documents' loops, as they are
written and mistake by mistake, and what others do wrong.
"""
