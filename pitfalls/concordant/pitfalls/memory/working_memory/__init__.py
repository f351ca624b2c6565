"""What goes wrong with working memory: the documents' one, in `as_written`; scores, tiers and answers in `slips`."""
