"""Everything that decides: exploration, mechanism checks, reports, the command line."""
