"""Hostile and careless inputs from the corpus beside the project, given to the press one by one.

``corpus`` reads the cases, ``adapter`` knows our schema, ``changes`` turns a case into repositories,
``press`` runs the command line under limits, and the rest judges what it did.
"""
