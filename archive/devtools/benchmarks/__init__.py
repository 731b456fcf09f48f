"""The benchmarks of `manage.py benchmark NAME`: each module has `run(**options)`, which
yields the lines to print.
"""
