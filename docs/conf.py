"""The site: `make docs` builds these pages, and the reference from the docstrings. A warning is an error."""

from importlib import metadata

project = "Concordant"
release = metadata.version("concordant")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"Concordant {release}"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False
suppress_warnings = ["myst.xref_missing"]  # links to folders of the repository, which the site does not hold
