"""How the installation is: one small module for each part, each with a `look() -> Part`.

A module that is new here joins `LOOKS` in `parts.py`.
"""
