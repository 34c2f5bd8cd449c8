"""The site: indexes over the briefings, the pages drawn from them, and the MkDocs plugin.

Everything is made from `briefings/*.md` as they stand. Nothing here loads a language model.
"""
