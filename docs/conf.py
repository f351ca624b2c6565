"""The site: `make docs` builds these pages, and the reference from the docstrings. A warning is an error."""

import sys
from importlib import metadata
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

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


class Explorer(SphinxDirective):
    """The page of an explorer, or of a rule's table, exported when the site is built; where no scripts run, the picture of its run."""

    required_arguments = 1
    option_spec = {"places": int}  # noqa: RUF012  # as Sphinx has it

    def run(self) -> list[nodes.Node]:
        """Write both files beside the pages, and frame the first."""
        from concordant.checks.elsewhere.formats import writer  # noqa: PLC0415  # loaded where a page has one
        from concordant.checks.explorer.exported import PLACES, exported  # noqa: PLC0415
        from concordant.checks.explorer.service import Service, shown_at  # noqa: PLC0415

        name = self.arguments[0]
        folder = Path(self.env.app.outdir) / "explorers"
        folder.mkdir(parents=True, exist_ok=True)
        service = Service(name)
        (folder / f"{name}.html").write_text(exported(name, places=self.options.get("places", PLACES)), encoding="utf-8")
        if not service.is_ruled(name):
            (folder / f"{name}.svg").write_text(writer("svg")(shown_at(service.at(name))), encoding="utf-8")
        above = "../" * self.env.docname.count("/")
        page, picture = f"{above}explorers/{name}.html", f"{above}explorers/{name}.svg"
        without = f'<noscript><img src="{picture}" alt="the run of {name}"></noscript>' if (folder / f"{name}.svg").exists() else ""
        return [
            nodes.raw(
                "",
                f'<iframe src="{page}" title="{name}, to step through" loading="lazy" style="width: 100%; height: 44rem; border: 1px solid #8888"></iframe>'
                f"{without}"
                f'<p><a href="{page}">{name} on a page of its own</a></p>',
                format="html",
            )
        ]


def pages_of_protocols(app: Sphinx) -> None:
    """Write a page for each protocol beside these, and one of what goes wrong in it."""
    sys.path.insert(0, str(Path(__file__).parent))
    import gallery  # noqa: PLC0415  # which stands beside this file, as does the next
    import stem_pages  # noqa: PLC0415

    stem_pages.write_all(Path(app.srcdir) / "protocols")
    gallery.write_all(Path(app.srcdir) / "gallery", Path(app.outdir) / "gallery")


def linked(_app: Sphinx, document: str, source: list[str]) -> None:
    """Give the page on defects, which also stands where there is no gallery, its links to it."""
    import gallery  # noqa: PLC0415  # which stands beside this file

    if document == "defects":
        source[0] = gallery.linked(source[0])


def setup(app: Sphinx) -> None:
    """Register what these pages use."""
    app.add_directive("explorer", Explorer)
    app.connect("builder-inited", pages_of_protocols)
    app.connect("source-read", linked)
