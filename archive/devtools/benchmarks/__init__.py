"""What `manage.py benchmark NAME` measures: each module has `run(**options)`, which
yields the lines to print.
"""
